package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;

/**
 * beta_t|n = beta_t|t + P r and V = P - P N P for many dates at once: their matrices lie entry by entry, an array
 * each, so that the innermost loop runs over the dates: nothing in it waits for anything, and compilers make vectors of it. One
 * thread.
 */
final class SmoothingBlock {
    /** So many that the loops are long and all of it stays near the processor. */
    static final int DATES = 32;

    private final int k;
    private final int size;
    private final double[][] p;     // P, size x DATES
    private final double[][] bigN;  // N, size x DATES
    private final double[][] r;     // K x DATES
    private final double[][] v;     // V, size x DATES
    private final double[][] row;   // of P N, K x DATES
    private final double[][] means; // P r, K x DATES
    private final double[] most;  // by date: what P_ii / V_ii may be

    SmoothingBlock(int k) {
        this.k = k;
        size = Covariance.size(k);
        p = new double[size][DATES];
        bigN = new double[size][DATES];
        r = new double[k][DATES];
        v = new double[size][DATES];
        row = new double[k][DATES];
        means = new double[k][DATES];
        most = new double[DATES];
    }

    /** @param largest what P_ii / V_ii may be on date t */
    void set(int t, StatePath filtered, double[] rOfDate, double[] nOfDate, double largest) {
        int b = t % DATES;
        for (int i = 0, at = 0; i < k; i++) {
            r[i][b] = rOfDate[i];
            for (int j = 0; j <= i; j++, at++) {
                p[at][b] = filtered.covariance(t, i, j);
                bigN[at][b] = nOfDate[at];
            }
        }
        most[b] = largest;
    }

    /** Writes dates {@code from..to - 1}, last first, as long as digits suffice. @return the first date that is written */
    int write(FilterResult filter, SmoothedArrays out, int from, int to) {
        if (from == to) {
            return to;
        }
        multiply();
        for (int t = to - 1; t >= from; t--) {
            int b = t % DATES;
            for (int i = 0; i < k; i++) {
                int at = Covariance.index(i, i);
                if (!(p[at][b] <= most[b] * v[at][b])) {
                    return t + 1;
                }
            }
            for (int i = 0; i < k; i++) {
                out.means[t * k + i] = filter.filtered().mean(t, i) + means[i][b];
            }
            for (int i = 0; i < size; i++) {
                out.covariances[t * size + i] = v[i][b];
            }
        }
        return from;
    }

    /** Every date of the block, those that aren't set too: they cost nothing more. */
    private void multiply() {
        for (int i = 0; i < k; i++) {
            Arrays.fill(means[i], 0);
            for (double[] entry : row) {
                Arrays.fill(entry, 0);
            }
            for (int j = 0; j < k; j++) {
                double[] pij = p[Covariance.index(i, j)];
                add(means[i], pij, r[j]);
                for (int l = 0; l < k; l++) {
                    add(row[l], pij, bigN[Covariance.index(j, l)]);
                }
            }
            for (int l = 0; l <= i; l++) {
                double[] vil = v[Covariance.index(i, l)];
                System.arraycopy(p[Covariance.index(i, l)], 0, vil, 0, DATES);
                for (int j = 0; j < k; j++) {
                    subtract(vil, row[j], p[Covariance.index(j, l)]);
                }
            }
        }
    }

    private static void add(double[] to, double[] a, double[] b) {
        for (int i = 0; i < to.length; i++) {
            to[i] += a[i] * b[i];
        }
    }

    private static void subtract(double[] to, double[] a, double[] b) {
        for (int i = 0; i < to.length; i++) {
            to[i] -= a[i] * b[i];
        }
    }
}
