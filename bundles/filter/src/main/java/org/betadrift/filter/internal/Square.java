package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.model.Covariance;

/**
 * Symmetric matrices kept whole, K x K by rows: twice the memory of {@link Packed}, and every loop runs along a row, which compilers
 * make vector instructions of.
 */
final class Square {
    private Square() { }

    /** y += c x, K values each. */
    static void add(double c, double[] x, int xAt, double[] y, int yAt, int k) {
        for (int i = 0; i < k; i++) {
            y[yAt + i] += c * x[xAt + i];
        }
    }

    /** From packed. */
    static void unpack(double[] packed, int at, double[] s, int k) {
        for (int i = 0, ij = at; i < k; i++) {
            for (int j = 0; j <= i; j++, ij++) {
                s[i * k + j] = packed[ij];
                s[j * k + i] = packed[ij];
            }
        }
    }

    /** S += what is packed. */
    static void addPacked(double[] packed, int at, double[] s, int k) {
        for (int i = 0; i < k; i++) {
            for (int j = 0, ij = at + Covariance.index(i, 0); j < i; j++, ij++) {
                if (packed[ij] != 0) {
                    s[i * k + j] += packed[ij];
                    s[j * k + i] += packed[ij];
                }
            }
            s[i * k + i] += packed[at + Covariance.index(i, i)];
        }
    }

    /**
     * S = A S A', or A'S A.
     *
     * @param a by rows from {@code at}; its zeros cost nothing
     * @param work K x K
     */
    static void sandwich(double[] a, int at, boolean transposed, double[] s, double[] work, int k) {
        multiply(a, at, transposed, s, work, k);
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                double upper = work[j * k + i];
                work[j * k + i] = work[i * k + j];
                work[i * k + j] = upper;
            }
        }
        multiply(a, at, transposed, work, s, k);
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                s[j * k + i] = s[i * k + j];
            }
        }
    }

    /** product = A S, or A'S. */
    private static void multiply(double[] a, int at, boolean transposed, double[] s, double[] product, int k) {
        Arrays.fill(product, 0, k * k, 0);
        for (int i = 0; i < k; i++) {
            for (int l = 0; l < k; l++) {
                double ail = transposed ? a[at + l * k + i] : a[at + i * k + l];
                if (ail != 0) {
                    add(ail, s, l * k, product, i * k, k);
                }
            }
        }
    }
}
