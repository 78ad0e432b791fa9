package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.model.Covariance;

/** Products of a square and a packed matrix, in place. */
final class Packed {
    private Packed() {
    }

    /**
     * S = A S A'.
     *
     * @param a K x K by rows from {@code at}
     * @param s packed from {@code sAt}
     * @param work K x K
     */
    static void sandwich(double[] a, int at, double[] s, int sAt, double[] work, int k) {
        // work = A S
        for (int i = 0; i < k; i++) {
            int row = i * k;
            Arrays.fill(work, row, row + k, 0);
            for (int l = 0; l < k; l++) {
                double ail = a[at + row + l];
                for (int j = 0; j < k && ail != 0; j++) {
                    work[row + j] += ail * s[sAt + Covariance.index(l, j)];
                }
            }
        }
        // S = work A'
        for (int i = 0, ij = sAt; i < k; i++) {
            for (int j = 0; j <= i; j++, ij++) {
                double dot = 0;
                for (int l = 0; l < k; l++) {
                    dot += work[i * k + l] * a[at + j * k + l];
                }
                s[ij] = dot;
            }
        }
    }

    /** S = A'S A. */
    static void sandwichTransposed(double[] a, int at, double[] s, int sAt, double[] work, int k) {
        // work = S A
        for (int i = 0; i < k; i++) {
            int row = i * k;
            Arrays.fill(work, row, row + k, 0);
            for (int l = 0; l < k; l++) {
                double sil = s[sAt + Covariance.index(i, l)];
                for (int j = 0; j < k; j++) {
                    work[row + j] += sil * a[at + l * k + j];
                }
            }
        }
        // S = A'work
        for (int i = 0, ij = sAt; i < k; i++) {
            for (int j = 0; j <= i; j++, ij++) {
                double dot = 0;
                for (int l = 0; l < k; l++) {
                    dot += a[at + l * k + i] * work[l * k + j];
                }
                s[ij] = dot;
            }
        }
    }
}
