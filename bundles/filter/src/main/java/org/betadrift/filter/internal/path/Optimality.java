package org.betadrift.filter.internal.path;

/**
 * How far a path with its prices is from the conditions of Karush, Kuhn and Tucker, worked out from model and data alone. The gradient is
 * taken with respect to the inputs, in units of standard deviations of Q, on date 0 of the posterior: u_t + L_t'p_t with p_t = sum over the rows of date t of a
 * (a'beta_t - z) - sum of a price + T'p_t+1. One thread.
 */
final class Optimality {
    private final PathNumbers numbers;
    private final Limits limits;
    private final double[] units;

    /** @param units of the inputs of date 0: their posterior standard deviations without constraints */
    Optimality(PathNumbers numbers, Limits limits, double[] units) {
        this.numbers = numbers;
        this.limits = limits;
        this.units = units;
    }

    /** The largest of |gradient|, |price x slack| and - price. */
    double residual(PathState state, int dates) {
        return Math.max(gradient(state, dates), complementarity(state, dates));
    }

    private double gradient(PathState state, int dates) {
        int k = numbers.k;
        double worst = 0;
        double[] p = new double[k];
        for (int t = dates - 1; t >= 0; t--) {
            double[] rows = numbers.rows(t);
            for (int at = 0; at < rows.length; at += k + 1) {
                double e = -rows[at + k];
                for (int j = 0; j < k; j++) {
                    e += rows[at + j] * state.beta[t * k + j];
                }
                for (int j = 0; j < k; j++) {
                    p[j] += rows[at + j] * e;
                }
            }
            for (int i = limits.firstRow(t); i < limits.firstRow(t + 1); i++) {
                for (int j = 0; j < k; j++) {
                    p[j] -= limits.a[i * k + j] * state.price[i];
                }
            }
            int r = numbers.inputs(t);
            for (int i = 0; i < r; i++) {
                boolean costs = i < numbers.costly(t);
                double sum = costs ? state.u[numbers.firstInput(t) + i] : 0;
                for (int j = 0; j < k; j++) {
                    sum += numbers.root(t)[j * r + i] * p[j];
                }
                worst = Math.max(worst, Math.abs(sum) * (t == 0 ? units[i] : 1));
            }
            double[] transition = t == 0 ? null : numbers.transition(t);
            if (transition != null) {
                double[] before = new double[k];
                for (int j = 0; j < k; j++) {
                    for (int i = 0; i < k; i++) {
                        before[j] += transition[i * k + j] * p[i];
                    }
                }
                p = before;
            }
        }
        for (Limits.Group g : limits.groups) { // with respect to auxiliary variables
            for (int i = 0; i < g.size() && g.date() < dates; i++) {
                worst = Math.max(worst, Math.abs(state.price[g.firstRow() + 2 * i] + state.price[g.firstRow() + 2 * i + 1]
                        - g.shares()[i] * state.price[g.total()]));
            }
        }
        return worst;
    }

    private double complementarity(PathState state, int dates) {
        double worst = 0;
        for (int i = 0; i < limits.firstRow(dates); i++) {
            if (!limits.equality[i]) {
                worst = Math.max(worst, Math.max(-state.price[i], Math.abs(state.price[i] * limits.value(i, state.beta, state.aux))));
            }
        }
        return worst;
    }

    /** The largest violation in the user's units, 0 when there is none. */
    double violation(PathState state, int dates) {
        double worst = 0;
        for (int i = 0; i < limits.firstRow(dates); i++) {
            double value = limits.value(i, state.beta, state.aux);
            worst = Math.max(worst, (limits.equality[i] ? Math.abs(value) : -value) * limits.unit[i]);
        }
        return worst;
    }
}
