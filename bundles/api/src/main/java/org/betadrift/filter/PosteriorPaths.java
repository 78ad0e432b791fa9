package org.betadrift.filter;

import java.time.LocalDate;
import java.util.List;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.States;

/** Whole paths drawn from their joint distribution given y. Immutable. Indices: t = date, k = state. Memory draws n K numbers. */
public final class PosteriorPaths {
    private final States states;
    private final List<LocalDate> dates;
    private final int draws;
    private final double[] beta; // draws x n x K

    private PosteriorPaths(States states, List<LocalDate> dates, int draws, double[] beta) {
        this.states = states;
        this.dates = List.copyOf(dates);
        this.draws = draws;
        this.beta = beta;
        if (beta.length != (long) draws * dates.size() * states.count()) {
            throw InvalidInputException.of("number of drawn values", beta.length, "there are " + draws + " draws of " + dates.size() + " dates",
                    "a simulator fills every date");
        }
    }

    /** For simulators: the array is given away, not copied. @param beta draws x n x K */
    public static PosteriorPaths ofUnsafe(States states, List<LocalDate> dates, int draws, double[] beta) {
        return new PosteriorPaths(states, dates, draws, beta);
    }

    /** The K states. */
    public States states() {
        return states;
    }

    /** n. */
    public List<LocalDate> dates() {
        return dates;
    }

    /** How many paths. */
    public int draws() {
        return draws;
    }

    /** State k on date t of one path. */
    public double beta(int draw, int t, int k) {
        return beta[(draw * dates.size() + t) * states.count() + k];
    }

    /** State k of one path through time, n values; a copy. */
    public double[] path(int draw, int k) {
        double[] path = new double[dates.size()];
        for (int t = 0; t < path.length; t++) {
            path[t] = beta(draw, t, k);
        }
        return path;
    }

    /** State k on date t in every path, one value a draw; a copy. */
    public double[] across(int t, int k) {
        double[] values = new double[draws];
        for (int draw = 0; draw < draws; draw++) {
            values[draw] = beta(draw, t, k);
        }
        return values;
    }
}
