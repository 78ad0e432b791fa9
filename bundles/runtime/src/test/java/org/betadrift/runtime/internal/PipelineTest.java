package org.betadrift.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.DiagnosticResult.Status;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.Retain;
import org.betadrift.filter.Smoother;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.filter.StatePath.Knows;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import org.betadrift.run.StrategyNotFoundException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a recipe may ask for beyond its strategies: transitions, starts, elapsed days, smoothing, less retention. */
class PipelineTest {
    private final FakeRegistry fake = new FakeRegistry();
    private final List<Transition> seen = new ArrayList<>();
    private long[] days = {0, 7, 14, 28, 35};

    @BeforeEach
    void strategies() {
        fake.add(InitialStateEstimator.class, "known", 0, context -> {
            seen.add(context.transition());
            int k = context.sample().states().count();
            return Estimate.of(InitialState.known(Vector.filled(k, 3), Covariance.scalar(k, 1)), CausalFrom.always());
        });
        fake.add(InitialStateEstimator.class, "diffuse", 0,
                context -> Estimate.of(InitialState.diffuse(context.sample().states().count()), CausalFrom.always()));
        fake.add(InitialStateEstimator.class, "stationary", 0,
                context -> Estimate.of(InitialState.stationary(context.sample().states().count()), CausalFrom.always()));
        fake.add(ObservationNoiseEstimator.class, "r", 0, context -> {
            seen.add(context.transition());
            return Estimate.of(Noise.constant(Covariance.diagonal(1)), CausalFrom.always());
        });
        fake.add(StateNoiseEstimator.class, "q", 0, context -> Estimate.of(
                Noise.constant(Covariance.scalar(context.sample().states().count(), 4)), CausalFrom.always()).withWarning("of q"));
        fake.add(FilterEngine.class, "engine", 0, (model, sample, options, monitor) -> {
            int n = sample.periods();
            int k = model.states().count();
            boolean all = options.retain() == Retain.ALL;
            StatePath path = StatePath.ofUnsafe(Knows.FILTERED, model.states(), options.retain() == Retain.FINAL ? List.of(sample.date(n - 1)) : sample.dates(),
                    new double[options.retain() == Retain.FINAL ? k : n * k], options.retain() == Retain.MEANS ? null : new double[(all ? n : 1) * k * (k + 1) / 2]);
            return FilterResult.builder(model, sample, options).predicted(path).filtered(path).innovations(new double[n])
                    .innovationCovariances(new double[n]).standardizedInnovations(new double[n]).gains(new double[n * k])
                    .logLikelihoods(new double[n]).build();
        });
    }

    private ExposureRun run(Recipe recipe) {
        Run run = new Run(1, recipe, fake.registry, () -> Duration.ofSeconds(1));
        run.execute(ReturnPanel.builder(LongStream.of(days).mapToObj(d -> LocalDate.of(2020, 1, 3).plusDays(d)).toList())
                .column("y", 1, 2, 3, 4, 5).column("x", 5, 4, 3, 2, 1).build());
        return run.outcome();
    }

    private static Recipe.Builder recipe() {
        return Recipe.builder().target("y", "x").initial("known").observationNoise("r").stateNoise("q");
    }

    /** The initial state completes the transition; what stands right of it sees it whole. */
    @Test
    void exposuresRevertToWhereTheyBegan() {
        Transition whole = Transition.meanReverting(Vector.of(0.5), Vector.of(3));
        assertThat(run(recipe().transition("mean-reverting:0.5").build()).model().transition()).isEqualTo(whole);
        assertThat(seen).containsExactly(Transition.ar1(Vector.of(0.5)), whole);
        assertThatThrownBy(() -> run(recipe().transition("mean-reverting:0.5").initial("diffuse").build())).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("write mean-reverting:PHI:MEAN");
    }

    @Test
    void aLocalLinearTrendHasSlopes() {
        ExposureRun run = run(recipe().transition("local-linear-trend").build());
        assertThat(run.sample().states().texts()).containsExactly("x", "slope:x");
        assertThat(run.model().transition()).isEqualTo(Transition.localLinearTrend(run.sample().states()));
    }

    @Test
    void aStationaryStartIsWorkedOutOrRefused() {
        ExposureRun run = run(recipe().transition("mean-reverting:0.5:2").initial("stationary").build());
        assertThat(run.model().initial().prior().mean().get(0)).isEqualTo(2);
        assertThatThrownBy(() -> run(recipe().initial("stationary").build())).isInstanceOf(InvalidInputException.class)
                .hasMessage("initial state is stationary, but state x has a unit root and wanders without end: choose diffuse or known");
    }

    @Test
    void noConstantIsRefusedUnderADiffuseStartBeforeAnythingElseIsEstimated() {
        assertThatThrownBy(() -> run(recipe().initial("diffuse").convention(LikelihoodConvention.NO_CONSTANT).build()))
                .hasMessage("convention is no-constant, but the start is diffuse: use full or no-constant-diffuse");
        assertThat(seen).isEmpty();
        assertThat(run(recipe().initial("diffuse").build()).model().initial().hasDiffuse()).isTrue();
    }

    @Test
    void exposuresThatNeverBecomeKnownAreWarnedOf() {
        fake.add(FilterEngine.class, "blind", 1, (model, sample, options, monitor) -> {
            int n = sample.periods();
            double[] unknown = new double[n];
            Arrays.fill(unknown, Double.NaN);
            StatePath path = StatePath.ofUnsafe(Knows.FILTERED, model.states(), sample.dates(), unknown, unknown.clone());
            return FilterResult.builder(model, sample, options).predicted(path).filtered(path).innovations(new double[n])
                    .innovationCovariances(new double[n]).standardizedInnovations(new double[n]).gains(new double[n])
                    .logLikelihoods(new double[n]).build();
        });
        assertThat(run(recipe().initial("diffuse").engine("blind").build()).warnings()).containsExactly("of q", "still unknown on the last date: x; "
                + "the start is diffuse and the factors never tell these exposures apart: take out a factor, or begin from a known state");
        assertThat(run(recipe().initial("diffuse").engine("engine").build()).warnings()).containsExactly("of q");
    }

    @Test
    void elapsedDaysScaleTheStateNoise() {
        ExposureRun run = run(recipe().elapsed(true).build());
        Noise q = run.model().stateNoise();
        assertThat(List.of(q.at(0).variance(0), q.at(1).variance(0), q.at(3).variance(0), q.at(4).variance(0))).containsExactly(4.0, 4.0, 8.0, 4.0);
        assertThat(run.warnings()).containsExactly("of q");
        assertThat(run(recipe().build()).model().stateNoise().isConstant()).isTrue();
    }

    /** The median distance is known only once it has settled. */
    @Test
    void elapsedDaysSayFromWhenTheyAreCausal() {
        days = new long[] {0, 14, 21, 28, 35}; // 14, then 10.5, then 7
        ExposureRun run = run(recipe().elapsed(true).build());
        assertThat(run.causalFrom().firstDate()).contains(LocalDate.of(2020, 1, 3).plusDays(28));
        assertThat(run(recipe().build()).causalFrom()).isEqualTo(CausalFrom.always());
        days = new long[] {0, 7, 14, 21, 28};
        assertThat(run(recipe().elapsed(true).build()).model().stateNoise().isConstant()).isTrue();
        assertThat(run(recipe().elapsed(true).build()).causalFrom()).isEqualTo(CausalFrom.always());
    }

    @Test
    void elapsedDaysBesideAnotherTransitionAreWarnedOf() {
        assertThat(run(recipe().elapsed(true).transition("ar1:0.5").build()).warnings()).containsExactly("of q",
                "elapsed days scale Q only: the transition applies once a date, however far the dates lie apart");
    }

    @Test
    void aRunIsSmoothedWhenItAsksForIt() {
        assertThatThrownBy(() -> run(recipe().smooth(true).build())).isInstanceOf(StrategyNotFoundException.class)
                .hasMessage("no Smoother named fixed-interval: there is none");
        assertThat(fake.inside()).isZero();
        assertThat(seen).isEmpty();
        fake.add(Smoother.class, "fixed-interval", 0, (filter, options, monitor) -> {
            assertThat(options.lagOneCovariances()).isFalse();
            return backward(filter);
        });
        assertThat(run(recipe().build()).smoothed()).isEmpty();
        ExposureRun run = run(recipe().smooth(true).build());
        assertThat(run.smoothed().orElseThrow().smoothed().mean(0, 0)).isEqualTo(9);
        assertThat(run.provenance()).extracting(p -> p.strategy().role() + " " + p.strategy().name())
                .endsWith("FilterEngine engine", "Smoother fixed-interval");
        assertThat(run.causalFrom()).as("of the filtered exposures").isEqualTo(CausalFrom.always());
        assertThat(fake.inside()).isZero();
    }

    private static SmootherResult backward(FilterResult filter) {
        Sample sample = filter.sample();
        double[] nines = new double[] {9, 9, 9, 9, 9};
        return SmootherResult.builder(filter).smoothed(StatePath.ofUnsafe(Knows.SMOOTHED, sample.states(), sample.dates(), nines, nines))
                .u(nines).d(nines).r(nines).n(nines).build();
    }

    /** Under less retention, a diagnostic that misses something is left out; one that is broken has failed all the same. */
    @Test
    void diagnosticsThatNeedMoreThanWasKeptAreLeftOut() {
        fake.add(Diagnostic.class, "gains", 0, context -> DiagnosticResult.of(Status.OK, "gain " + context.filter().gain(0, 0, 0)));
        fake.add(Diagnostic.class, "first-date", 0, context -> DiagnosticResult.of(Status.OK, "mean " + context.filter().filtered().mean(1, 0)));
        fake.add(Diagnostic.class, "broken", 0, context -> {
            throw new ArithmeticException("broken");
        });
        assertThat(run(recipe().build()).diagnostics()).containsOnlyKeys("gains", "first-date", "broken");
        ExposureRun means = run(recipe().retain(Retain.MEANS).build());
        assertThat(means.diagnostics()).containsOnlyKeys("first-date", "broken");
        assertThat(means.warnings()).containsExactly("of q", "diagnostic gains is left out: it needs more than the pass kept (MEANS)");
        assertThat(means.provenance()).noneMatch(p -> p.strategy().name().equals("gains"));
        ExposureRun last = run(recipe().retain(Retain.FINAL).build());
        assertThat(last.diagnostics().keySet()).containsExactly("broken");
        assertThat(last.warnings()).hasSize(3);
    }
}
