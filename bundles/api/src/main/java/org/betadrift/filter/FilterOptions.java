package org.betadrift.filter;

import org.betadrift.model.InvalidInputException;

/** How to run a filter; not what to run. Immutable. */
public final class FilterOptions {
    private static final FilterOptions DEFAULTS = new FilterOptions(Retain.ALL, LikelihoodConvention.FULL, 0);
    private final Retain retain;
    private final LikelihoodConvention convention;
    private final int burnIn;

    private FilterOptions(Retain retain, LikelihoodConvention convention, int burnIn) {
        this.retain = retain;
        this.convention = convention;
        this.burnIn = burnIn;
    }

    /** {@link Retain#ALL}, {@link LikelihoodConvention#FULL}, no burn-in. */
    public static FilterOptions defaults() {
        return DEFAULTS;
    }

    /** What is kept of every date. */
    public FilterOptions withRetain(Retain r) {
        return new FilterOptions(r, convention, burnIn);
    }

    /** Of the reported log-likelihood. */
    public FilterOptions withConvention(LikelihoodConvention c) {
        return new FilterOptions(retain, c, burnIn);
    }

    /** Dates left out of every sum; nothing else changes. */
    public FilterOptions withBurnIn(int dates) {
        if (dates < 0) {
            throw InvalidInputException.of("burn-in", dates, "it counts dates", "pass 0 or more");
        }
        return new FilterOptions(retain, convention, dates);
    }

    /** What is kept of every date. */
    public Retain retain() {
        return retain;
    }

    /** Of the reported log-likelihood. */
    public LikelihoodConvention convention() {
        return convention;
    }

    /** Dates left out of every sum. */
    public int burnIn() {
        return burnIn;
    }
}
