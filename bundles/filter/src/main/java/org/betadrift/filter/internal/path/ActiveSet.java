package org.betadrift.filter.internal.path;

/**
 * The exact optimum for a set of active rows, and the set itself: an augmented Lagrangian whose steps are those of a primal-dual
 * active set (Hintermueller, Ito and Kunisch 2002). Each step minimises cost + sum over active rows of w / 2 (value - price / w)^2,
 * by one {@link Sweep}, then takes price - w value for the prices; a row with a negative price leaves, one that is
 * violated enters. Equalities are always active. Redundant active rows do no harm. It needs a good start; a set that doesn't settle is
 * reported. One thread.
 */
final class ActiveSet {
    private static final double SEARCH = 1e7; // weights, in units of 1 / posterior variance
    private static final double FINISH = 1e3; // prices carry the rounding of values times this
    private static final double EXACT = 1e-12; // of a posterior standard deviation
    private static final double NEAR = 1e-9;
    private static final int STEPS = 60;

    private final PathNumbers numbers;
    private final Limits limits;
    private final Sweep sweep;
    private final LimitRows rows;
    private final boolean[] active;
    private int steps;
    private double weight;
    private double unmet; // by an active row, in parts of the numbers it is summed from

    ActiveSet(PathNumbers numbers, Limits limits, Sweep sweep) {
        this.numbers = numbers;
        this.limits = limits;
        this.sweep = sweep;
        rows = new LimitRows(limits);
        active = new boolean[limits.count];
    }

    /** Rows that are active. */
    boolean[] active() {
        return active;
    }

    /** Sweeps of the last {@link #solve}. */
    int steps() {
        return steps;
    }

    /**
     * @param state prices to begin with; filled
     * @param dates only the first ones
     * @return whether it settled
     */
    boolean solve(PathState state, int dates) {
        int count = limits.firstRow(dates);
        weight = SEARCH;
        double finish = FINISH;
        for (steps = 1; steps <= STEPS; steps++) {
            for (int i = 0; i < count; i++) {
                boolean in = limits.equality[i] || active[i];
                rows.weight[i] = in ? weight : 0;
                rows.target[i] = in ? state.price[i] / weight : 0;
            }
            sweep.backward(rows, dates);
            sweep.forward(state.beta, state.u, dates);
            rows.solve(state.beta, state.aux);
            boolean same = update(state, count);
            if (same && weight < SEARCH && unmet <= EXACT) {
                return true;
            }
            finish = weight < SEARCH ? 3 * finish : FINISH; // where little is free to move a light weight takes many steps
            weight = same && unmet <= NEAR ? Math.min(finish, 0.9 * SEARCH) : SEARCH;
        }
        return false;
    }

    /** @return whether nothing changed */
    private boolean update(PathState state, int count) {
        boolean settled = true;
        unmet = 0;
        for (int i = 0; i < count; i++) {
            double value = limits.value(i, state.beta, state.aux);
            state.slack[i] = value;
            if (limits.equality[i] || active[i]) {
                state.price[i] -= weight * value;
                unmet = Math.max(unmet, Math.abs(value) / (1 + Math.abs(limits.b[i])));
                if (!limits.equality[i] && state.price[i] < 0) {
                    state.price[i] = 0;
                    active[i] = false;
                    settled = false;
                }
            } else {
                state.price[i] = 0;
                if (value < -EXACT * (1 + Math.abs(limits.b[i]))) {
                    settled = false;
                    active[i] = limits.group[i] == null;
                }
            }
        }
        for (Limits.Group g : limits.groups) {
            if (g.date() * numbers.k < state.beta.length && g.total() < count) {
                update(g, state);
            }
        }
        return settled;
    }

    /** A gross limit takes part as a whole or not at all; a part of it then has at least one side active. */
    private void update(Limits.Group g, PathState state) {
        int total = g.total();
        boolean enters = !active[total] && state.slack[total] < -EXACT * (1 + Math.abs(limits.b[total]));
        if (!active[total] && !enters) {
            for (int i = g.firstRow(); i < total; i++) {
                active[i] = false;
                state.price[i] = 0;
            }
            return;
        }
        active[total] = true;
        for (int i = g.firstRow(); i < total; i += 2) {
            if (enters) {
                active[i] = false;
                active[i + 1] = false;
            } else {
                active[i] |= state.slack[i] < -EXACT;
                active[i + 1] |= state.slack[i + 1] < -EXACT;
            }
            if (!active[i] && !active[i + 1]) {
                active[state.slack[i] <= state.slack[i + 1] ? i : i + 1] = true;
            }
        }
    }

    /** Begins with the rows whose price is more than their slack. */
    void guess(PathState state, int dates) {
        for (int i = 0; i < limits.firstRow(dates); i++) {
            active[i] = !limits.equality[i] && state.price[i] > state.slack[i];
            state.price[i] = active[i] || limits.equality[i] ? state.price[i] : 0;
        }
        for (Limits.Group g : limits.groups) {
            if (g.date() < dates) {
                for (int i = g.firstRow(); i < g.total() && active[g.total()]; i += 2) {
                    if (!active[i] && !active[i + 1]) {
                        active[state.slack[i] <= state.slack[i + 1] ? i : i + 1] = true;
                    }
                }
                if (!active[g.total()]) {
                    for (int i = g.firstRow(); i < g.total(); i++) {
                        active[i] = false;
                        state.price[i] = 0;
                    }
                }
            }
        }
    }
}
