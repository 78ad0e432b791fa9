package org.betadrift.it.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.Sample;
import org.openjdk.jmh.annotations.AuxCounters;
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

/** One fitter on the funds of one case, in a Java of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xms512m", "-Xmx512m"})
@Warmup(iterations = 1, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class FitContest {
    /** ns of the processor, the proof included, before anything is timed. */
    private static final long WARM = 1_000_000_000;

    /** Whose. */
    @Param
    public Funds funds;
    /** Who. */
    @Param
    public Fitter fitter;

    private List<Supplier<double[]>> searches;
    private double worstGap;
    private int worse;

    /** What it found, beside the time it took. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Found {
        /** Best known log-likelihood less that at the end, of the fund where that is most. */
        public double gap;
        /** Funds that ended at another maximum, or at none. */
        public double missed;
    }

    /** A fitter that doesn't find the maximum is not timed. */
    @Setup
    public void prepare() {
        long end = Contest.Processor.time() + WARM;
        searches = funds.samples.stream().map(fitter::on).toList();
        worstGap = 0;
        worse = 0;
        for (int i = 0; i < searches.size(); i++) {
            double gap = funds.optima.get(i) - logLikelihood(funds.samples.get(i), searches.get(i).get());
            worse += gap <= Fitter.WORSE ? 0 : 1;
            worstGap = Math.max(worstGap, gap);
        }
        if (worse > fitter.worse * searches.size() || funds == Funds.A && !(worstGap <= fitter.gapOfA)) {
            throw new IllegalStateException(fitter.title + " misses the maximum of " + worse + " of " + searches.size() + " of " + funds + ", by "
                    + worstGap + " at most");
        }
        while (Contest.Processor.time() < end) {
            searches.forEach(Supplier::get);
        }
    }

    private static double logLikelihood(Sample sample, double[] theta) {
        LikelihoodEvaluator evaluator = OurFit.evaluator(sample, OurFit.template(sample));
        int states = theta.length - 1;
        double[] q = new double[Covariance.size(states)];
        for (int i = 0; i < states; i++) {
            q[Covariance.index(i, i)] = theta[i];
        }
        return evaluator.value(q, new double[] {theta[states]});
    }

    /** Every fund of the case. */
    @Benchmark
    public double fit(Contest.Processor processor, Found found) {
        processor.calls++;
        found.gap = worstGap;
        found.missed = worse;
        double sum = 0;
        for (Supplier<double[]> search : searches) {
            sum += search.get()[0];
        }
        return sum;
    }
}
