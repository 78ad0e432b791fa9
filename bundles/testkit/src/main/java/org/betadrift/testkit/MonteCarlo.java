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
     * Of blocks of numbers, one a date, the first ones of a block as what they add to those of the block before: a small step is seen
     * beside a large level, and a covariance between dates beside a variance.
     *
     * @param draws R x dimension; changed
     * @param width of a block
     * @param levels how many of a block are taken as steps
     */
    static void checkSteps(double[][] draws, IntFunction<Double> mean, Entry covariance, IntFunction<String> name, int width, int levels) {
        int dimension = draws[0].length;
        for (double[] draw : draws) {
            for (int i = dimension - 1; i >= width; i--) {
                draw[i] -= isStep(i, width, levels) ? draw[i - width] : 0;
            }
        }
        double[][] c = Dense.fill(dimension, dimension, covariance::at);
        double[][] rows = Dense.fill(dimension, dimension, (i, j) -> c[i][j] - (isStep(i, width, levels) ? c[i - width][j] : 0));
        check(draws, i -> mean.apply(i) - (isStep(i, width, levels) ? mean.apply(i - width) : 0),
                (i, j) -> rows[i][j] - (isStep(j, width, levels) ? rows[i][j - width] : 0),
                i -> (isStep(i, width, levels) ? "step of " : "") + name.apply(i));
    }

    private static boolean isStep(int i, int width, int levels) {
        return i >= width && i % width < levels;
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
