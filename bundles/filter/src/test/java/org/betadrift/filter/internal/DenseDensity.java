package org.betadrift.filter.internal;

import java.util.ArrayList;
import java.util.List;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Sample;

/**
 * log p(y) of random walks from the joint normal distribution of all cells of y that are there, with full matrices: y = X beta_0 + noise,
 * Cov(beta_t, beta_s) = P_0 + (1 + min(t, s)) Q. Under a diffuse start, where the first Q doesn't enter, it is the limit
 * -1/2 (N log 2 pi + log |Sigma| + log |X'Sigma^-1 X| + e'Sigma^-1 e) with e of generalised least squares and N all cells, as in the
 * convention FULL.
 */
final class DenseDensity {
    private final Sample sample;
    private final List<int[]> cells = new ArrayList<>(); // date, target
    private final int k;

    DenseDensity(Sample sample) {
        this.sample = sample;
        k = sample.states().count();
        for (int t = 0; t < sample.periods(); t++) {
            for (int i = 0; i < sample.targets().size(); i++) {
                if (!Double.isNaN(sample.y(t, i))) {
                    cells.add(new int[] {t, i});
                }
            }
        }
    }

    double of(InitialState initial, Covariance q, Covariance r) {
        boolean diffuse = initial.hasDiffuse();
        int n = cells.size();
        double[][] x = new double[n][k];
        double[] e = new double[n];
        for (int a = 0; a < n; a++) {
            int[] cell = cells.get(a);
            e[a] = sample.y(cell[0], cell[1]);
            for (int j = 0; j < k; j++) {
                x[a][j] = sample.h(cell[0], cell[1], j);
                e[a] -= diffuse ? 0 : x[a][j] * initial.prior().mean().get(j);
            }
        }
        double[][] lower = new double[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b <= a; b++) {
                int first = Math.min(cells.get(a)[0], cells.get(b)[0]);
                double sum = cells.get(a)[0] == cells.get(b)[0] ? r.get(cells.get(a)[1], cells.get(b)[1]) : 0;
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < k && x[a][i] != 0; j++) {
                        double state = diffuse ? first * q.get(i, j) : initial.prior().covariance().get(i, j) + (1 + first) * q.get(i, j);
                        sum += x[a][i] * state * x[b][j];
                    }
                }
                lower[a][b] = sum;
            }
        }
        double logs = factor(lower);
        solve(lower, e);
        double squares = dot(e, e);
        if (diffuse) {
            double[][] columns = new double[k][n];
            for (int j = 0; j < k; j++) {
                for (int a = 0; a < n; a++) {
                    columns[j][a] = x[a][j];
                }
                solve(lower, columns[j]);
            }
            double[][] information = new double[k][k];
            double[] xe = new double[k];
            for (int i = 0; i < k; i++) {
                xe[i] = dot(columns[i], e);
                for (int j = 0; j <= i; j++) {
                    information[i][j] = dot(columns[i], columns[j]);
                }
            }
            logs += factor(information);
            solve(information, xe);
            squares -= dot(xe, xe);
        }
        return -0.5 * (n * Math.log(2 * Math.PI) + logs + squares);
    }

    /** The lower triangle becomes its Cholesky factor. @return the logarithm of the determinant */
    private static double factor(double[][] a) {
        double logs = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int l = 0; l < j; l++) {
                    sum -= a[i][l] * a[j][l];
                }
                a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
            }
            logs += 2 * Math.log(a[i][i]);
        }
        return logs;
    }

    private static void solve(double[][] lower, double[] b) {
        for (int i = 0; i < b.length; i++) {
            for (int j = 0; j < i; j++) {
                b[i] -= lower[i][j] * b[j];
            }
            b[i] /= lower[i][i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
