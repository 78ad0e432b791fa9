package org.betadrift.it.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.betadrift.model.ReturnPanel;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Provenance;
import org.betadrift.run.Recipe;

/** Threads that run estimates without pause: half of them on their own thread, half of them submit and wait. */
public final class Load implements AutoCloseable {
    /**
     * What came of a run, and not the run itself: there are many until they are judged. Times are nanoTime.
     *
     * @param provenance empty when it failed
     * @param logLikelihood NaN when it failed
     * @param failure null when it didn't
     */
    public record Outcome(long from, long to, Recipe recipe, List<Provenance> provenance, double logLikelihood, Throwable failure) { }

    private final ExposureService exposures;
    private final ReturnPanel panel = Cases.panel();
    private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLongArray rounds;
    private volatile boolean ending;

    /** They begin at once. @param count of threads; @param seed of the recipes' order */
    public Load(ExposureService exposures, int count, long seed) {
        this.exposures = exposures;
        rounds = new AtomicLongArray(count);
        for (int i = 0; i < count; i++) {
            int index = i;
            threads.add(new Thread(() -> work(index, new Random(seed + index)), "load-" + i));
        }
        threads.forEach(Thread::start);
    }

    private void work(int index, Random random) {
        while (!ending) {
            Outcome outcome = outcome(Cases.recipes().get(random.nextInt(Cases.recipes().size())), index % 2 == 0);
            outcomes.add(outcome);
            rounds.incrementAndGet(index);
            if (outcome.failure != null) {
                LockSupport.parkNanos(1_000_000); // a strategy is away: let it come back
            }
        }
    }

    private Outcome outcome(Recipe recipe, boolean submit) {
        long from = System.nanoTime();
        try {
            ExposureRun run = submit ? exposures.submit(recipe, panel).get() : exposures.run(recipe, panel);
            return new Outcome(from, System.nanoTime(), recipe, run.provenance(), run.filter().logLikelihood(), null);
        } catch (Throwable e) { // the judge decides
            return new Outcome(from, System.nanoTime(), recipe, List.of(), Double.NaN, e);
        }
    }

    /** Waits until every thread has begun and ended a run since now. */
    public void awaitRound() throws Exception {
        long[] before = IntStream.range(0, rounds.length()).mapToLong(rounds::get).toArray();
        Eventually.isTrue("every thread ends two runs", Duration.ofSeconds(60),
                () -> IntStream.range(0, before.length).allMatch(i -> rounds.get(i) >= before[i] + 2));
    }

    /** What came since the last time. */
    public List<Outcome> take() {
        List<Outcome> taken = new ArrayList<>();
        for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            taken.add(outcome);
        }
        return taken;
    }

    @Override
    public void close() {
        ending = true;
        for (Thread thread : threads) {
            try {
                thread.join(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                throw new AssertionError(thread + " does not end: " + List.of(thread.getStackTrace()));
            }
        }
    }
}
