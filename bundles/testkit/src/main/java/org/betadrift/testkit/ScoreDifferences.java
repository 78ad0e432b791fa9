package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;

/** A score against central differences of the value, extrapolated twice (Richardson): their error falls with the sixth power of the step. */
public final class ScoreDifferences {
    /** Of a variance, in its own units. */
    private static final double STEP = 0.02;
    /** Beside the diagonal: so far that Q stays definite. */
    private static final double SMALL_STEP = 0.2 * STEP;

    private ScoreDifferences() { }

    /**
     * Checks every entry, to {@code tolerance} of the largest one once each is counted in units of its own variances.
     *
     * @param q packed, definite, its correlations below 0.9; or null. Changed and put back
     * @param r likewise
     */
    public static void assertScore(LikelihoodEvaluator evaluator, double[] q, double[] r, double tolerance) {
        double[] scoreQ = q == null ? null : new double[q.length];
        double[] scoreR = r == null ? null : new double[r.length];
        double value = evaluator.valueAndScore(q, r, scoreQ, scoreR);
        assertThat(value).as("value beside the score").isFinite();
        assertThat(value).as("value beside the score").isCloseTo(evaluator.value(q, r), Offset.offset(1e-10 * (100 + Math.abs(value))));
        double[] ofQ = differences(evaluator, q, r, q);
        double[] ofR = differences(evaluator, q, r, r);
        double largest = Math.max(1, Math.max(largest(ofQ), largest(ofR)));
        assertClose("score of Q", scoreQ, ofQ, q, tolerance * largest);
        assertClose("score of R", scoreR, ofR, r, tolerance * largest);
    }

    /** By entry of {@code of}, in units of its variances: G_ij of dLL = tr(G dQ), so half of what moving both entries does. */
    private static double[] differences(LikelihoodEvaluator evaluator, double[] q, double[] r, double[] of) {
        double[] all = new double[of == null ? 0 : of.length];
        for (int i = 0, at = 0; at < all.length; i++) {
            for (int j = 0; j <= i; j++, at++) {
                all[at] = central(evaluator, q, r, of, at, unit(of, i, j), i == j ? STEP : SMALL_STEP) * (i == j ? 1 : 0.5);
            }
        }
        return all;
    }

    private static double unit(double[] packed, int i, int j) {
        return Math.sqrt(packed[Covariance.index(i, i)]) * Math.sqrt(packed[Covariance.index(j, j)]);
    }

    private static double central(LikelihoodEvaluator evaluator, double[] q, double[] r, double[] of, int at, double unit, double step) {
        double[] d = new double[3];
        for (int i = 0; i < d.length; i++) {
            double now = step / (1 << i);
            double was = of[at];
            of[at] = was + now * unit;
            double up = evaluator.value(q, r);
            of[at] = was - now * unit;
            double down = evaluator.value(q, r);
            of[at] = was;
            d[i] = (up - down) / (2 * now);
        }
        double first = (4 * d[1] - d[0]) / 3;
        double second = (4 * d[2] - d[1]) / 3;
        return (16 * second - first) / 15;
    }

    private static double largest(double[] all) {
        double largest = 0;
        for (double x : all) {
            largest = Math.max(largest, Math.abs(x));
        }
        return largest;
    }

    private static void assertClose(String what, double[] score, double[] differences, double[] packed, double tolerance) {
        for (int i = 0, at = 0; at < differences.length; i++) {
            for (int j = 0; j <= i; j++, at++) {
                assertThat(score[at] * unit(packed, i, j)).as("%s(%s,%s) in units of its variances", what, i, j)
                        .isCloseTo(differences[at], Offset.offset(tolerance));
            }
        }
    }
}
