package org.betadrift.filter.internal;

import org.betadrift.filter.LikelihoodConvention;

/**
 * The log-likelihood over UD factors of a {@link FlatModel}, whose Q and R change between calls. No allocation after birth, one
 * thread.
 */
final class UdPass implements FlatEvaluator.Pass {
    private static final double CONSTANT = LikelihoodConvention.FULL.constant(1, 0);

    private final FlatModel model;
    private final int k;
    private final UdState state;
    private Tape tape;             // told of every date, or null
    private int seen;              // observations
    private double squares;        // sum of y~^2 / S of the finite ones
    private double logs;           // of those S that are no longer in the product
    private double product;        // of S: one logarithm for many dates

    UdPass(FlatModel model) {
        this.model = model;
        k = model.states;
        state = new UdState(model);
    }

    @Override
    public double logLikelihood(Tape listener) {
        begin(listener);
        run(false);
        return sum();
    }

    @Override
    public double squares() {
        return squares;
    }

    /** Without fused multiply-add: the bits are the same on every machine. */
    @Override
    public ScoreKernel scoreKernel() {
        return k <= StraightLine.MOST_STATES ? StraightScore.plain(k) : null;
    }

    /**
     * Filters from the first date on until no variance is infinite.
     *
     * @param filteredBeta written: the filtered state of the last date that was done
     * @param filteredP written: its covariance, packed
     * @param listener told of every date that was done; may be null
     * @return the dates done; n as well when it never comes to an end
     */
    int start(double[] filteredBeta, double[] filteredP, Tape listener) {
        begin(listener);
        int done = run(true);
        state.copy(filteredBeta, filteredP);
        return done;
    }

    /** Of the dates the last {@link #start} did; NaN when it failed. */
    double startLogLikelihood() {
        return sum();
    }

    /** log L = -1/2 (N log 2 pi + sum of y~^2 / S + log S). */
    private double sum() {
        return CONSTANT * seen - 0.5 * (squares + logs + Math.log(product));
    }

    private void begin(Tape listener) {
        tape = listener;
        if (tape != null) {
            tape.begin();
        }
        state.begin();
        seen = 0;
        squares = 0;
        logs = 0;
        product = 1;
    }

    /** @return the dates done */
    private int run(boolean whileInfinite) {
        for (int t = 0; t < model.dates; t++) {
            if (t > 0 && whileInfinite && !state.hasInfinite()) {
                return t;
            }
            state.predict(t);
            if (!model.isObserved(t)) {
                if (tape != null) {
                    tape.nothing(t);
                }
            } else if (!see(t)) {
                squares = Double.NaN;
                return model.dates;
            }
        }
        return model.dates;
    }

    /** @return false when the model can't have made y_t */
    private boolean see(int t) {
        Kernel.Outcome outcome = state.see(model.y[t], model.h, t * k, model.r[t * model.rStep]);
        if (outcome == Kernel.Outcome.REDUNDANT) {
            if (tape != null) {
                tape.redundant(t);
            }
            return true; // it was foretold: nothing changes
        }
        if (outcome == Kernel.Outcome.IMPOSSIBLE) {
            return false;
        }
        boolean isInfinite = outcome == Kernel.Outcome.DIFFUSE;
        double v = state.innovation();
        double s = state.innovationVariance();
        // a diffuse date counts log S_inf alone: Durbin and Koopman (2012), 7.2.2
        double square = isInfinite ? 0 : v * (v / s);
        seen++;
        squares += square;
        double larger = product * s;
        if (larger > 1e-200 && larger < 1e200) {
            product = larger;
        } else {
            logs += Math.log(product) + Math.log(s);
            product = 1;
        }
        if (tape != null) {
            keep(t, isInfinite ? 0 : v / s, isInfinite ? 0 : 1 / s);
        }
        return true;
    }

    private void keep(int t, double u, double inverse) {
        int at = t * tape.step;
        for (int i = 0; i < k; i++) {
            tape.rows[at + i] = -state.gain(i);
        }
        tape.rows[at + k] = -u;
        tape.rows[at + k + 1] = -inverse;
    }
}
