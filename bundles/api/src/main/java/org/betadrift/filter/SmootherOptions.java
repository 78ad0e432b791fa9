package org.betadrift.filter;

/** What a smoother works out beyond the smoothed states. Immutable. */
public final class SmootherOptions {
    private static final SmootherOptions DEFAULTS = new SmootherOptions(false);
    private final boolean lagOneCovariances;

    private SmootherOptions(boolean lagOneCovariances) {
        this.lagOneCovariances = lagOneCovariances;
    }

    /** No lag-one covariances. */
    public static SmootherOptions defaults() {
        return DEFAULTS;
    }

    /** Also Cov(beta_t, beta_t+1 | y), n - 1 full K x K matrices. */
    public SmootherOptions withLagOneCovariances() {
        return new SmootherOptions(true);
    }

    /** Whether Cov(beta_t, beta_t+1 | y) is asked for. */
    public boolean lagOneCovariances() {
        return lagOneCovariances;
    }
}
