package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.internal.FlatModel.TransitionKind;
import org.betadrift.model.Covariance;

/**
 * The log-likelihood over UD factors: the steps of {@link UdKernel} on a {@link FlatModel}, whose Q and R change between calls.
 * No allocation after birth, one thread.
 */
final class UdPass implements FlatEvaluator.Pass {
    private static final double CONSTANT = LikelihoodConvention.FULL.constant(1, 0);

    private final FlatModel model;
    private final int k;
    private final double[] beta;
    private final UdFactor p;
    private final UdFactor q;
    private final UdFactor before; // P before T
    private final double[] column;
    private final double[] moved;
    private Tape tape;             // told of every date, or null
    private int seen;              // observations
    private double squares;        // sum of y~^2 / S of the finite ones
    private double logs;           // of those S that are no longer in the product
    private double product;        // of S: one logarithm for many dates

    UdPass(FlatModel model) {
        this.model = model;
        k = model.states;
        beta = new double[k];
        p = new UdFactor(k);
        q = new UdFactor(k);
        before = new UdFactor(k);
        column = new double[k];
        moved = new double[k];
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
        System.arraycopy(beta, 0, filteredBeta, 0, k);
        p.copyPacked(filteredP, 0);
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
        System.arraycopy(model.beta, 0, beta, 0, k);
        p.set(model.p);
        seen = 0;
        squares = 0;
        logs = 0;
        product = 1;
    }

    /** @return the dates done */
    private int run(boolean whileInfinite) {
        for (int t = 0; t < model.dates; t++) {
            if (t > 0 && whileInfinite && !p.hasInfinite()) {
                return t;
            }
            predict(t);
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

    /** beta = c + T beta, P = T P T' + Q; beta_1|0 is diffuse where the model says so, no T and no Q enters there. */
    private void predict(int t) {
        if (model.transitionKind != TransitionKind.IDENTITY) {
            move(t * model.transitionStep);
        }
        addStateNoise(t);
        for (int i = 0; i < k && t == 0; i++) {
            if (model.diffuse[i]) {
                Arrays.fill(column, 0);
                column[i] = 1;
                p.add(1, true, column, null);
            }
        }
    }

    /** T U D U'T' column by column: those of infinite weight first, so that the others are projected off them. */
    private void move(int at) {
        product(at, beta);
        for (int i = 0; i < k; i++) {
            beta[i] = moved[i] + model.constant[i];
        }
        before.copyFrom(p);
        p.clear();
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j < k; j++) {
                if (before.isInfinite(j) == (pass == 0) && before.d(j) > 0) {
                    before.copyColumn(j, column);
                    product(at, column);
                    p.add(before.d(j), before.isInfinite(j), moved, null);
                }
            }
        }
    }

    /** moved = T x. */
    private void product(int at, double[] x) {
        for (int i = 0; i < k; i++) {
            double dot = 0;
            for (int j = 0; j < k; j++) {
                dot += model.transition[at + i * k + j] * x[j];
            }
            moved[i] = dot;
        }
    }

    /** P += Q_t, a scalar noise after the other. */
    private void addStateNoise(int t) {
        int at = t * model.qStep;
        if (model.qIsDiagonal) {
            for (int i = 0; i < k; i++) {
                column[i] = model.q[at + Covariance.index(i, i)];
            }
            p.addDiagonal(column);
            return;
        }
        if (t == 0 || model.qStep > 0) {
            q.set(model.q, at);
        }
        for (int i = 0; i < k; i++) {
            if (q.d(i) > 0) {
                q.copyColumn(i, column);
                p.add(q.d(i), false, column, null);
            }
        }
    }

    /** @return false when the model can't have made y_t */
    private boolean see(int t) {
        int at = t * k;
        double v = model.y[t];
        double size = Math.abs(v);
        for (int i = 0; i < k; i++) {
            double term = model.h[at + i] * beta[i];
            v -= term;
            size += Math.abs(term);
        }
        if (!p.condition(model.h, at, model.r[t * model.rStep])) {
            if (tape != null) {
                tape.redundant(t);
            }
            return Math.abs(v) <= UdKernel.ROUNDING * size; // it was foretold: nothing changes
        }
        double s = p.variance();
        if (!(s > 0) || Double.isInfinite(s) || !Double.isFinite(v)) {
            return false;
        }
        for (int i = 0; i < k; i++) {
            beta[i] += p.gain(i) * v;
        }
        // a diffuse date counts log S_inf alone: Durbin and Koopman (2012), 7.2.2
        double square = p.varianceIsInfinite() ? 0 : v * (v / s);
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
            keep(t, p.varianceIsInfinite() ? 0 : v / s, p.varianceIsInfinite() ? 0 : 1 / s);
        }
        return true;
    }

    private void keep(int t, double u, double inverse) {
        int at = t * tape.step;
        for (int i = 0; i < k; i++) {
            tape.rows[at + i] = -p.gain(i);
        }
        tape.rows[at + k] = -u;
        tape.rows[at + k + 1] = -inverse;
    }
}
