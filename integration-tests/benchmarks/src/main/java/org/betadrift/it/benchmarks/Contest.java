package org.betadrift.it.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One contestant on one case, in a Java of its own. {@link Main} runs it some rounds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class Contest {
    /** Of the numbers contestants must agree in. */
    private static final double TOLERANCE = 1e-6;

    /** On what. */
    @Param
    public Case one;
    /** Who. */
    @Param
    public Contestant contestant;

    private DoubleSupplier work;

    /** Equal work or none: a contestant whose number is another is no contestant. */
    @Setup
    public void prepare() {
        work = contestant.on(one);
        double its = work.getAsDouble();
        double rivals = contestant.rival().on(one).getAsDouble();
        if (!(Math.abs(its - rivals) <= TOLERANCE * Math.abs(rivals))) {
            throw new IllegalStateException(contestant.title + " has " + its + " for " + one + ", but " + contestant.rival().title + " has " + rivals);
        }
    }

    /** One likelihood, or one pass. */
    @Benchmark
    public double work() {
        return work.getAsDouble();
    }
}
