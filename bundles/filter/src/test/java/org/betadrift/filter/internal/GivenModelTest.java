package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Options;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;

/** The strategies by which a user gives the parts of a model. */
class GivenModelTest {
    private static EstimationContext context(String... keysAndValues) {
        List<LocalDate> dates = IntStream.range(0, 4).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
        ReturnPanel panel = ReturnPanel.builder(dates).column("y", Double.NaN, 1, Double.NaN, 2).column("a", 1, 2, 3, 4).column("b", 4, 3, 1, 2)
                .column("R-x", Double.NaN, 1e-4, Double.NaN, 2e-4).column("gap", 1, Double.NaN, 1, 1).column("minus", 1, 1, 1, -1).build();
        Sample sample = Sample.builder(panel).target("y", List.of("a", "b")).build();
        Map<String, String> options = keysAndValues.length == 0 ? Map.of() : keysAndValues.length == 2 ? Map.of(keysAndValues[0], keysAndValues[1])
                : Map.of(keysAndValues[0], keysAndValues[1], keysAndValues[2], keysAndValues[3]);
        return EstimationContext.of(sample, Transition.randomWalk(2), new CovarianceEngine())
                .withOptions(Options.merge("given", new String[] {"mean", "variance", "covariance", "value"}, Map.of(), options));
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
        assertThatThrownBy(() -> known.estimate(context("mean", "0", "variance", "1,2"))).hasMessageContaining("one number for each of the states [a, b] (2)");
        assertThatThrownBy(() -> known.estimate(context("variance", "1,2"))).hasMessageContaining("option mean");
        assertThatThrownBy(() -> known.estimate(context("mean", "0,0", "variance", "1,-2"))).isInstanceOf(InvalidInputException.class)
                .hasMessage("option variance of given is 1,-2, but the variance of b can't be negative");
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
