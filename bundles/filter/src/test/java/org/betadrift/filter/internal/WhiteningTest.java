package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.GaussianState;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ScoreDifferences;
import org.junit.jupiter.api.Test;

/** What is worked out in another basis of states is what is worked out in theirs: `covariance` beside `ud`. */
class WhiteningTest {
    private static final double TOLERANCE = 1e-9;

    @Test
    void changesNothing() {
        for (int seed = 0; seed < 4; seed++) {
            TargetsCase complete = TargetsCase.of(3, 2, seed % 2 == 0, seed);
            for (TargetsCase one : List.of(complete, complete.withoutSomeDates())) {
                int k = one.sample().states().count();
                for (InitialState initial : List.of(InitialState.diffuse(k), known(one, k), byFactor(one, k), byTarget(one, k))) {
                    ModelTemplate template = ModelTemplate.of(one.sample().states(), initial, Transition.randomWalk(k));
                    assertSame(one, template, moving(one), one.r());
                    assertSame(one, template.withStateNoise(Noise.constant(Covariance.ofPacked(k, moving(one)))), null, one.r());
                    assertSame(one, template.withObservationNoise(Noise.constant(Covariance.ofPacked(3, one.r()))), moving(one), null);
                }
            }
        }
    }

    private static void assertSame(TargetsCase one, ModelTemplate template, double[] q, double[] r) {
        LikelihoodEvaluator white = new CovarianceEngine().evaluator(one.sample(), template);
        LikelihoodEvaluator plain = new UdEngine().evaluator(one.sample(), template);
        double[] scoreQ = q == null ? null : new double[q.length];
        double[] scoreR = r == null ? null : new double[r.length];
        double[] expectedQ = q == null ? null : new double[q.length];
        double[] expectedR = r == null ? null : new double[r.length];
        double expected = plain.valueAndScore(q, r, expectedQ, expectedR);
        for (int call = 0; call < 2; call++) {
            assertThat(white.valueAndScore(q, r, scoreQ, scoreR)).isCloseTo(expected, within(TOLERANCE * Math.abs(expected)));
            assertThat(white.method()).startsWith("general");
            assertClose(scoreQ, expectedQ);
            assertClose(scoreR, expectedR);
            white.value(times(2, q), times(3, r));
        }
        ScoreDifferences.assertScore(white, q, r, 1e-7);
    }

    private static void assertClose(double[] score, double[] expected) {
        double largest = 0;
        for (int i = 0; expected != null && i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        if (expected != null) {
            assertThat(score).containsExactly(expected, within(TOLERANCE * largest));
        }
    }

    private static double[] times(double c, double[] packed) {
        double[] scaled = packed == null ? null : packed.clone();
        for (int i = 0; scaled != null && i < scaled.length; i++) {
            scaled[i] *= c;
        }
        return scaled;
    }

    /** Every factor's exposures in a way of their own, and factors that move together. */
    private static double[] moving(TargetsCase one) {
        double[] q = new double[Covariance.size(3 * one.factors())];
        for (int f = 0; f < one.factors(); f++) {
            double[] c = new double[one.factors()];
            c[f] = 1;
            double[] part = one.q(one.w(), c);
            for (int i = 0; i < q.length; i++) {
                q[i] += part[i];
            }
        }
        q[Covariance.index(3, 0)] = 2e-4;
        q[Covariance.index(4, 2)] = -1e-4;
        return q;
    }

    private static InitialState known(TargetsCase one, int k) {
        return InitialState.known(Vector.of(one.random().doubles(k, -1, 1).toArray()), Covariance.ofPacked(k, times(100, moving(one))));
    }

    /** The first factor's exposures are diffuse. */
    private static InitialState byFactor(TargetsCase one, int k) {
        boolean[] diffuse = new boolean[k];
        for (int i = 0; i < 3; i++) {
            diffuse[i] = true;
        }
        return mixed(one, diffuse);
    }

    /** One target's exposures are diffuse: no basis mixes them with known ones. */
    private static InitialState byTarget(TargetsCase one, int k) {
        boolean[] diffuse = new boolean[k];
        for (int i = 1; i < k; i += 3) {
            diffuse[i] = true;
        }
        return mixed(one, diffuse);
    }

    private static InitialState mixed(TargetsCase one, boolean[] diffuse) {
        double[] p = new double[Covariance.size(diffuse.length)];
        double[] mean = new double[diffuse.length];
        for (int i = 0; i < diffuse.length; i++) {
            p[Covariance.index(i, i)] = diffuse[i] ? 0 : one.random().nextDouble(0.1, 1);
            mean[i] = diffuse[i] ? 0 : one.random().nextDouble(-1, 1);
        }
        return InitialState.mixed(new GaussianState(Vector.of(mean), Covariance.ofPacked(diffuse.length, p)), diffuse);
    }
}
