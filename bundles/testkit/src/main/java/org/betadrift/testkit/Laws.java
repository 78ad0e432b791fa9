package org.betadrift.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** How a law is tried: on every case, or from several threads at once. */
final class Laws {
    private static final int THREADS = 4;

    private Laws() { }

    /**
     * The cases of seeds 0, 1, 2, ...
     *
     * @param multivariate whether every second one has several targets
     * @param gaps whether half of them lack some y
     */
    static List<RandomCase> cases(int count, int dates, boolean multivariate, boolean gaps) {
        return LongStream.range(0, count).mapToObj(seed -> {
            RandomCase one = RandomCase.of(seed, multivariate && seed % 2 == 0 ? 2 + (int) seed % 3 : 1, dates);
            return gaps && seed % 4 > 1 ? one.withGaps() : one;
        }).toList();
    }

    /** What must hold of one case. */
    interface Law<C> {
        void check(C one) throws Exception;
    }

    /** On one case after another; a failure names the case, hence its seed. */
    static <C> void forEach(List<C> cases, Law<C> law) {
        for (C one : cases) {
            try {
                law.check(one);
            } catch (Exception | AssertionError e) {
                throw new AssertionError(one + ": " + (e instanceof AssertionError ? e.getMessage() : e), e);
            }
        }
    }

    /** On all cases from four threads at once, each thread in an order of its own, three times round. */
    static <C> void forEachAtOnce(List<C> cases, Law<C> law) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int shift = i;
                Callable<Void> rounds = () -> {
                    start.await(10, TimeUnit.SECONDS);
                    for (int at = 0; at < 3 * cases.size(); at++) {
                        forEach(List.of(cases.get((at + shift) % cases.size())), law);
                    }
                    return null;
                };
                all.add(threads.submit(rounds));
            }
            for (Future<Void> one : all) {
                await(one);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(Future<Void> one) throws Exception {
        try {
            one.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("from " + THREADS + " threads at once: " + e.getCause().getMessage(), e.getCause());
        }
    }
}
