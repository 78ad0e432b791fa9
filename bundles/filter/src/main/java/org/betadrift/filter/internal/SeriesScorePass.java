package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.model.Covariance;

/**
 * {@link ScorePass} of one series of a {@link DecoupledPass}, a random walk from a diffuse start, that keeps what is to be multiplied with
 * other series: u of every date and r into every date; and the sums of D and N. One thread, no allocation after birth.
 */
final class SeriesScorePass {
    private final FlatModel model;
    private final int k;
    private final double[] r;    // K
    private final double[] bigN; // packed
    private final double[] w;    // K
    /** Sum of N over the noises into all dates but the first, packed. */
    final double[] sumOfN;

    SeriesScorePass(FlatModel model) {
        this.model = model;
        k = model.states;
        r = new double[k];
        bigN = new double[Covariance.size(k)];
        w = new double[k];
        sumOfN = new double[bigN.length];
    }

    /**
     * @param tape minus everything
     * @param us written: u of date t at t m + i
     * @param rs written: r_j into date t &gt; 0 at (t kept + places[j]) m + i; zero into the first one
     * @param places by state: where its r goes, or -1 for nowhere
     * @param kept number of states whose r goes somewhere
     * @return sum of D
     */
    double run(Tape tape, double[] us, double[] rs, int m, int i, int[] places, int kept) {
        Arrays.fill(r, 0);
        Arrays.fill(bigN, 0);
        Arrays.fill(sumOfN, 0);
        double sumOfD = k == 2 ? two(tape, us, rs, m, i, places, kept) : any(tape, us, rs, m, i, places, kept);
        for (int j = 0; j < kept && model.dates > 0; j++) {
            rs[j * m + i] = 0;
        }
        return sumOfD;
    }

    private double any(Tape tape, double[] us, double[] rs, int m, int series, int[] places, int kept) {
        double sumOfD = 0;
        double[] h = model.h;
        double[] g = tape.rows;
        for (int t = model.dates - 1; t >= 0; t--) {
            int at = t * tape.step;
            int hAt = t * k;
            double u = -g[at + k];
            double d = -g[at + k + 1];
            // u = y~ / S - K'r, w = N K, D = 1 / S + K'w; g is -K
            for (int i = 0; i < k; i++) {
                double dot = 0;
                for (int j = 0; j < k; j++) {
                    dot -= bigN[Covariance.index(i, j)] * g[at + j];
                }
                w[i] = dot;
                u += g[at + i] * r[i];
                d -= g[at + i] * dot;
            }
            us[t * m + series] = u;
            sumOfD += d;
            // r = r + h u, N = N - h z' - z h' with z = w - D h / 2
            for (int i = 0; i < k; i++) {
                r[i] += h[hAt + i] * u;
                w[i] -= 0.5 * d * h[hAt + i];
                if (places[i] >= 0) {
                    rs[(t * kept + places[i]) * m + series] = r[i];
                }
            }
            for (int i = 0, ij = 0; i < k; i++) {
                for (int j = 0; j <= i; j++, ij++) {
                    bigN[ij] -= h[hAt + i] * w[j] + w[i] * h[hAt + j];
                    sumOfN[ij] += t > 0 ? bigN[ij] : 0;
                }
            }
        }
        return sumOfD;
    }

    /** The same of two states, without loops. */
    private double two(Tape tape, double[] us, double[] rs, int m, int series, int[] places, int kept) {
        double[] h = model.h;
        double[] g = tape.rows;
        int place0 = places[0];
        int place1 = places[1];
        double r0 = 0;
        double r1 = 0;
        double n00 = 0;
        double n10 = 0;
        double n11 = 0;
        double sum00 = 0;
        double sum10 = 0;
        double sum11 = 0;
        double sumOfD = 0;
        for (int t = model.dates - 1; t >= 0; t--) {
            double g0 = -g[4 * t];
            double g1 = -g[4 * t + 1];
            double h0 = h[2 * t];
            double h1 = h[2 * t + 1];
            double w0 = n00 * g0 + n10 * g1;
            double w1 = n10 * g0 + n11 * g1;
            double u = -g[4 * t + 2] - g0 * r0 - g1 * r1;
            double d = -g[4 * t + 3] + g0 * w0 + g1 * w1;
            us[t * m + series] = u;
            sumOfD += d;
            r0 += h0 * u;
            r1 += h1 * u;
            if (place0 >= 0) {
                rs[(t * kept + place0) * m + series] = r0;
            }
            if (place1 >= 0) {
                rs[(t * kept + place1) * m + series] = r1;
            }
            w0 -= 0.5 * d * h0;
            w1 -= 0.5 * d * h1;
            n00 -= 2 * h0 * w0;
            n10 -= h1 * w0 + w1 * h0;
            n11 -= 2 * h1 * w1;
            if (t > 0) {
                sum00 += n00;
                sum10 += n10;
                sum11 += n11;
            }
        }
        sumOfN[0] = sum00;
        sumOfN[1] = sum10;
        sumOfN[2] = sum11;
        return sumOfD;
    }
}
