package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;

/**
 * beta_t|n = beta_t|t + P r and V = P - P N P for many dates at once: their matrices lie entry by entry, so that the innermost
 * loop runs over the dates and nothing in it waits for anything. One thread.
 */
final class SmoothingBlock {
    /** So many that the loops are long and all of it stays near the processor. */
    static final int DATES = 32;

    private final int k;
    private final int size;
    private final double[] p;     // P, size x DATES
    private final double[] bigN;  // N, size x DATES
    private final double[] r;     // K x DATES
    private final double[] v;     // V, size x DATES
    private final double[] row;   // of P N, K x DATES
    private final double[] means; // P r, K x DATES
    private final double[] most;  // by date: what P_ii / V_ii may be

    SmoothingBlock(int k) {
        this.k = k;
        size = Covariance.size(k);
        p = new double[size * DATES];
        bigN = new double[size * DATES];
        r = new double[k * DATES];
        v = new double[size * DATES];
        row = new double[k * DATES];
        means = new double[k * DATES];
        most = new double[DATES];
    }

    /** @param largest what P_ii / V_ii may be on date t */
    void set(int t, StatePath filtered, double[] rOfDate, double[] nOfDate, double largest) {
        int b = t % DATES;
        for (int i = 0, at = b; i < k; i++) {
            r[i * DATES + b] = rOfDate[i];
            for (int j = 0; j <= i; j++, at += DATES) {
                p[at] = filtered.covariance(t, i, j);
            }
        }
        for (int i = 0, at = b; i < size; i++, at += DATES) {
            bigN[at] = nOfDate[i];
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
                int at = Covariance.index(i, i) * DATES + b;
                if (!(p[at] <= most[b] * v[at])) {
                    return t + 1;
                }
            }
            for (int i = 0; i < k; i++) {
                out.means[t * k + i] = filter.filtered().mean(t, i) + means[i * DATES + b];
            }
            for (int i = 0, at = b, put = t * size; i < size; i++, at += DATES, put++) {
                out.covariances[put] = v[at];
            }
        }
        return from;
    }

    /** Every date of the block, those that aren't set too: they cost nothing more. */
    private void multiply() {
        System.arraycopy(p, 0, v, 0, p.length);
        Arrays.fill(means, 0);
        for (int i = 0; i < k; i++) {
            Arrays.fill(row, 0);
            for (int j = 0; j < k; j++) {
                int pij = Covariance.index(i, j) * DATES;
                add(means, i * DATES, p, pij, r, j * DATES);
                for (int l = 0; l < k; l++) {
                    add(row, l * DATES, p, pij, bigN, Covariance.index(j, l) * DATES);
                }
            }
            for (int l = 0; l <= i; l++) {
                int vil = Covariance.index(i, l) * DATES;
                for (int j = 0; j < k; j++) {
                    subtract(v, vil, row, j * DATES, p, Covariance.index(j, l) * DATES);
                }
            }
        }
    }

    private static void add(double[] to, int toAt, double[] a, int aAt, double[] b, int bAt) {
        for (int i = 0; i < DATES; i++) {
            to[toAt + i] += a[aAt + i] * b[bAt + i];
        }
    }

    private static void subtract(double[] to, int toAt, double[] a, int aAt, double[] b, int bAt) {
        for (int i = 0; i < DATES; i++) {
            to[toAt + i] -= a[aAt + i] * b[bAt + i];
        }
    }
}
