package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.testkit.ScoreDifferences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Series by series beside row by row; targets, factors and intercept are the test's name. */
class DecoupledLikelihoodTest {
    private static final double TOLERANCE = 1e-9;

    static Stream<Arguments> cases() {
        return IntStream.of(2, 3, 5).boxed().flatMap(m -> IntStream.rangeClosed(1, 3).boxed()
                .flatMap(f -> Stream.of(Arguments.of(m, f, false), Arguments.of(m, f, true))));
    }

    static List<FilterEngine> engines() {
        return List.of(new CovarianceEngine(), new UdEngine());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void sameValueSquaresAndScore(int targets, int factors, boolean intercept) {
        TargetsCase one = TargetsCase.of(targets, factors, intercept, 1);
        for (TargetsCase now : List.of(one, one.withoutSomeDates())) {
            for (double[] q : every(now)) {
                double[] r = now.r();
                for (FilterEngine engine : engines()) {
                    assertSame(engine.evaluator(now.sample(), now.template()), general(now, now.template(), engine), q, r);
                    ModelTemplate givenR = now.template().withObservationNoise(noise(targets, r));
                    assertSame(engine.evaluator(now.sample(), givenR), general(now, givenR, engine), q, null);
                    ModelTemplate givenQ = now.template().withStateNoise(noise(now.sample().states().count(), q));
                    assertSame(engine.evaluator(now.sample(), givenQ), general(now, givenQ, engine), null, r);
                }
            }
        }
    }

    /** One block that moves, multiples of one, one of rank one, and none. */
    private static List<double[]> every(TargetsCase one) {
        double[] last = new double[one.factors()];
        last[last.length - 1] = 1;
        double[] all = one.random().doubles(one.factors(), 0, 2).toArray();
        return List.of(one.q(one.w(), last), one.q(one.w(), all), one.q(one.square(1, 1e-2), last), one.q(one.w(), new double[one.factors()]));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void scoreIsTheDerivativeOfItsOwnValue(int targets, int factors, boolean intercept) {
        TargetsCase one = TargetsCase.of(targets, factors, intercept, 2);
        double[] last = new double[one.factors()];
        last[last.length - 1] = 1;
        double[] q = one.q(one.w(), last);
        for (FilterEngine engine : engines()) {
            LikelihoodEvaluator ofR = engine.evaluator(one.sample(), one.template().withStateNoise(noise(one.sample().states().count(), q)));
            ScoreDifferences.assertScore(ofR, null, one.r(), 1e-7);
            assertThat(ofR.method()).startsWith("decoupled");
        }
    }

    /** What isn't read may be anything; what is read stays to the bit. */
    @ParameterizedTest
    @MethodSource("cases")
    void onlyTheScoresThatAreRead(int targets, int factors, boolean intercept) {
        TargetsCase one = TargetsCase.of(targets, factors, intercept, 4);
        int states = one.sample().states().count();
        double[] r = one.r();
        for (double[] q : every(one)) {
            for (FilterEngine engine : engines()) {
                LikelihoodEvaluator evaluator = engine.evaluator(one.sample(), one.template());
                double[] whole = new double[Covariance.size(states)];
                double[] scoreR = new double[Covariance.size(targets)];
                double value = evaluator.valueAndScore(q, r, whole, scoreR);
                boolean[] read = new boolean[states];
                read[states - 1] = true;
                evaluator.readScoresOf(read);
                double[] part = new double[whole.length];
                double[] sameR = new double[scoreR.length];
                assertThat(evaluator.valueAndScore(q, r, part, sameR)).isEqualTo(value);
                assertThat(sameR).containsExactly(scoreR);
                assertThat(part[Covariance.index(states - 1, states - 1)]).isEqualTo(whole[Covariance.index(states - 1, states - 1)]);
            }
        }
    }

    /** In one call what two calls tell, the second at squares / N of the first. */
    @ParameterizedTest
    @MethodSource("cases")
    void atTheBestScale(int targets, int factors, boolean intercept) {
        TargetsCase one = TargetsCase.of(targets, factors, intercept, 3);
        double terms = (TargetsCase.DATES - one.factors()) * (double) targets;
        double[] r = one.r();
        double[] q = one.q(one.w(), one.random().doubles(one.factors(), 0.5, 2).toArray());
        for (FilterEngine engine : engines()) {
            for (LikelihoodEvaluator evaluator : List.of(engine.evaluator(one.sample(), one.template()), general(one, one.template(), engine))) {
                double[] scoreQ = new double[q.length];
                double[] scoreR = new double[r.length];
                double value = evaluator.valueAndScoreAtBestScale(terms, q, r, scoreQ, scoreR);
                double c = evaluator.squares() / terms;
                double[] expectedQ = new double[q.length];
                double[] expectedR = new double[r.length];
                double expected = evaluator.valueAndScore(times(c, q), times(c, r), expectedQ, expectedR);
                assertThat(value).isCloseTo(expected, within(TOLERANCE * Math.abs(expected)));
                assertThat(scoreQ).containsExactly(expectedQ, within(TOLERANCE * largest(expectedQ)));
                assertThat(scoreR).containsExactly(expectedR, within(TOLERANCE * largest(expectedR)));
            }
        }
    }

    /** What doesn't decouple is done row by row, and each call decides anew. */
    @Test
    void everyCallDecides() {
        TargetsCase one = TargetsCase.of(3, 2, true, 4);
        LikelihoodEvaluator evaluator = new UdEngine().evaluator(one.sample(), one.template());
        assertThat(evaluator.method()).isEmpty();
        double[] r = one.r();
        double[] w = one.w();
        evaluator.value(one.q(w, 0, 1, 2), r);
        assertThat(evaluator.method()).isEqualTo("decoupled: 3 series of 3 states");
        double[] other = one.q(w, 0, 1, 2);
        other[Covariance.index(8, 8)] *= 1 + 1e-12;
        evaluator.value(other, r);
        assertThat(evaluator.method()).isEqualTo("general: one row at a time");
        other = one.q(w, 0, 1, 2);
        other[Covariance.index(8, 5)] = 1e-9;
        evaluator.value(other, r);
        assertThat(evaluator.method()).isEqualTo("general: one row at a time");
        double[] singular = one.square(1, 1e-4);
        assertThat(evaluator.value(one.q(w, 1, 1, 1), singular)).isFinite();
        assertThat(evaluator.method()).isEqualTo("general: one row at a time");
        TargetsCase ragged = one.withoutSomeCells(0.1);
        LikelihoodEvaluator general = new UdEngine().evaluator(ragged.sample(), ragged.template());
        general.value(one.q(w, 0, 1, 2), r);
        assertThat(general.method()).isEqualTo("general: one row at a time");
    }

    /** Fewer dates than factors: directions that stay diffuse have no part in the change of units. */
    @Test
    void someDirectionsAreNeverSeen() {
        TargetsCase one = TargetsCase.of(3, 3, true, 5);
        double[][] y = new double[3][TargetsCase.DATES];
        for (int i = 0; i < 3; i++) {
            Arrays.fill(y[i], Double.NaN);
            for (int t = 4; t < 7; t++) {
                y[i][t] = one.sample().y(t, i);
            }
        }
        TargetsCase few = TargetsCase.of(one.sample().withTargets(y), 5);
        for (FilterEngine engine : engines()) {
            assertSame(engine.evaluator(few.sample(), few.template()), general(few, few.template(), engine), few.q(few.w(), 1, 0, 2, 0.5), few.r());
        }
    }

    private static LikelihoodEvaluator general(TargetsCase one, ModelTemplate template, FilterEngine engine) {
        return RowsEvaluator.of(one.sample(), template, null, engine instanceof CovarianceEngine);
    }

    private static Noise noise(int dimension, double[] packed) {
        return Noise.constant(Covariance.ofPacked(dimension, packed));
    }

    private static void assertSame(LikelihoodEvaluator decoupled, LikelihoodEvaluator general, double[] q, double[] r) {
        double[] scoreQ = q == null ? null : new double[q.length];
        double[] scoreR = r == null ? null : new double[r.length];
        double[] expectedQ = q == null ? null : new double[q.length];
        double[] expectedR = r == null ? null : new double[r.length];
        double expected = general.valueAndScore(q, r, expectedQ, expectedR);
        double tolerance = TOLERANCE * (100 + Math.abs(expected));
        assertThat(decoupled.valueAndScore(q, r, scoreQ, scoreR)).isCloseTo(expected, within(tolerance));
        assertThat(decoupled.method()).startsWith("decoupled");
        assertThat(general.method()).startsWith("general");
        assertThat(decoupled.value(q, r)).isCloseTo(expected, within(tolerance));
        assertThat(decoupled.squares()).isCloseTo(general.squares(), within(TOLERANCE * (100 + general.squares())));
        if (q != null) {
            assertThat(scoreQ).containsExactly(expectedQ, within(TOLERANCE * largest(expectedQ)));
        }
        if (r != null) {
            assertThat(scoreR).containsExactly(expectedR, within(TOLERANCE * largest(expectedR)));
        }
    }

    private static double largest(double[] all) {
        return Arrays.stream(all).map(Math::abs).max().orElse(0);
    }

    private static double[] times(double c, double[] a) {
        return Arrays.stream(a).map(x -> c * x).toArray();
    }
}
