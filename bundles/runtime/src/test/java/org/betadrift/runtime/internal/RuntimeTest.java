package org.betadrift.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.DiagnosticResult.Status;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.StatePath;
import org.betadrift.filter.StatePath.Knows;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Vector;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.StrategyNotFoundException;
import org.betadrift.run.StrategyWithdrawnException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Picking, the fixed order, provenance and giving back, without a framework. */
class RuntimeTest {
    private final List<String> calls = new ArrayList<>();
    private FakeRegistry fake;

    @BeforeEach
    void strategies() {
        fake = new FakeRegistry();
        fake.add(InitialStateEstimator.class, "start", 0, context -> {
            calls.add("start");
            assertThatThrownBy(context::initialState).isInstanceOf(InvalidInputException.class).hasMessageContaining("not estimated yet");
            return Estimate.of(InitialState.known(Vector.of(context.options().number("at", -9, 9)), Covariance.diagonal(1)), CausalFrom.never())
                    .withWarning("first warning");
        }, "betadrift.options", new String[] {"at=2"});
        fake.add(ObservationNoiseEstimator.class, "r", 0, context -> {
            calls.add("r after " + context.initialState().prior().mean().get(0));
            return Estimate.of(Noise.constant(Covariance.diagonal(3)), CausalFrom.always());
        });
        fake.add(StateNoiseEstimator.class, "q", 0, context -> {
            calls.add("q after " + context.observationNoise().at(0).variance(0));
            return Estimate.of(Noise.constant(Covariance.diagonal(4)), CausalFrom.always()).withWarning("second warning");
        });
        fake.add(FilterEngine.class, "engine", 0, (model, sample, options, monitor) -> {
            calls.add("engine");
            double[] zero = new double[sample.periods()];
            StatePath path = StatePath.ofUnsafe(Knows.FILTERED, model.states(), sample.dates(), zero, zero);
            return FilterResult.builder(model, sample, options).predicted(path).filtered(path).innovations(zero).innovationCovariances(zero)
                    .standardizedInnovations(zero).gains(zero).logLikelihoods(zero).build();
        });
    }

    private ExposureRun run(Recipe recipe) {
        Run run = new Run(1, recipe, fake.registry, () -> Duration.ofSeconds(1));
        run.execute(panel());
        return run.outcome();
    }

    private static ReturnPanel panel() {
        return ReturnPanel.builder(IntStream.range(0, 5).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList())
                .column("y", 1, 2, Double.NaN, 4, 5).column("x", 5, 4, 3, 2, 1).column("zero", 0, 0, 1, 0, 0).column("flat", 2, 2, 1, 2, 2).build();
    }

    private static Recipe.Builder recipe() {
        return recipe("x");
    }

    private static Recipe.Builder recipe(String factor) {
        return Recipe.builder().target("y", factor).initial("start").observationNoise("r").stateNoise("q");
    }

    @Test
    void eachStepSeesWhatStandsLeftOfIt() {
        ExposureRun run = run(recipe().build());
        assertThat(calls).containsExactly("start", "r after 2.0", "q after 3.0", "engine");
        assertThat(run.warnings()).containsExactly("first warning", "second warning");
        assertThat(run.causalFrom().isNever()).isTrue();
        assertThat(run.provenance()).extracting(p -> p.strategy().role()).containsExactly("InitialStateEstimator", "ObservationNoiseEstimator",
                "StateNoiseEstimator", "FilterEngine");
        assertThat(run.provenance().get(0).strategy())
                .isEqualTo(new StrategyInfo("InitialStateEstimator", "start", "", false, false, List.of("at=2"), "test.bundle", "1.2.3", 1, 0));
        assertThat(run.provenance().get(3).causalFrom()).isEmpty();
        assertThat(fake.inside()).isZero();
    }

    @Test
    void theRunsOptionsGoIntoTheProvenance() {
        assertThat(run(recipe().initial("start:at=7").build()).provenance().get(0).configuration()).isEqualTo(Map.of("at", "7"));
        assertThatThrownBy(() -> run(recipe().initial("start:att=7").build())).isInstanceOf(OptionException.class);
        assertThat(fake.inside()).isZero();
    }

    @Test
    void aMissingNameIsSaidBeforeAnythingRunsAndNothingStaysInUse() {
        assertThatThrownBy(() -> run(recipe().stateNoise("gone").build()))
                .isInstanceOfSatisfying(StrategyNotFoundException.class, e -> assertThat(e.present()).containsExactly("q"));
        assertThat(calls).isEmpty();
        assertThat(fake.inside()).isZero();
    }

    /** A service that can't be had lets nobody in, and nobody stays behind. */
    @Test
    void theBestRankingServesThenTheOldest() {
        StateNoiseEstimator better = context -> Estimate.of(Noise.constant(Covariance.diagonal(9)), CausalFrom.always());
        Offer<StateNoiseEstimator> best = fake.add(StateNoiseEstimator.class, "q", 5, better);
        fake.add(StateNoiseEstimator.class, "q", 5, context -> {
            throw new AssertionError("younger");
        });
        assertThat(run(recipe().build()).model().stateNoise().at(0).variance(0)).isEqualTo(9.0);
        fake.registry.remove(StateNoiseEstimator.class, best);
        assertThatThrownBy(() -> run(recipe().build())).hasMessage("younger");
        assertThat(fake.registry.names(StateNoiseEstimator.class)).containsExactly("q");
        assertThat(fake.inside()).isZero();
    }

    /** Between look-up and use a service may go: the next best of the name serves. */
    @Test
    void aStrategyThatIsLeavingIsPassedOver() {
        fake.add(StateNoiseEstimator.class, "q", 5, context -> {
            throw new AssertionError("it is leaving");
        }).close();
        assertThat(run(recipe().build()).model().stateNoise().at(0).variance(0)).isEqualTo(4.0);
    }

    @Test
    void diagnosticsComeInTheirOrderAndMayFail() {
        fake.add(Diagnostic.class, "late", 0, context -> DiagnosticResult.of(Status.OK, "fine"), "betadrift.order", 300);
        fake.add(Diagnostic.class, "early", 0, context -> {
            throw new IllegalStateException("broken");
        }, "betadrift.order", 100);
        fake.add(Diagnostic.class, "unordered", 0, context -> DiagnosticResult.of(Status.OK, "fine"));
        ExposureRun run = run(recipe().build());
        assertThat(run.diagnostics().keySet()).containsExactly("early", "late", "unordered");
        assertThat(run.diagnostics().get("early").status()).isEqualTo(Status.FAIL);
        assertThat(run.diagnostics().get("early").meaning()).isEqualTo("it could not run: broken");
    }

    /** A strategy that leaves waits for the run inside it; nobody else gets in meanwhile. */
    @Test
    void leavingIsHeldUpByTheRunInside() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Offer<StateNoiseEstimator> slow = fake.add(StateNoiseEstimator.class, "q", 5, context -> {
            inside.countDown();
            await(go);
            return Estimate.of(Noise.constant(Covariance.diagonal(8)), CausalFrom.always());
        });
        CompletableFuture<ExposureRun> run = CompletableFuture.supplyAsync(() -> run(recipe().build()));
        await(inside);
        fake.registry.remove(StateNoiseEstimator.class, slow);
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> slow.drain(Duration.ofSeconds(60)));
        assertThat(slow.enter()).isFalse();
        assertThat(run(recipe().build()).model().stateNoise().at(0).variance(0)).isEqualTo(4.0);
        assertThat(drained).isNotDone();
        go.countDown();
        assertThat(drained.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run.get(30, TimeUnit.SECONDS).model().stateNoise().at(0).variance(0)).isEqualTo(8.0);
    }

    /** A run that outlives the bound ends with a typed exception, whatever it died of. */
    @Test
    void outlivingTheBoundIsSaid() throws Exception {
        for (boolean listens : new boolean[] {true, false}) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            Offer<StateNoiseEstimator> slow = fake.add(StateNoiseEstimator.class, "q", 5, context -> {
                inside.countDown();
                await(go);
                if (listens) {
                    context.monitor().progress(0.5, "thinking");
                }
                throw new NoClassDefFoundError("gone/With/The/Bundle");
            });
            Run run = new Run(7, recipe().build(), fake.registry, () -> Duration.ofMillis(1));
            CompletableFuture<Void> execution = CompletableFuture.runAsync(() -> run.execute(panel()));
            await(inside);
            fake.registry.remove(StateNoiseEstimator.class, slow);
            assertThat(slow.drain(Duration.ofMillis(1))).isFalse();
            go.countDown();
            execution.get(30, TimeUnit.SECONDS);
            assertThatThrownBy(run::outcome).isInstanceOf(StrategyWithdrawnException.class)
                    .hasMessageContaining("StateNoiseEstimator q of bundle test.bundle left while the run was inside it");
            assertThat(run.completion().toCompletableFuture()).isCompletedExceptionally();
            assertThat(fake.inside()).isZero();
        }
    }

    @Test
    void cancellingAndInterruptingEndARunThatListens() throws Exception {
        for (boolean interrupt : new boolean[] {true, false}) {
            CountDownLatch inside = new CountDownLatch(1);
            fake.add(StateNoiseEstimator.class, "q", interrupt ? 8 : 9, context -> {
                inside.countDown();
                while (true) {
                    context.monitor().progress(0.25, "searching");
                }
            });
            Run run = new Run(7, recipe().build(), fake.registry, () -> Duration.ofSeconds(1));
            boolean[] flag = new boolean[1];
            Thread thread = new Thread(() -> {
                run.execute(panel());
                flag[0] = Thread.currentThread().isInterrupted();
            });
            thread.start();
            await(inside);
            if (interrupt) {
                thread.interrupt();
            } else {
                run.cancel();
            }
            thread.join(30_000);
            assertThatThrownBy(run::get).isInstanceOf(CancelledException.class).hasMessage("the run was cancelled during searching");
            assertThat(flag[0]).isEqualTo(interrupt);
            assertThat(fake.inside()).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void severalTargetsNeedStrategiesThatTakeThem() {
        assertThatThrownBy(() -> run(recipe().target("x", "flat").build())).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("number of targets is 2, but InitialStateEstimator start takes one");
    }

    @Test
    void samplesAreChecked() {
        assertThatThrownBy(() -> run(recipe("zero").build())).hasMessageContaining("factor zero is zero on every date with a target");
        assertThatThrownBy(() -> run(recipe("flat").intercept(true).build())).hasMessageContaining("factor flat is constant (2.0)");
        assertThat(run(recipe("flat").build()).warnings()).hasSize(2);
        assertThatThrownBy(() -> run(recipe().burnIn(5).build())).hasMessageContaining("burn-in is 5, but the sample has 5 periods");
        Sample gap = Sample.builder(ReturnPanel.builder(panel().dates()).column("y", 1, 2, 3, Double.NaN, Double.NaN).column("x", 5, 4, 3, 2, 1).build())
                .target("y", List.of("x")).build();
        assertThatThrownBy(() -> SampleCheck.require(gap, 3)).isInstanceOf(InvalidInputException.class)
                .hasMessage("number of observations after a burn-in of 3 is 0, but y is missing on every date after it: shorten the burn-in, or give more data");
        Sample nothing = Sample.builder(ReturnPanel.builder(panel().dates())
                .column("y", Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN).column("x", 5, 4, 3, 2, 1).build()).target("y", List.of("x")).build();
        assertThatThrownBy(() -> SampleCheck.require(nothing, 0))
                .hasMessage("number of observations is 0, but y is missing on every date: choose another target, or other dates");
    }

    /** Each target must carry its own states: what another one has doesn't count. */
    @Test
    void everyTargetIsChecked() {
        double nan = Double.NaN;
        ReturnPanel panel = ReturnPanel.builder(panel().dates()).column("y", 1, 2, 3, 4, 5).column("empty", nan, nan, nan, nan, nan)
                .column("empty2", nan, nan, nan, nan, nan).column("short", nan, 1, nan, nan, nan).column("early", 1, 2, 4, nan, nan)
                .column("x", 5, 4, 3, 2, 1).column("z", 1, 0, 0, 1, 0).column("late", 0, 0, 0, 1, 2).build();
        assertThatThrownBy(() -> SampleCheck.require(both(panel, "empty"), 0))
                .hasMessage("number of observations of empty is 0, but it is missing on every date: take out what has no data, or choose other dates");
        assertThatThrownBy(() -> SampleCheck.require(Sample.builder(panel).target("empty", List.of("x")).target("y", List.of("x"))
                .target("empty2", List.of("x")).build(), 0)).hasMessageContaining("number of observations of empty, empty2 is 0, but each is missing");
        assertThatThrownBy(() -> SampleCheck.require(both(panel, "short"), 0))
                .hasMessage("number of observations of short is 1, but there are 2 states [x:short, z:short]: give more data or fewer factors");
        SampleCheck.require(both(panel, "early"), 3); // y counts on
        assertThatThrownBy(() -> SampleCheck.require(Sample.builder(panel).target("y", List.of("x", "late")).target("early", List.of("x", "late")).build(), 0))
                .hasMessageContaining("factor late of early is zero on every date with a target");
    }

    private static Sample both(ReturnPanel panel, String second) {
        return Sample.builder(panel).target("y", List.of("x", "z")).target(second, List.of("x", "z")).build();
    }
}
