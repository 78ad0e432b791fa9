package org.betadrift.estimator.cholesky.internal;

/**
 * Some coordinates of theta and the part of (Q, R) that they make. A covariance is S X S' k with S the whitening, the Cholesky factor of
 * what least squares leaves, and X = B B' in coordinates free of units; all of it is positive semi-definite by construction. Immutable.
 */
interface Block {
    /** Number of coordinates. */
    int size();

    /** Writes its entries of packed Q or R. @param at where its coordinates begin in theta */
    void map(double[] theta, int at, double[] packed);

    /** dLL/dtheta by the chain rule, from the packed symmetric score of Q or R. */
    void pullBack(double[] theta, int at, double[] score, double[] slope);
}
