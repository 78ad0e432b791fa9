package org.betadrift.it.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.internal.UdEngine;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
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

/** One fitter on several assets, in a Java of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xms512m", "-Xmx512m"})
@Warmup(iterations = 1, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class AssetsContest {
    /** ns of the processor, the proof included, before anything is timed. */
    private static final long WARM = 2_000_000_000;

    /** Whose. */
    @Param
    public Assets assets;
    /** Who. */
    @Param
    public AssetsFitter fitter;

    private Supplier<double[]> search;
    private double gap;

    /** A fitter that doesn't find the maximum is not timed. */
    @Setup
    public void prepare() {
        long end = Contest.Processor.time() + WARM;
        search = fitter.on(assets.sample);
        gap = assets.optimum - logLikelihood(search.get());
        if (gap > fitter.gap) {
            throw new IllegalStateException(fitter.title + " misses the maximum of " + assets + " by " + gap);
        }
        while (Contest.Processor.time() < end) {
            search.get();
        }
    }

    /** By the filter, which none of them uses to search. */
    private double logLikelihood(double[] both) {
        int m = assets.assets;
        double[] v = new double[Covariance.size(m)];
        double[] w = new double[Covariance.size(2 * m)];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                v[Covariance.index(i, j)] = both[i * m + j];
                // JDemetra+'s W is a rounded product
                w[Covariance.index(m + i, m + j)] = both[m * m + i * m + j] * (i == j ? 1 + 1e-12 : 1);
            }
        }
        StateSpaceModel model = StateSpaceModel.of(assets.sample.states(), InitialState.diffuse(2 * m), Transition.randomWalk(2 * m),
                Noise.constant(Covariance.ofPacked(2 * m, w)), Noise.constant(Covariance.ofPacked(m, v)));
        return new UdEngine().filter(model, assets.sample, FilterOptions.defaults(), Monitor.NONE).logLikelihood();
    }

    /** Everything from data to answer. */
    @Benchmark
    public double fit(Contest.Processor processor, FitContest.Found found) {
        processor.calls++;
        found.gap = gap;
        return search.get()[0];
    }
}
