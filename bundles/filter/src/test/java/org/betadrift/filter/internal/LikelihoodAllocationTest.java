package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.betadrift.filter.internal.LikelihoodCase.r;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A likelihood, its score and its information allocate nothing, whatever kernel works them out. */
class LikelihoodAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 20;

    static IntStream states() {
        return IntStream.rangeClosed(1, 12);
    }

    @ParameterizedTest
    @MethodSource("states")
    void nothingIsAllocated(int k) {
        LikelihoodCase one = LikelihoodCase.of(k, 1);
        double[] r = {one.r()};
        for (Transition transition : List.of(Transition.randomWalk(k), Transition.fixed(one.denseTransition()))) {
            for (InitialState initial : List.of(one.initial(), InitialState.diffuse(k))) {
                ModelTemplate open = ModelTemplate.of(one.sample().states(), initial, transition);
                ModelTemplate fixedR = open.withObservationNoise(r(r[0]));
                for (FilterEngine engine : List.of(new CovarianceEngine(), new UdEngine())) {
                    for (double[] q : List.of(one.diagonalQ(), one.fullQ())) {
                        assertNothing(engine.evaluator(one.sample(), open), q, r);
                        assertNothing(engine.evaluator(one.sample(), fixedR), q, null);
                    }
                }
            }
        }
    }

    /** Series by series, row by row, with cells missing, and under constraints. */
    @Test
    void nothingIsAllocatedForSeveralTargets() {
        TargetsCase one = TargetsCase.of(4, 2, true, 1);
        double[] r = one.r();
        double[] decouples = one.q(one.w(), 0, 1, 2);
        double[] doesNot = one.q(one.w(), 0.1, 1, 2);
        doesNot[0] *= 2;
        StateConstraint exact = StateConstraint.of("sum = 1", StateConstraint.Relation.EQUAL, Vector.filled(12, 1), 1, 0);
        StateConstraint soft = StateConstraint.of("sum = 1, about", StateConstraint.Relation.EQUAL, Vector.filled(12, 1), 1, 0.1);
        for (FilterEngine engine : List.of(new CovarianceEngine(), new UdEngine())) {
            for (TargetsCase now : List.of(one, one.withoutSomeDates(), one.withoutSomeCells(0.1))) {
                for (double[] q : List.of(decouples, doesNot)) {
                    assertNothingWithScore(engine.evaluator(now.sample(), now.template()), q, r);
                    assertNothingWithScore(engine.evaluator(now.sample(), now.template().withConstraints(List.of(exact))), q, r);
                    assertNothingWithScore(engine.evaluator(now.sample(), now.template().withConstraints(List.of(soft))), q, r);
                    assertNothingWithScore(engine.evaluator(now.sample(), now.template().withObservationNoise(
                            Noise.constant(Covariance.ofPacked(4, r)))), q, null);
                }
            }
        }
    }

    private static void assertNothingWithScore(LikelihoodEvaluator evaluator, double[] q, double[] r) {
        double[] scoreQ = new double[q.length];
        double[] scoreR = r == null ? null : new double[r.length];
        assertThat(allocated(() -> evaluator.value(q, r))).isZero();
        assertThat(allocated(() -> evaluator.valueAndScore(q, r, scoreQ, scoreR))).isZero();
        assertThat(scoreQ).doesNotContain(Double.NaN);
    }

    private static void assertNothing(LikelihoodEvaluator evaluator, double[] q, double[] r) {
        double[] scoreQ = new double[q.length];
        double[] scoreR = r == null ? null : new double[1];
        double[][] directions = new double[2][q.length + (r == null ? 0 : 1)];
        directions[0][0] = 1;
        directions[1][directions[1].length - 1] = 1;
        double[] score = new double[2];
        double[] information = new double[3];
        assertThat(allocated(() -> evaluator.value(q, r))).isZero();
        assertThat(allocated(() -> evaluator.valueAndScore(q, r, scoreQ, scoreR))).isZero();
        assertThat(allocated(() -> evaluator.information(q, r, directions, score, information))).isZero();
        assertThat(scoreQ).doesNotContain(Double.NaN);
        assertThat(information).doesNotContain(Double.NaN);
    }

    /** Bytes of {@link #CALLS} calls: the fewest of some rounds, as the first calls load classes and the compiler's work counts too. */
    private static long allocated(DoubleSupplier likelihood) {
        long fewest = Long.MAX_VALUE;
        double sum = 0;
        for (int round = 0; round < 5 && fewest > 0; round++) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < CALLS; i++) {
                sum += likelihood.getAsDouble();
            }
            fewest = Math.min(fewest, THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertThat(sum).isNotNaN();
        return fewest;
    }
}
