package org.betadrift.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PathEstimator;
import org.betadrift.filter.PathOptions;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Vector;
import org.betadrift.run.Audit;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import org.betadrift.run.Reestimation;
import org.betadrift.run.StrategyNotFoundException;
import org.betadrift.testkit.ExactEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Inequalities reach the path estimator, and nobody else. */
class WholePathTest {
    private static final int WEEKS = 24;
    private static final String[] DECLARED = {"causal=auto", "draws=400"};

    private final FakeRegistry fake = new FakeRegistry();
    private final List<List<StateConstraint>> seen = new ArrayList<>();
    private final Fake path = new Fake();

    /** Notes what it is asked for. Its path is the number of rows it has seen, on every date. */
    private static final class Fake implements PathEstimator {
        private final List<StateSpaceModel> models = new ArrayList<>();
        private final List<PathOptions> options = new ArrayList<>();
        private int later; // how far its causal path looks ahead

        @Override
        public PathResult estimate(StateSpaceModel model, Sample sample, PathOptions asked, Monitor monitor) {
            models.add(model);
            options.add(asked);
            int n = sample.periods();
            int k = model.states().count();
            double[] mode = new double[n * k];
            Arrays.fill(mode, n);
            double[] causal = IntStream.range(0, n * k).mapToDouble(i -> i / k + 1 + later).toArray();
            PathResult.Builder result = PathResult.builder(model, sample).mode(StatePath.ofUnsafe(StatePath.Knows.SMOOTHED, model.states(), sample.dates(), mode, null))
                    .shadowPrices(new double[n * model.constraints().size()]).warnings(List.of("a warning of the path"));
            if (asked.causal()) {
                result.causal(StatePath.ofUnsafe(StatePath.Knows.FILTERED, model.states(), sample.dates(), causal, null));
            }
            if (asked.draws() > 0) {
                result.draws(PosteriorPaths.ofUnsafe(model.states(), sample.dates(), asked.draws(), new double[asked.draws() * n * k]), new double[n * k]);
            }
            return result.build();
        }

        @Override
        public void requireFeasible(List<StateConstraint> constraints, Sample sample) {
            if (constraints.stream().anyMatch(c -> c.expression().equals("gross<=-1"))) {
                throw InvalidInputException.of("constraints on " + sample.date(0), "gross<=-1", "no exposures satisfy it", "relax it");
            }
        }
    }

    @BeforeEach
    void strategies() {
        fake.add(InitialStateEstimator.class, "known", 0, context -> {
            seen.add(context.constraints());
            return Estimate.of(InitialState.known(Vector.of(0.5, 0.3), Covariance.diagonal(1, 1)), CausalFrom.always());
        });
        fake.add(ObservationNoiseEstimator.class, "r", 0, context -> Estimate.of(Noise.constant(Covariance.diagonal(1)), CausalFrom.always()));
        fake.add(StateNoiseEstimator.class, "q", 0, context -> Estimate.of(Noise.constant(Covariance.diagonal(0.2, 0.1)), CausalFrom.always()));
        fake.add(FilterEngine.class, "engine", 0, new ExactEngine());
    }

    private static Recipe.Builder recipe() {
        return Recipe.builder().target("y", "A", "B").initial("known").observationNoise("r").stateNoise("q");
    }

    private static ReturnPanel panel() {
        double[] y = IntStream.range(0, WEEKS).mapToDouble(t -> Math.sin(t) + 0.02 * t).toArray();
        double[] a = IntStream.range(0, WEEKS).mapToDouble(t -> Math.cos(2.0 * t)).toArray();
        double[] b = IntStream.range(0, WEEKS).mapToDouble(t -> Math.cos(3.0 * t + 1)).toArray();
        return ReturnPanel.builder(IntStream.range(0, WEEKS).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList())
                .column("y", y).column("A", a).column("B", b).build();
    }

    private ExposureRun run(Recipe.Builder recipe) {
        Run run = new Run(1, recipe.build(), fake.registry, () -> Duration.ofSeconds(1));
        run.execute(panel());
        return run.outcome();
    }

    private void add(String name, int ranking, String... declared) {
        fake.add(PathEstimator.class, name, ranking, path, "betadrift.options", declared);
    }

    @Test
    void inequalitiesReachThePathAlone() {
        add("path", 0, DECLARED);
        ExposureRun run = run(recipe().constraint("sum=1").constraint("long-only").constraint("gross<=1.5").seed(7));
        assertThat(seen).allSatisfy(rows -> assertThat(rows).map(StateConstraint::expression).containsExactly("sum=1"));
        assertThat(run.model().constraints()).map(StateConstraint::expression).containsExactly("sum=1");
        PathResult result = run.path().orElseThrow();
        assertThat(result.model().constraints()).map(StateConstraint::expression).containsExactly("sum=1", "long-only", "long-only", "gross<=1.5");
        assertThat(result.model().stateNoise()).isEqualTo(run.model().stateNoise());
        assertThat(path.options).singleElement().satisfies(options -> {
            assertThat(options.causal()).as("few dates").isTrue();
            assertThat(options.draws()).isEqualTo(400);
            assertThat(options.seed()).isEqualTo(7);
        });
        assertThat(run.warnings()).containsSubsequence("the initial state, Q and R come without the inequalities (long-only, gross<=1.5), "
                + "which bind the path under the constraints only: an estimated Q may be too small for them, and the bands too narrow", "a warning of the path");
        assertThat(run.provenance()).filteredOn(part -> part.strategy().role().equals("PathEstimator")).singleElement().satisfies(part -> {
            assertThat(part.strategy().name()).isEqualTo("path");
            assertThat(part.configuration()).containsEntry("draws", "400").containsEntry("causal", "auto");
            assertThat(part.causalFrom()).isEmpty();
        });
        assertThat(run.causalFrom()).isEqualTo(CausalFrom.always());
        assertThat(fake.inside()).as("left at the end").isZero();
    }

    @Test
    void thereIsNoneWhereNobodyAsks() {
        add("path", 0, DECLARED);
        assertThat(run(recipe().constraint("sum=1")).path()).isEmpty();
        assertThat(path.models).isEmpty();
        assertThat(run(recipe().path("path")).path()).as("asked for by name").isPresent();
        assertThat(run(recipe().path("path")).warnings()).as("no inequality").containsExactly("a warning of the path");
    }

    @Test
    void theBestServesUnlessOneIsNamed() {
        add("path", 0, DECLARED);
        add("other", 5, DECLARED);
        assertThat(run(recipe().constraint("A>=0")).provenance()).anyMatch(part -> part.strategy().name().equals("other"));
        assertThat(run(recipe().constraint("A>=0").path("path:draws=20,causal=false")).provenance()).anyMatch(part -> part.strategy().name().equals("path"));
        assertThat(path.options.get(1).draws()).isEqualTo(20);
        assertThat(path.options.get(1).causal()).isFalse();
        assertThatThrownBy(() -> run(recipe().constraint("A>=0").path("pat"))).isInstanceOf(StrategyNotFoundException.class)
                .hasMessage("no PathEstimator named pat: did you mean path? present are other, path");
    }

    /** One that declares no options is asked for the mode alone. */
    @Test
    void optionsAreThoseItDeclares() {
        add("plain", 0);
        run(recipe().constraint("A>=0"));
        assertThat(path.options.get(0).draws()).isZero();
        assertThat(path.options.get(0).causal()).isFalse();
        assertThatThrownBy(() -> run(recipe().constraint("A>=0").path("plain:draws=3"))).isInstanceOf(OptionException.class).hasMessageContaining("draws");
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> run(recipe().constraint("A>=0"))).isInstanceOf(StrategyNotFoundException.class)
                .hasMessage("constraint A>=0 needs a PathEstimator, and none is present: install one, or leave it out");
        add("path", 0, DECLARED);
        for (String wrong : List.of("path:draws=1", "path:draws=many", "path:causal=maybe", "path:draw=3")) {
            assertThatThrownBy(() -> run(recipe().constraint("A>=0").path(wrong))).as(wrong).isInstanceOf(OptionException.class);
        }
        assertThatThrownBy(() -> run(recipe().constraint("gross<=-1"))).isInstanceOf(InvalidInputException.class).hasMessageContaining("no exposures satisfy it");
        assertThatThrownBy(() -> run(recipe().constraint("C>=0"))).hasMessageContaining("no state named C");
        assertThat(seen).as("asked").isEmpty();
        assertThatThrownBy(() -> recipe().constraint("A>=0").pointInTime(new Reestimation(Period.ofWeeks(6), 10)).build())
                .isInstanceOf(InvalidInputException.class).hasMessage("constraint A>=0 is asked of a point-in-time run, but a path has one model on every date, "
                        + "and such a run has another on each vintage's: leave it out, or point in time");
    }

    /** The causal path is audited beside what is filtered. */
    @Test
    void anAuditTakesTheRowsAwayFromThePathToo() {
        add("path", 0, DECLARED);
        Run sound = new Run(2, recipe().constraint("A>=0").build(), fake.registry, () -> Duration.ofSeconds(1));
        sound.audit(panel(), 4, 3);
        Audit audit = sound.outcome().audit().orElseThrow();
        assertThat(audit.holds()).isTrue();
        assertThat(path.options).as("draws of a truncated run").filteredOn(options -> options.draws() > 0).hasSize(1);
        path.later = 1;
        Run ahead = new Run(3, recipe().constraint("A>=0").build(), fake.registry, () -> Duration.ofSeconds(1));
        ahead.audit(panel(), 4, 3);
        assertThat(ahead.outcome().audit().orElseThrow().isBroken()).isTrue();
        assertThat(ahead.outcome().audit().orElseThrow().changes()).allMatch(change -> change.quantity().equals("causal path")).hasSize(8);
    }
}
