package org.betadrift.filter.internal;

/** One filter's state (beta, P), moved from date to date and row to row. One thread, no allocation after birth. */
interface Kernel {
    /** What became of a row. */
    enum Outcome {
        /** (beta, P) saw it. */
        SEEN,
        /** It entered through an infinite variance: {@link #innovationVariance} is the weight of infinity. */
        DIFFUSE,
        /** S = 0 and y~ = 0: it was known already, nothing changed. */
        REDUNDANT,
        /** S = 0 and y~ is not, or S isn't positive and finite, or the digits are used up; nothing changed. */
        IMPOSSIBLE
    }

    /** Into date t: beta = c + T_t beta, P = T_t P T_t' + Q_t. */
    void predict(int t);

    /** Takes out of beta what rounding left of the exact rows of date t; for a kernel that takes such rows. */
    default void settle(ConstraintRows rows, int t) { }

    /**
     * y~ = y - h'beta, S = h'P h + r, K = P h / S, beta = beta + K y~, P = P - K S K'.
     *
     * @param h read only, K values from {@code at}
     * @param r variance of the row's own noise, not negative
     */
    Outcome update(double y, double[] h, int at, double r);

    /** y~ of the last update. */
    double innovation();

    /** S of the last update. */
    double innovationVariance();

    /** Writes K of the last update, K values. */
    void copyGain(double[] destination, int at);

    /** Whether any state has an infinite variance. */
    boolean hasInfinite();

    /** Whether h'beta has an infinite variance. */
    boolean seesInfinite(double[] h, int at);

    /** Writes beta; NaN where the variance is infinite. */
    void copyMean(double[] means, int at);

    /** Writes P, packed; NaN where a variance is infinite. */
    void copyCovariance(double[] covariances, int at);
}
