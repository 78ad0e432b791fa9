package org.betadrift.estimator.ols.internal;

import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;

/**
 * Population covariances of the residuals of several regressions, {@code mean((e_i - mean(e_i)) (e_j - mean(e_j)))}: a variance over
 * all dates of its target, a covariance over the dates on which both targets are present, with their means there. Numbers from
 * different dates need not fit together. Where no covariance matrix has them, the correlations are those of the dates on which all
 * targets are present, and a warning says so.
 */
final class ResidualCovariance {
    private final List<LeastSquares> fits;
    private final double[][] residuals; // by target and date, NaN where missing
    private final double[] variances;

    ResidualCovariance(List<LeastSquares> fits) {
        this.fits = fits;
        residuals = fits.stream().map(LeastSquares::residualsByDate).toArray(double[][]::new);
        variances = fits.stream().mapToDouble(LeastSquares::residualVariance).toArray();
    }

    Covariance diagonal() {
        return Covariance.diagonal(variances);
    }

    /** @throws InvalidInputException there are too few dates that targets share */
    Estimate<Covariance> full() {
        double[] packed = new double[Covariance.size(fits.size())];
        for (int i = 0; i < fits.size(); i++) {
            packed[Covariance.index(i, i)] = variances[i];
            for (int j = 0; j < i; j++) {
                int[] both = shared(i, j);
                requireShared(both, i, j);
                boolean still = variances[i] == 0 || variances[j] == 0;
                packed[Covariance.index(i, j)] = still ? 0 : covariance(i, j, both);
            }
        }
        try {
            return Estimate.of(Covariance.ofPacked(fits.size(), packed), CausalFrom.never());
        } catch (InvalidInputException e) {
            return ofCommonDates();
        }
    }

    private Estimate<Covariance> ofCommonDates() {
        int m = fits.size();
        int[] all = shared(IntStream.range(0, m).toArray());
        if (all.length <= m) {
            throw InvalidInputException.of("number of dates with all of " + String.join(", ", fits.stream().map(LeastSquares::target).toList()), all.length,
                    "their residual covariances on different dates don't fit together, and " + (m + 1) + " common ones are needed for others",
                    "write ols:covariance=diagonal, or give more data");
        }
        double[] packed = new double[Covariance.size(m)];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double deviations = Math.sqrt(covariance(i, i, all)) * Math.sqrt(covariance(j, j, all));
                double correlation = i == j ? 1 : deviations == 0 ? 0 : covariance(i, j, all) / deviations;
                packed[Covariance.index(i, j)] = i == j ? variances[i] : correlation * Math.sqrt(variances[i]) * Math.sqrt(variances[j]);
            }
        }
        return Estimate.of(Covariance.ofPacked(m, packed), CausalFrom.never()).withWarning("ols: the residual covariances of targets on different dates"
                + " don't fit together, so the correlations in R are those of the " + all.length + " dates on which all targets are present");
    }

    private void requireShared(int[] dates, int i, int j) {
        int states = Math.max(fits.get(i).levels(), fits.get(j).levels());
        if (dates.length <= states) {
            throw InvalidInputException.of("number of dates with both " + fits.get(j).target() + " and " + fits.get(i).target(), dates.length,
                    "the covariance of what " + states + (states == 1 ? " state leaves" : " states leave") + " needs more than " + states, "write ols:covariance=diagonal, or give more data");
        }
    }

    /** The dates on which all of these targets are present. */
    private int[] shared(int... targets) {
        return IntStream.range(0, residuals[0].length)
                .filter(t -> IntStream.of(targets).noneMatch(i -> Double.isNaN(residuals[i][t]))).toArray();
    }

    private double covariance(int i, int j, int[] dates) {
        double meanI = mean(residuals[i], dates);
        double meanJ = mean(residuals[j], dates);
        double sum = 0;
        for (int t : dates) {
            sum += (residuals[i][t] - meanI) * (residuals[j][t] - meanJ);
        }
        return sum / dates.length;
    }

    private static double mean(double[] e, int[] dates) {
        double mean = 0;
        for (int t : dates) {
            mean += e[t] / dates.length;
        }
        return mean;
    }
}
