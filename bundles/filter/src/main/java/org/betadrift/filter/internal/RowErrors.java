package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.model.Matrix;

/**
 * Smoothing errors row by row, from the last to the first:
 * <pre>{@code
 * u = F^-1 e - g'r,  D = F^-1 + g'N g,  r = r + h u,  N = N - h w' - w h' + D h h'  with  w = N g
 * r = T'r,  N = T'N T                                                               into the date before.
 * }</pre>
 * Durbin and Koopman (2012), 4.4, 4.5 and, for the limits F^-1 = 0, 5.3. One use, one thread.
 */
final class RowErrors {
    /** K. */
    final double[] r;
    /** K x K. */
    final double[] n;
    private final int k;
    private final double[] w;
    private final double[] work;
    private double u;
    private double d;

    RowErrors(int k) {
        this.k = k;
        r = new double[k];
        n = new double[k * k];
        w = new double[k];
        work = new double[k * k];
    }

    /** Of the row gone through last. */
    double u() {
        return u;
    }

    /** Of the row gone through last. */
    double d() {
        return d;
    }

    /** r = T'r, N = T'N T. */
    void back(Matrix transition) {
        for (int i = 0; i < k; i++) {
            double sum = 0;
            for (int l = 0; l < k; l++) {
                sum += transition.get(l, i) * r[l];
            }
            w[i] = sum;
            for (int j = 0; j < k; j++) {
                double product = 0;
                for (int l = 0; l < k; l++) {
                    product += n[i * k + l] * transition.get(l, j);
                }
                work[i * k + j] = product;
            }
        }
        System.arraycopy(w, 0, r, 0, k);
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += transition.get(l, i) * work[l * k + j];
                }
                n[i * k + j] = sum;
            }
        }
    }

    /** @return false when the row told nothing */
    boolean back(double precision, double innovation, double[] g, int at, double[] h, int hAt) {
        if (Double.isNaN(precision)) {
            return false;
        }
        u = precision * innovation;
        d = precision;
        // w = N g, by rows of the symmetric N: no sum waits for another
        Arrays.fill(w, 0);
        for (int j = 0; j < k; j++) {
            double gj = g[at + j];
            for (int i = 0; i < k; i++) {
                w[i] += n[j * k + i] * gj;
            }
        }
        for (int i = 0; i < k; i++) {
            u -= g[at + i] * r[i];
            d += g[at + i] * w[i];
        }
        for (int i = 0; i < k; i++) {
            double hi = h[hAt + i];
            r[i] += hi * u;
            for (int j = 0; j <= i; j++) {
                double hj = h[hAt + j];
                double next = n[i * k + j] - hi * w[j] - w[i] * hj + d * hi * hj;
                n[i * k + j] = next;
                n[j * k + i] = next;
            }
        }
        return true;
    }
}
