package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.betadrift.filter.LikelihoodEvaluator;

/** Derivatives of a likelihood by central differences, extrapolated twice (Richardson): the error falls with the sixth power of the step. */
final class Differences {
    private static final double STEP = 0.02;

    private Differences() {
    }

    /**
     * The scores of both halves against the differences, to {@code tolerance} of the largest component once every parameter is
     * counted in units of its own size.
     *
     * @param q packed and definite, or null; an entry beside the diagonal must not be zero
     * @param r positive, or null
     */
    static void assertScore(LikelihoodEvaluator evaluator, double[] q, double[] r, double tolerance) {
        double[] scoreQ = q == null ? null : new double[q.length];
        double[] scoreR = r == null ? null : new double[1];
        double value = evaluator.valueAndScore(q, r, scoreQ, scoreR);
        assertThat(value).isEqualTo(evaluator.value(q, r)).isFinite();
        double largest = 1;
        double[] wanted = new double[q == null ? 0 : q.length];
        double[] unit = new double[wanted.length];
        for (int i = 0, ij = 0; ij < wanted.length; i++) {
            for (int j = 0; j <= i; j++, ij++) {
                unit[ij] = Math.sqrt(q[i * (i + 1) / 2 + i] * q[j * (j + 1) / 2 + j]) * (i == j ? 1 : 0.5);
                wanted[ij] = central(evaluator, q, r, q, ij, unit[ij] * (i == j ? 1 : 0.2)) * (i == j ? 1 : 0.5);
                largest = Math.max(largest, Math.abs(wanted[ij] * unit[ij]));
            }
        }
        if (r != null) {
            double ofR = central(evaluator, q, r, r, 0, r[0]);
            largest = Math.max(largest, Math.abs(ofR * r[0]));
            assertThat(scoreR[0] * r[0]).as("dLL/dR R").isCloseTo(ofR * r[0], Offset.offset(tolerance * largest));
        }
        for (int ij = 0; ij < wanted.length; ij++) {
            assertThat(scoreQ[ij] * unit[ij]).as("dLL/dQ Q, entry %s", ij).isCloseTo(wanted[ij] * unit[ij], Offset.offset(tolerance * largest));
        }
    }

    private static double central(LikelihoodEvaluator evaluator, double[] q, double[] r, double[] of, int at, double unit) {
        double[] d = new double[3];
        for (int i = 0; i < d.length; i++) {
            double step = STEP * unit / (1 << i);
            double was = of[at];
            of[at] = was + step;
            double up = evaluator.value(q, r);
            of[at] = was - step;
            double down = evaluator.value(q, r);
            of[at] = was;
            d[i] = (up - down) / (2 * step);
        }
        double first = (4 * d[1] - d[0]) / 3;
        double second = (4 * d[2] - d[1]) / 3;
        return (16 * second - first) / 15;
    }
}
