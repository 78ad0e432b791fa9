package org.betadrift.estimator.cholesky.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;

/**
 * What constant exposures leave of each asset (least squares on its own dates), and their covariance: where the search begins and what it
 * measures in. Refuses data from which no V follows.
 */
final class Residuals {
    /** A pivot of a correlation matrix below it is zero. */
    private static final double ZERO = 1e-10;
    /** A regressor that the others explain to it adds nothing. */
    private static final double COLLINEAR = 1e-20;

    private final Sample sample;
    private final int m;
    private final double[][] residuals; // zero where y is missing
    private final double[] scale;       // sqrt(dates - regressors)

    private Residuals(Sample sample) {
        this.sample = sample;
        m = sample.targets().size();
        residuals = new double[m][sample.periods()];
        scale = new double[m];
    }

    /** @throws InvalidInputException an asset has no return, too few, or none that its factors leave unexplained */
    static Residuals of(Sample sample) {
        Residuals all = new Residuals(sample);
        for (int i = 0; i < all.m; i++) {
            all.regress(i);
        }
        return all;
    }

    private void regress(int i) {
        String name = sample.targets().get(i);
        int[] dates = IntStream.range(0, sample.periods()).filter(t -> !Double.isNaN(sample.y(t, i))).toArray();
        if (dates.length == 0) {
            throw InvalidInputException.of("number of returns of " + name, 0, "every asset needs some", "leave " + name + " out");
        }
        List<double[]> orthogonal = new ArrayList<>();
        for (int k = 0; k < sample.states().count(); k++) {
            if (sample.target(k) == i && !sample.isSlope(k)) {
                int state = k;
                double[] x = IntStream.of(dates).mapToDouble(t -> sample.regressor(t, state)).toArray();
                double before = dot(x, x);
                orthogonal.forEach(q -> subtract(x, q));
                orthogonal.forEach(q -> subtract(x, q)); // twice is enough
                double left = dot(x, x);
                if (left > COLLINEAR * before) {
                    double by = 1 / Math.sqrt(left);
                    orthogonal.add(java.util.Arrays.stream(x).map(v -> v * by).toArray());
                }
            }
        }
        double[] y = IntStream.of(dates).mapToDouble(t -> sample.y(t, i)).toArray();
        double before = dot(y, y);
        orthogonal.forEach(q -> subtract(y, q));
        orthogonal.forEach(q -> subtract(y, q));
        int degrees = dates.length - orthogonal.size();
        if (degrees < 1) {
            throw InvalidInputException.of("number of returns of " + name, dates.length, "it has " + orthogonal.size()
                    + " exposures, which leaves nothing to tell its noise from", "leave " + name + " out, or take more dates");
        }
        if (!(dot(y, y) > COLLINEAR * before)) {
            throw InvalidInputException.of("residual variance of " + name, 0, "its factors explain every return, so that V is singular",
                    "leave " + name + " out, or the factor that it is part of");
        }
        for (int t = 0; t < dates.length; t++) {
            residuals[i][dates[t]] = y[t];
        }
        scale[i] = Math.sqrt(degrees);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int t = 0; t < a.length; t++) {
            sum += a[t] * b[t];
        }
        return sum;
    }

    private static void subtract(double[] x, double[] unit) {
        double by = dot(x, unit);
        for (int t = 0; t < x.length; t++) {
            x[t] -= by * unit[t];
        }
    }

    private double covariance(int i, int j) {
        return dot(residuals[i], residuals[j]) / (scale[i] * scale[j]);
    }

    /** Lower Cholesky factor of the diagonal of the covariance. */
    double[][] deviations() {
        double[][] s = new double[m][m];
        for (int i = 0; i < m; i++) {
            s[i][i] = Math.sqrt(covariance(i, i));
        }
        return s;
    }

    /**
     * Lower Cholesky factor of the covariance; sums of products over the dates that two assets share, so that it stays semi-definite
     * with gaps.
     *
     * @throws InvalidInputException an asset is a combination of others, or there are too few dates
     */
    double[][] factor() {
        double[][] deviations = deviations();
        double[][] l = new double[m][m]; // of the correlations
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = i == j ? 1 : covariance(i, j) / (deviations[i][i] * deviations[j][j]);
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                if (i == j && !(sum > ZERO)) {
                    throw singular(l, i);
                }
                l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
        }
        return Dense.times(deviations, l);
    }

    private InvalidInputException singular(double[][] l, int i) {
        int degrees = (int) Math.rint(scale[0] * scale[0]);
        if (i >= degrees) {
            return InvalidInputException.of("number of assets", m, "the dates leave only " + degrees
                    + " degrees of freedom for a full V, so that V is singular", "use observation=diagonal, fewer assets or more dates");
        }
        // x' L = row i: which of the assets before make it
        double[] x = l[i].clone();
        StringBuilder others = new StringBuilder();
        for (int j = i - 1; j >= 0; j--) {
            for (int k = j + 1; k < i; k++) {
                x[j] -= x[k] * l[k][j];
            }
            x[j] /= l[j][j];
        }
        for (int j = 0; j < i; j++) {
            if (Math.abs(x[j]) > 1e-6) {
                double weight = x[j] * Math.sqrt(covariance(i, i) / covariance(j, j));
                others.append(others.length() == 0 ? "" : ", ").append(String.format(Locale.ROOT, "%.4g", weight)).append(" x ").append(sample.targets().get(j));
            }
        }
        String name = sample.targets().get(i);
        return InvalidInputException.of("residual of " + name, "an exact combination of others (" + others + ")",
                "then V is singular and the likelihood has no maximum", "leave one of them out, or use observation=diagonal");
    }
}
