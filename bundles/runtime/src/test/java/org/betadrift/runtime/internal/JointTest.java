package org.betadrift.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.JointNoise;
import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.filter.FilterEngine;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import org.betadrift.run.StrategyNotFoundException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both noises by one strategy, or one of them given the other. */
class JointTest {
    private final FakeRegistry fake = new FakeRegistry();
    private final FakeStrategies strategies = new FakeStrategies(fake);
    private FilterEngine searched;

    @BeforeEach
    void jointStrategies() {
        strategies.add();
        fake.add(JointNoiseEstimator.class, "both", 0, context -> {
            assertThatThrownBy(context::observationNoise).isInstanceOf(InvalidInputException.class);
            assertThat(context.template().stateNoise()).isEmpty();
            searched = context.engine();
            return Estimate.of(JointNoise.of(variance(8), variance(context.options().number("r", 0, 99))), CausalFrom.never())
                    .withWarning("of both").withConvergence(ConvergenceRecord.builder(true, "well").build());
        }, "betadrift.options", new String[] {"r=6"});
        fake.add(JointNoiseEstimator.class, "half", 0, context -> Estimate.of(JointNoise.of(variance(8), context.observationNoise()), CausalFrom.never())
                .withConvergence(ConvergenceRecord.builder(false, "flat").build()));
        fake.add(JointNoiseEstimator.class, "other-half", 0,
                context -> Estimate.of(JointNoise.of(context.stateNoise(), variance(5)), CausalFrom.never()));
        fake.add(JointNoiseEstimator.class, "phi", 0, context -> Estimate.of(
                JointNoise.of(variance(8), variance(6)).withTransition(Transition.ar1(Vector.of(0.5))), CausalFrom.never()));
    }

    private static Noise variance(double v) {
        return Noise.constant(Covariance.diagonal(v));
    }

    private ExposureRun run(Recipe.Builder recipe) {
        return strategies.run(recipe.build());
    }

    private static Recipe.Builder recipe() {
        return Recipe.builder().target("y", "x").initial("known");
    }

    @Test
    void bothNoisesAreTheStrategys() {
        ExposureRun run = run(recipe().joint("both:r=7"));
        assertThat(run.model().stateNoise()).isEqualTo(variance(8));
        assertThat(run.model().observationNoise()).isEqualTo(variance(7));
        assertThat(run.convergence().orElseThrow().verdict()).isEqualTo("well");
        assertThat(run.warnings()).containsExactly("of both");
        assertThat(run.causalFrom().isNever()).isTrue();
        assertThat(run.provenance()).extracting(p -> p.strategy().role() + " " + p.strategy().name())
                .containsExactly("InitialStateEstimator known", "JointNoiseEstimator both", "FilterEngine engine");
        assertThat(run.provenance().get(1).configuration()).isEqualTo(Map.of("r", "7"));
        assertThat(fake.inside()).isZero();
    }

    @Test
    void oneNoiseIsGiven() {
        ExposureRun q = run(recipe().observationNoise("r").joint("half"));
        assertThat(q.model().observationNoise()).isEqualTo(variance(1));
        assertThat(q.convergence().orElseThrow().converged()).isFalse();
        assertThat(q.provenance()).extracting(p -> p.strategy().role())
                .containsExactly("InitialStateEstimator", "ObservationNoiseEstimator", "JointNoiseEstimator", "FilterEngine");
        ExposureRun r = run(recipe().stateNoise("q").joint("other-half"));
        assertThat(r.model().stateNoise()).isEqualTo(variance(4));
        assertThat(r.convergence()).isEmpty();
        assertThat(q.warnings()).isEmpty();
        assertThat(run(recipe().observationNoise("r").joint("phi")).warnings())
                .containsExactly("R is what phi found, not the observation noise r that it was given");
        assertThatThrownBy(() -> run(recipe().joint("half"))).hasMessageContaining("observation noise is not estimated yet");
    }

    /** The log-likelihood of the run is another one than that which was maximised. */
    @Test
    void aBurnInIsNoPartOfTheEstimation() {
        assertThat(run(recipe().joint("phi").burnIn(2)).warnings())
                .containsExactly("phi counts every date: the burn-in of 2 leaves dates out of sums and tables, not out of the estimation");
        assertThat(run(recipe().joint("phi")).warnings()).isEmpty();
    }

    @Test
    void anEstimatedTransitionReplacesTheModels() {
        assertThat(run(recipe().joint("phi")).model().transition()).isEqualTo(Transition.ar1(Vector.of(0.5)));
    }

    /** Likelihoods by the engine made for them, the result by the best one; unless the run names its engine. */
    @Test
    void theSearchHasAnEngineOfItsOwn() {
        FilterEngine quick = (model, sample, options, monitor) -> {
            throw new AssertionError("the run's engine filters");
        };
        fake.add(FilterEngine.class, "covariance", -5, quick);
        ExposureRun run = run(recipe().joint("both"));
        assertThat(searched).isSameAs(quick);
        assertThat(run.provenance()).extracting(p -> p.strategy().role() + " " + p.strategy().name())
                .containsExactly("InitialStateEstimator known", "JointNoiseEstimator both", "FilterEngine covariance", "FilterEngine engine");
        assertThat(fake.inside()).isZero();
        ExposureRun named = run(recipe().joint("both").engine("engine"));
        assertThat(searched).isNotSameAs(quick);
        assertThat(named.provenance()).hasSize(3);
        assertThat(run(recipe().observationNoise("r").stateNoise("q")).provenance()).extracting(p -> p.strategy().name())
                .containsExactly("known", "r", "q", "engine");
    }

    @Test
    void aMissingNameListsThoseThere() {
        assertThatThrownBy(() -> run(recipe().joint("bath"))).isInstanceOf(StrategyNotFoundException.class)
                .hasMessageContaining("no JointNoiseEstimator named bath: did you mean both? present are both, half, other-half, phi");
        assertThat(fake.inside()).isZero();
    }
}
