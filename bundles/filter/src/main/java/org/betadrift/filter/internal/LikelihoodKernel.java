package org.betadrift.filter.internal;

/**
 * One forward pass that keeps nothing but its log-likelihood: a random walk with constant diagonal Q and constant R, one
 * target. Checks nothing, allocates nothing.
 */
@FunctionalInterface
interface LikelihoodKernel {
    /** S / R above which the covariance form has lost too many of its sixteen digits. */
    double DIGITS_AT_RISK = CovarianceKernel.DIGITS_AT_RISK;

    /** S / R below which it is sure that a variance went negative: S = h'P h + R is never smaller than R. */
    double NEGATIVE = 1 - 1e-6;

    /**
     * A date without y is a row of zeros: it moves nothing, and counts log R too much.
     *
     * @param from first date, 0..n
     * @param n dates
     * @param y n + 1; the last one isn't used
     * @param h (n + 1) x K by rows; the last row isn't used
     * @param beta K, filtered state before {@code from}; read only
     * @param p its covariance, packed; read only
     * @param q K, diagonal of Q
     * @param r R, positive
     * @param squares written: the sum of y~^2 / S, one value
     * @return sum of y~^2 / S + log S; not finite when an S isn't in R times {@link #NEGATIVE} .. {@link #DIGITS_AT_RISK} or
     *     the numbers overflow: then another kernel must do it
     */
    double deviance(int from, int n, double[] y, double[] h, double[] beta, double[] p, double[] q, double r, double[] squares);
}
