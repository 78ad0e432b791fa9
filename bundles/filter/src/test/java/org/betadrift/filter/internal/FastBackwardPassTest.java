package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.SmootherResult;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast pass back gives what the exact one gives, and leaves to it what it can't do. */
class FastBackwardPassTest {
    private static final double CLOSE = 1e-10; // of the largest
    private static final List<FilterEngine> ENGINES = List.of(new UdEngine(), new CovarianceEngine());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10, 11})
    void bothAgreeOnRandomCases(int k) {
        for (int seed = 1; seed <= 10; seed++) {
            LikelihoodCase one = LikelihoodCase.of(k, seed);
            for (InitialState initial : List.of(one.initial(), InitialState.diffuse(k))) {
                for (Transition transition : List.of(Transition.randomWalk(k), Transition.fixed(one.denseTransition()))) {
                    for (double[] q : List.of(one.diagonalQ(), one.fullQ())) {
                        StateSpaceModel model = StateSpaceModel.of(one.sample().states(), initial, transition, one.q(q), LikelihoodCase.r(one.r()));
                        ENGINES.forEach(engine -> assertAgree(engine, model, one.sample()));
                    }
                }
            }
        }
    }

    /** Vague starts, tiny noises, factors that are almost one, in every combination. */
    @Test
    void bothAgreeWhereDigitsAreAtRisk() {
        for (double start : new double[] {1, 1e4, 1e7}) {
            for (double r : new double[] {0, 1e-12, 2.5e-5}) {
                for (double apart : new double[] {1e-6, 1e-4, 1e-2, 1}) {
                    for (double q : new double[] {0, 1e-10, 4e-4}) {
                        Sample sample = collinear(apart, Math.sqrt(r) + 1e-5);
                        for (InitialState initial : List.of(InitialState.known(Vector.filled(3, 0), Covariance.scalar(3, start)), InitialState.diffuse(3))) {
                            if (r > 0 || q > 0) {
                                StateSpaceModel model = StateSpaceModel.of(sample.states(), initial, Transition.randomWalk(3),
                                        Noise.constant(Covariance.scalar(3, q)), LikelihoodCase.r(r));
                                ENGINES.forEach(engine -> assertAgree(engine, model, sample));
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void takesTheDatesAfterADiffuseStart() {
        Sample sample = collinear(1, 5e-3);
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.diffuse(3), Transition.randomWalk(3),
                Noise.constant(Covariance.scalar(3, 4e-4)), LikelihoodCase.r(2.5e-5));
        ENGINES.forEach(engine -> assertThat(done(filter(engine, model, sample))).isBetween(3, 10));
    }

    @Test
    void leavesIllConditionedDates() {
        Sample sample = collinear(1e-6, 5e-3);
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.filled(3, 0), Covariance.scalar(3, 1e7)),
                Transition.randomWalk(3), Noise.constant(Covariance.scalar(3, 0)), LikelihoodCase.r(2.5e-5));
        assertThat(done(filter(new UdEngine(), model, sample))).isEqualTo(sample.periods());
    }

    private static int done(FilterResult filter) {
        return new FastBackwardPass(filter, new SmoothedArrays(filter)).run();
    }

    private static FilterResult filter(FilterEngine engine, StateSpaceModel model, Sample sample) {
        return engine.filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
    }

    /** With lag-one covariances asked for, every date is the exact pass's. */
    private static void assertAgree(FilterEngine engine, StateSpaceModel model, Sample sample) {
        FilterResult filter = filter(engine, model, sample);
        FixedIntervalSmoother smoother = new FixedIntervalSmoother();
        SmootherResult fast = smoother.smooth(filter, SmootherOptions.defaults(), Monitor.NONE);
        SmootherResult exact = smoother.smooth(filter, SmootherOptions.defaults().withLagOneCovariances(), Monitor.NONE);
        String where = model + " " + engine.getClass().getSimpleName() + ": ";
        int k = model.states().count();
        for (int i = 0; i < k; i++) {
            int state = i;
            assertClose(where + "mean " + i, sample.periods(), fast, exact, (s, t) -> s.smoothed().mean(t, state));
            assertClose(where + "r " + i, sample.periods(), fast, exact, (s, t) -> s.r(t, state));
            for (int j = 0; j <= i; j++) {
                int other = j;
                assertClose(where + "covariance " + i + " " + j, sample.periods(), fast, exact, (s, t) -> s.smoothed().covariance(t, state, other));
                assertClose(where + "N " + i + " " + j, sample.periods(), fast, exact, (s, t) -> s.n(t, state, other));
            }
        }
        assertClose(where + "u", sample.periods(), fast, exact, (s, t) -> s.u(t, 0));
        assertClose(where + "D", sample.periods(), fast, exact, (s, t) -> s.d(t, 0, 0));
    }

    private interface Number {
        double of(SmootherResult smoothed, int t);
    }

    private static void assertClose(String where, int n, SmootherResult fast, SmootherResult exact, Number number) {
        double largest = IntStream.range(0, n).mapToDouble(t -> Math.abs(number.of(exact, t))).filter(x -> !Double.isNaN(x)).max().orElse(0);
        for (int t = 0; t < n; t++) {
            double expected = number.of(exact, t);
            if (Double.isNaN(expected)) {
                assertThat(number.of(fast, t)).as(where).isNaN();
            } else {
                assertThat(number.of(fast, t)).as(where + ", date " + t).isCloseTo(expected, within(CLOSE * largest + Double.MIN_NORMAL));
            }
        }
    }

    /** Three factors, the third one {@code apart} from the second. */
    private static Sample collinear(double apart, double noise) {
        Random random = new Random(9);
        int n = 120;
        ToDoubleFunction<Double> scaled = size -> size * random.nextGaussian();
        double[] x0 = IntStream.range(0, n).mapToDouble(t -> scaled.applyAsDouble(0.02)).toArray();
        double[] x1 = IntStream.range(0, n).mapToDouble(t -> scaled.applyAsDouble(0.02)).toArray();
        double[] x2 = IntStream.range(0, n).mapToDouble(t -> x1[t] + scaled.applyAsDouble(0.02 * apart)).toArray();
        double[] y = IntStream.range(0, n).mapToDouble(t -> 0.5 * x0[t] + 0.3 * x1[t] + 0.2 * x2[t] + scaled.applyAsDouble(noise)).toArray();
        List<LocalDate> dates = IntStream.range(0, n).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
        return Sample.builder(ReturnPanel.builder(dates).column("y", y).column("x0", x0).column("x1", x1).column("x2", x2).build())
                .target("y", List.of("x0", "x1", "x2")).build();
    }
}
