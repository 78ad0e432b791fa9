package org.betadrift.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.betadrift.estimation.ConvergenceRecord.Score;

/**
 * The evidence at a maximum, in the parameters themselves (no scale taken out): first derivatives, second derivatives by central
 * differences of the score, a last Newton step, standard errors. A variance inside counts by its logarithm, one at zero by itself and from
 * above.
 */
final class Certificate {
    /** Where a parameter stands. */
    enum Place { INSIDE, ZERO, LOWEST, HIGHEST }

    /** Derivatives below it are rounding: no further Newton step. */
    private static final double EXACT = 1e-9;
    /** An eigenvalue of the information below it: the logarithm of a parameter isn't known to a factor of e^100. */
    private static final double FLAT = 1e-4;

    /** So many times as large counts as without end. */
    private static final double BEYOND = 1e4;
    /** In s: far enough for a difference of values to be more than rounding. */
    private static final double STEP_FROM_ZERO = 1e-5;
    /** In s: farther out no error is looked for. */
    private static final double FARTHEST = 1e4;

    private final Objective f;
    private final Likelihood likelihood;
    private final int n;
    private double[] theta;
    private double value;
    private double[] slope;
    private final Place[] places;
    private final double[] errors;
    private final String[] kinds;
    private double condition = Double.NaN;
    private String flat = "";

    private Certificate(Objective f, double[] theta) {
        this.f = f;
        this.likelihood = f.likelihood();
        this.theta = theta.clone();
        n = theta.length;
        slope = new double[n];
        places = new Place[n];
        errors = new double[n];
        kinds = new String[n];
        Arrays.fill(errors, Double.NaN);
        Arrays.fill(kinds, "none: the likelihood has no second derivatives there");
        for (int i = 0; i < n; i++) {
            double margin = 1e-9 * Math.max(Math.abs(theta[i]), likelihood.isVariance(i) ? 0 : f.unit(i));
            places[i] = likelihood.isVariance(i) && theta[i] == 0 ? Place.ZERO
                    : theta[i] <= likelihood.lower(i) + margin ? Place.LOWEST
                    : theta[i] >= likelihood.upper(i) - margin ? Place.HIGHEST : Place.INSIDE;
            if (places[i] == Place.LOWEST || places[i] == Place.HIGHEST) {
                kinds[i] = "none: it sits at its bound";
            }
        }
    }

    static Certificate of(Objective f, double[] theta, Watch watch) {
        Certificate certificate = new Certificate(f, theta);
        certificate.value = certificate.likelihood.valueAndGradient(certificate.theta, certificate.slope);
        certificate.keepConstraintsAtZero(certificate.slope);
        if (Double.isFinite(certificate.value)) {
            certificate.curvature(watch);
        }
        return certificate;
    }

    /**
     * Where exact constraints hold what doesn't move, the engine's derivative at zero is of a step out of them, which they don't allow: only those
     * that rise are looked at again, by the values.
     *
     * @param its derivatives at theta; changed
     */
    private void keepConstraintsAtZero(double[] its) {
        for (int i : likelihood.hasExactConstraint() ? at(Place.ZERO) : List.<Integer>of()) {
            if (its[i] > 0) {
                double[] moved = theta.clone();
                moved[i] = STEP_FROM_ZERO * zeroUnit(i);
                its[i] = Math.min(its[i], (likelihood.value(moved) - value) / moved[i]);
            }
        }
    }

    private void curvature(Watch watch) {
        List<Integer> inside = at(Place.INSIDE);
        List<Integer> all = new ArrayList<>(inside);
        all.addAll(at(Place.ZERO));
        watch.goesOn();
        double[][] minus = minusSecond(all);
        double[][] block = corner(minus, inside.size());
        if (!finite(minus)) {
            return;
        }
        if (!inside.isEmpty()) {
            EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(block, true));
            double[] values = eigen.getRealEigenvalues(); // largest first
            double least = values[values.length - 1];
            condition = least > 0 ? values[0] / least : Double.POSITIVE_INFINITY;
            if (least < FLAT) {
                flat = direction(eigen.getEigenvector(values.length - 1).toArray(), inside);
                condition = Double.POSITIVE_INFINITY;
                all.forEach(i -> kinds[i] = "none: the likelihood is flat in the direction " + flat);
                return;
            }
            newton(inside, block);
        }
        double[][] covariance = inverse(block);
        for (int j = 0; j < inside.size(); j++) {
            int i = inside.get(j);
            errors[i] = measure(i) * Math.sqrt(covariance[j][j]);
            kinds[i] = "observed information";
        }
        for (int j = inside.size(); j < all.size(); j++) {
            oneSided(all.get(j), j, minus, covariance);
        }
    }

    /** d theta_i of one unit of its coordinate: theta_i itself where the coordinate is a logarithm. */
    private double measure(int i) {
        return likelihood.isVariance(i) && places[i] == Place.INSIDE ? theta[i]
                : likelihood.isVariance(i) ? zeroUnit(i) : Math.max(Math.abs(theta[i]), likelihood.degree(i) == 0 ? 1 : 0.01 * f.unit(i));
    }

    /** What one at zero is measured in: s = 1 of the scale there is. */
    private double zeroUnit(int i) {
        int numeraire = f.numeraire();
        return numeraire >= 0 && theta[numeraire] > 0 ? f.unit(i) * theta[numeraire] / f.unit(numeraire) : f.unit(i);
    }

    private List<Integer> at(Place place) {
        List<Integer> its = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (places[i] == place) {
                its.add(i);
            }
        }
        return its;
    }

    /** -d2 LL by coordinates; a column by differences of the score, those of phi where the score is exact. */
    private double[][] minusSecond(List<Integer> of) {
        int size = of.size();
        double[][] columns = new double[size][];
        for (int j = 0; j < size; j++) {
            columns[j] = column(of.get(j), of);
        }
        double[][] minus = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                boolean exactA = of.get(a) < likelihood.noises() && places[of.get(b)] != Place.ZERO;
                boolean exactB = of.get(b) < likelihood.noises() && places[of.get(a)] != Place.ZERO;
                minus[a][b] = exactA == exactB ? -0.5 * (columns[a][b] + columns[b][a]) : exactA ? -columns[b][a] : -columns[a][b];
            }
        }
        return minus;
    }

    private double[] column(int i, List<Integer> of) {
        boolean zero = places[i] == Place.ZERO;
        double step = likelihood.score() == Score.ANALYTIC ? 1e-4 : 1e-2;
        if (zero) {
            step = Math.min(step, Math.max(1e-9, 0.01 / Math.abs(slope[i] * zeroUnit(i))));
        }
        double[] up = slopeAt(i, step, of);
        double[] down = zero ? bySlope(theta, slope, of) : slopeAt(i, -step, of);
        double[] column = new double[up.length];
        for (int j = 0; j < column.length; j++) {
            column[j] = (up[j] - down[j]) / (zero ? step : 2 * step);
        }
        return column;
    }

    private double[] slopeAt(int i, double step, List<Integer> of) {
        double[] moved = theta.clone();
        boolean logarithm = likelihood.isVariance(i) && places[i] == Place.INSIDE;
        moved[i] = logarithm ? theta[i] * Math.exp(step) : theta[i] + step * measure(i);
        double[] its = new double[n];
        likelihood.valueAndGradient(moved, its);
        return bySlope(moved, its, of);
    }

    private double[] bySlope(double[] at, double[] its, List<Integer> of) {
        return of.stream().mapToDouble(i -> {
            boolean logarithm = likelihood.isVariance(i) && places[i] == Place.INSIDE;
            return its[i] * (logarithm ? at[i] : measure(i));
        }).toArray();
    }

    /** What values that differ in their last digit can't tell, second derivatives can: one or two steps with exact derivatives. */
    private void newton(List<Integer> inside, double[][] minus) {
        boolean exact = likelihood.score() == Score.ANALYTIC && likelihood.noises() == n;
        for (int round = 0; round < 2 && exact; round++) {
            double[] g = bySlope(theta, slope, inside);
            if (largest(g) < EXACT) {
                return;
            }
            double[] d = Equations.solve(minus, 0, g, new boolean[g.length]);
            double[] next = theta.clone();
            for (int j = 0; j < d.length; j++) {
                int i = inside.get(j);
                next[i] = likelihood.isVariance(i) ? theta[i] * Math.exp(d[j]) : theta[i] + d[j] * measure(i);
            }
            double[] its = new double[n];
            double there = likelihood.valueAndGradient(next, its);
            if (!(there > value - 1e-9 * (1 + Math.abs(value))) || !(largest(bySlope(next, its, inside)) < largest(g))) {
                return;
            }
            theta = next;
            value = there;
            slope = its;
            keepConstraintsAtZero(slope);
        }
    }

    private static double largest(double[] g) {
        return Arrays.stream(g).map(Math::abs).max().orElse(0);
    }

    /** Where the log-likelihood, the others following, has fallen by 1/2: m x + a x^2 / 2 = 1/2, which is none where it is convex. */
    private void oneSided(int i, int j, double[][] minus, double[][] covariance) {
        double m = Math.max(0, -slope[i] * zeroUnit(i));
        double a = minus[j][j];
        for (int k = 0; k < covariance.length; k++) {
            for (int l = 0; l < covariance.length; l++) {
                a -= minus[j][k] * covariance[k][l] * minus[l][j];
            }
        }
        double root = m * m + a;
        if (root > 0) {
            errors[i] = zeroUnit(i) / (m + Math.sqrt(root));
            kinds[i] = "one-sided: where the log-likelihood has fallen by 1/2, by its first and second derivative at zero";
        } else {
            errors[i] = fallen(i, m);
            kinds[i] = Double.isNaN(errors[i]) ? "none: it is at zero and the log-likelihood doesn't fall by 1/2 as it grows"
                    : "one-sided: where the log-likelihood has fallen by 1/2, the others held";
        }
    }

    /** By bisection, where two derivatives at zero don't tell: it falls, but ever less, so that it is beyond where the first one says. */
    private double fallen(int i, double slopeDown) {
        double[] u = f.coordinates(theta);
        double inside = Math.min(1, 0.5 / slopeDown);
        double outside = Double.NaN;
        for (u[i] = 2 * inside; u[i] < FARTHEST && Double.isNaN(outside); u[i] *= 2) {
            if (f.value(u) < value - 0.5) {
                outside = u[i];
            } else {
                inside = u[i];
            }
        }
        for (int round = 0; round < 8; round++) {
            u[i] = 0.5 * (inside + outside);
            if (f.value(u) < value - 0.5) {
                outside = u[i];
            } else {
                inside = u[i];
            }
        }
        return 0.5 * (inside + outside) * zeroUnit(i);
    }

    private static double[][] corner(double[][] a, int size) {
        double[][] corner = new double[size][];
        for (int i = 0; i < size; i++) {
            corner[i] = Arrays.copyOf(a[i], size);
        }
        return corner;
    }

    private static double[][] inverse(double[][] a) {
        double[][] inverse = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            double[] e = new double[a.length];
            e[i] = 1;
            inverse[i] = Equations.solve(a, 0, e, new boolean[a.length]);
        }
        return inverse;
    }

    private static boolean finite(double[][] a) {
        return Arrays.stream(a).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
    }

    /** In words: the parameters that move most along it, and which way. */
    private String direction(double[] v, List<Integer> inside) {
        List<String> words = new ArrayList<>();
        double largest = largest(v);
        double sign = 0;
        for (int j = 0; j < v.length; j++) {
            if (Math.abs(v[j]) > 0.3 * largest) {
                sign = sign == 0 ? Math.signum(v[j]) : sign;
                words.add(likelihood.names().get(inside.get(j)) + (v[j] * sign > 0 ? " up" : " down"));
            }
        }
        return String.join(", ", words);
    }

    /** In the data's units. A copy. */
    double[] theta() {
        return theta.clone();
    }

    double value() {
        return value;
    }

    Place place(int i) {
        return places[i];
    }

    /** NaN where there is none. */
    double error(int i) {
        return errors[i];
    }

    /** How the error was had, or why there is none. */
    String kind(int i) {
        return kinds[i];
    }

    /** dLL/dtheta_i, in the data's units. */
    double slope(int i) {
        return slope[i];
    }

    /** dLL/dtheta_i of one at zero, in s: what its sign says doesn't depend on units. */
    double multiplierInUnits(int i) {
        return slope[i] * zeroUnit(i);
    }

    /** Largest derivative with respect to the coordinate of a parameter that is free to move. */
    double gradientNorm() {
        return largest(bySlope(theta, slope, at(Place.INSIDE)));
    }

    double condition() {
        return condition;
    }

    /** In words; empty when there is none. */
    String flatDirection() {
        return flat;
    }

    /** theta_i over its unit at the scale of the numeraire: s of a variance of states; NaN without a numeraire above zero. */
    double inUnits(int i) {
        return theta[i] / zeroUnit(i);
    }

    /** Whether a variance as large as R's part in y may as well be much larger: then there is no maximum in that direction. */
    boolean doesNotFallBeyond(int i) {
        if (!(inUnits(i) > 1)) {
            return false;
        }
        double[] beyond = theta.clone();
        beyond[i] *= BEYOND;
        return likelihood.value(beyond) > value - 1e-9 * (1 + Math.abs(value));
    }

    Objective objective() {
        return f;
    }
}
