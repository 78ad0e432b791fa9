package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ScoreDifferences;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The score against differences, over seeded random cases with missing y; K and the seed are the test's name. */
class LikelihoodScoreTest {
    private static final double TOLERANCE = 1e-7;

    static Stream<Arguments> cases() {
        return IntStream.rangeClosed(1, 6).boxed().flatMap(k -> IntStream.range(0, 2).mapToObj(seed -> Arguments.of(k, seed)));
    }

    static List<FilterEngine> engines() {
        return List.of(new CovarianceEngine(), new UdEngine());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void openQAndR(int k, int seed) {
        LikelihoodCase one = LikelihoodCase.of(k, seed);
        for (ModelTemplate template : templates(one)) {
            for (FilterEngine engine : engines()) {
                for (Sample sample : List.of(one.sample(), withoutFirst(one.sample(), 3))) {
                    for (double[] q : List.of(one.definiteDiagonalQ(), one.definiteQ())) {
                        ScoreDifferences.assertScore(engine.evaluator(sample, template), q, new double[] {one.r()}, TOLERANCE);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aHalfIsFixedAndVaries(int k, int seed) {
        LikelihoodCase one = LikelihoodCase.of(k, seed);
        int n = LikelihoodCase.DATES;
        Noise q = Noise.varying(IntStream.range(0, n).mapToObj(t -> Covariance.ofPacked(k, one.fullQ())).toList());
        Noise r = Noise.varying(one.random().doubles(n, 1e-5, 1e-3).toArray());
        for (ModelTemplate template : templates(one)) {
            for (FilterEngine engine : engines()) {
                ScoreDifferences.assertScore(engine.evaluator(one.sample(), template.withObservationNoise(r)), one.definiteQ(), null, TOLERANCE);
                if (!template.initial().isStationary()) {
                    ScoreDifferences.assertScore(engine.evaluator(one.sample(), template.withStateNoise(q)), null, new double[] {one.r()}, TOLERANCE);
                }
                ScoreDifferences.assertScore(engine.evaluator(one.sample(), template.withStateNoise(one.q(one.diagonalQ()))), null,
                        new double[] {one.r()}, TOLERANCE);
            }
        }
    }

    /** In one call what two calls tell, the second at squares / N of the first. */
    @ParameterizedTest
    @MethodSource("cases")
    void atTheBestScale(int k, int seed) {
        LikelihoodCase one = LikelihoodCase.of(k, seed);
        for (ModelTemplate template : templates(one)) {
            boolean knowsNoScale = template.initial().isStationary() || IntStream.range(0, k).allMatch(template.initial()::isDiffuse);
            for (FilterEngine engine : knowsNoScale ? engines() : List.<FilterEngine>of()) {
                LikelihoodEvaluator evaluator = engine.evaluator(one.sample(), template);
                double[] q = one.definiteQ();
                double[] r = {one.r()};
                double terms = terms(evaluator, q, r);
                double[] scoreQ = new double[q.length];
                double[] scoreR = new double[1];
                double value = evaluator.valueAndScoreAtBestScale(terms, q, r, scoreQ, scoreR);
                double c = evaluator.squares() / terms;
                double[] expectedQ = new double[q.length];
                double[] expectedR = new double[1];
                double expected = evaluator.valueAndScore(times(c, q), times(c, r), expectedQ, expectedR);
                assertThat(evaluator.squares()).isCloseTo(terms, withinPercentage(1e-7));
                assertThat(value).isCloseTo(expected, withinPercentage(1e-9));
                double largest = Math.max(Math.abs(expectedR[0]), IntStream.range(0, q.length).mapToDouble(i -> Math.abs(expectedQ[i])).max().orElse(0));
                assertThat(scoreQ).containsExactly(expectedQ, within(1e-8 * largest));
                assertThat(scoreR).containsExactly(expectedR, within(1e-8 * largest));
            }
        }
        assertThat(new CovarianceEngine().evaluator(one.sample(), templates(one).get(0).withObservationNoise(Noise.constant(Covariance.scalar(1, 1))))
                .hasScoreAtBestScale()).isFalse();
    }

    /** N of LL(c) = LL(1) - N/2 log c - squares/2 (1/c - 1). */
    private static double terms(LikelihoodEvaluator evaluator, double[] q, double[] r) {
        double value = evaluator.value(q, r);
        double squares = evaluator.squares();
        return Math.rint(2 * (value - evaluator.value(times(4, q), times(4, r)) + 0.375 * squares) / Math.log(4));
    }

    private static double[] times(double c, double[] a) {
        return Arrays.stream(a).map(x -> c * x).toArray();
    }

    /** Every kind of T with every kind of start. */
    private static List<ModelTemplate> templates(LikelihoodCase one) {
        int k = one.k();
        Transition dense = Transition.fixed(one.denseTransition());
        Transition ar = Transition.meanReverting(Vector.of(one.random().doubles(k, 0.8, 1).toArray()), Vector.filled(k, 0.5));
        Transition varying = Transition.varying(IntStream.range(0, LikelihoodCase.DATES).mapToObj(t -> one.denseTransition()).toList());
        List<ModelTemplate> all = new ArrayList<>();
        for (Transition transition : List.of(Transition.randomWalk(k), ar, dense.withConstant(Vector.filled(k, 0.1)), varying)) {
            for (InitialState initial : List.of(one.initial(), InitialState.diffuse(k), one.mixed())) {
                all.add(ModelTemplate.of(one.sample().states(), initial, transition));
            }
        }
        all.add(ModelTemplate.of(one.sample().states(), InitialState.stationary(k), dense));
        all.add(ModelTemplate.of(one.sample().states(), InitialState.stationary(k), ar));
        return all;
    }

    private static Sample withoutFirst(Sample sample, int dates) {
        double[] y = new double[sample.periods()];
        for (int t = 0; t < y.length; t++) {
            y[t] = t < dates ? Double.NaN : sample.y(t, 0);
        }
        return sample.withTargets(y);
    }
}
