package org.betadrift.filter.internal;

/**
 * L of S = L diag(F) L' for the rows of a date: that of {@link Rows} times the unit lower triangle of h_i'g_j, where g_j is the
 * gain of row j. It takes what is known of rows to the targets they come from, without an inverse. One thread.
 */
final class RowTriangle {
    private final int k;
    private final int m;
    private final double[] lower;

    RowTriangle(int targets, int states) {
        m = targets;
        k = states;
        lower = new double[m * m];
    }

    /** @param g gains of the rows, K each */
    void set(Rows rows, double[] g, int at) {
        int count = rows.count();
        double[] h = rows.h();
        for (int i = 1; i < count; i++) {
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += h[i * k + l] * g[at + j * k + l];
                }
                lower[i * m + j] = sum;
            }
        }
        for (int i = count - 1; i > 0; i--) { // from below: the rows above are still those of h_i'g_j
            for (int j = 0; j < i; j++) {
                double sum = lower[i * m + j] + rows.mixed(i, j);
                for (int l = j + 1; l < i; l++) {
                    sum += rows.mixed(i, l) * lower[l * m + j];
                }
                lower[i * m + j] = sum;
            }
        }
    }

    /** L_ij for i > j. */
    double get(int i, int j) {
        return lower[i * m + j];
    }

    /** Solves x L = b, one row of {@code count} values, in place: x_j = b_j - sum over i > j of x_i L_ij. */
    void solve(double[] b, int at, int stride, int count) {
        for (int j = count - 1; j >= 0; j--) {
            double x = b[at + j * stride];
            for (int i = j + 1; i < count; i++) {
                x -= b[at + i * stride] * lower[i * m + j];
            }
            b[at + j * stride] = x;
        }
    }
}
