package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;

/** What {@link Retain} may change of a pass: what there is, and what it costs. */
final class RetentionLaws {
    /** Noise of the measurement; a number for every date would be 720,000 bytes. */
    private static final long FEW_BYTES = 512;

    private final FilterEngine engine;
    private final RandomCase one;
    private final FilterResult all;

    RetentionLaws(FilterEngine engine, RandomCase one) {
        this.engine = engine;
        this.one = one;
        all = filter(Retain.ALL);
    }

    private FilterResult filter(Retain retain) {
        return engine.filter(one.model(), one.sample(), FilterOptions.defaults().withRetain(retain).withBurnIn(3), Monitor.NONE);
    }

    void requireSameNumbers() {
        FilterResult means = filter(Retain.MEANS);
        FilterResult last = filter(Retain.FINAL);
        requireSameSums(means);
        requireSameSums(last);
        int n = one.dates.size();
        for (int t = 0; t < n; t++) {
            requireSameMeans(means.predicted(), all.predicted(), t, t);
            requireSameMeans(means.filtered(), all.filtered(), t, t);
            assertThat(means.logLikelihood(t)).as("log-likelihood at t=%s", t).isEqualTo(all.logLikelihood(t));
            for (int i = 0; i < one.targets.size(); i++) {
                assertThat(means.innovation(t, i)).as("innovation at t=%s", t).isEqualTo(Double.valueOf(all.innovation(t, i)));
                assertThat(means.standardizedInnovation(t, i)).isEqualTo(Double.valueOf(all.standardizedInnovation(t, i)));
                for (int j = 0; j < one.targets.size(); j++) {
                    assertThat(means.innovationCovariance(t, i, j)).as("S at t=%s", t).isEqualTo(Double.valueOf(all.innovationCovariance(t, i, j)));
                }
            }
        }
        requireSameMeans(last.predicted(), all.predicted(), 0, n - 1);
        requireSameMeans(last.filtered(), all.filtered(), 0, n - 1);
        requireSameCovariances(last.predicted(), all.predicted(), n - 1);
        requireSameCovariances(last.filtered(), all.filtered(), n - 1);
    }

    private void requireSameSums(FilterResult other) {
        assertThat(other.logLikelihood()).as("log-likelihood, %s", other.options().retain()).isEqualTo(all.logLikelihood());
        assertThat(other.observations()).isEqualTo(all.observations());
        assertThat(other.diffuseObservations()).isEqualTo(all.diffuseObservations());
        assertThat(other.diffuseDates()).isEqualTo(all.diffuseDates());
        assertThat(other.warnings()).isEqualTo(all.warnings());
    }

    private static void requireSameMeans(StatePath path, StatePath expected, int t, int at) {
        for (int k = 0; k < path.states().count(); k++) {
            assertThat(path.mean(t, k)).as("%s mean at t=%s", path.knows(), at).isEqualTo(Double.valueOf(expected.mean(at, k)));
        }
    }

    private static void requireSameCovariances(StatePath path, StatePath expected, int at) {
        for (int k = 0; k < path.states().count(); k++) {
            for (int l = 0; l <= k; l++) {
                assertThat(path.covariance(0, k, l)).as("%s covariance of the last date", path.knows()).isEqualTo(Double.valueOf(expected.covariance(at, k, l)));
            }
        }
    }

    static void requireConstantMemory(FilterEngine engine) {
        Sample shorter = walk(10_000);
        Sample longer = walk(100_000);
        for (int warm = 0; warm < 3; warm++) {
            allocated(engine, longer);
        }
        long bytes = allocated(engine, shorter);
        assertThat(allocated(engine, longer)).as("bytes for 100,000 dates; %s for 10,000", bytes).isBetween(bytes - FEW_BYTES, bytes + FEW_BYTES);
    }

    private static long allocated(FilterEngine engine, Sample sample) {
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.filled(2, 0), Covariance.scalar(2, 1)),
                Transition.randomWalk(2), Noise.constant(Covariance.scalar(2, 1e-4)), Noise.constant(Covariance.diagonal(1e-4)));
        FilterOptions options = FilterOptions.defaults().withRetain(Retain.FINAL);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        FilterResult pass = engine.filter(model, sample, options, Monitor.NONE);
        long after = threads.getThreadAllocatedBytes(id);
        assertThat(pass.logLikelihood()).isFinite();
        return after - before;
    }

    private static Sample walk(int dates) {
        List<LocalDate> days = IntStream.range(0, dates).mapToObj(LocalDate.EPOCH::plusDays).toList();
        double[] x = IntStream.range(0, dates).mapToDouble(t -> 0.02 * Math.sin(t)).toArray();
        double[] y = IntStream.range(0, dates).mapToDouble(t -> 0.01 * Math.cos(3 * t)).toArray();
        return Sample.builder(ReturnPanel.builder(days).column("y", y).column("x", x).build()).target("y", List.of("x")).intercept(true).build();
    }
}
