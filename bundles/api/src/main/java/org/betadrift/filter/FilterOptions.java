package org.betadrift.filter;

import java.util.Objects;
import org.betadrift.model.InvalidInputException;

/** How to run a filter; not what to run. Immutable. */
public final class FilterOptions {
    private static final FilterOptions DEFAULTS = new FilterOptions(LikelihoodConvention.FULL, 0);
    private final LikelihoodConvention convention;
    private final int burnIn;

    private FilterOptions(LikelihoodConvention convention, int burnIn) {
        this.convention = Objects.requireNonNull(convention, "convention");
        this.burnIn = burnIn;
    }

    /** {@link LikelihoodConvention#FULL}, no burn-in. */
    public static FilterOptions defaults() {
        return DEFAULTS;
    }

    /** Of the reported log-likelihood. */
    public FilterOptions withConvention(LikelihoodConvention c) {
        return new FilterOptions(c, burnIn);
    }

    /** Leaves the first {@code dates} dates out of every sum; nothing else changes. */
    public FilterOptions withBurnIn(int dates) {
        if (dates < 0) {
            throw InvalidInputException.of("burn-in", dates, "it counts dates", "pass 0 or more");
        }
        return new FilterOptions(convention, dates);
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
