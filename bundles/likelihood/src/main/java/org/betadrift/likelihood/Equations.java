package org.betadrift.likelihood;

/** Small symmetric positive definite systems. */
final class Equations {
    private Equations() { }

    /**
     * (A + damping diag A) x = b over what isn't held, by Cholesky; zero where it is. What rounding makes indefinite gets a huge pivot.
     *
     * @param held left out
     */
    static double[] solve(double[][] a, double damping, double[] b, boolean[] held) {
        int n = b.length;
        double[][] l = new double[n][n];
        double[] x = new double[n];
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                boolean out = held[i] || held[j];
                double sum = out ? (i == j ? 1 : 0) : a[i][j] * (i == j ? 1 + damping + 1e-10 : 1);
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                l[i][j] = i == j ? (sum > 0 ? Math.sqrt(sum) : 1e150) : sum / l[j][j];
            }
        }
        for (int i = 0; i < n; i++) {
            x[i] = held[i] ? 0 : b[i];
            for (int k = 0; k < i; k++) {
                x[i] -= l[i][k] * x[k];
            }
            x[i] /= l[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= l[k][i] * x[k];
            }
            x[i] /= l[i][i];
        }
        return x;
    }
}
