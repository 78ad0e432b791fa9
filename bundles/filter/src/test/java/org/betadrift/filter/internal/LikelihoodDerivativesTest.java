package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.betadrift.filter.internal.LikelihoodCase.r;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Squares, and the score at the edges: variances of zero, no model, one kernel against another. */
class LikelihoodDerivativesTest {
    static IntStream states() {
        return IntStream.rangeClosed(1, 12);
    }

    static List<FilterEngine> engines() {
        return LikelihoodScoreTest.engines();
    }

    /** LL(c Q, c R) = LL(Q, R) - (N - d) / 2 log c + squares / 2 (1 - 1 / c): Harvey (1989), 3.4. */
    @ParameterizedTest
    @MethodSource("states")
    void aScaleMovesTheSquares(int k) {
        LikelihoodCase one = LikelihoodCase.of(k, 3);
        ModelTemplate template = ModelTemplate.of(one.sample().states(), InitialState.diffuse(k), Transition.randomWalk(k));
        double c = 1.7;
        for (FilterEngine engine : engines()) {
            for (double[] q : List.of(one.definiteDiagonalQ(), one.definiteQ())) {
                LikelihoodEvaluator evaluator = engine.evaluator(one.sample(), template);
                assertThat(evaluator.squares()).isNaN();
                double[] noise = {one.r()};
                double value = evaluator.value(q, noise);
                double squares = evaluator.squares();
                FilterResult pass = engine.filter(template.complete(one.q(q), r(noise[0])), one.sample(), FilterOptions.defaults(), Monitor.NONE);
                int n = pass.observations() - pass.diffuseObservations();
                double scaled = evaluator.value(IntStream.range(0, q.length).mapToDouble(i -> c * q[i]).toArray(), new double[] {c * noise[0]});
                assertThat(evaluator.squares()).isCloseTo(squares / c, Offset.offset(1e-9 * squares));
                assertThat(scaled).isCloseTo(value - 0.5 * n * Math.log(c) + 0.5 * squares * (1 - 1 / c), Offset.offset(1e-9 * n));
                evaluator.valueAndScore(q, noise, new double[q.length], new double[1]);
                assertThat(evaluator.squares()).isEqualTo(squares);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("states")
    void straightLinesAndLoopsAgree(int k) {
        LikelihoodCase one = LikelihoodCase.of(k, 4);
        for (InitialState initial : List.of(one.initial(), InitialState.diffuse(k), one.mixed())) {
            ModelTemplate template = ModelTemplate.of(one.sample().states(), initial, Transition.randomWalk(k));
            double[] q = one.diagonalQ();
            double[] noise = {one.r()};
            double[] expected = scores(evaluator(one, template, null, null), q, noise);
            assertScores(scores(new UdEngine().evaluator(one.sample(), template), q, noise), expected);
            if (k <= StraightLine.MOST_STATES) {
                assertScores(scores(evaluator(one, template, StraightLine.fused(k), StraightScore.fused(k)), q, noise), expected);
                assertScores(scores(evaluator(one, template, StraightLine.plain(k), StraightScore.plain(k)), q, noise), expected);
            }
        }
    }

    /** Digits at risk: the whole sample is the exact kernel's. */
    @ParameterizedTest
    @MethodSource("states")
    void troubleIsHandedOver(int k) {
        LikelihoodCase one = LikelihoodCase.of(k, 5);
        InitialState vague = InitialState.known(Vector.filled(k, 0), Covariance.scalar(k, 1e12));
        ModelTemplate template = ModelTemplate.of(one.sample().states(), vague, Transition.randomWalk(k));
        double[] q = one.definiteDiagonalQ();
        for (double variance : new double[] {1e-5, 0}) {
            double[] noise = {variance};
            assertScores(scores(new CovarianceEngine().evaluator(one.sample(), template), q, noise),
                    scores(new UdEngine().evaluator(one.sample(), template), q, noise));
        }
    }

    /** At a variance of zero the derivative is that to the right. */
    @Test
    void variancesOfZero() {
        LikelihoodCase one = LikelihoodCase.of(2, 6);
        for (FilterEngine engine : engines()) {
            LikelihoodEvaluator evaluator = engine.evaluator(one.sample(), one.randomWalk());
            assertRight(evaluator, new double[] {0, 0, 1e-3}, new double[] {1e-4}, 1e-7, 0);
            assertRight(evaluator, new double[] {1e-3, 0, 1e-2}, new double[] {0}, 0, 1e-9);
        }
    }

    /** (4 f(h) - f(2h) - 3 f(0)) / 2h. */
    private static void assertRight(LikelihoodEvaluator evaluator, double[] q, double[] r, double stepQ, double stepR) {
        double[] score = scores(evaluator, q, r);
        double[] f = new double[3];
        for (int i = 0; i < 3; i++) {
            f[i] = evaluator.value(new double[] {q[0] + i * stepQ, q[1], q[2]}, new double[] {r[0] + i * stepR});
        }
        double difference = (4 * f[1] - f[2] - 3 * f[0]) / (2 * (stepQ + stepR));
        double own = stepQ > 0 ? score[0] : score[3];
        assertThat(own).isCloseTo(difference, Offset.offset(1e-4 * Math.abs(difference)));
    }

    /** Every row is foretold: with the least noise it would count log S, so the value is a number and its derivative isn't. */
    @Test
    void whatIsForetoldHasNoDerivative() {
        double[] x = {0.01, -0.02, 0.03};
        List<LocalDate> dates = IntStream.range(0, 3).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
        Sample sample = Sample.builder(ReturnPanel.builder(dates).column("y", 0.005, -0.01, 0.015).column("x", x).build())
                .target("y", List.of("x")).build();
        ModelTemplate template = ModelTemplate.of(sample.states(), InitialState.known(Vector.of(0.5), Covariance.scalar(1, 0)), Transition.randomWalk(1));
        for (FilterEngine engine : engines()) {
            double[] score = new double[1];
            double[] information = new double[1];
            LikelihoodEvaluator evaluator = engine.evaluator(sample, template);
            assertThat(evaluator.valueAndScore(new double[1], new double[1], score, new double[1])).isZero();
            assertThat(score[0]).isNaN();
            assertThat(evaluator.information(new double[1], new double[1], new double[][] {{1, 0}}, score, information)).isZero();
            assertThat(information[0]).isNaN();
        }
    }

    @Test
    void noModelHasNoDerivative() {
        LikelihoodCase one = LikelihoodCase.of(2, 1);
        for (FilterEngine engine : engines()) {
            LikelihoodEvaluator evaluator = engine.evaluator(one.sample(), one.randomWalk());
            assertThat(evaluator.hasScore()).isTrue();
            assertThat(evaluator.hasInformation()).isTrue();
            double[] score = new double[3];
            double[] ofR = new double[1];
            assertThat(evaluator.valueAndScore(new double[] {1, 2, 1}, new double[] {1e-4}, score, ofR)).isNaN();
            assertThat(score).containsOnly(Double.NaN);
            assertThat(ofR).containsOnly(Double.NaN);
            assertThat(evaluator.squares()).isNaN();
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        LikelihoodCase one = LikelihoodCase.of(2, 1);
        LikelihoodEvaluator evaluator = new UdEngine().evaluator(one.sample(), one.randomWalk());
        double[] q = one.fullQ();
        double[] noise = {one.r()};
        assertThatThrownBy(() -> evaluator.valueAndScore(q, noise, new double[2], new double[1])).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("length of the score of the state noise");
        assertThatThrownBy(() -> evaluator.valueAndScore(q, noise, new double[3], null)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> evaluator.information(q, noise, new double[1][3], new double[1], new double[1]))
                .isInstanceOf(InvalidInputException.class).hasMessageContaining("length of the direction");
        assertThatThrownBy(() -> evaluator.information(q, noise, new double[2][4], new double[2], new double[2]))
                .isInstanceOf(InvalidInputException.class).hasMessageContaining("length of the information");
    }

    /** Packed Q, then R. */
    private static double[] scores(LikelihoodEvaluator evaluator, double[] q, double[] r) {
        double[] ofQ = new double[q.length];
        double[] ofR = new double[1];
        assertThat(evaluator.valueAndScore(q, r, ofQ, ofR)).isFinite();
        double[] all = Arrays.copyOf(ofQ, q.length + 1);
        all[q.length] = ofR[0];
        return all;
    }

    private static void assertScores(double[] actual, double[] expected) {
        double largest = 0;
        for (int i = 0; i < expected.length - 1; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        for (int i = 0; i < expected.length; i++) {
            double unit = i < expected.length - 1 ? largest : Math.abs(expected[i]);
            assertThat(actual[i]).as("score %s", i).isCloseTo(expected[i], Offset.offset(1e-8 * unit));
        }
    }

    private static LikelihoodEvaluator evaluator(LikelihoodCase one, ModelTemplate template, LikelihoodKernel kernel, ScoreKernel scoreKernel) {
        FlatModel model = new FlatModel(one.sample(), template.complete(one.q(one.fullQ()), r(1)));
        return new FlatEvaluator(template, model, new FastPass(model, kernel, scoreKernel));
    }
}
