package org.betadrift.filter.internal.path;

/**
 * The exact optimum for a set of active rows, and the set itself: an augmented Lagrangian whose steps are those of a primal-dual
 * active set (Hintermueller, Ito and Kunisch 2002). Each step minimises cost + sum over active rows of w / 2 (value - price / w)^2,
 * by one {@link Sweep}, then takes price - w value for the prices; a row with a negative price leaves, one that is
 * violated enters. Equalities are always active. Redundant active rows do no harm. A set that doesn't settle is reported. One thread.
 */
final class ActiveSet {
    private static final double SEARCH = 1e7; // weights, in units of 1 / posterior variance
    private static final double FINISH = 1e3; // prices carry the rounding of values times this
    private static final double EXACT = 1e-12; // of a posterior standard deviation
    private static final double ROUNDING = 1e-14;
    private static final double NEAR = 1e-9;
    private static final int PATIENCE = 8; // steps without fewer changes, before caution

    private final Limits limits;
    private final Sweep sweep;
    private final LimitRows rows;
    private final boolean[] active;
    private int steps;
    private double weight;
    private double unmet; // by an active row, in parts of the numbers it is summed from

    ActiveSet(Limits limits, Sweep sweep) {
        this.limits = limits;
        this.sweep = sweep;
        rows = new LimitRows(limits);
        active = new boolean[limits.count];
    }

    /** Sweeps of the last {@link #solve}. */
    int steps() {
        return steps;
    }

    /**
     * @param state prices to begin with; filled
     * @param dates only the first ones
     * @param most steps
     * @return whether it settled
     */
    boolean solve(PathState state, int dates, int most) {
        int count = limits.firstRow(dates);
        weight = SEARCH;
        double finish = FINISH;
        int fewest = Integer.MAX_VALUE;
        int patience = PATIENCE;
        for (steps = 1; steps <= most; steps++) {
            for (int i = 0; i < count; i++) {
                boolean in = limits.equality[i] || active[i];
                rows.weight[i] = in ? weight : 0;
                rows.target[i] = in ? state.price[i] / weight : 0;
            }
            sweep.backward(rows, dates);
            sweep.forward(state.beta, state.u, dates);
            rows.solve(state.beta, state.aux);
            measure(state, count);
            int changes = change(state, count, patience < 0);
            if (changes == 0 && weight < SEARCH && unmet <= EXACT) {
                for (int i = 0; i < count; i++) {
                    state.price[i] = limits.equality[i] ? state.price[i] : Math.max(0, state.price[i]);
                }
                return true;
            }
            patience = changes < fewest ? PATIENCE : patience - (changes > 0 ? 1 : 0);
            fewest = Math.min(fewest, changes == 0 ? fewest : changes);
            finish = weight < SEARCH ? 3 * finish : FINISH; // where little is free to move a light weight takes many steps
            weight = changes == 0 && unmet <= NEAR ? Math.min(finish, 0.9 * SEARCH) : SEARCH;
        }
        return false;
    }

    /** Values and prices of the step. */
    private void measure(PathState state, int count) {
        unmet = 0;
        for (int i = 0; i < count; i++) {
            double value = limits.value(i, state.beta, state.aux);
            state.slack[i] = value;
            if (limits.equality[i] || active[i]) {
                state.price[i] -= weight * value;
                unmet = Math.max(unmet, Math.abs(value) / (1 + Math.abs(limits.b[i])));
            } else {
                state.price[i] = 0;
            }
        }
    }

    /**
     * Rows with a negative price leave, violated ones enter: all of them, or with caution the last one alone, which ends where the
     * active rows are independent (Murty 1974; Judice and Pires 1994).
     *
     * @return how many there were
     */
    private int change(PathState state, int count, boolean caution) {
        int changes = 0;
        int last = -1;
        for (int i = 0; i < count; i++) {
            if (changes(i, state)) {
                changes++;
                last = i;
                if (!caution) {
                    flip(i, state);
                }
            }
        }
        if (caution && last >= 0) {
            flip(last, state);
        }
        return changes;
    }

    private boolean changes(int i, PathState state) {
        Limits.Group g = limits.group[i];
        if (limits.equality[i] || g != null && i < g.total() && !active[g.total()]) {
            return false; // the parts of a gross limit that takes no part don't either
        }
        double size = 1 + Math.abs(limits.b[i]); // within what the rounding of prices, and of what is active, can say
        return active[i] ? state.price[i] < -ROUNDING * weight * size : state.slack[i] < -Math.max(EXACT, 10 * unmet) * size;
    }

    private void flip(int i, PathState state) {
        active[i] = !active[i];
        state.price[i] = 0;
        Limits.Group g = limits.group[i];
        if (g == null) {
            return;
        }
        if (i == g.total()) {
            for (int part = g.firstRow(); part < i; part += 2) {
                boolean first = state.slack[part] <= state.slack[part + 1];
                active[part] = active[i] && first;
                active[part + 1] = active[i] && !first;
                state.price[part] = 0;
                state.price[part + 1] = 0;
            }
        } else if (!active[i]) {
            active[twin(g, i)] = true; // a part without a side would be free
        }
    }

    private static int twin(Limits.Group g, int i) {
        return g.firstRow() + ((i - g.firstRow()) ^ 1);
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
