package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.betadrift.filter.internal.LikelihoodCase.r;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.GaussianState;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.TextbookEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An evaluator gives what filtering gives, over seeded random cases with missing y; K and the seed are the test's name. */
class LikelihoodEvaluatorTest {
    private static final FilterEngine ENGINE = new CovarianceEngine();
    private static final FilterEngine EXACT = new UdEngine();

    static Stream<Arguments> cases() {
        return IntStream.rangeClosed(1, 12).boxed().flatMap(k -> IntStream.range(0, 5).mapToObj(seed -> Arguments.of(k, seed)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRandomWalkWithDiagonalNoise(int k, int seed) {
        LikelihoodCase one = LikelihoodCase.of(k, seed);
        LikelihoodEvaluator evaluator = ENGINE.evaluator(one.sample(), one.randomWalk());
        for (int point = 0; point < 3; point++) {
            double[] q = one.diagonalQ();
            double r = one.r();
            double expected = one.filtered(ENGINE, one.randomWalk(), one.q(q), r(r));
            assertSame(evaluator.value(q, new double[] {r}), expected);
            assertSame(EXACT.evaluator(one.sample(), one.randomWalk()).value(q, new double[] {r}), expected);
            if (k <= StraightLine.MOST_STATES) {
                assertSame(straightLine(one, StraightLine.fused(k), StraightScore.fused(k)).value(q, new double[] {r}), expected);
                assertSame(straightLine(one, StraightLine.plain(k), StraightScore.plain(k)).value(q, new double[] {r}), expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anyQAndT(int k, int seed) {
        LikelihoodCase one = LikelihoodCase.of(k, seed);
        Matrix dense = one.denseTransition();
        Vector phi = Vector.of(one.random().doubles(k, 0.8, 1).toArray());
        for (Transition transition : List.of(Transition.randomWalk(k), Transition.ar1(phi), Transition.fixed(dense))) {
            double[] q = one.fullQ();
            double r = one.r();
            double expected = one.filtered(ENGINE, one.template(transition), one.q(q), r(r));
            assertSame(ENGINE.evaluator(one.sample(), one.template(transition)).value(q, new double[] {r}), expected);
            assertSame(EXACT.evaluator(one.sample(), one.template(transition)).value(q, new double[] {r}), expected);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatVariesThroughTime(int k, int seed) {
        LikelihoodCase one = LikelihoodCase.of(k, seed);
        int n = LikelihoodCase.DATES;
        Noise q = Noise.varying(IntStream.range(0, n).mapToObj(t -> Covariance.ofPacked(k, one.fullQ())).toList());
        Noise r = Noise.varying(one.random().doubles(n, 1e-5, 1e-3).toArray());
        Transition t = Transition.varying(IntStream.range(0, n).mapToObj(i -> one.denseTransition()).toList()).withConstant(Vector.filled(k, 0.1));
        FilterEngine textbook = new TextbookEngine();
        for (Transition transition : List.of(Transition.randomWalk(k), t)) {
            ModelTemplate open = one.template(transition);
            double expected = one.filtered(textbook, open, q, r);
            assertSame(ENGINE.evaluator(one.sample(), open.withStateNoise(q).withObservationNoise(r)).value(null, null), expected);
            assertSame(EXACT.evaluator(one.sample(), open.withStateNoise(q).withObservationNoise(r)).value(null, null), expected);
            double[] some = {one.r()};
            assertSame(ENGINE.evaluator(one.sample(), open.withStateNoise(q)).value(null, some), one.filtered(textbook, open, q, r(some[0])));
            double[] other = one.diagonalQ();
            assertSame(ENGINE.evaluator(one.sample(), open.withObservationNoise(r)).value(other, null), one.filtered(textbook, open, one.q(other), r));
        }
    }

    @Test
    void aStationaryStartFollowsQ() {
        LikelihoodCase one = LikelihoodCase.of(3, 1);
        ModelTemplate template = ModelTemplate.of(one.sample().states(), InitialState.stationary(3), Transition.ar1(Vector.filled(3, 0.9)));
        LikelihoodEvaluator evaluator = ENGINE.evaluator(one.sample(), template);
        for (int point = 0; point < 3; point++) {
            double[] q = one.fullQ();
            double r = one.r();
            assertSame(evaluator.value(q, new double[] {r}), one.filtered(ENGINE, template, one.q(q), r(r)));
        }
    }

    @Test
    void noModelIsNotANumber() {
        LikelihoodCase one = LikelihoodCase.of(2, 1);
        LikelihoodEvaluator evaluator = ENGINE.evaluator(one.sample(), one.randomWalk());
        double[] r = {1e-4};
        assertThat(evaluator.value(new double[] {-1e-9, 0, 1}, r)).isNaN();
        assertThat(evaluator.value(new double[] {Double.NaN, 0, 1}, r)).isNaN();
        assertThat(evaluator.value(new double[] {1, 1.1, 1}, r)).isNaN();
        assertThat(evaluator.value(new double[] {0, 0.1, 1}, r)).isNaN();
        assertThat(evaluator.value(new double[] {1, 0, Double.POSITIVE_INFINITY}, r)).isNaN();
        assertThat(evaluator.value(new double[] {1, 0, 1}, new double[] {-1e-4})).isNaN();
        assertThat(evaluator.value(new double[] {1, 0, 1}, new double[] {Double.NaN})).isNaN();
        assertThat(evaluator.value(new double[] {1, 0, 1}, r)).isFinite();
    }

    @Test
    void refusesWhatDoesNotFit() {
        LikelihoodCase one = LikelihoodCase.of(2, 1);
        LikelihoodEvaluator evaluator = ENGINE.evaluator(one.sample(), one.randomWalk());
        assertThatThrownBy(() -> evaluator.value(new double[2], new double[1])).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("length of the state noise is [0.0, 0.0], but there are 3 packed values");
        assertThatThrownBy(() -> evaluator.value(null, new double[1])).isInstanceOf(InvalidInputException.class);
        LikelihoodCase other = LikelihoodCase.of(3, 1);
        assertThatThrownBy(() -> ENGINE.evaluator(other.sample(), one.randomWalk())).isInstanceOf(InvalidInputException.class);
        ModelTemplate wide = ModelTemplate.of(one.sample().states(), one.initial(), Transition.randomWalk(3));
        assertThatThrownBy(() -> ENGINE.evaluator(one.sample(), wide)).isInstanceOf(InvalidInputException.class).hasMessageContaining("transition");
    }

    /** R = 0 and digits at risk: the whole sample is the exact kernel's, as in the filter. */
    @ParameterizedTest
    @MethodSource("cases")
    void troubleIsHandedOver(int k, int seed) {
        LikelihoodCase one = LikelihoodCase.of(k, seed);
        InitialState vague = InitialState.known(Vector.filled(k, 0), Covariance.scalar(k, 1e12));
        ModelTemplate template = ModelTemplate.of(one.sample().states(), vague, Transition.randomWalk(k));
        double[] q = one.diagonalQ();
        q[0] = 1e-3;
        for (double r : new double[] {1e-5, 0}) {
            double expected = one.filtered(EXACT, template, one.q(q), r(r));
            assertSame(ENGINE.evaluator(one.sample(), template).value(q, new double[] {r}), expected);
            assertSame(EXACT.evaluator(one.sample(), template).value(q, new double[] {r}), expected);
        }
    }

    /** The exact kernel does the dates with infinite variances. */
    @ParameterizedTest
    @MethodSource("cases")
    void aDiffuseStart(int k, int seed) {
        LikelihoodCase one = LikelihoodCase.of(k, seed);
        boolean[] some = new boolean[k];
        for (int i = 0; i < k; i += 2) {
            some[i] = true;
        }
        InitialState mixed = InitialState.mixed(new GaussianState(Vector.filled(k, 0), Covariance.scalar(k, 0)), some);
        for (InitialState initial : List.of(InitialState.diffuse(k), mixed)) {
            for (Transition transition : List.of(Transition.randomWalk(k), Transition.fixed(one.denseTransition()))) {
                ModelTemplate template = ModelTemplate.of(one.sample().states(), initial, transition);
                for (double[] q : List.of(one.diagonalQ(), one.fullQ())) {
                    double r = one.r();
                    double expected = one.filtered(EXACT, template, one.q(q), r(r));
                    assertClose(ENGINE.evaluator(one.sample(), template).value(q, new double[] {r}), expected, 1e-8);
                    assertSame(ENGINE.evaluator(one.sample(), template).value(q, new double[] {r}),
                            one.filtered(ENGINE, template, one.q(q), r(r)));
                    assertSame(EXACT.evaluator(one.sample(), template).value(q, new double[] {r}), expected);
                }
            }
        }
    }

    private static LikelihoodEvaluator straightLine(LikelihoodCase one, LikelihoodKernel kernel, ScoreKernel scoreKernel) {
        Noise any = Noise.constant(Covariance.scalar(one.k(), 1));
        FlatModel model = new FlatModel(one.sample(), one.randomWalk().complete(any, r(1)));
        return new FlatEvaluator(one.randomWalk(), model, new FastPass(model, kernel, scoreKernel));
    }

    private static void assertSame(double actual, double expected) {
        assertClose(actual, expected, 1e-10);
    }

    private static void assertClose(double actual, double expected, double tolerance) {
        assertThat(actual).isCloseTo(expected, Offset.offset(tolerance * Math.max(LikelihoodCase.DATES, Math.abs(expected))));
    }
}
