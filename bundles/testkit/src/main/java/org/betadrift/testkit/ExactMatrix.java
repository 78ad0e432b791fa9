package org.betadrift.testkit;

import java.math.BigDecimal;
import java.math.MathContext;

/** Matrices of BigDecimal, in the precision of {@link ExactGaussian}. Zeros cost nothing. */
final class ExactMatrix {
    private static final MathContext DIGITS = ExactGaussian.DIGITS;

    private ExactMatrix() { }

    interface Entry {
        BigDecimal at(int row, int column);
    }

    static BigDecimal[][] fill(int rows, int columns, Entry entry) {
        BigDecimal[][] m = new BigDecimal[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                m[i][j] = entry.at(i, j);
            }
        }
        return m;
    }

    static BigDecimal[][] of(double[][] a) {
        return fill(a.length, a.length == 0 ? 0 : a[0].length, (i, j) -> new BigDecimal(a[i][j]));
    }

    static BigDecimal[][] zero(int rows, int columns) {
        return fill(rows, columns, (i, j) -> BigDecimal.ZERO);
    }

    static BigDecimal[][] times(BigDecimal[][] a, BigDecimal[][] b) {
        return fill(a.length, b.length == 0 ? 0 : b[0].length, (i, j) -> {
            BigDecimal sum = BigDecimal.ZERO;
            for (int l = 0; l < b.length; l++) {
                if (a[i][l].signum() != 0 && b[l][j].signum() != 0) {
                    sum = sum.add(a[i][l].multiply(b[l][j], DIGITS), DIGITS);
                }
            }
            return sum;
        });
    }

    static BigDecimal[][] plus(BigDecimal[][] a, BigDecimal[][] b) {
        return fill(a.length, a[0].length, (i, j) -> a[i][j].add(b[i][j], DIGITS));
    }

    static BigDecimal[][] minus(BigDecimal[][] a, BigDecimal[][] b) {
        return fill(a.length, a[0].length, (i, j) -> a[i][j].subtract(b[i][j], DIGITS));
    }

    static BigDecimal[][] transposed(BigDecimal[][] a) {
        return fill(a.length == 0 ? 0 : a[0].length, a.length, (i, j) -> a[j][i]);
    }

    /** A B A'. */
    static BigDecimal[][] sandwich(BigDecimal[][] a, BigDecimal[][] b) {
        return times(times(a, b), transposed(a));
    }

    /** By elimination: every pivot is positive. */
    static boolean isPositiveDefinite(BigDecimal[][] a) {
        int n = a.length;
        BigDecimal[][] w = fill(n, n, (i, j) -> a[i][j]);
        for (int c = 0; c < n; c++) {
            if (w[c][c].signum() <= 0) {
                return false;
            }
            for (int i = c + 1; i < n; i++) {
                BigDecimal factor = w[i][c].divide(w[c][c], DIGITS);
                for (int j = c + 1; j < n; j++) {
                    w[i][j] = w[i][j].subtract(factor.multiply(w[c][j], DIGITS), DIGITS);
                }
            }
        }
        return true;
    }

    /** Of a positive definite matrix, by elimination without pivots. */
    static BigDecimal[][] inverse(BigDecimal[][] a) {
        int n = a.length;
        BigDecimal[][] w = fill(n, 2 * n, (i, j) -> j < n ? a[i][j] : j - n == i ? BigDecimal.ONE : BigDecimal.ZERO);
        for (int c = 0; c < n; c++) {
            BigDecimal pivot = w[c][c];
            for (int j = 0; j < 2 * n; j++) {
                w[c][j] = w[c][j].divide(pivot, DIGITS);
            }
            for (int i = 0; i < n; i++) {
                BigDecimal factor = w[i][c];
                for (int j = 0; j < 2 * n && i != c && factor.signum() != 0; j++) {
                    w[i][j] = w[i][j].subtract(factor.multiply(w[c][j], DIGITS), DIGITS);
                }
            }
        }
        return fill(n, n, (i, j) -> w[i][n + j]);
    }
}
