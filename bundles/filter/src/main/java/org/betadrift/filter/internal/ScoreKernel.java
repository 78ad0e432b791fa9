package org.betadrift.filter.internal;

/** Derivatives of the likelihood of a random walk in straight line, for one K. Checks nothing, allocates nothing. */
interface ScoreKernel {
    /**
     * {@link LikelihoodKernel#deviance}, to the last bit, that keeps a {@link Tape}.
     *
     * @param squares written: the sum of y~^2 / S, one value
     * @param tape n rows of K + 2, those from {@code from} on are written; a date without y as if it were seen
     */
    double keep(int from, int n, double[] y, double[] h, double[] beta, double[] p, double[] q, double r, double[] squares, double[] tape);

    /**
     * The recursion of {@link ScorePass} from date {@code last} down to {@code first}.
     *
     * @param h n x K by rows
     * @param tape n rows of K + 2
     * @param r K, -r after the last date; written: before the first one
     * @param bigN packed, -N likewise
     * @param sum packed, r r' - N before every date is added
     * @return sum of u^2 - D
     */
    double back(int last, int first, double[] h, double[] tape, double[] r, double[] bigN, double[] sum);

    /**
     * Date {@code t} of {@link SensitivityPass}, the predict into it included, for p directions.
     *
     * @param dQ p packed
     * @param dR p
     * @param dBeta p x K, after the date before; written: after this one
     * @param dP p packed, likewise
     * @param dS written, p
     * @param dV written, p: dy~
     */
    void along(int t, int p, double[] h, double[] tape, double[] dQ, double[] dR, double[] dBeta, double[] dP, double[] dS, double[] dV);
}
