package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Matrix;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The information matrix against dense algebra, and the score beside it; K and the seed are the test's name. */
class LikelihoodInformationTest {
    static Stream<Arguments> cases() {
        return IntStream.of(1, 2, 3, 5, 11).boxed().flatMap(k -> IntStream.range(0, 2).mapToObj(seed -> Arguments.of(k, seed)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aKnownStart(int k, int seed) {
        LikelihoodCase one = LikelihoodCase.of(k, seed);
        for (Transition transition : transitions(one)) {
            ModelTemplate template = one.template(transition);
            for (double[] q : List.of(one.diagonalQ(), one.fullQ())) {
                double r = one.r();
                double[][] directions = directions(one);
                DenseInformation dense = new DenseInformation(template, one.sample(), q, r);
                for (FilterEngine engine : LikelihoodScoreTest.engines()) {
                    assertInformation(engine.evaluator(one.sample(), template), q, r, directions, dense.score(directions),
                            dense.information(directions), 1e-8);
                }
            }
        }
    }

    /** A diffuse start is the limit of known ones; T_0 = I, as it moves a known start only. */
    @ParameterizedTest
    @MethodSource("cases")
    void aDiffuseStart(int k, int seed) {
        LikelihoodCase one = LikelihoodCase.of(k, seed);
        for (Transition transition : transitions(one)) {
            Transition first = Transition.varying(IntStream.range(0, LikelihoodCase.DATES)
                    .mapToObj(t -> t == 0 ? Matrix.identity(k) : transition.matrix(t)).toList());
            for (InitialState diffuse : List.of(InitialState.diffuse(k), one.mixed())) {
                double[] p = diffuse.prior().covariance().toPacked();
                for (int i = 0; i < k; i++) {
                    p[Covariance.index(i, i)] += diffuse.isDiffuse(i) ? 1e13 : 0;
                }
                InitialState vague = InitialState.known(diffuse.prior().mean(), Covariance.ofPacked(k, p));
                double[] q = one.definiteQ();
                double[] r = {one.r()};
                double[][] directions = directions(one);
                double[] score = new double[directions.length];
                double[] information = new double[Covariance.size(directions.length)];
                new UdEngine().evaluator(one.sample(), ModelTemplate.of(one.sample().states(), vague, first))
                        .information(q, r, directions, score, information);
                for (FilterEngine engine : LikelihoodScoreTest.engines()) {
                    assertInformation(engine.evaluator(one.sample(), ModelTemplate.of(one.sample().states(), diffuse, first)), q, r[0], directions,
                            score, information, 1e-5);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aHalfOrAStationaryStart(int k, int seed) {
        LikelihoodCase one = LikelihoodCase.of(k, seed);
        ModelTemplate stationary = ModelTemplate.of(one.sample().states(), InitialState.stationary(k), Transition.fixed(one.denseTransition()));
        double[] q = one.fullQ();
        double[] r = {one.r()};
        double[][] both = directions(one);
        double[][] onlyQ = Stream.of(both).map(d -> Arrays.copyOf(d, q.length)).toArray(double[][]::new);
        for (FilterEngine engine : LikelihoodScoreTest.engines()) {
            assertScoreAgrees(engine.evaluator(one.sample(), stationary), q, r, both);
            assertScoreAgrees(engine.evaluator(one.sample(), one.randomWalk().withObservationNoise(LikelihoodCase.r(r[0]))), q, null, onlyQ);
            assertScoreAgrees(engine.evaluator(one.sample(), one.randomWalk().withStateNoise(one.q(q))), null, r, new double[][] {{1}, {2}});
        }
    }

    /** Of states, of all of Q, and of R. */
    private static double[][] directions(LikelihoodCase one) {
        int size = Covariance.size(one.k());
        double[][] directions = new double[4][size + 1];
        directions[0][Covariance.index(one.k() - 1, one.k() - 1)] = 1e-3;
        System.arraycopy(one.fullQ(), 0, directions[1], 0, size);
        System.arraycopy(one.definiteQ(), 0, directions[2], 0, size);
        directions[2][size] = 1e-4;
        directions[3][size] = -2e-4;
        return directions;
    }

    private static List<Transition> transitions(LikelihoodCase one) {
        Vector phi = Vector.of(one.random().doubles(one.k(), 0.8, 1).toArray());
        return List.of(Transition.randomWalk(one.k()), Transition.ar1(phi), Transition.fixed(one.denseTransition()));
    }

    private static void assertInformation(LikelihoodEvaluator evaluator, double[] q, double r, double[][] directions, double[] score,
            double[] information, double tolerance) {
        double[] actualScore = new double[score.length];
        double[] actual = new double[information.length];
        double[] noise = {r};
        assertThat(evaluator.information(q, noise, directions, actualScore, actual)).isEqualTo(evaluator.value(q, noise));
        for (int i = 0; i < score.length; i++) {
            double own = Math.sqrt(information[Covariance.index(i, i)]);
            assertThat(actualScore[i]).as("score %s", i).isCloseTo(score[i], Offset.offset(tolerance * (Math.abs(score[i]) + own)));
            for (int j = 0; j <= i; j++) {
                double other = Math.sqrt(information[Covariance.index(j, j)]);
                assertThat(actual[Covariance.index(i, j)]).as("information %s %s", i, j)
                        .isCloseTo(information[Covariance.index(i, j)], Offset.offset(tolerance * own * other));
            }
        }
        assertScoreAgrees(evaluator, q, noise, directions);
    }

    /** tr(G_Q dQ) + G_R dR. */
    private static void assertScoreAgrees(LikelihoodEvaluator evaluator, double[] q, double[] r, double[][] directions) {
        double[] scoreQ = q == null ? null : new double[q.length];
        double[] scoreR = r == null ? null : new double[1];
        evaluator.valueAndScore(q, r, scoreQ, scoreR);
        double[] along = new double[directions.length];
        evaluator.information(q, r, directions, along, new double[Covariance.size(along.length)]);
        for (int l = 0; l < along.length; l++) {
            double sum = r == null ? 0 : scoreR[0] * directions[l][q == null ? 0 : q.length];
            double size = Math.abs(sum);
            for (int i = 0, ij = 0; q != null && ij < q.length; i++) {
                for (int j = 0; j <= i; j++, ij++) {
                    double term = scoreQ[ij] * directions[l][ij] * (i == j ? 1 : 2);
                    sum += term;
                    size += Math.abs(term);
                }
            }
            assertThat(along[l]).as("score %s", l).isCloseTo(sum, Offset.offset(1e-9 * (1 + size)));
        }
    }
}
