package org.betadrift.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.StatePath;
import org.betadrift.filter.StatePath.Knows;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.States;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.run.Choice;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.StrategyNotFoundException;
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
        fake.add(FilterEngine.class, "engine", 0, (model, sample, options) -> {
            calls.add("engine");
            double[] zero = new double[sample.periods()];
            StatePath path = StatePath.ofUnsafe(Knows.FILTERED, model.states(), sample.dates(), zero, zero);
            return FilterResult.builder(model, sample, options).predicted(path).filtered(path).innovations(zero).innovationCovariances(zero)
                    .standardizedInnovations(zero).gains(zero).logLikelihoods(zero).build();
        });
    }

    private ExposureRun run(Recipe recipe) {
        try (Parts parts = new Parts(recipe, fake.registry)) {
            return new Pipeline(recipe, recipe.sample(panel()), parts).run();
        }
    }

    private static ReturnPanel panel() {
        return ReturnPanel.builder(IntStream.range(0, 5).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList())
                .column("y", 1, 2, Double.NaN, 4, 5).column("x", 5, 4, 3, 2, 1).column("zero", 0, 0, 1, 0, 0).column("flat", 2, 2, 1, 2, 2).build();
    }

    private static Recipe.Builder recipe() {
        return Recipe.builder().target("y", "x").initial("start").observationNoise("r").stateNoise("q");
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
        assertThat(fake.inUse).isEmpty();
    }

    @Test
    void theRunsOptionsGoIntoTheProvenance() {
        assertThat(run(recipe().initial("start:at=7").build()).provenance().get(0).configuration()).isEqualTo(Map.of("at", "7"));
        assertThatThrownBy(() -> run(recipe().initial("start:att=7").build())).isInstanceOf(OptionException.class);
        assertThat(fake.inUse).isEmpty();
    }

    @Test
    void aMissingNameIsSaidBeforeAnythingRunsAndNothingStaysInUse() {
        assertThatThrownBy(() -> run(recipe().stateNoise("gone").build()))
                .isInstanceOfSatisfying(StrategyNotFoundException.class, e -> assertThat(e.present()).containsExactly("q"));
        assertThat(calls).isEmpty();
        assertThat(fake.inUse).isEmpty();
    }

    @Test
    void theBestRankingServesThenTheOldest() {
        StateNoiseEstimator better = context -> Estimate.of(Noise.constant(Covariance.diagonal(9)), CausalFrom.always());
        var reference = fake.add(StateNoiseEstimator.class, "q", 5, better);
        fake.add(StateNoiseEstimator.class, "q", 5, context -> {
            throw new AssertionError("younger");
        });
        assertThat(run(recipe().build()).model().stateNoise().at(0).variance(0)).isEqualTo(9.0);
        fake.registry.remove(StateNoiseEstimator.class, reference);
        assertThatThrownBy(() -> run(recipe().build())).hasMessage("younger");
        assertThat(fake.registry.names(StateNoiseEstimator.class)).containsExactly("q");
        assertThat(fake.inUse).isEmpty();
    }

    /** Between look-up and use a service may go: the next best of the name serves. */
    @Test
    void aServiceThatIsGoneIsPassedOver() {
        fake.add(StateNoiseEstimator.class, "q", 5, null);
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

    @Test
    void severalTargetsNeedStrategiesThatTakeThem() {
        assertThatThrownBy(() -> run(recipe().target("x", "flat").build())).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("number of targets is 2, but InitialStateEstimator start takes one");
    }

    @Test
    void samplesAreChecked() {
        assertThatThrownBy(() -> run(recipe().target("y", "zero").build())).hasMessageContaining("factor zero is zero on every date with a target");
        assertThatThrownBy(() -> run(recipe().target("y", "flat").intercept(true).build())).hasMessageContaining("factor flat is constant (2.0)");
        assertThat(run(recipe().target("y", "flat").build()).warnings()).hasSize(2);
        assertThatThrownBy(() -> run(recipe().burnIn(5).build())).hasMessageContaining("burn-in is 5, but the sample has 5 periods");
        assertThatThrownBy(() -> SampleCheck.require(Sample.builder(panel()).target("y", List.of("x", "zero", "flat")).intercept(true)
                .target("x", List.of("flat")).build(), 0)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void transitions() {
        States ab = States.of("a", "b");
        assertThat(Transitions.of(Choice.parse("random-walk"), ab)).isEqualTo(Transition.randomWalk(2));
        assertThat(Transitions.of(Choice.parse("ar1:0.9"), ab)).isEqualTo(Transition.ar1(Vector.of(0.9, 0.9)));
        assertThat(Transitions.of(Choice.parse("fixed:1,0.5"), ab)).isEqualTo(Transition.ar1(Vector.of(1, 0.5)));
        assertThat(Transitions.of(Choice.parse("fixed-matrix:1,0/0.1,0.9"), ab).matrix()).isEqualTo(Matrix.of(2, 2, 1, 0, 0.1, 0.9));
        assertThatThrownBy(() -> Transitions.of(Choice.parse("random-walk:1"), ab)).isInstanceOf(OptionException.class);
        assertThatThrownBy(() -> Transitions.of(Choice.parse("ar1:1.1"), ab)).hasMessageContaining("[-1.0, 1.0]");
        assertThatThrownBy(() -> Transitions.of(Choice.parse("fixed:1"), ab)).hasMessageContaining("the states [a, b]");
        assertThatThrownBy(() -> Transitions.of(Choice.parse("walk"), ab)).hasMessageContaining("no Transition named walk");
    }
}
