package org.betadrift.filter.internal;

import org.betadrift.filter.LikelihoodConvention;

/**
 * The log-likelihood of a {@link RowModel}, one row after the other: Koopman and Durbin (2000), Durbin and Koopman (2012), 6.4. The
 * constraint rows of a date come first and don't count: it is the sum of log p(y_t | y before t, constraints up to t). The exact state
 * does everything, or what has infinite variances and what the fast one refuses. One thread, no allocation after birth.
 */
final class RowPass {
    private static final double CONSTANT = LikelihoodConvention.FULL.constant(1, 0);

    private final RowModel model;
    private final DateRows rows;
    private final UdState exact;
    private final CovarianceState fast; // null when the exact state does everything
    private final double[] beta;        // where the fast one begins
    private final double[] p;
    private RowTape tape;               // told of every row, or null
    private int seen;                   // rows that count
    private double squares;             // sum of y~^2 / S of the finite ones
    private double logs;                // of those S that are no longer in the product
    private double product;             // of S: one logarithm for many rows

    /** @param isFast whether the covariance form may be used where it has the digits */
    RowPass(RowModel model, DateRows rows, boolean isFast) {
        this.model = model;
        this.rows = rows;
        exact = new UdState(model);
        fast = isFast && !model.hasExactConstraint() ? new CovarianceState(model) : null;
        beta = new double[model.states];
        p = new double[model.p.length];
    }

    /**
     * {@link LikelihoodConvention#FULL}; not finite when the model can't have made the sample.
     *
     * @param listener told of every row; null when nobody asks
     */
    double logLikelihood(RowTape listener) {
        model.prepare();
        if (fast != null) {
            begin(listener);
            double value = fast();
            if (Double.isFinite(value)) {
                return value;
            }
        }
        begin(listener);
        exact.begin();
        return run(exact, 0, false) == model.dates ? sum() : Double.NaN;
    }

    /** Sum of y~^2 / S over the rows of y whose S isn't infinite, of the last call, when that was finite. */
    double squares() {
        return squares;
    }

    private double fast() {
        int from = 0;
        if (model.isDiffuse) {
            exact.begin();
            from = run(exact, 0, true);
            if (from < 0) {
                return Double.NaN;
            }
            exact.copy(beta, p);
            fast.begin(beta, p);
        } else {
            fast.begin(model.beta, model.p);
        }
        return run(fast, from, false) == model.dates ? sum() : Double.NaN;
    }

    /** log L = -1/2 (N log 2 pi + sum of y~^2 / S + log S). */
    private double sum() {
        return CONSTANT * seen - 0.5 * (squares + logs + Math.log(product));
    }

    private void begin(RowTape listener) {
        tape = listener;
        if (tape != null) {
            tape.begin();
        }
        seen = 0;
        squares = 0;
        logs = 0;
        product = 1;
    }

    /** @return the dates done; -1 when a row was refused */
    private int run(RowState state, int from, boolean whileInfinite) {
        for (int t = from; t < model.dates; t++) {
            if (t > 0 && whileInfinite && !exact.hasInfinite()) {
                return t;
            }
            state.predict(t);
            int count = rows.read(t);
            for (int row = 0; row < count; row++) {
                Kernel.Outcome outcome = state.see(rows, row);
                if (outcome == Kernel.Outcome.IMPOSSIBLE) {
                    return -1;
                }
                if (row >= model.constraints) {
                    count(outcome, state);
                }
                if (tape != null) {
                    tape.keep(model.firstRow[t] + row, outcome, state);
                }
            }
        }
        return model.dates;
    }

    /** A row of y. One that was foretold tells nothing; a diffuse one counts log S_inf alone: Durbin and Koopman (2012), 7.2.2. */
    private void count(Kernel.Outcome outcome, RowState state) {
        if (outcome == Kernel.Outcome.REDUNDANT) {
            if (tape != null) {
                tape.rough();
            }
            return;
        }
        double s = state.innovationVariance();
        double v = state.innovation();
        squares += outcome == Kernel.Outcome.DIFFUSE ? 0 : v * (v / s);
        seen++;
        double larger = product * s;
        if (larger > 1e-200 && larger < 1e200) {
            product = larger;
        } else {
            logs += Math.log(product) + Math.log(s);
            product = 1;
        }
    }
}
