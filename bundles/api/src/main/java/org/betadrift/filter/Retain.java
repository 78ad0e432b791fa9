package org.betadrift.filter;

/** What a filter pass keeps of every date. The log-likelihood, and predicted and filtered states of the last date, are always there. */
public enum Retain {
    /** Everything: memory grows as n K^2. */
    ALL,
    /** Means, innovations, their covariances and log-likelihoods, but no covariances of states and no gains: n K. */
    MEANS,
    /** Nothing but the last date: independent of n. */
    FINAL
}
