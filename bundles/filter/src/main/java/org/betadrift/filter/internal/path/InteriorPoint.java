package org.betadrift.filter.internal.path;

/**
 * Mehrotra's predictor-corrector for the path (Nocedal and Wright 2006, 16.6), each Newton step one {@link Sweep} in which a limit is a
 * row of weight price / slack: the smoother with pseudo-observations. Equalities are rows of fixed weight with multipliers of their own
 * (proximal method of multipliers). Prices times slacks are log densities, so the numbers have no units. One thread.
 */
final class InteriorPoint {
    private static final double EQUALITY_WEIGHT = 1e5;
    private static final double END = 1e-8;
    private static final double MET = 1e-10;
    private static final int STEPS = 80;

    private final Limits limits;
    private final Sweep sweep;
    private final LimitRows rows;
    private final int dates;
    private final int count;
    private final PathState next;
    private final double[] goal;   // of price times slack
    private final double[] dSlack;
    private final double[] dPrice;
    private int inequalities;
    private int steps;

    InteriorPoint(PathNumbers numbers, Limits limits, Sweep sweep, int dates) {
        this.limits = limits;
        this.sweep = sweep;
        this.dates = dates;
        rows = new LimitRows(limits);
        count = limits.firstRow(dates);
        next = new PathState(numbers, limits);
        goal = new double[limits.count];
        dSlack = new double[limits.count];
        dPrice = new double[limits.count];
        for (int i = 0; i < count; i++) {
            inequalities += limits.equality[i] ? 0 : 1;
        }
    }

    /** Newton steps so far. */
    int steps() {
        return steps;
    }

    /** Slacks and prices to begin with at any path: one in their own units at least. */
    void begin(PathState state) {
        for (Limits.Group g : limits.groups) {
            if (g.date() < dates) {
                limits.settle(g, state.beta, state.aux);
                for (int i = 0; i < g.size(); i++) {
                    state.aux[g.firstAux() + i] += 1;
                }
            }
        }
        for (int i = 0; i < count; i++) {
            double value = limits.value(i, state.beta, state.aux);
            state.slack[i] = limits.equality[i] ? value : Math.max(1, value);
            state.price[i] = limits.equality[i] ? state.price[i] : 1 / state.slack[i];
        }
    }

    /** To the optimum. @return whether it got there */
    boolean solve(PathState state) {
        for (int step = 0; step < STEPS; step++, steps++) {
            double gap = gap(state);
            if (gap <= END && violation(state) <= MET) {
                return true;
            }
            for (int i = 0; i < count; i++) {
                goal[i] = 0;
            }
            direction(state);
            double alpha = longest(state);
            double affine = 0;
            for (int i = 0; i < count; i++) {
                if (!limits.equality[i]) {
                    affine += (state.slack[i] + alpha * dSlack[i]) * (state.price[i] + alpha * dPrice[i]);
                }
            }
            affine /= inequalities;
            double sigma = Math.pow(affine / gap, 3);
            for (int i = 0; i < count; i++) {
                goal[i] = sigma * gap - dSlack[i] * dPrice[i];
            }
            direction(state);
            move(state, longest(state));
        }
        return gap(state) <= END * 100 && violation(state) <= MET * 100;
    }

    /**
     * To the path that maximises log posterior density + sum of the logarithms of the slacks: inside every limit, about as far as the
     * truncated posterior is. @return whether it got there
     */
    boolean centre(PathState state) {
        for (int step = 0; step < STEPS; step++, steps++) {
            boolean centred = violation(state) <= MET;
            for (int i = 0; i < count && centred; i++) {
                double product = state.price[i] * state.slack[i];
                centred = limits.equality[i] || product > 0.5 && product < 2;
            }
            if (centred) {
                return true;
            }
            for (int i = 0; i < count; i++) {
                goal[i] = 1;
            }
            direction(state);
            move(state, longest(state));
        }
        return false;
    }

    private double gap(PathState state) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += limits.equality[i] ? 0 : state.slack[i] * state.price[i];
        }
        return sum / Math.max(1, inequalities);
    }

    /** How far slacks are from the path's, and equalities from zero. */
    private double violation(PathState state) {
        double worst = 0;
        for (int i = 0; i < count; i++) {
            worst = Math.max(worst, left(state, i) / (1 + Math.abs(limits.b[i])));
        }
        return worst;
    }

    private double left(PathState state, int i) {
        double value = limits.value(i, state.beta, state.aux);
        return Math.abs(limits.equality[i] ? value : value - state.slack[i]);
    }

    /** The row of the limit that is met worst. */
    int worst(PathState state) {
        int worst = 0;
        for (int i = 1; i < count; i++) {
            worst = left(state, i) > left(state, worst) ? i : worst;
        }
        return worst;
    }

    /** From slack x dPrice + price x dSlack = goal - price x slack and slack + dSlack = value of the new path. */
    private void direction(PathState state) {
        for (int i = 0; i < count; i++) {
            if (limits.equality[i]) {
                rows.weight[i] = EQUALITY_WEIGHT;
                rows.target[i] = state.price[i] / EQUALITY_WEIGHT;
            } else {
                rows.weight[i] = state.price[i] / state.slack[i];
                rows.target[i] = state.slack[i] + goal[i] / state.price[i];
            }
        }
        sweep.backward(rows, dates);
        sweep.forward(next.beta, next.u, dates);
        rows.solve(next.beta, next.aux);
        for (int i = 0; i < count; i++) {
            double value = limits.value(i, next.beta, next.aux);
            if (limits.equality[i]) {
                dSlack[i] = 0;
                dPrice[i] = -EQUALITY_WEIGHT * value;
            } else {
                dSlack[i] = value - state.slack[i];
                dPrice[i] = (goal[i] - state.price[i] * value) / state.slack[i];
            }
        }
    }

    /** The part of the step that leaves every slack and price positive, at most all of it. */
    private double longest(PathState state) {
        double alpha = 1;
        for (int i = 0; i < count; i++) {
            if (!limits.equality[i]) {
                alpha = dSlack[i] < 0 ? Math.min(alpha, -state.slack[i] / dSlack[i]) : alpha;
                alpha = dPrice[i] < 0 ? Math.min(alpha, -state.price[i] / dPrice[i]) : alpha;
            }
        }
        return alpha;
    }

    private void move(PathState state, double longest) {
        double alpha = Math.min(1, 0.995 * longest);
        alpha = longest >= 1 ? 1 : alpha;
        state.towards(next, alpha);
        for (int i = 0; i < count; i++) {
            state.slack[i] += alpha * dSlack[i];
            state.price[i] += alpha * dPrice[i];
        }
        if (alpha == 1) { // of positive slacks and prices: none may be exactly zero
            for (int i = 0; i < count; i++) {
                if (!limits.equality[i]) {
                    state.slack[i] = Math.max(state.slack[i], Double.MIN_NORMAL);
                    state.price[i] = Math.max(state.price[i], Double.MIN_NORMAL);
                }
            }
        }
    }
}
