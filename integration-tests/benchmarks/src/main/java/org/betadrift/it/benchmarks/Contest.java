package org.betadrift.it.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One contestant on one case, in a Java of its own. {@link Main} runs it some rounds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xms512m", "-Xmx512m"})
@Warmup(iterations = 1, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class Contest {
    /** Of the numbers contestants must agree in. */
    private static final double TOLERANCE = 1e-6;
    /** ns of the processor before anything is timed: warm on a busy machine too, where seconds on the wall are not enough. */
    private static final long WARM = 1_000_000_000;

    /** On what. */
    @Param
    public Case one;
    /** Who. */
    @Param
    public Contestant contestant;

    private DoubleSupplier work;

    /** Processor time of an iteration: what another process takes away on a busy machine isn't in it. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Processor {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        /** What JMH reports. */
        public double nanosPerCall;

        long calls;
        private long started;

        static long time() {
            return THREADS.getCurrentThreadCpuTime();
        }

        /** Begins to count. */
        @Setup(Level.Iteration)
        public void start() {
            calls = 0;
            started = time();
        }

        /** Ends counting. */
        @TearDown(Level.Iteration)
        public void stop() {
            nanosPerCall = (double) (time() - started) / calls;
        }
    }

    /** Equal work or none: a contestant whose number is another is no contestant. */
    @Setup
    public void prepare() {
        work = contestant.on(one);
        double its = work.getAsDouble();
        double rivals = contestant.rival().on(one).getAsDouble();
        if (!(Math.abs(its - rivals) <= TOLERANCE * Math.abs(rivals))) {
            throw new IllegalStateException(contestant.title + " has " + its + " for " + one + ", but " + contestant.rival().title + " has " + rivals);
        }
        for (long end = Processor.time() + WARM; Processor.time() < end;) {
            its += work.getAsDouble();
        }
        if (Double.isNaN(its)) {
            throw new IllegalStateException(contestant.title + " has no number for " + one);
        }
    }

    /** One likelihood, or one pass. */
    @Benchmark
    public double work(Processor processor) {
        processor.calls++;
        return work.getAsDouble();
    }
}
