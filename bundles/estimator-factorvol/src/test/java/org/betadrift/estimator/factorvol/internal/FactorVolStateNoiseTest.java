package org.betadrift.estimator.factorvol.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Options;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactorVolStateNoiseTest {
    @Test
    void isTheSeedsQ() {
        ReferenceCase seed = ReferenceCase.aSeed();
        Covariance q = estimate(seed.sample(), Map.of()).value().at(0);
        Covariance expected = seed.model().stateNoise().at(0);
        assertThat(q.variance(0)).isCloseTo(expected.variance(0), Percentage.withPercentage(1e-11));
        assertThat(q.variance(1)).isCloseTo(expected.variance(1), Percentage.withPercentage(1e-11));
        assertThat(q.get(1, 0)).isZero();
    }

    @Test
    void scaleMultiplies() {
        Sample sample = ReferenceCase.aSeed().sample();
        double once = estimate(sample, Map.of()).value().at(0).variance(0);
        assertThat(estimate(sample, Map.of("scale", "7.93")).value().at(0).variance(0)).isEqualTo(7.93 * once);
    }

    @Test
    void alphaStaysStaticAndMissingFactorsDontCount() {
        List<LocalDate> dates = List.of(LocalDate.of(2020, 1, 3), LocalDate.of(2020, 1, 10), LocalDate.of(2020, 1, 17));
        ReturnPanel panel = ReturnPanel.builder(dates).column("y", 1, Double.NaN, 2).column("x", 1, Double.NaN, 3).build();
        Covariance q = estimate(Sample.builder(panel).target("y", List.of("x")).intercept(true).build(), Map.of()).value().at(0);
        assertThat(q.variance(0)).isZero();
        assertThat(q.variance(1)).isEqualTo(1.0);
    }

    /** A slope's variance is a part of its exposure's; without one it is constant, and that is said. */
    @Test
    void slopesAreConstantUnlessSaid() {
        List<LocalDate> dates = List.of(LocalDate.of(2020, 1, 3), LocalDate.of(2020, 1, 10));
        ReturnPanel panel = ReturnPanel.builder(dates).column("y", 1, 2).column("a", 1, 3).column("b", 2, 8).build();
        Sample.Builder builder = Sample.builder(panel).target("y", List.of("a", "b")).intercept(true);
        Sample slopes = builder.slopes(true).build();
        Estimate<Noise> constant = estimate(slopes, Map.of());
        assertThat(constant.value().at(0)).isEqualTo(Covariance.diagonal(0, 1, 9, 0, 0));
        assertThat(constant.warnings()).singleElement().asString().contains("every slope constant", "factor-vol:slope=X");
        Estimate<Noise> wandering = estimate(slopes, Map.of("slope", "0.5", "scale", "2"));
        assertThat(wandering.value().at(0)).isEqualTo(Covariance.diagonal(0, 2, 18, 1, 9));
        assertThat(wandering.warnings()).isEmpty();
        assertThatThrownBy(() -> estimate(builder.slopes(false).build(), Map.of("slope", "0.5"))).isInstanceOf(OptionException.class)
                .hasMessageContaining("there are no slopes");
    }

    @Test
    void saysThatItLooksAhead() {
        assertThat(estimate(ReferenceCase.aSeed().sample(), Map.of()).causalFrom().isNever()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAConfigurationThatMakesNoSense(double scale) {
        assertThatThrownBy(() -> new FactorVolStateNoise(config(scale))).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("scale of org.betadrift.state-noise.factor-vol is " + scale);
    }

    static FactorVolStateNoise.Config config(double scale) {
        return new FactorVolStateNoise.Config() {
            @Override
            public double scale() {
                return scale;
            }

            @Override
            public int service_ranking() {
                return 0;
            }

            @Override
            public Class<FactorVolStateNoise.Config> annotationType() {
                return FactorVolStateNoise.Config.class;
            }
        };
    }

    @Test
    void refusesANegativeScale() {
        Sample sample = ReferenceCase.aSeed().sample();
        assertThatThrownBy(() -> estimate(sample, Map.of("scale", "-1"))).isInstanceOf(OptionException.class)
                .hasMessageContaining("option scale of factor-vol is -1");
    }

    private static Estimate<Noise> estimate(Sample sample, Map<String, String> options) {
        EstimationContext context = EstimationContext.of(sample, Transition.randomWalk(sample.states().count()),
                (model, s, o, monitor) -> {
                    throw new AssertionError("factor-vol needs no filter");
                });
        return new FactorVolStateNoise(config(1)).estimate(
                context.withOptions(Options.merge("factor-vol", new String[] {"scale=1", "slope"}, Map.of(), options)));
    }
}
