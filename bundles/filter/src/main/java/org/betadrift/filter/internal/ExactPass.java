package org.betadrift.filter.internal;

/**
 * What a fast likelihood leaves to an exact kernel: the dates with infinite variances, and a pass in which the covariance
 * form would lose digits. Works on one {@link FlatModel}, whose Q and R change between calls. One thread, no allocation per
 * call. Log-likelihoods are {@link org.betadrift.filter.LikelihoodConvention#FULL}.
 */
interface ExactPass {
    /**
     * Filters from the first date on until no variance is infinite.
     *
     * @param beta written: the filtered state of the last date that was done
     * @param p written: its covariance, packed
     * @return the dates done, 0..n; n as well when it never comes to an end
     */
    int start(double[] beta, double[] p);

    /** Of the dates the last {@link #start} did; NaN when it failed. */
    double startLogLikelihood();

    /** Of every date; NaN when it fails. */
    double logLikelihood();
}
