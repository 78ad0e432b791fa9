package org.betadrift.testkit;

import java.util.function.IntFunction;

/**
 * Draws of a Gaussian vector beside its mean and covariance: no average further off than {@link #DEVIATIONS} standard errors. With
 * fixed seeds a check holds always or never; 6 is exceeded by chance once in 10^9 checks.
 */
final class MonteCarlo {
    static final double DEVIATIONS = 6;
    /** What rounding may do where a variance is zero. */
    private static final double ROUNDING = 1e-9;

    private MonteCarlo() { }

    interface Entry {
        double at(int row, int column);
    }

    /**
     * @param draws R x dimension
     * @param mean of each component
     * @param covariance of each pair
     * @param name of a component, for messages
     */
    static void check(double[][] draws, IntFunction<Double> mean, Entry covariance, IntFunction<String> name) {
        int dimension = draws[0].length;
        int count = draws.length;
        double[] expected = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            expected[i] = mean.apply(i);
        }
        double[] sums = new double[dimension];
        double[][] products = new double[dimension][dimension];
        double[] off = new double[dimension];
        for (double[] draw : draws) {
            for (int i = 0; i < dimension; i++) {
                off[i] = draw[i] - expected[i];
                sums[i] += off[i];
                for (int j = 0; j <= i; j++) {
                    products[i][j] += off[i] * off[j];
                }
            }
        }
        for (int i = 0; i < dimension; i++) {
            double variance = Math.max(0, covariance.at(i, i));
            require("mean of " + name.apply(i), sums[i] / count + expected[i], expected[i], Math.sqrt(variance / count), 1 + Math.abs(expected[i]));
            for (int j = 0; j <= i; j++) {
                // Var(x y) = c_xx c_yy + c_xy^2 for Gaussian x, y
                double c = covariance.at(i, j);
                double other = Math.max(0, covariance.at(j, j));
                require("covariance of " + name.apply(i) + " and " + name.apply(j), products[i][j] / count, c,
                        Math.sqrt((variance * other + c * c) / count), ROUNDING);
            }
        }
    }

    private static void require(String what, double is, double expected, double error, double unit) {
        if (!(Math.abs(is - expected) <= DEVIATIONS * error + ROUNDING * unit)) {
            throw new AssertionError(what + " is " + is + ", expected " + expected + " (a standard error is " + error + ")");
        }
    }
}
