package org.betadrift.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Period;
import java.util.List;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.JointNoise;
import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.Retain;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import org.betadrift.run.Reestimation;
import org.betadrift.run.Vintage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each date is what the latest vintage before it makes of the rows up to it, and no later row matters. */
class PointInTimeTest {
    /** First on 10 rows (weeks), then on those up to 6 weeks later, and so on. */
    private static final Reestimation SIX_WEEKS = new Reestimation(Period.ofWeeks(6), 10);
    private static final List<Integer> ROWS = List.of(10, 16, 22, 28);

    private final FakeRegistry fake = new FakeRegistry();
    private final FakeStrategies strategies = new FakeStrategies(fake);

    @BeforeEach
    void strategies() {
        strategies.add();
    }

    private static Recipe.Builder recipe(String observationNoise) {
        return Recipe.builder().target("y", "x").initial("known").observationNoise(observationNoise).stateNoise("q").pointInTime(SIX_WEEKS);
    }

    private static Sample sample(int rows) {
        return recipe("r").build().sample(FakeStrategies.panel().first(rows));
    }

    /** By hand: one model a vintage, filtered over every row, and of each the dates it serves. */
    @Test
    void aVintageServesTheDatesAfterIt() {
        ExposureRun run = strategies.run(recipe("variance").build());
        assertThat(run.vintages()).extracting(Vintage::asOf).containsExactlyElementsOf(ROWS.stream().map(n -> run.sample().date(n - 1)).toList());
        double sum = 0;
        for (int t = 0; t < 30; t++) {
            int date = t;
            int rows = ROWS.stream().filter(n -> n <= date).reduce((a, b) -> b).orElse(10);
            double r = FakeStrategies.meanSquare(sample(rows));
            FilterResult by = FakeStrategies.filter(StateSpaceModel.of(run.sample().states(), run.model().initial(), Transition.randomWalk(1),
                    Noise.constant(Covariance.diagonal(4)), Noise.constant(Covariance.diagonal(r))), sample(t + 1), FilterOptions.defaults(), Monitor.NONE);
            assertThat(run.filter().filtered().mean(t, 0)).isEqualTo(by.filtered().mean(t, 0));
            assertThat(run.filter().predicted().covariance(t, 0, 0)).isEqualTo(by.predicted().covariance(t, 0, 0));
            assertThat((Double) run.filter().innovationCovariance(t, 0, 0)).isEqualTo((Double) by.innovationCovariance(t, 0, 0)); // NaN where y is missing
            assertThat((Double) run.filter().gain(t, 0, 0)).isEqualTo((Double) by.gain(t, 0, 0)); // NaN where y is missing
            assertThat(run.model().observationNoise().at(t).variance(0)).isEqualTo(r);
            sum += t < 10 ? 0 : by.logLikelihood(t);
        }
        assertThat(run.filter().logLikelihood()).isEqualTo(sum);
        assertThat(run.filter().options().burnIn()).isEqualTo(10);
        assertThat(run.filter().observations()).isEqualTo(20);
        assertThat(run.model().stateNoise().isConstant()).isTrue();
    }

    @Test
    void itIsCausalFromTheFirstServedDateOn() {
        ExposureRun run = strategies.run(recipe("variance").build());
        assertThat(run.causalFrom().firstDate()).contains(run.sample().date(10));
        assertThat(run.provenance()).extracting(p -> p.strategy().name()).containsExactly("known", "variance", "q", "engine");
        assertThat(run.provenance().get(0).causalFrom()).contains(CausalFrom.always());
        Vintage last = run.vintages().get(3);
        assertThat(List.of(last.from(), last.to())).containsExactly(run.sample().date(28), run.sample().date(29));
        ExposureRun audited = strategies.audit(recipe("variance").build(), 50, 7);
        assertThat(audited.audit().orElseThrow().holds()).isTrue();
        assertThat(audited.audit().orElseThrow().cuts()).hasSize(19);
    }

    /** A noise of each date's own data is known on the date; one in units of the whole sample is not. */
    @Test
    void aNoiseThatVariesGoesOnAsFarAsItIsCausal() {
        ExposureRun column = strategies.run(recipe("column").build());
        double x = column.sample().h(13, 0, 0);
        assertThat(column.model().observationNoise().at(13).variance(0)).isEqualTo(x * x);
        assertThat(column.warnings()).isEmpty();
        ExposureRun relative = strategies.run(recipe("relative").build());
        assertThat(relative.model().observationNoise().at(13)).isEqualTo(relative.model().observationNoise().at(10));
        assertThat(relative.warnings())
                .containsExactly("the observation noise varies: on the dates a vintage serves it is what it was on the vintage's last row");
        assertThat(strategies.audit(recipe("relative").build(), 9, 1).audit().orElseThrow().holds()).isTrue();
        assertThat(strategies.audit(recipe("column").build(), 9, 1).audit().orElseThrow().holds()).isTrue();
    }

    /** It holds no covariance of a date, and needs none. */
    @Test
    void aDiscountGoesOn() {
        fake.add(StateNoiseEstimator.class, "forget", 0, context -> Estimate.of(Noise.discount(1, 0.9), CausalFrom.always()));
        Recipe forgetful = recipe("r").stateNoise("forget").build();
        ExposureRun run = strategies.run(forgetful);
        assertThat(run.model().stateNoise()).isEqualTo(Noise.discount(1, 0.9));
        assertThat(run.vintages()).extracting(v -> v.model().stateNoise()).containsOnly(Noise.discount(1, 0.9));
        assertThat(run.filter().predicted().covariance(20, 0, 0)).isEqualTo(run.filter().filtered().covariance(19, 0, 0) / 0.9);
        assertThat(run.warnings()).isEmpty();
        assertThat(strategies.audit(forgetful, 9, 1).audit().orElseThrow().holds()).isTrue();
    }

    @Test
    void eachVintageTellsHowItsMaximisationWent() {
        fake.add(JointNoiseEstimator.class, "phi", 0, context -> {
            double phi = 1 - 1.0 / context.sample().periods();
            return Estimate.of(JointNoise.of(Noise.constant(Covariance.diagonal(4)), Noise.constant(Covariance.diagonal(1)))
                    .withTransition(Transition.ar1(Vector.of(phi))), CausalFrom.never())
                    .withConvergence(ConvergenceRecord.builder(context.sample().periods() > 10, "with " + context.sample().periods()).build());
        });
        ExposureRun run = strategies.run(Recipe.builder().target("y", "x").initial("known").joint("phi").pointInTime(SIX_WEEKS).retain(Retain.MEANS).build());
        assertThat(run.vintages()).extracting(v -> v.convergence().orElseThrow().converged()).containsExactly(false, true, true, true);
        assertThat(run.convergence().orElseThrow().verdict()).isEqualTo("with 28");
        assertThat(run.model().transition().matrix(15).get(0, 0)).isEqualTo(0.9);
        assertThat(run.model().transition().matrix(29).get(0, 0)).isEqualTo(1 - 1.0 / 28);
        assertThat(run.filter().filtered().hasCovariances()).isFalse();
    }

    @Test
    void whatFailsSaysAsOfWhen() {
        fake.add(JointNoiseEstimator.class, "picky", 0, context -> {
            throw new InvalidInputException("too few");
        });
        assertThatThrownBy(() -> strategies.run(Recipe.builder().target("y", "x").initial("known").joint("picky").pointInTime(SIX_WEEKS).build()))
                .isInstanceOf(InvalidInputException.class).hasMessage("as of 2020-03-06, with 10 rows: too few");
        assertThatThrownBy(() -> strategies.run(recipe("r").pointInTime(new Reestimation(Period.ofYears(1), 30)).build()))
                .hasMessageContaining("rows of the first estimation is 30, but the sample has 30");
    }
}
