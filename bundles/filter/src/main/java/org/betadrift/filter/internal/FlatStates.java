package org.betadrift.filter.internal;

import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;

/** What states start from and do, in flat arrays, copied once; Q and R may be set anew. One thread. */
abstract class FlatStates {
    /** n. */
    final int dates;
    /** K. */
    final int states;
    /** What T is. */
    final TransitionKind transitionKind;
    /** K x K by rows, one or n of them. */
    final double[] transition;
    /** From one date's T to the next: K x K, or 0 when all are one. */
    final int transitionStep;
    /** c, K. */
    final double[] constant;
    /** beta_0|0, K. */
    final double[] beta;
    /** P_0|0, packed. */
    final double[] p;
    /** By state: an infinite variance. */
    final boolean[] diffuse;
    /** Whether any state has one. */
    final boolean isDiffuse;
    /** Q packed, one or n of them. */
    double[] q;
    /** From one date's Q to the next. */
    int qStep;
    /** Whether nothing stands beside the diagonal of any Q. */
    boolean qIsDiagonal;

    /** From the cheapest to the dearest. */
    enum TransitionKind { IDENTITY, DIAGONAL, DENSE }

    /** @param model fits the sample */
    FlatStates(Sample sample, StateSpaceModel model) {
        dates = sample.periods();
        states = model.states().count();
        transition = matrices(model.transition());
        transitionStep = model.transition().isConstant() ? 0 : states * states;
        constant = model.transition().constant().toArray();
        transitionKind = model.transition().isIdentity() ? TransitionKind.IDENTITY : transitionIsDiagonal() ? TransitionKind.DIAGONAL : TransitionKind.DENSE;
        beta = new double[states];
        p = new double[Covariance.size(states)];
        diffuse = new boolean[states];
        for (int i = 0; i < states; i++) {
            diffuse[i] = model.initial().isDiffuse(i);
        }
        isDiffuse = model.initial().hasDiffuse();
        startFrom(model);
        setStateNoise(triangles(model.stateNoise()));
        qStep = model.stateNoise().isConstant() ? 0 : p.length;
    }

    /** Takes (beta_0|0, P_0|0) over. */
    void startFrom(StateSpaceModel model) {
        System.arraycopy(model.initial().prior().mean().toArray(), 0, beta, 0, states);
        System.arraycopy(model.initial().prior().covariance().toPacked(), 0, p, 0, p.length);
    }

    /** One for all dates. @param packed kept, not copied */
    void setStateNoise(double[] packed) {
        q = packed;
        qStep = 0;
        qIsDiagonal = true;
        for (int at = 0; at < q.length; at += p.length) {
            for (int i = 0; i < states; i++) {
                for (int j = 0; j < i; j++) {
                    qIsDiagonal &= q[at + Covariance.index(i, j)] == 0;
                }
            }
        }
    }

    /** One for all dates. @param packed m (m + 1) / 2 values; kept, not copied */
    abstract void setObservationNoise(double[] packed);

    private static double[] matrices(Transition transition) {
        int count = Math.max(1, transition.periods());
        int size = transition.dimension() * transition.dimension();
        double[] flat = new double[count * size];
        for (int t = 0; t < count; t++) {
            System.arraycopy(transition.matrix(t).toArray(), 0, flat, t * size, size);
        }
        return flat;
    }

    static double[] triangles(Noise noise) {
        int count = Math.max(1, noise.periods());
        int size = Covariance.size(noise.dimension());
        double[] flat = new double[count * size];
        double[] one = new double[size];
        for (int t = 0; t < count; t++) {
            noise.copyPacked(t, one);
            System.arraycopy(one, 0, flat, t * size, size);
        }
        return flat;
    }

    private boolean transitionIsDiagonal() {
        for (int at = 0; at < transition.length; at++) {
            int row = at / states % states;
            if (row != at % states && transition[at] != 0) {
                return false;
            }
        }
        return true;
    }
}
