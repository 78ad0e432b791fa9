package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.betadrift.filter.internal.LikelihoodCase.r;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Noise;
import org.betadrift.model.Transition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A likelihood allocates nothing, whatever kernel works it out. */
class LikelihoodAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 100;

    static IntStream states() {
        return IntStream.rangeClosed(1, 12);
    }

    @ParameterizedTest
    @MethodSource("states")
    void nothingIsAllocated(int k) {
        LikelihoodCase one = LikelihoodCase.of(k, 1);
        CovarianceEngine engine = new CovarianceEngine();
        double[] r = {one.r()};
        Noise fixed = r(one.r());
        for (Transition transition : List.of(Transition.randomWalk(k), Transition.fixed(one.denseTransition()))) {
            LikelihoodEvaluator open = engine.evaluator(one.sample(), one.template(transition));
            LikelihoodEvaluator fixedR = engine.evaluator(one.sample(), one.template(transition).withObservationNoise(fixed));
            for (double[] q : List.of(one.diagonalQ(), one.fullQ())) {
                assertThat(allocated(open, q, r)).isZero();
                assertThat(allocated(fixedR, q, null)).isZero();
            }
        }
    }

    /** Bytes of {@link #CALLS} calls after as many; the second time, as the first one loads classes. */
    private static long allocated(LikelihoodEvaluator evaluator, double[] q, double[] r) {
        long bytes = 0;
        double sum = 0;
        for (int round = 0; round < 3; round++) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < CALLS; i++) {
                sum += evaluator.value(q, r);
            }
            bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        }
        assertThat(sum).isNotNaN();
        return bytes;
    }
}
