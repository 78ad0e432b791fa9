package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.internal.FlatStates.TransitionKind;
import org.betadrift.model.Covariance;

/**
 * (beta, P) over UD factors: the steps of {@link UdKernel} on {@link FlatStates}, whose Q changes between calls. One thread, no
 * allocation after birth.
 */
final class UdState implements RowState {
    private final FlatStates model;
    private final int k;
    private final double[] beta;
    private final UdFactor p;
    private final UdFactor q;
    private final UdFactor before; // P before T
    private final double[] column;
    private final double[] moved;
    private final double[] largest; // |beta| so far
    private double innovation;

    UdState(FlatStates model) {
        this.model = model;
        k = model.states;
        beta = new double[k];
        p = new UdFactor(k);
        q = new UdFactor(k);
        before = new UdFactor(k);
        column = new double[k];
        moved = new double[k];
        largest = new double[k];
    }

    /** (beta_0|0, P_0|0). */
    void begin() {
        System.arraycopy(model.beta, 0, beta, 0, k);
        p.set(model.p);
        Arrays.fill(largest, 0);
    }

    /** beta = c + T beta, P = T P T' + Q; beta_1|0 is diffuse where the model says so, no T and no Q enters there. */
    @Override
    public void predict(int t) {
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

    /** @param h K values from {@code at} */
    Kernel.Outcome see(double y, double[] h, int at, double r) {
        double v = y;
        double size = Math.abs(v);
        for (int i = 0; i < k; i++) {
            v -= h[at + i] * beta[i];
            largest[i] = Math.max(largest[i], Math.abs(beta[i]));
            size += Math.abs(h[at + i]) * largest[i];
        }
        innovation = v;
        if (!p.condition(h, at, r)) {
            return Math.abs(v) <= UdKernel.ROUNDING * size ? Kernel.Outcome.REDUNDANT : Kernel.Outcome.IMPOSSIBLE;
        }
        double s = p.variance();
        if (!(s > 0) || Double.isInfinite(s) || !Double.isFinite(v)) {
            return Kernel.Outcome.IMPOSSIBLE;
        }
        for (int i = 0; i < k; i++) {
            beta[i] += p.gain(i) * v;
        }
        return p.varianceIsInfinite() ? Kernel.Outcome.DIFFUSE : Kernel.Outcome.SEEN;
    }

    @Override
    public Kernel.Outcome see(DateRows rows, int row) {
        return see(rows.y(row), rows.h, row * k, rows.r(row));
    }

    @Override
    public double innovation() {
        return innovation;
    }

    @Override
    public double innovationVariance() {
        return p.variance();
    }

    @Override
    public void copyGain(double[] destination, int at) {
        p.copyGain(destination, at);
    }

    /** P h / S of the last row. */
    double gain(int i) {
        return p.gain(i);
    }

    /** Whether any variance is infinite. */
    boolean hasInfinite() {
        return p.hasInfinite();
    }

    /** Writes beta and P, packed. */
    void copy(double[] means, double[] covariances) {
        System.arraycopy(beta, 0, means, 0, k);
        p.copyPacked(covariances, 0);
    }
}
