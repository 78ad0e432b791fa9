package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.betadrift.filter.internal.LikelihoodCase.r;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Transition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A likelihood allocates nothing, whatever kernel works it out. */
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
                        assertThat(allocated(engine.evaluator(one.sample(), open), q, r)).isZero();
                        assertThat(allocated(engine.evaluator(one.sample(), fixedR), q, null)).isZero();
                    }
                }
            }
        }
    }

    /** Bytes of {@link #CALLS} calls: the fewest of some rounds, as the first calls load classes and the compiler's work counts too. */
    private static long allocated(LikelihoodEvaluator evaluator, double[] q, double[] r) {
        long fewest = Long.MAX_VALUE;
        double sum = 0;
        for (int round = 0; round < 5 && fewest > 0; round++) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < CALLS; i++) {
                sum += evaluator.value(q, r);
            }
            fewest = Math.min(fewest, THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertThat(sum).isNotNaN();
        return fewest;
    }
}
