package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.betadrift.filter.internal.LikelihoodCase.r;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
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

/** The evaluator gives what filtering gives, over seeded random cases with missing y; K and the seed are the test's name. */
class CovarianceEvaluatorTest {
    private static final CovarianceEngine ENGINE = new CovarianceEngine();

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
            if (k <= StraightLine.MOST_STATES) {
                assertSame(straightLine(one, StraightLine.fused(k)).value(q, new double[] {r}), expected);
                assertSame(straightLine(one, StraightLine.plain(k)).value(q, new double[] {r}), expected);
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
            double value = ENGINE.evaluator(one.sample(), one.template(transition)).value(q, new double[] {r});
            assertSame(value, one.filtered(ENGINE, one.template(transition), one.q(q), r(r)));
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

    /** R = 0, digits at risk and numbers near the limits are the exact kernel's, or treated as the filter does. */
    @ParameterizedTest
    @MethodSource("cases")
    void troubleIsHandedOver(int k, int seed) {
        LikelihoodCase one = LikelihoodCase.of(k, seed);
        ModelTemplate vague = vague(one, 1e12);
        double[] q = one.diagonalQ();
        q[0] = 1e-3;
        for (double r : new double[] {1e-5, 0}) {
            FlatModel model = new FlatModel(one.sample(), vague.complete(one.q(q), r(r)));
            LikelihoodKernel kernel = k <= StraightLine.MOST_STATES ? StraightLine.of(k) : null;
            ExactPass exact = new Exact() {
                @Override
                public double logLikelihood() {
                    return 42;
                }
            };
            assertThat(new CovarianceEvaluator(vague, model, exact, kernel).value(q, new double[] {r})).isEqualTo(42);
        }
        double alone = ENGINE.evaluator(one.sample(), vague(one, 1e10)).value(q, new double[] {1e-5});
        double filtered = one.filtered(ENGINE, vague(one, 1e10), one.q(q), r(1e-5));
        assertThat(alone).isCloseTo(filtered, Offset.offset(1e-3 * Math.abs(filtered))); // few digits are left to either
    }

    private static ModelTemplate vague(LikelihoodCase one, double variance) {
        InitialState initial = InitialState.known(Vector.filled(one.k(), 0), Covariance.scalar(one.k(), variance));
        return ModelTemplate.of(one.sample().states(), initial, Transition.randomWalk(one.k()));
    }

    /** An exact kernel does the first dates; here the covariance kernel stands for it, and the variances aren't infinite. */
    @ParameterizedTest
    @MethodSource("cases")
    void theExactKernelStarts(int k, int seed) {
        LikelihoodCase one = LikelihoodCase.of(k, seed);
        boolean[] all = new boolean[k];
        Arrays.fill(all, true);
        ModelTemplate diffuse = ModelTemplate.of(one.sample().states(), InitialState.diffuse(k), Transition.randomWalk(k));
        double[] q = one.diagonalQ();
        double r = one.r();
        FlatModel model = new FlatModel(one.sample(), diffuse.complete(one.q(q), r(r)));
        assertThat(model.diffuse).isEqualTo(all);
        Exact exact = new Exact() {
            @Override
            public int start(double[] beta, double[] p) {
                CovarianceKernel kernel = new CovarianceKernel(one.randomWalk().complete(one.q(q), r(r)));
                double sum = 0;
                int t = 0;
                for (; t < 20; t++) {
                    kernel.predict(t);
                    if (model.isObserved(t)) {
                        kernel.update(model.y[t], Arrays.copyOfRange(model.h, t * k, (t + 1) * k), r);
                        double v = kernel.innovation();
                        double s = kernel.innovationVariance();
                        sum -= 0.5 * (Math.log(2 * Math.PI * s) + v * v / s);
                    }
                }
                kernel.copyState(beta, 0, p, 0);
                started = sum;
                return t;
            }
        };
        LikelihoodKernel kernel = k <= StraightLine.MOST_STATES ? StraightLine.of(k) : null;
        double value = new CovarianceEvaluator(diffuse, model, exact, kernel).value(q, new double[] {r});
        assertSame(value, one.filtered(ENGINE, one.randomWalk(), one.q(q), r(r)));
    }

    private static class Exact implements ExactPass {
        double started = Double.NaN;

        @Override
        public int start(double[] beta, double[] p) {
            throw new AssertionError("no variance is infinite");
        }

        @Override
        public double startLogLikelihood() {
            return started;
        }

        @Override
        public double logLikelihood() {
            throw new AssertionError("there was no trouble");
        }
    }

    private static LikelihoodEvaluator straightLine(LikelihoodCase one, LikelihoodKernel kernel) {
        int k = one.k();
        Noise any = Noise.constant(Covariance.scalar(k, 1));
        return new CovarianceEvaluator(one.randomWalk(), new FlatModel(one.sample(), one.randomWalk().complete(any, r(1))), new Exact(), kernel);
    }

    private static void assertSame(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, Offset.offset(1e-10 * Math.max(LikelihoodCase.DATES, Math.abs(expected))));
    }
}
