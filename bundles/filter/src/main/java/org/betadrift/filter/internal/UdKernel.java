package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.model.Covariance;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;

/**
 * The exact kernel: beta and P = U D U', see {@link UdFactor}. O(K^2) for a random walk with a diagonal Q, O(K^3) otherwise. A
 * diffuse start is exact, any variance may be zero.
 */
final class UdKernel implements Kernel {
    /**
     * An innovation this small beside what it is the difference of is rounding; of a state the largest it has been counts, as what is left of it may be
     * rounding itself.
     */
    static final double ROUNDING = 1e-9;

    private final int k;
    private final Transition transition;
    private final boolean[] diffuse;
    private final double[] beta;
    private final UdFactor p;
    private final StateNoiseColumns q;
    private final UdFactor before;    // P before T, null for a random walk
    private final double[] column;
    private final double[] moved;
    private final double[] largest;   // |beta| so far
    private final BackwardSteps steps; // told of every step into a date, or null
    private double innovation;

    /** (beta_0|0, P_0|0): the first call is {@code predict(0)}. */
    UdKernel(StateSpaceModel model) {
        this(model, null);
    }

    /** @param steps told of every step, for a pass back; may be null */
    UdKernel(StateSpaceModel model, BackwardSteps steps) {
        this.steps = steps;
        k = model.states().count();
        transition = model.transition();
        beta = model.initial().prior().mean().toArray();
        p = new UdFactor(k);
        p.set(model.initial().prior().covariance().toPacked());
        diffuse = new boolean[k];
        for (int i = 0; i < k; i++) {
            diffuse[i] = model.initial().isDiffuse(i);
        }
        q = new StateNoiseColumns(model.stateNoise());
        before = transition.isIdentity() ? null : new UdFactor(k);
        column = new double[k];
        moved = new double[k];
        largest = new double[k];
    }

    @Override
    public void predict(int t) {
        if (steps != null) {
            steps.begin(t);
        }
        if (before != null) {
            Matrix matrix = transition.matrix(t);
            for (int i = 0; i < k; i++) {
                double sum = transition.constant().get(i);
                for (int j = 0; j < k; j++) {
                    sum += matrix.get(i, j) * beta[j];
                }
                moved[i] = sum;
            }
            System.arraycopy(moved, 0, beta, 0, k);
            move(matrix);
        }
        q.into(t, p, steps);
        if (t == 0) {
            startDiffuse();
        }
    }

    @Override
    public void settle(ConstraintRows rows, int t) {
        rows.settle(t, beta, 0);
    }

    /** T U D U'T' column by column: those of infinite weight first, so that the others are projected off them. */
    private void move(Matrix matrix) {
        before.copyFrom(p);
        p.clear();
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j < k; j++) {
                if (before.isInfinite(j) == (pass == 0) && before.d(j) > 0) {
                    before.copyColumn(j, column);
                    for (int i = 0; i < k; i++) {
                        double sum = 0;
                        for (int l = 0; l <= j; l++) {
                            sum += matrix.get(i, l) * column[l];
                        }
                        moved[i] = sum;
                    }
                    double left = p.add(before.d(j), before.isInfinite(j), moved, steps == null ? null : steps.regression());
                    if (steps != null) {
                        steps.component(column, moved, left, p);
                    }
                }
            }
        }
    }

    /** beta_1|0 is diffuse where the initial state says so; no T and no Q enters there. */
    private void startDiffuse() {
        for (int i = 0; i < k; i++) {
            if (diffuse[i]) {
                Arrays.fill(column, 0);
                column[i] = 1;
                p.add(1, true, column, null);
            }
        }
    }

    @Override
    public Outcome update(double y, double[] h, int at, double r) {
        double v = y;
        double size = Math.abs(y);
        for (int i = 0; i < k; i++) {
            v -= h[at + i] * beta[i];
            largest[i] = Math.max(largest[i], Math.abs(beta[i]));
            size += Math.abs(h[at + i]) * largest[i];
        }
        innovation = v;
        if (!p.condition(h, at, r)) {
            return Math.abs(v) <= ROUNDING * size ? Outcome.REDUNDANT : Outcome.IMPOSSIBLE;
        }
        if (!(p.variance() > 0) || Double.isInfinite(p.variance()) || !Double.isFinite(v)) {
            return Outcome.IMPOSSIBLE;
        }
        for (int i = 0; i < k; i++) {
            beta[i] += p.gain(i) * v;
        }
        return p.varianceIsInfinite() ? Outcome.DIFFUSE : Outcome.SEEN;
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

    @Override
    public boolean hasInfinite() {
        return p.hasInfinite();
    }

    @Override
    public boolean seesInfinite(double[] h, int at) {
        return p.seesInfinite(h, at);
    }

    @Override
    public void copyMean(double[] means, int at) {
        if (!p.hasInfinite()) {
            copyRawMean(means, at);
            return;
        }
        for (int i = 0; i < k; i++) {
            means[at + i] = p.isStateInfinite(i) ? Double.NaN : beta[i];
        }
    }

    /** Writes beta as it is: some finite number where the variance is infinite. */
    void copyRawMean(double[] means, int at) {
        System.arraycopy(beta, 0, means, at, k);
    }

    void copyFactor(UdFactor to) {
        to.copyFrom(p);
    }

    /** The first state with an infinite variance, or -1. */
    int firstInfinite() {
        for (int i = 0; i < k; i++) {
            if (p.isStateInfinite(i)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void copyCovariance(double[] covariances, int at) {
        p.copyPacked(covariances, at);
    }

    /** Q_t as independent scalar noises, or as a discount. */
    private static final class StateNoiseColumns {
        private final Noise noise;
        private final int k;
        private final double[] packed;
        private final UdFactor factor;
        private final double[] column;
        private final double discount; // 1 where Q has covariances
        private final boolean isDiscount;
        private final double[] variances; // where Q is diagonal
        private boolean diagonal;
        private boolean ready;

        StateNoiseColumns(Noise noise) {
            this.noise = noise;
            k = noise.dimension();
            packed = new double[Covariance.size(k)];
            factor = new UdFactor(k);
            column = new double[k];
            discount = noise.discount().orElse(1);
            isDiscount = noise.discount().isPresent();
            variances = new double[k];
        }

        /** P += Q_t, or P /= delta. */
        void into(int t, UdFactor p, BackwardSteps steps) {
            if (isDiscount) {
                if (steps != null) {
                    steps.discount(p);
                }
                p.scale(1 / discount);
                return;
            }
            if (!ready || !noise.isConstant()) {
                noise.copyPacked(t, packed);
                diagonal = isDiagonal();
                if (!diagonal) {
                    factor.set(packed);
                }
                for (int i = 0; i < k; i++) {
                    variances[i] = packed[Covariance.index(i, i)];
                }
                ready = true;
            }
            if (diagonal && steps == null) {
                p.addDiagonal(variances);
                return;
            }
            double[] regression = steps == null ? null : steps.regression();
            for (int i = 0; i < k; i++) {
                if (diagonal) {
                    if (variances[i] > 0) {
                        steps.noise(i, p.addToState(i, variances[i], regression), p);
                    }
                } else if (factor.d(i) > 0) {
                    factor.copyColumn(i, column);
                    double left = p.add(factor.d(i), false, column, regression);
                    if (steps != null) {
                        steps.noise(column, left, p);
                    }
                }
            }
        }

        private boolean isDiagonal() {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < i; j++) {
                    if (packed[Covariance.index(i, j)] != 0) {
                        return false;
                    }
                }
            }
            return true;
        }
    }
}
