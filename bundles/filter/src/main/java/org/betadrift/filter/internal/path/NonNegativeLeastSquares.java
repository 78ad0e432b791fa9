package org.betadrift.filter.internal.path;

import java.util.Arrays;

/** min |E u - f| over u >= 0, by active sets (Lawson and Hanson 1974, ch. 23). Small and dense. */
final class NonNegativeLeastSquares {
    private static final double ZERO = 1e-12;

    private NonNegativeLeastSquares() { }

    /** @param e rows x columns, row-major, columns of about unit length */
    static double[] solve(double[] e, int rows, int columns, double[] f) {
        double[] u = new double[columns];
        boolean[] in = new boolean[columns];
        boolean[] tried = new boolean[columns];
        for (int step = 0; step < 10 * columns + 10; step++) {
            double[] left = residual(e, rows, columns, f, u);
            int best = -1;
            double most = ZERO;
            for (int j = 0; j < columns; j++) {
                double w = 0;
                for (int i = 0; i < rows; i++) {
                    w += e[i * columns + j] * left[i];
                }
                if (!in[j] && !tried[j] && w > most) {
                    most = w;
                    best = j;
                }
            }
            if (best < 0) {
                return u;
            }
            in[best] = true;
            double[] s = free(e, rows, columns, f, in);
            if (!(s[best] > 0)) { // rounding: it would not help
                in[best] = false;
                tried[best] = true;
                continue;
            }
            Arrays.fill(tried, false);
            while (true) {
                double alpha = 1;
                for (int j = 0; j < columns; j++) {
                    if (in[j] && s[j] <= 0) {
                        alpha = Math.min(alpha, u[j] / (u[j] - s[j]));
                    }
                }
                for (int j = 0; j < columns; j++) {
                    u[j] += alpha * ((in[j] ? s[j] : 0) - u[j]);
                }
                if (alpha == 1) {
                    break;
                }
                for (int j = 0; j < columns; j++) {
                    if (in[j] && u[j] <= ZERO) {
                        in[j] = false;
                        u[j] = 0;
                    }
                }
                s = free(e, rows, columns, f, in);
            }
        }
        return u;
    }

    /** f - E u. */
    static double[] residual(double[] e, int rows, int columns, double[] f, double[] u) {
        double[] left = f.clone();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                left[i] -= e[i * columns + j] * u[j];
            }
        }
        return left;
    }

    /** Least squares over the columns that are in; 0 for those that aren't, and for one the others make up. */
    private static double[] free(double[] e, int rows, int columns, double[] f, boolean[] in) {
        int[] which = new int[columns];
        int count = 0;
        for (int j = 0; j < columns; j++) {
            if (in[j]) {
                which[count++] = j;
            }
        }
        int height = Math.max(rows, count);
        double[] a = new double[height * (count + 1)];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < count; j++) {
                a[i * (count + 1) + j] = e[i * columns + which[j]];
            }
            a[i * (count + 1) + count] = f[i];
        }
        Householder.triangularise(a, height, count + 1, count);
        double[] s = new double[columns];
        for (int j = count - 1; j >= 0; j--) {
            double sum = a[j * (count + 1) + count];
            for (int l = j + 1; l < count; l++) {
                sum -= a[j * (count + 1) + l] * s[which[l]];
            }
            double pivot = a[j * (count + 1) + j];
            s[which[j]] = Math.abs(pivot) <= ZERO ? 0 : sum / pivot;
        }
        return s;
    }
}
