package org.betadrift.it.benchmarks;

/** What contestants of one table do; the number each returns must be the same. */
public enum Task {
    /** The log-likelihood from beta_0|0 = 0, P_0|0 = I. */
    LIKELIHOOD("log-likelihood, known start"),
    /** The log-likelihood from an exactly diffuse start, every constant counted. */
    DIFFUSE_LIKELIHOOD("log-likelihood, diffuse start"),
    /** Filter and smoother with all means and covariances, diffuse start: the sum of the first state's smoothed means and variances. */
    SMOOTHER("filter and smoother, all outputs, diffuse start");

    final String title;

    Task(String title) {
        this.title = title;
    }
}
