package org.betadrift.estimator.ols.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Options;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OlsStrategiesTest {
    @Test
    void olsIsTheSeedsStart() {
        ReferenceCase seed = ReferenceCase.aSeed();
        Estimate<InitialState> estimate = new OlsInitialState(config(100)).estimate(context(seed.sample()));
        for (int k = 0; k < 2; k++) {
            assertThat(estimate.value().prior().mean().get(k)).isCloseTo(seed.model().initial().prior().mean().get(k), Offset.offset(1e-14));
        }
        assertThat(estimate.value().prior().covariance()).isEqualTo(Covariance.scalar(2, 100));
        assertThat(estimate.causalFrom().isNever()).isTrue();
        assertThat(estimate.warnings()).isEmpty();
    }

    @Test
    void observationNoiseIsTheSeedsR() {
        ReferenceCase seed = ReferenceCase.aSeed();
        double r = new OlsObservationNoise().estimate(context(seed.sample())).value().at(0).variance(0);
        assertThat(r).isCloseTo(seed.model().observationNoise().at(0).variance(0), Percentage.withPercentage(1e-11));
    }

    /** Data B with an intercept, rows with missing y dropped: coefficients and standard errors of statsmodels' OLS on our own simulated data. */
    @Test
    void covarianceIsTheStandardErrorsSquared() {
        double[] params = {0.0002975347533764746, 1.2558800132570613, 0.3862304109792693, -0.6152614785614188};
        double[] standardErrors = {0.00041836254557007596, 0.021371564425891294, 0.03744186242570289, 0.029948384685353453};
        Sample sample = Sample.builder(ReferenceCase.panel("B")).target("y", List.of("x1", "x2", "x3")).intercept(true).build();
        InitialState initial = new OlsCovarianceInitialState().estimate(context(sample)).value();
        for (int k = 0; k < 4; k++) {
            assertThat(initial.prior().mean().get(k)).isCloseTo(params[k], Offset.offset(1e-12));
            assertThat(Math.sqrt(initial.prior().covariance().variance(k))).isCloseTo(standardErrors[k], Percentage.withPercentage(1e-9));
        }
    }

    @Test
    void collinearFactorsAreNamedAndGetTheSmallestNorm() {
        // b = 2 a, c apart: y = 3 a + c has the solutions beta_a + 2 beta_b = 3; the shortest is (3/5, 6/5)
        Sample sample = sample(40, random -> {
            double a = random.nextGaussian();
            double c = random.nextGaussian();
            return new double[] {3 * a + c, a, 2 * a, c};
        }, "a", "b", "c");
        Estimate<InitialState> estimate = new OlsInitialState(config(100)).estimate(context(sample));
        assertThat(estimate.value().prior().mean().toArray()).containsExactly(new double[] {0.6, 1.2, 1}, Offset.offset(1e-12));
        assertThat(estimate.warnings()).singleElement().asString().contains("factors a, b are collinear").doesNotContain("c,");
        assertThat(new OlsObservationNoise().estimate(context(sample)).warnings()).singleElement().asString().contains("a, b");
        assertThatThrownBy(() -> new OlsCovarianceInitialState().estimate(context(sample)))
                .isInstanceOf(InvalidInputException.class).hasMessageContaining("a, b are collinear");
    }

    /** What is left then is rounding, not noise. */
    @Test
    void asManyStatesAsObservationsLeaveNoNoise() {
        Sample two = sample(2, random -> new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()}, "a", "b");
        assertThatThrownBy(() -> new OlsObservationNoise().estimate(context(two))).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("number of observations is 2").hasMessageContaining("2 states");
    }

    /** Whether factors are collinear must not depend on their units. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-100, 1e-8, 1, 1e8, 1e100})
    void unitsDontMakeFactorsCollinear(double unit) {
        Sample sample = sample(60, random -> {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            return new double[] {a + 2 * b, a, b * unit};
        }, "a", "b");
        Estimate<InitialState> estimate = new OlsInitialState(config(100)).estimate(context(sample));
        assertThat(estimate.warnings()).isEmpty();
        assertThat(estimate.value().prior().mean().get(0)).isCloseTo(1, Offset.offset(1e-12));
        assertThat(estimate.value().prior().mean().get(1) * unit).isCloseTo(2, Offset.offset(1e-12));
    }

    /** A column may be tiny and still carry information of its own beside collinear ones. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-20, 1e-8, 1, 1e20})
    void theSmallestNormAtEveryScale(double unit) {
        Sample sample = sample(60, random -> {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            return new double[] {3 * a + b, a, 2 * a, unit * b};
        }, "a", "twice", "b");
        Estimate<InitialState> estimate = new OlsInitialState(config(100)).estimate(context(sample));
        assertThat(estimate.warnings()).singleElement().asString().contains("factors a, twice are collinear");
        assertThat(estimate.value().prior().mean().get(0)).isCloseTo(0.6, Offset.offset(1e-9));
        assertThat(estimate.value().prior().mean().get(1)).isCloseTo(1.2, Offset.offset(1e-9));
        assertThat(estimate.value().prior().mean().get(2) * unit).isCloseTo(1, Offset.offset(1e-9));
    }

    /** Least squares on the levels alone; a slope starts at zero, with a variance that is given. */
    @Test
    void slopesStartAtZero() {
        Sample levels = sample(30, random -> new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()}, "a", "b");
        ReturnPanel panel = ReturnPanel.builder(levels.dates()).column("y", levels.column("y")).column("a", levels.column("a"))
                .column("b", levels.column("b")).build();
        Sample slopes = Sample.builder(panel).target("y", List.of("a", "b")).slopes(true).build();

        InitialState plain = new OlsInitialState(config(100)).estimate(context(levels)).value();
        InitialState trend = new OlsInitialState(config(100)).estimate(context(slopes)).value();
        assertThat(trend.prior().mean()).isEqualTo(Vector.of(plain.prior().mean().get(0), plain.prior().mean().get(1), 0, 0));
        assertThat(trend.prior().covariance()).isEqualTo(Covariance.scalar(4, 100));
        assertThat(new OlsObservationNoise().estimate(context(slopes)).value()).isEqualTo(new OlsObservationNoise().estimate(context(levels)).value());

        OlsCovarianceInitialState covariance = new OlsCovarianceInitialState();
        Covariance small = covariance.estimate(context(levels)).value().prior().covariance();
        Covariance large = covariance.estimate(withSlopeVariance(slopes, "0.01")).value().prior().covariance();
        assertThat(large.dimension()).isEqualTo(4);
        assertThat(new double[] {large.get(0, 0), large.get(1, 0), large.get(1, 1)})
                .containsExactly(small.get(0, 0), small.get(1, 0), small.get(1, 1));
        assertThat(new double[] {large.variance(2), large.variance(3), large.get(2, 0), large.get(3, 2)}).containsExactly(0.01, 0.01, 0, 0);
        assertThatThrownBy(() -> covariance.estimate(context(slopes))).isInstanceOf(OptionException.class)
                .hasMessageContaining("option slope-variance of ols has no default");
        assertThatThrownBy(() -> covariance.estimate(withSlopeVariance(levels, "0.01"))).isInstanceOf(OptionException.class)
                .hasMessageContaining("there are no slopes");
    }

    private static EstimationContext withSlopeVariance(Sample sample, String value) {
        return context(sample).withOptions(Options.merge("ols", new String[] {"slope-variance"}, Map.of(), Map.of("slope-variance", value)));
    }

    @Test
    void fewerObservationsThanStatesAreRefused() {
        Sample sample = sample(2, random -> new double[] {1, random.nextDouble(), random.nextDouble(), random.nextDouble()}, "a", "b", "c");
        assertThatThrownBy(() -> new OlsInitialState(config(100)).estimate(context(sample)))
                .isInstanceOf(InvalidInputException.class).hasMessageContaining("number of observations is 2");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAConfigurationThatMakesNoSense(double variance) {
        assertThatThrownBy(() -> new OlsInitialState(config(variance))).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("variance of org.betadrift.initial.ols is " + variance);
    }

    static OlsInitialState.Config config(double variance) {
        return new OlsInitialState.Config() {
            @Override
            public double variance() {
                return variance;
            }

            @Override
            public int service_ranking() {
                return 0;
            }

            @Override
            public Class<OlsInitialState.Config> annotationType() {
                return OlsInitialState.Config.class;
            }
        };
    }

    private static EstimationContext context(Sample sample) {
        return EstimationContext.of(sample, Transition.randomWalk(sample.states().count()), (model, s, o, monitor) -> {
            throw new AssertionError("least squares needs no filter");
        }).withOptions(Options.merge("ols", new String[] {"variance=100", "covariance=full"}, Map.of(), Map.of()));
    }

    private static Sample sample(int n, java.util.function.Function<Random, double[]> row, String... factors) {
        Random random = new Random(7);
        double[][] rows = IntStream.range(0, n).mapToObj(t -> row.apply(random)).toArray(double[][]::new);
        ReturnPanel.Builder panel = ReturnPanel.builder(IntStream.range(0, n).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList());
        panel.column("y", IntStream.range(0, n).mapToDouble(t -> rows[t][0]).toArray());
        for (int f = 0; f < factors.length; f++) {
            int column = f + 1;
            panel.column(factors[f], IntStream.range(0, n).mapToDouble(t -> rows[t][column]).toArray());
        }
        return Sample.builder(panel.build()).target("y", List.of(factors)).build();
    }
}
