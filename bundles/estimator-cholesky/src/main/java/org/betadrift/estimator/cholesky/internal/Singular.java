package org.betadrift.estimator.cholesky.internal;

/** The rule by which a covariance of drifts is singular. */
final class Singular {
    /** An eigenvalue of W in units of V below it times the largest is zero. */
    static final double RELATIVE = 1e-8;
    /** So is one below it, s = 1e-9: the drift of a thousand dates moves y by a thousandth of the noise of one. */
    static final double ABSOLUTE = 1e-7;

    private Singular() { }

    /** @param eigenvalues of X, descending */
    static int rank(double[] eigenvalues) {
        int rank = 0;
        for (double value : eigenvalues) {
            rank += value > ABSOLUTE && value > RELATIVE * eigenvalues[0] ? 1 : 0;
        }
        return rank;
    }
}
