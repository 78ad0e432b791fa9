package org.betadrift.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.diagnostic.DiagnosticContext;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.JointNoise;
import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.Vector;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import org.betadrift.run.Reestimation;
import org.betadrift.testkit.ExactEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A recipe's constraints reach the model, every estimator and every vintage; what can't be kept is refused before anything runs. */
class ConstraintsTest {
    private static final int WEEKS = 24;

    private final FakeRegistry fake = new FakeRegistry();
    private final List<List<StateConstraint>> seen = new ArrayList<>();

    @BeforeEach
    void strategies() {
        fake.add(InitialStateEstimator.class, "known", 0, context -> {
            seen.add(context.constraints());
            return Estimate.of(InitialState.known(Vector.of(0.5, 0.3), Covariance.diagonal(1, 1)), CausalFrom.always());
        });
        fake.add(ObservationNoiseEstimator.class, "r", 0, context -> Estimate.of(Noise.constant(Covariance.diagonal(1)), CausalFrom.always()));
        fake.add(StateNoiseEstimator.class, "q", 0, context -> Estimate.of(Noise.constant(Covariance.diagonal(0.2, 0.1)), CausalFrom.always()));
        fake.add(JointNoiseEstimator.class, "both", 0, context -> {
            seen.add(context.template().constraints());
            return Estimate.of(JointNoise.of(Noise.constant(Covariance.diagonal(0.2, 0.1)), Noise.constant(Covariance.diagonal(1))), CausalFrom.always());
        });
        fake.add(FilterEngine.class, "engine", 0, new ExactEngine());
    }

    private static ReturnPanel panel() {
        double[] y = IntStream.range(0, WEEKS).mapToDouble(t -> Math.sin(t) + 0.02 * t).toArray();
        double[] a = IntStream.range(0, WEEKS).mapToDouble(t -> Math.cos(2.0 * t)).toArray();
        double[] b = IntStream.range(0, WEEKS).mapToDouble(t -> Math.cos(3.0 * t + 1)).toArray();
        double[] w = IntStream.range(0, WEEKS).mapToDouble(t -> 0.5 + 0.02 * t).toArray();
        double[] gap = w.clone();
        gap[5] = Double.NaN;
        return ReturnPanel.builder(IntStream.range(0, WEEKS).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList())
                .column("y", y).column("A", a).column("B", b).column("w", w).column("gap", gap).build();
    }

    private static Recipe.Builder recipe() {
        return Recipe.builder().target("y", "A", "B").initial("known");
    }

    private ExposureRun run(Recipe.Builder recipe) {
        Run run = new Run(1, recipe.build(), fake.registry, () -> Duration.ofSeconds(1));
        run.execute(panel());
        return run.outcome();
    }

    @Test
    void reachTheModelAndTheEstimators() {
        ExposureRun one = run(recipe().observationNoise("r").stateNoise("q").constraint("w*A+B=1").constraint("A-B=0.1~0.2"));
        assertThat(one.model().constraints()).map(StateConstraint::expression).containsExactly("w*A+B=1", "A-B=0.1~0.2");
        assertThat(one.recipe().constraints()).hasToString("[w*A+B=1, A-B=0.1~0.2]");
        for (int t = 0; t < WEEKS; t++) {
            assertThat((0.5 + 0.02 * t) * one.filter().filtered().mean(t, 0) + one.filter().filtered().mean(t, 1)).isCloseTo(1, Offset.offset(1e-12));
        }
        ExposureRun joint = run(recipe().joint("both").constraint("sum=1"));
        assertThat(joint.model().constraints()).hasSize(1);
        assertThat(seen).hasSize(3).allSatisfy(rows -> assertThat(rows).isNotEmpty());
        assertThat(run(recipe().observationNoise("r").stateNoise("q")).model().constraints()).isEmpty();
    }

    /** By hand: what each vintage's model says of the rows up to a date, its constraints known as far. */
    @Test
    void holdInEveryVintage() {
        Recipe.Builder asked = recipe().observationNoise("r").stateNoise("q").constraint("w*A+B=1").pointInTime(new Reestimation(Period.ofWeeks(6), 10));
        ExposureRun run = run(asked);
        FilterResult once = new ExactEngine().filter(run(recipe().observationNoise("r").stateNoise("q").constraint("w*A+B=1")).model(), run.sample(),
                FilterOptions.defaults(), Monitor.NONE);
        assertThat(run.model().constraints().get(0).periods()).isEqualTo(WEEKS);
        assertThat(run.vintages()).hasSizeGreaterThan(1).allSatisfy(vintage -> assertThat(vintage.model().constraints()).hasSize(1));
        for (int t = 0; t < WEEKS; t++) {
            assertThat(run.filter().filtered().mean(t, 0)).isEqualTo(once.filtered().mean(t, 0));
            assertThat(run.filter().constraintInnovation(t, 0)).isEqualTo(once.constraintInnovation(t, 0));
            assertThat(run.filter().constraintVariance(t, 0)).isEqualTo(once.constraintVariance(t, 0));
        }
        Run audit = new Run(2, asked.build(), fake.registry, () -> Duration.ofSeconds(1));
        audit.audit(panel(), 4, 3);
        assertThat(audit.outcome().audit().orElseThrow().holds()).isTrue();
    }

    /** The same strategies, asked again without constraints; and a wider model only where there are parameters more. */
    @Test
    void areLeftOutBesideTheRun() {
        List<DiagnosticContext> contexts = new ArrayList<>();
        fake.add(Diagnostic.class, "looks", 0, context -> {
            contexts.add(context);
            return DiagnosticResult.of(DiagnosticResult.Status.OK, "looked");
        });
        ExposureRun run = run(recipe().observationNoise("r").stateNoise("q").constraint("sum=1").compareUnconstrained(true));
        ExposureRun alone = run(recipe().observationNoise("r").stateNoise("q"));
        ExposureRun free = run.unconstrained().orElseThrow();
        assertThat(free.model().constraints()).isEmpty();
        assertThat(free.recipe().constraints()).isEmpty();
        assertThat(free.filter().logLikelihood()).isEqualTo(alone.filter().logLikelihood()).isNotEqualTo(run.filter().logLikelihood());
        assertThat(free.unconstrained()).isEmpty();
        assertThat(alone.unconstrained()).isEmpty();
        assertThat(contexts).hasSize(3).allSatisfy(context -> {
            assertThat(context.engine()).isPresent();
            assertThat(context.alternative()).isEmpty();
        });
        assertThatThrownBy(() -> recipe().observationNoise("r").stateNoise("q").compareUnconstrained(true).build())
                .isInstanceOf(InvalidInputException.class).hasMessageContaining("there is no constraint to leave out");
    }

    /** One that fits more where constraints leave more: the wider model has them on the first date. */
    @Test
    void theWiderModelKeepsTheFirstDate() {
        List<DiagnosticContext> contexts = new ArrayList<>();
        fake.add(Diagnostic.class, "looks", 0, context -> {
            contexts.add(context);
            return DiagnosticResult.of(DiagnosticResult.Status.OK, "looked");
        });
        fake.add(JointNoiseEstimator.class, "counts", 0, context -> {
            boolean held = context.constraints().stream().anyMatch(row -> row.periods() == 0);
            List<ConvergenceRecord.Parameter> parameters = IntStream.range(0, held ? 2 : 5)
                    .mapToObj(i -> new ConvergenceRecord.Parameter("p" + i, 1, Double.NaN, "", false, Double.NaN)).toList();
            return Estimate.of(JointNoise.of(Noise.constant(Covariance.diagonal(0.2, 0.1)), Noise.constant(Covariance.diagonal(1))), CausalFrom.always())
                    .withConvergence(ConvergenceRecord.builder(true, "found").parameters(parameters).build());
        });
        run(recipe().joint("counts").constraint("sum=1").compareUnconstrained(true));
        DiagnosticContext last = contexts.get(1); // the free run is made first
        assertThat(last.alternative().orElseThrow().parameters()).isEqualTo(3);
        FilterResult wider = last.alternative().orElseThrow().filter();
        assertThat(wider.filtered().mean(0, 0) + wider.filtered().mean(0, 1)).isCloseTo(1, Offset.offset(1e-12));
        assertThat(wider.filtered().mean(9, 0) + wider.filtered().mean(9, 1)).isNotCloseTo(1, Offset.offset(1e-6));
        run(recipe().joint("counts").constraint("sum=1~0.1").compareUnconstrained(true));
        assertThat(contexts.get(3).alternative()).isEmpty();
    }

    @Test
    void areRefusedBeforeAnythingRuns() {
        for (Recipe.Builder base : List.of(recipe().observationNoise("r").stateNoise("q"), recipe().joint("both"),
                recipe().observationNoise("r").stateNoise("q").pointInTime(new Reestimation(Period.ofWeeks(6), 10)))) {
            assertThatThrownBy(() -> run(base.constraint("sum=1").constraint("2*A+2*B=1"))).isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("constraints sum=1 and 2*A+2*B=1 contradict each other on every date");
        }
        assertThatThrownBy(() -> run(recipe().observationNoise("r").stateNoise("q").constraint("gap*A=1")))
                .hasMessageContaining("column gap of gap*A=1 on 2020-02-07 is missing");
        assertThatThrownBy(() -> run(recipe().observationNoise("r").stateNoise("q").constraint("C=1"))).hasMessageContaining("no state named C");
        assertThat(seen).as("asked").isEmpty();
    }
}
