package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Options;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.States;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;

/** The strategies by which a user gives the parts of a model. */
class GivenModelTest {
    private static ReturnPanel panel() {
        List<LocalDate> dates = IntStream.range(0, 4).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
        return ReturnPanel.builder(dates).column("y", Double.NaN, 1, Double.NaN, 2).column("a", 1, 2, 3, 4).column("b", 4, 3, 1, 2)
                .column("R-x", Double.NaN, 1e-4, Double.NaN, 2e-4).column("gap", 1, Double.NaN, 1, 1).column("minus", 1, 1, 1, -1).build();
    }

    private static EstimationContext context(String... keysAndValues) {
        Sample sample = Sample.builder(panel()).target("y", List.of("a", "b")).build();
        Map<String, String> options = keysAndValues.length == 0 ? Map.of() : keysAndValues.length == 2 ? Map.of(keysAndValues[0], keysAndValues[1])
                : Map.of(keysAndValues[0], keysAndValues[1], keysAndValues[2], keysAndValues[3]);
        return EstimationContext.of(sample, Transition.randomWalk(2), new CovarianceEngine())
                .withOptions(Options.merge("given", new String[] {"mean", "variance", "covariance", "value", "factor"}, Map.of(), options));
    }

    @Test
    void known() {
        KnownInitialState known = new KnownInitialState();
        var byVariance = known.estimate(context("mean", "0.8,0.1", "variance", "1,2"));
        assertThat(byVariance.value().prior().mean()).isEqualTo(Vector.of(0.8, 0.1));
        assertThat(byVariance.value().prior().covariance()).isEqualTo(Covariance.diagonal(1, 2));
        assertThat(byVariance.causalFrom()).isEqualTo(CausalFrom.always());
        assertThat(known.estimate(context("mean", "0,0", "covariance", "2,1/1,2")).value().prior().covariance())
                .isEqualTo(Covariance.of(Matrix.of(2, 2, 2, 1, 1, 2)));
        assertThatThrownBy(() -> known.estimate(context("mean", "0,0"))).isInstanceOf(OptionException.class).hasMessageContaining("variance or covariance");
        assertThatThrownBy(() -> known.estimate(context("mean", "0,1,2", "variance", "1,2"))).hasMessageContaining("one number for each of the states [a, b] (2)");
        assertThatThrownBy(() -> known.estimate(context("variance", "1,2"))).hasMessageContaining("option mean");
        assertThatThrownBy(() -> known.estimate(context("mean", "0,0", "variance", "1,-2"))).isInstanceOf(InvalidInputException.class)
                .hasMessage("option variance of given is 1,-2, but the variance of b can't be negative");
    }

    @Test
    void oneNumberIsThatOfEveryState() {
        KnownInitialState known = new KnownInitialState();
        assertThat(known.estimate(context("mean", "0.5", "variance", "1e7")).value().prior())
                .isEqualTo(known.estimate(context("mean", "0.5,0.5", "variance", "1e7,1e7")).value().prior());
        InitialState diffuse = known.estimate(context("mean", "0", "variance", "inf")).value();
        assertThat(new boolean[] {diffuse.isDiffuse(0), diffuse.isDiffuse(1)}).containsExactly(true, true);
        assertThatThrownBy(() -> known.estimate(context("mean", "0", "variance", "-1")))
                .hasMessage("option variance of given is -1, but the variance of every state can't be negative");
    }

    /** An infinite variance is exactly diffuse, not a large number. */
    @Test
    void knownWithAnInfiniteVarianceIsDiffuseThere() {
        KnownInitialState known = new KnownInitialState();
        InitialState mixed = known.estimate(context("mean", "0.8,0", "variance", "2,inf")).value();
        assertThat(new boolean[] {mixed.isDiffuse(0), mixed.isDiffuse(1)}).containsExactly(false, true);
        assertThat(mixed.prior().mean()).isEqualTo(Vector.of(0.8, 0));
        assertThat(mixed.prior().covariance()).isEqualTo(Covariance.diagonal(2, 0));
        assertThatThrownBy(() -> known.estimate(context("mean", "0.8,0.1", "variance", "2,inf"))).isInstanceOf(OptionException.class)
                .hasMessage("option mean of known is 0.1 for b, but its variance is inf, and a diffuse state has no mean: write 0 there");
        assertThatThrownBy(() -> known.estimate(context("mean", "0,0", "covariance", "1,0/0,inf"))).hasMessageContaining("\"inf\" is no finite number");
    }

    @Test
    void diffuse() {
        var diffuse = new DiffuseInitialState().estimate(context());
        assertThat(new boolean[] {diffuse.value().isDiffuse(0), diffuse.value().isDiffuse(1)}).containsExactly(true, true);
        assertThat(diffuse.causalFrom()).isEqualTo(CausalFrom.always());
    }

    /** It has no numbers before the model is complete, which InitialStateContract would ask for. */
    @Test
    void stationaryIsLeftToTheCompleteModel() {
        var stationary = new StationaryInitialState().estimate(context());
        assertThat(stationary.value().isStationary()).isTrue();
        assertThat(stationary.value().dimension()).isEqualTo(2);
        assertThat(stationary.causalFrom()).isEqualTo(CausalFrom.always());

        States states = States.of("a", "b");
        Noise q = Noise.constant(Covariance.diagonal(1, 2));
        Noise r = Noise.constant(Covariance.diagonal(1));
        InitialState resolved = StateSpaceModel.of(states, stationary.value(), Transition.ar1(Vector.of(0.5, 0)), q, r).initial();
        assertThat(resolved.prior().covariance().variance(0)).isCloseTo(4.0 / 3, Offset.offset(1e-12)); // 1 / (1 - 0.5^2)
        assertThat(resolved.prior().covariance().variance(1)).isEqualTo(2);
        assertThatThrownBy(() -> StateSpaceModel.of(states, stationary.value(), Transition.ar1(Vector.of(0.5, 1)), q, r))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("initial state is stationary, but state b has a unit root and wanders without end: choose diffuse or known");
    }

    /** One number a state, slopes too. */
    @Test
    void slopesHaveNumbersOfTheirOwn() {
        EstimationContext plain = context("mean", "1,2,3,4", "variance", "1,2,3,inf");
        Sample slopes = Sample.builder(panel()).target("y", List.of("a", "b")).slopes(true).build();
        EstimationContext context = EstimationContext.of(slopes, Transition.localLinearTrend(slopes.states()), plain.engine()).withOptions(plain.options());
        assertThatThrownBy(() -> new KnownInitialState().estimate(context)).hasMessageContaining("4.0 for slope:b");
        EstimationContext fixed = context.withOptions(context("value", "1,2,3,4").options());
        assertThat(new FixedStateNoise().estimate(fixed).value().at(0)).isEqualTo(Covariance.diagonal(1, 2, 3, 4));
    }

    @Test
    void fixedNoises() {
        assertThat(new FixedStateNoise().estimate(context("value", "1e-4,0")).value().at(0)).isEqualTo(Covariance.diagonal(1e-4, 0));
        assertThat(new FixedMatrixStateNoise().estimate(context("value", "2,1/1,2")).value().at(0)).isEqualTo(Covariance.of(Matrix.of(2, 2, 2, 1, 1, 2)));
        assertThat(new FixedObservationNoise().estimate(context("value", "3e-5")).value().at(0)).isEqualTo(Covariance.diagonal(3e-5));
        assertThatThrownBy(() -> new FixedStateNoise().estimate(context("value", "1e-4"))).hasMessageContaining("the states [a, b]");
        assertThatThrownBy(() -> new FixedObservationNoise().estimate(context("value", "1,2"))).hasMessageContaining("the targets [y]");
        assertThatThrownBy(() -> new FixedMatrixStateNoise().estimate(context("value", "1,2/2,1"))).hasMessageContaining("no negative eigenvalue");
        assertThatThrownBy(() -> new FixedStateNoise().estimate(context())).hasMessageContaining("has no default");
    }

    /** Two targets: R between them, and the block of one factor in Q. */
    @Test
    void severalTargets() {
        Sample two = Sample.builder(panel()).target("y", List.of("a", "b")).target("minus", List.of("a")).build();
        EstimationContext plain = EstimationContext.of(two, Transition.randomWalk(3), new CovarianceEngine());
        EstimationContext r = plain.withOptions(context("value", "2,-1/-1,3").options());
        assertThat(new FixedMatrixObservationNoise().estimate(r).value().at(0)).isEqualTo(Covariance.of(Matrix.of(2, 2, 2, -1, -1, 3)));
        assertThat(new FixedMatrixObservationNoise().estimate(r).causalFrom()).isEqualTo(CausalFrom.always());
        EstimationContext wrong = plain.withOptions(context("value", "2").options());
        assertThatThrownBy(() -> new FixedMatrixObservationNoise().estimate(wrong)).hasMessageContaining("the targets [y, minus] (2 x 2");

        assertThat(two.states().texts()).containsExactly("a:y", "a:minus", "b:y");
        EstimationContext block = plain.withOptions(context("factor", "[a]", "value", "2,1/1,3").options());
        assertThat(new FixedMatrixStateNoise().estimate(block).value().at(0)).isEqualTo(Covariance.ofPacked(3, 2, 1, 3, 0, 0, 0));
        EstimationContext unknown = plain.withOptions(context("factor", "c", "value", "1").options());
        assertThatThrownBy(() -> new FixedMatrixStateNoise().estimate(unknown)).hasMessageContaining("no factor named c").hasMessageContaining("a, b");
        EstimationContext size = plain.withOptions(context("factor", "b", "value", "2,1/1,3").options());
        assertThatThrownBy(() -> new FixedMatrixStateNoise().estimate(size)).hasMessageContaining("the states [b:y] (1 x 1");
    }

    @Test
    void seriesFillsOnlyWhereTheTargetIsMissingToo() {
        var r = new SeriesObservationNoise().estimate(context("value", "[R-x]")).value();
        assertThat(IntStream.range(0, 4).mapToDouble(t -> r.at(t).variance(0))).containsExactly(1e-4, 1e-4, 1e-4, 2e-4);
        assertThat(new SeriesObservationNoise().estimate(context("value", "[R-x]")).causalFrom().firstDate()).contains(LocalDate.of(2020, 1, 10));
        assertThatThrownBy(() -> new SeriesObservationNoise().estimate(context("value", "gap"))).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("observation noise gap on 2020-01-10 is NaN");
        assertThatThrownBy(() -> new SeriesObservationNoise().estimate(context("value", "minus"))).hasMessageContaining("2020-01-24 is -1.0");
        assertThatThrownBy(() -> new SeriesObservationNoise().estimate(context("value", "nowhere"))).hasMessageContaining("no column named nowhere");
    }
}
