package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Forecast;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.filter.Retain;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.GaussianState;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.RandomCase;
import org.betadrift.testkit.TextbookEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

/** P_t|t-1 = T P_t-1|t-1 T' / delta, in every engine, in the smoother and in draws. */
class DiscountTest {
    private static final double DELTA = 0.9;

    static List<FilterEngine> engines() {
        return List.of(new UdEngine(), new CovarianceEngine());
    }

    /** West and Harrison's recursion for one exposure, as they write it: R = C / delta, Q = x^2 R + V, A = R x / Q. */
    @ParameterizedTest
    @MethodSource("engines")
    void oneExposureByHand(FilterEngine engine) {
        double[] y = {0.02, -0.01, Double.NaN, 0.03, 0.01};
        double[] x = {0.03, 0.01, 0.02, -0.02, 0.04};
        double v = 1e-4;
        FilterResult pass = filter(engine, model(sample(y, x), InitialState.known(Vector.of(0.5), Covariance.scalar(1, 2)), v), sample(y, x));
        double m = 0.5;
        double c = 2;
        double logLikelihood = 0;
        for (int t = 0; t < y.length; t++) {
            double r = c / DELTA;
            assertThat(pass.predicted().covariance(t, 0, 0)).isCloseTo(r, Offset.offset(1e-12 * r));
            assertThat(pass.stateNoise(t).variance(0)).isCloseTo((1 / DELTA - 1) * c, Offset.offset(1e-12 * r));
            c = r;
            if (!Double.isNaN(y[t])) {
                double q = x[t] * x[t] * r + v;
                double e = y[t] - x[t] * m;
                double a = r * x[t] / q;
                m += a * e;
                c = r - a * a * q;
                logLikelihood -= 0.5 * (Math.log(2 * Math.PI * q) + e * e / q);
            }
            assertThat(pass.filtered().mean(t, 0)).isCloseTo(m, Offset.offset(1e-12));
            assertThat(pass.filtered().covariance(t, 0, 0)).isCloseTo(c, Offset.offset(1e-12));
        }
        assertThat(pass.logLikelihood()).isCloseTo(logLikelihood, Offset.offset(1e-10));
    }

    /** Any T, several targets, gaps: as dense matrices have it. */
    @ParameterizedTest
    @MethodSource("engines")
    void agreesWithDenseMatrices(FilterEngine engine) {
        for (long seed = 0; seed < 12; seed++) {
            RandomCase one = RandomCase.of(seed, 1 + (int) seed % 3, 60).withGaps();
            StateSpaceModel model = discounted(one);
            FilterResult expected = filter(new TextbookEngine(), model, one.sample());
            FilterResult pass = filter(engine, model, one.sample());
            requireSame(pass.filtered(), expected.filtered(), 1e-7);
            assertThat(pass.logLikelihood()).as("seed %d", seed).isCloseTo(expected.logLikelihood(), Offset.offset(1e-6));
        }
    }

    /** Given the Q_t that the discount came to, smoothing is the ordinary kind. */
    @Test
    void smoothsLikeTheModelWithTheSameQ() {
        for (long seed = 0; seed < 12; seed++) {
            RandomCase one = RandomCase.of(seed, 1 + (int) seed % 2, 50).withGaps();
            FilterResult pass = filter(new UdEngine(), discounted(one), one.sample());
            List<Covariance> q = IntStream.range(0, 50).mapToObj(pass::stateNoise).toList();
            StateSpaceModel same = StateSpaceModel.of(one.sample().states(), one.initialState(), one.transition(), Noise.varying(q), one.observationNoise());
            FilterResult ordinary = filter(new UdEngine(), same, one.sample());
            assertThat(pass.logLikelihood()).isCloseTo(ordinary.logLikelihood(), Offset.offset(1e-8));
            SmootherResult smoothed = smooth(pass);
            SmootherResult expected = smooth(ordinary);
            requireSame(smoothed.smoothed(), expected.smoothed(), 1e-8);
            for (int t = 0; t < 49; t++) {
                double size = Math.sqrt(expected.smoothed().covariance(t, 0, 0) * expected.smoothed().covariance(t + 1, 0, 0));
                assertThat(smoothed.lagOneCovariance(t, 0, 0)).isCloseTo(expected.lagOneCovariance(t, 0, 0), Offset.offset(1e-8 * size));
                assertThat(smoothed.r(t, 0)).isCloseTo(expected.r(t, 0), Offset.offset(1e-8 * (1 + Math.abs(expected.r(t, 0)))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void noDiscountIsNoNoise(FilterEngine engine) {
        RandomCase one = RandomCase.of(4, 1, 40);
        Sample sample = one.sample();
        int k = sample.states().count();
        StateSpaceModel none = StateSpaceModel.of(sample.states(), one.initialState(), one.transition(), Noise.discount(k, 1), one.observationNoise());
        StateSpaceModel zero = StateSpaceModel.of(sample.states(), one.initialState(), one.transition(),
                Noise.constant(Covariance.scalar(k, 0)), one.observationNoise());
        assertThat(filter(engine, none, sample).logLikelihood()).isEqualTo(filter(engine, zero, sample).logLikelihood());
    }

    /** A diffuse start is the limit of a large one: infinite variances are discounted too. */
    @ParameterizedTest
    @MethodSource("engines")
    void aDiffuseStartIsTheLimit(FilterEngine engine) {
        RandomCase one = RandomCase.of(9, 1, 40);
        Sample sample = one.sample();
        int k = sample.states().count();
        assertThat(k).isGreaterThan(1);
        double kappa = 1e9;
        FilterResult diffuse = filter(engine, model(sample, InitialState.diffuse(k), 1e-3), sample);
        FilterResult large = filter(new UdEngine(), model(sample, InitialState.known(Vector.filled(k, 0), Covariance.scalar(k, kappa * DELTA)), 1e-3), sample);
        assertThat(diffuse.diffuseObservations()).isEqualTo(k);
        assertThat(large.logLikelihood() + 0.5 * k * Math.log(kappa)).isCloseTo(diffuse.logLikelihood(), Offset.offset(1e-4));
        for (int i = 0; i < k; i++) {
            assertThat(diffuse.filtered().mean(39, i)).isCloseTo(large.filtered().mean(39, i), Offset.offset(1e-6));
        }
    }

    @Test
    void aDiffuseStartIsSmoothedOnlyWhereYTellsOfItAtOnce() {
        Sample two = sample(new double[] {0.01, 0.02, 0.01, 0.03}, new double[] {0.03, 0.01, 0.02, -0.02}, new double[] {0.01, 0.04, 0.02, 0.01});
        FilterResult late = filter(new UdEngine(), model(two, InitialState.diffuse(2), 1e-4), two);
        assertThatThrownBy(() -> smooth(late)).isInstanceOf(InvalidInputException.class).hasMessageContaining("state noise is discount:0.9, but it has forgotten a diffuse start");
        InitialState mixed = InitialState.mixed(new GaussianState(Vector.of(0.5, 0), Covariance.diagonal(1, 0)), false, true);
        assertThat(smooth(filter(new UdEngine(), model(two, mixed, 1e-4), two)).smoothed().covariance(0, 1, 1)).isPositive();
    }

    /** A draw of beta_t-1 given beta_t = b: variance (1 - delta) P, without a noise its mean. */
    @Test
    void drawsHaveTheVarianceOfTheirStep() {
        Sample two = sample(new double[] {0.01, 0.02, 0.01}, new double[] {0.03, 0.01, 0.02}, new double[] {0.01, 0.04, 0.02});
        StateSpaceModel model = model(two, InitialState.known(Vector.of(1, 0), Covariance.diagonal(0.5, 0.2)), 1e-4);
        BackwardSteps steps = new UdHistory(model, two, Monitor.NONE).steps();
        double[] v = new double[4];
        steps.covariance(2, v);
        FilterResult pass = filter(new UdEngine(), model, two);
        assertThat(v[0]).isCloseTo(0.1 * pass.filtered().covariance(1, 0, 0), Offset.offset(1e-14));
        Random random = new Random(2);
        int draws = 20_000;
        double[] moments = new double[4];
        for (int i = 0; i < draws; i++) {
            double[] delta = new double[2];
            steps.draw(2, delta, random::nextGaussian);
            for (int j = 0; j < 4; j++) {
                moments[j] += delta[j / 2] * delta[j % 2] / draws;
            }
        }
        double size = Math.max(v[0], v[3]);
        assertThat(moments).containsExactly(v, Offset.offset(0.03 * size));
        double[] mean = {1, -1};
        double[] drawn = {1, -1};
        steps.mean(2, mean);
        steps.draw(2, drawn, () -> 0);
        assertThat(drawn).containsExactly(mean);
        assertThat(mean).containsExactly(0.9, -0.9);
    }

    /** A likelihood with an open R is there too: by filtering anew. */
    @ParameterizedTest
    @MethodSource("engines")
    void hasALikelihood(FilterEngine engine) {
        RandomCase one = RandomCase.of(7, 1, 40);
        Sample sample = one.sample();
        ModelTemplate open = ModelTemplate.of(sample.states(), one.initialState(), one.transition()).withStateNoise(Noise.discount(sample.states().count(), DELTA));
        double value = engine.evaluator(sample, open).value(null, new double[] {2e-4});
        assertThat(value).isEqualTo(filter(engine, open.complete(Noise.discount(sample.states().count(), DELTA), Noise.constant(Covariance.scalar(1, 2e-4))), sample).logLikelihood());
        assertThat(value).isFinite();
    }

    @Test
    void whatWasNotKeptHasNoStateNoise() {
        RandomCase one = RandomCase.of(7, 1, 40);
        FilterOptions options = FilterOptions.defaults();
        FilterResult all = new UdEngine().filter(discounted(one), one.sample(), options, Monitor.NONE);
        FilterResult last = new UdEngine().filter(discounted(one), one.sample(), options.withRetain(Retain.FINAL), Monitor.NONE);
        assertThat(last.stateNoise(39).variance(0)).isCloseTo(all.stateNoise(39).variance(0), Offset.offset(1e-12 * all.stateNoise(39).variance(0)));
        assertThatThrownBy(() -> last.stateNoise(38)).isInstanceOf(IllegalStateException.class).hasMessageContaining("wasn't kept");
        FilterResult means = new UdEngine().filter(discounted(one), one.sample(), options.withRetain(Retain.MEANS), Monitor.NONE);
        assertThatThrownBy(() -> means.stateNoise(39)).isInstanceOf(IllegalStateException.class);
    }

    /** The next Q takes the filtered covariance of the last date to where the filter's next step would. */
    @Test
    void theNextStateNoiseIsThatOfOneMoreDate() {
        for (long seed = 0; seed < 6; seed++) {
            RandomCase one = RandomCase.of(seed, 1, 40);
            FilterResult longer = filter(new UdEngine(), discountedConstant(one), one.sample());
            RandomCase shorter = one.until(39);
            FilterResult pass = new UdEngine().filter(discountedConstant(shorter), shorter.sample(), FilterOptions.defaults().withRetain(Retain.FINAL), Monitor.NONE);
            Covariance next = pass.nextStateNoise();
            Covariance expected = longer.stateNoise(39);
            for (int i = 0; i < next.dimension(); i++) {
                for (int j = 0; j <= i; j++) {
                    assertThat(next.get(i, j)).isCloseTo(expected.get(i, j), Offset.offset(1e-12 * Math.sqrt(expected.variance(i) * expected.variance(j))));
                }
            }
        }
        RandomCase varying = RandomCase.of(1, 1, 40);
        FilterResult given = filter(new UdEngine(), varying.model(), varying.sample());
        assertThat(given.nextStateNoise()).isEqualTo(varying.stateNoise().at(39));
        assertThat(given.stateNoise(7)).isEqualTo(varying.stateNoise().at(7));
    }

    /** One date ahead it is the filter's own step; Q stays what it is then. Data can't be drawn from it, paths given y can. */
    @Test
    void forecastsAndPathsAreThere() {
        double[] x = {0.03, 0.01, 0.02, -0.02, 0.04, 0.01, 0.02};
        double[] y = {0.02, -0.01, 0.01, 0.03, 0.01, Double.NaN, Double.NaN};
        Sample whole = sample(y, x);
        Sample past = sample(java.util.Arrays.copyOf(y, 5), java.util.Arrays.copyOf(x, 5));
        InitialState start = InitialState.known(Vector.of(0.5), Covariance.scalar(1, 2));
        FilterResult pass = filter(new UdEngine(), model(past, start, 1e-4), past);
        FilterResult on = filter(new UdEngine(), model(whole, start, 1e-4), whole);
        ReturnPanel future = ReturnPanel.builder(whole.dates().subList(5, 7)).column("a", 0.01, 0.02).build();
        for (Retain retain : Retain.values()) {
            FilterResult kept = new UdEngine().filter(model(past, start, 1e-4), past, FilterOptions.defaults().withRetain(retain), Monitor.NONE);
            Forecast forecast = new StandardForecaster().forecast(kept, future);
            double one = on.predicted().covariance(5, 0, 0);
            assertThat(forecast.states().covariance(0, 0, 0)).isCloseTo(one, Offset.offset(1e-12 * one));
            double two = one + (1 / DELTA - 1) * pass.filtered().covariance(4, 0, 0);
            assertThat(forecast.states().covariance(1, 0, 0)).isCloseTo(two, Offset.offset(1e-12 * two));
            assertThat(two).isLessThan(on.predicted().covariance(6, 0, 0));
        }
        assertThatThrownBy(() -> new StandardSimulator().simulate(model(past, start, 1e-4), past, 1)).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("covariance of the state noise is discount:0.9");
        int draws = 20_000;
        PosteriorPaths paths = new StandardSimulator().posterior(pass, draws, 3, Monitor.NONE);
        SmootherResult smoothed = smooth(pass);
        double mean = 0;
        double square = 0;
        for (int d = 0; d < draws; d++) {
            mean += paths.beta(d, 1, 0) / draws;
            square += paths.beta(d, 1, 0) * paths.beta(d, 1, 0) / draws;
        }
        double variance = smoothed.smoothed().covariance(1, 0, 0);
        assertThat(mean).isCloseTo(smoothed.smoothed().mean(1, 0), Offset.offset(4 * Math.sqrt(variance / draws)));
        assertThat(square - mean * mean).isCloseTo(variance, Offset.offset(0.05 * variance));
    }

    /** With an R that doesn't know how long the sample is. */
    private static StateSpaceModel discountedConstant(RandomCase one) {
        int k = one.sample().states().count();
        return StateSpaceModel.of(one.sample().states(), one.initialState(), one.transition(), Noise.discount(k, DELTA), Noise.constant(Covariance.scalar(1, 1e-4)));
    }

    private static StateSpaceModel discounted(RandomCase one) {
        return StateSpaceModel.of(one.sample().states(), one.initialState(), one.transition(), Noise.discount(one.sample().states().count(), DELTA), one.observationNoise());
    }

    private static StateSpaceModel model(Sample sample, InitialState initial, double r) {
        int k = sample.states().count();
        return StateSpaceModel.of(sample.states(), initial, Transition.randomWalk(k), Noise.discount(k, DELTA), Noise.constant(Covariance.scalar(1, r)));
    }

    private static FilterResult filter(FilterEngine engine, StateSpaceModel model, Sample sample) {
        return engine.filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
    }

    private static SmootherResult smooth(FilterResult pass) {
        return new FixedIntervalSmoother().smooth(pass, SmootherOptions.defaults().withLagOneCovariances(), Monitor.NONE);
    }

    private static void requireSame(StatePath path, StatePath expected, double tolerance) {
        for (int t = 0; t < path.dates().size(); t++) {
            for (int i = 0; i < path.states().count(); i++) {
                double deviation = Math.sqrt(expected.covariance(t, i, i));
                assertThat(path.mean(t, i)).isCloseTo(expected.mean(t, i), Offset.offset(tolerance * (deviation + Math.abs(expected.mean(t, i)))));
                for (int j = 0; j <= i; j++) {
                    assertThat(path.covariance(t, i, j)).isCloseTo(expected.covariance(t, i, j),
                            Offset.offset(tolerance * deviation * Math.sqrt(expected.covariance(t, j, j))));
                }
            }
        }
    }

    private static Sample sample(double[] y, double[]... x) {
        List<LocalDate> dates = IntStream.range(0, y.length).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
        ReturnPanel.Builder panel = ReturnPanel.builder(dates).column("y", y);
        List<String> names = List.of("a", "b").subList(0, x.length);
        for (int k = 0; k < x.length; k++) {
            panel.column(names.get(k), x[k]);
        }
        return Sample.builder(panel.build()).target("y", names).build();
    }
}
