package org.betadrift.filter;

import org.betadrift.model.InvalidInputException;

/** What a {@link PathEstimator} works out beyond the path given every date. Immutable. */
public final class PathOptions {
    private static final PathOptions DEFAULTS = new PathOptions(false, 0, 0);
    private final boolean causal;
    private final int draws;
    private final long seed;

    private PathOptions(boolean causal, int draws, long seed) {
        this.causal = causal;
        this.draws = draws;
        this.seed = seed;
    }

    /** The mode and its shadow prices, no causal path, no draws. */
    public static PathOptions defaults() {
        return DEFAULTS;
    }

    /** Also the causal path: on each date the end of the mode given the dates up to it, a problem of its own on every date. */
    public PathOptions withCausal() {
        return new PathOptions(true, draws, seed);
    }

    /**
     * Also draws from the posterior truncated to what the constraints allow, for bands.
     *
     * @param number of paths, 2 or more; 1000 is usual. Memory number n K doubles
     * @param seed any number
     * @throws InvalidInputException fewer than 2
     */
    public PathOptions withDraws(int number, long seed) {
        if (number < 2) {
            throw InvalidInputException.of("number of draws", number, "a band needs at least 2", "1000 is usual");
        }
        return new PathOptions(causal, number, seed);
    }

    /** Whether the causal path is asked for. */
    public boolean causal() {
        return causal;
    }

    /** Paths to draw; 0 = none. */
    public int draws() {
        return draws;
    }

    /** Of the draws. */
    public long seed() {
        return seed;
    }
}
