package org.betadrift.estimator.factorvol.internal;

import java.util.ArrayList;
import java.util.List;
import org.betadrift.filter.Monitor;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;

/**
 * The variances q_k of the steps of random-walk exposures by the method of moments, over all pairs of adjacent, non-overlapping
 * windows of w observations. With b = A y the least squares of a window, e its residuals, M = I - X(X'X)^-1X', D = (-A_1, A_2),
 * <pre>{@code
 * E (b_2 - b_1)_k^2 = sum over l of q_l V_kl + R_1 G_1k + R_2 G_2k,  V_kl = sum over steps i of (sum over t >= i of D_kt x_lt)^2
 * E e'e             = sum over l of q_l U_l + R (w - K),             U_l = sum over steps i of |M (x_l from i on)|^2
 * }</pre>
 * with G_k the beta's own element of (X'X)^-1: exact given the factors, so that, with R taken from each window's own residuals,
 * <pre>{@code
 * mean of (b_2 - b_1)_k^2 - (G_k e'e / (w - K) of both) = sum over l of q_l (mean of V_kl - (G_k U_l / (w - K) of both))
 * }</pre>
 * is unbiased, whatever the factors do and even when R differs between windows. With one factor of constant size that is
 * {@code q (2 w - 1) / 3}, from {@code q (2 w^2 + 1) / (3 w) + 2 R / (w x^2)} and {@code q x^2 (w^2 - 1) / 6 + R (w - 1)}. What comes
 * out negative is 0, and the others are solved for without it. Numbers are taken in units of the largest of their column.
 */
final class DriftMoments {
    private static final int WINDOWS_BETWEEN_CALLS = 64;

    private final Sample sample;
    private final int[] dates;
    private final int w;
    private final int k;
    private final boolean[] moves;    // by level
    private final double[] units;     // by level, then of y
    private final double[][] matrix;  // by level: coefficients of q, then the moment
    private final double[] solution;  // in units
    private int pairs;
    private int skipped;

    /**
     * @param dates on which y is present
     * @param moves by state, whether its q is looked for; else it is 0
     * @throws InvalidInputException fewer than two windows, or every pair has collinear factors
     */
    DriftMoments(Sample sample, int[] dates, int window, boolean[] moves, Monitor monitor) {
        this.sample = sample;
        this.dates = dates;
        this.moves = moves;
        w = window;
        k = Observed.levels(sample);
        units = units();
        matrix = new double[k][k + 1];
        WindowRegression[] ring = new WindowRegression[w + 1];
        double[][] drifts = new double[w + 1][];
        int windows = dates.length - w + 1;
        String collinear = null;
        for (int s = 0; s < windows; s++) {
            if (s % WINDOWS_BETWEEN_CALLS == 0) {
                monitor.progress((double) s / windows, "rolling regressions");
            }
            WindowRegression now = new WindowRegression(sample, dates, s, s + w);
            ring[s % (w + 1)] = now;
            drifts[s % (w + 1)] = driftInSquares(now, s);
            WindowRegression before = s < w ? null : ring[(s - w) % (w + 1)];
            if (before != null && before.collinearState() < 0 && now.collinearState() < 0) {
                addDifference(before, drifts[(s - w) % (w + 1)], now, drifts[s % (w + 1)], s - w);
                pairs++;
            } else if (before != null) {
                skipped++;
                collinear = sample.states().texts().get(Math.max(before.collinearState(), now.collinearState()));
            }
        }
        if (pairs == 0) {
            throw InvalidInputException.of("number of pairs of windows", 0, collinear == null ? "it takes 2 x " + w + " observations, there are " + dates.length
                    : "in every one of them " + collinear + " is a combination of the others or doesn't move", "give more data, a smaller window, or fewer factors");
        }
        solution = solve();
    }

    private double[] units() {
        double[] largest = new double[k + 1];
        for (int t : dates) {
            for (int l = 0; l < k; l++) {
                largest[l] = Math.max(largest[l], Math.abs(sample.h(t, 0, l)));
            }
            largest[k] = Math.max(largest[k], Math.abs(sample.y(t, 0)));
        }
        largest[k] = largest[k] == 0 ? 1 : largest[k];
        return largest;
    }

    /** x of state l at the i-th observation. */
    private double x(int i, int l) {
        return sample.h(dates[i], 0, l) / units[l];
    }

    /** Steps from the observation before. */
    private int steps(int i) {
        return dates[i] - dates[i - 1];
    }

    /** U. */
    private double[] driftInSquares(WindowRegression fit, int first) {
        double[] u = new double[k];
        for (int l = 0; l < k; l++) {
            double whole = 0;
            double[] explained = new double[k];
            for (int i = w - 1; i > 0 && moves[l]; i--) {
                double x = x(first + i, l);
                whole += x * x;
                double rest = whole;
                for (int m = 0; m < k; m++) {
                    explained[m] += fit.basis(m)[i] * x;
                    rest -= explained[m] * explained[m];
                }
                u[l] += steps(first + i) * rest;
            }
        }
        return u;
    }

    private void addDifference(WindowRegression before, double[] driftBefore, WindowRegression after, double[] driftAfter, int first) {
        double[] d = new double[2 * w];
        for (int j = 0; j < k; j++) {
            if (!moves[j]) {
                continue;
            }
            double[] equation = matrix[j];
            double gBefore = 0;
            double gAfter = 0;
            for (int i = 0; i < w; i++) {
                d[i] = -units[j] * before.weights(j)[i];
                d[w + i] = units[j] * after.weights(j)[i];
                gBefore += d[i] * d[i] / (w - k);
                gAfter += d[w + i] * d[w + i] / (w - k);
            }
            for (int l = 0; l < k; l++) {
                double sum = 0;
                for (int i = 2 * w - 1; i > 0 && moves[l]; i--) {
                    sum += d[i] * x(first + i, l);
                    equation[l] += steps(first + i) * sum * sum;
                }
                equation[l] -= gBefore * driftBefore[l] + gAfter * driftAfter[l];
            }
            double difference = (after.coefficient(j) - before.coefficient(j)) * units[j] / units[k];
            equation[k] += difference * difference - gBefore * squares(before) - gAfter * squares(after);
        }
    }

    /** e'e. */
    private double squares(WindowRegression fit) {
        return fit.squares() / units[k] / units[k];
    }

    /** Without those that are negative, until none is. */
    private double[] solve() {
        boolean[] open = moves.clone();
        while (true) {
            double[] q = solve(open);
            boolean negative = false;
            for (int i = 0; i < k; i++) {
                if (q[i] < 0) {
                    open[i] = false;
                    negative = true;
                }
            }
            if (!negative) {
                return q;
            }
        }
    }

    /** Gauss-Jordan elimination with pivoting over the open unknowns and their own equations; 0 for the others. */
    private double[] solve(boolean[] open) {
        double[][] m = new double[k][];
        for (int i = 0; i < k; i++) {
            m[i] = matrix[i].clone();
        }
        int[] rowOf = new int[k];
        boolean[] used = new boolean[k];
        for (int column = 0; column < k; column++) {
            if (!open[column]) {
                continue;
            }
            int pivot = -1;
            for (int row = 0; row < k; row++) {
                if (open[row] && !used[row] && (pivot < 0 || Math.abs(m[row][column]) > Math.abs(m[pivot][column]))) {
                    pivot = row;
                }
            }
            used[pivot] = true;
            rowOf[column] = pivot;
            for (int row = 0; row < k; row++) {
                if (row != pivot && open[row]) {
                    double share = m[row][column] / m[pivot][column];
                    for (int j = column; j <= k; j++) {
                        m[row][j] -= share * m[pivot][j];
                    }
                }
            }
        }
        double[] q = new double[k];
        for (int i = 0; i < k; i++) {
            q[i] = open[i] ? m[rowOf[i]][k] / m[rowOf[i]][i] : 0;
        }
        return q;
    }

    /** q of each state, a slope's is 0. */
    double[] stateVariances() {
        double[] q = new double[sample.states().count()];
        for (int l = 0; l < k; l++) {
            q[l] = solution[l] == 0 ? 0 : solution[l] * (units[k] / units[l]) * (units[k] / units[l]);
        }
        return q;
    }

    /** States that were looked for and whose q came out at most zero. */
    List<String> atZero() {
        List<String> names = new ArrayList<>();
        for (int l = 0; l < k; l++) {
            if (moves[l] && solution[l] == 0) {
                names.add(sample.states().texts().get(l));
            }
        }
        return names;
    }

    /** Pairs of windows left out, as factors were collinear in one of them. */
    int skipped() {
        return skipped;
    }
}
