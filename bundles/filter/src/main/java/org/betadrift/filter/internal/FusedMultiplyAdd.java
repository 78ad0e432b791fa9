package org.betadrift.filter.internal;

/**
 * Whether {@link Math#fma} is one instruction here. Where the processor has none, Java 17 works it out with BigDecimal, a
 * thousand times slower, and the kernels use their plain variant: the last bits of a likelihood are those of the machine
 * type. Nothing but the clock tells the two apart from inside; the limit lies far from both (0.02 microseconds
 * against 5 or more), and the best of many rounds is taken, so that neither a busy machine nor a slow one is misjudged.
 */
final class FusedMultiplyAdd {
    private static final int ROUNDS = 16;
    private static final int CALLS = 16;
    private static final long LIMIT = 500; // ns a call

    /** Chosen once, when the first evaluator is made. */
    static final boolean FAST = bestRound() < LIMIT * CALLS;

    private FusedMultiplyAdd() {
    }

    private static long bestRound() {
        long best = Long.MAX_VALUE;
        double x = 1;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                x = Math.fma(x, 0.9, 0.1);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return x > 0 ? best : Long.MAX_VALUE; // x is used, so that it is worked out
    }
}
