package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.internal.FlatStates.TransitionKind;
import org.betadrift.model.Covariance;

/**
 * The score by one pass back over a {@link RowTape}. Rows that don't count (constraints) leave no room for the usual pair (r, N), as
 * their means and variances are no longer those of one density; so this is the adjoint of the filter itself: r = dLL/dbeta and
 * Lambda = dLL/dP, symmetric, dLL = tr(Lambda dP). Both are zero after the last date; before a row, with w = 1 if it counts, else 0, and
 * everything on the right as it is after the row,
 * <pre>{@code
 * u = w y~/S - K'r,   e = K'Lambda K - (K'r) y~/S + w/2 (y~^2/S^2 - 1/S),   z = -Lambda K + (y~/S)/2 r + e/2 h,
 * Lambda = Lambda + h z' + z h',   r = r + u h,
 * }</pre>
 * and between dates dLL/dQ += Lambda, r = T'r, Lambda = T'Lambda T. From v = y - h'beta, S = h'P h + r, beta = beta + P h v / S,
 * P = P - P h h'P / S by the chain rule. Where all rows count, 2 Lambda = r r' - N of Koopman and Shephard (1992).
 *
 * <p>R of a date's mixed rows: as if their noises stood beside beta, with covariance E' = dLL/dR of the mixed rows and
 * C = dLL/d(P between beta and a noise) / 1, zero at the end of the date. Before row i, for the later rows k,
 * <pre>{@code
 * E_ki = -C_k'K + (y~/S)/2 u_k,   C_k = C_k + h E_ki,   E_ii = e,   C_i = z + e/2 h,
 * }</pre>
 * and dLL/dR += L'^-1 E L^-1 at the present targets. On rows with an infinite S, K is M_inf / S_inf and y~/S = 1/S = 0 (Durbin and
 * Koopman 2012, 5.3): the same lines. One thread, no allocation after birth.
 */
final class RowScorePass {
    private final RowModel model;
    private final DateRows rows;
    private final Lyapunov equilibrium; // null when the start doesn't follow Q
    private final int k;
    private final int m;
    private final double[] r;      // K
    private final double[] lambda; // K x K
    private final double[] z;      // K
    private final double[] gain;   // K
    private final double[] sum;    // of Lambda into the dates, packed
    private final double[] e;      // of every pattern, m x m
    private final double[] c;      // of the rows of a date, m x K
    private final double[] u;      // likewise, m
    private final double[] work;   // K x K; of a T
    private final double[] half;   // m x m

    /** @param equilibrium of T when the start is the equilibrium of the open Q, else null */
    RowScorePass(RowModel model, DateRows rows, Lyapunov equilibrium) {
        this.model = model;
        this.rows = rows;
        this.equilibrium = equilibrium;
        k = model.states;
        m = model.targets;
        r = new double[k];
        lambda = new double[k * k];
        z = new double[k];
        gain = new double[k];
        sum = new double[Covariance.size(k)];
        e = new double[model.present.length * m * m];
        c = new double[m * k];
        u = new double[m];
        work = new double[model.transitionKind == TransitionKind.IDENTITY ? 0 : k * k];
        half = new double[m * m];
    }

    /**
     * @param scoreQ written, packed; null when nobody asks
     * @param scoreR written, packed; null when nobody asks, as R may vary then
     */
    void run(RowTape tape, double[] scoreQ, double[] scoreR) {
        Arrays.fill(r, 0);
        Arrays.fill(lambda, 0);
        Arrays.fill(sum, 0);
        Arrays.fill(e, 0);
        for (int t = model.dates - 1; t >= 0; t--) {
            int count = rows.read(t);
            for (int row = count - 1; row >= 0; row--) {
                see(tape, t, row, count, scoreR != null);
            }
            if (scoreQ != null) {
                add(t);
            }
            if (t > 0 || equilibrium != null) {
                move(t);
            }
        }
        if (equilibrium != null && scoreQ != null && model.dates > 0) {
            addEquilibrium();
        }
        if (scoreQ != null) {
            System.arraycopy(sum, 0, scoreQ, 0, sum.length);
        }
        if (scoreR != null) {
            unmix(scoreR);
        }
    }

    private void see(RowTape tape, int t, int row, int count, boolean asksR) {
        int at = (model.firstRow[t] + row) * tape.step;
        System.arraycopy(tape.rows, at, gain, 0, k);
        double v = tape.rows[at + k];
        double inverse = tape.rows[at + k + 1];
        boolean counts = row >= model.constraints;
        // z = Lambda K for now, K'r, K'Lambda K
        Arrays.fill(z, 0);
        for (int j = 0; j < k; j++) {
            if (gain[j] != 0) {
                Square.add(gain[j], lambda, j * k, z, 0, k);
            }
        }
        double kr = 0;
        double klk = 0;
        for (int i = 0; i < k; i++) {
            kr += gain[i] * r[i];
            klk += gain[i] * z[i];
        }
        double news = (counts ? v : 0) - kr;
        double own = klk - kr * v + (counts ? 0.5 * (v * v - inverse) : 0);
        for (int i = 0; i < k; i++) {
            z[i] = 0.5 * v * r[i] - z[i];
        }
        if (counts && asksR) {
            seeNoise(t, row - model.constraints, count - model.constraints, v, news, own);
        }
        int hAt = row * k;
        for (int l = 0; l < rows.nonzeros[row]; l++) {
            int i = rows.nonzero[hAt + l];
            z[i] += 0.5 * own * rows.h[hAt + i];
            r[i] += news * rows.h[hAt + i];
        }
        addOuter(row);
    }

    /** Lambda += h z' + z h'. */
    private void addOuter(int row) {
        double[] h = rows.h;
        int hAt = row * k;
        int nonzeros = rows.nonzeros[row];
        for (int i = 0; i < k; i++) {
            double hi = h[hAt + i];
            double zi = z[i];
            int to = i * k;
            if (hi != 0) {
                for (int j = 0; j < k; j++) {
                    lambda[to + j] += hi * z[j] + zi * h[hAt + j];
                }
            } else {
                for (int l = 0; l < nonzeros; l++) {
                    int j = rows.nonzero[hAt + l];
                    lambda[to + j] += zi * h[hAt + j];
                }
            }
        }
    }

    /** Of row i of y, among {@code count}: E_ki, C_k and C_i; z isn't complete yet, it lacks e/2 h. */
    private void seeNoise(int t, int i, int count, double v, double news, double own) {
        int hAt = (model.constraints + i) * k;
        int eAt = model.pattern[t] * m * m;
        for (int later = i + 1; later < count; later++) {
            double dot = 0;
            for (int j = 0; j < k; j++) {
                dot += c[later * k + j] * gain[j];
            }
            double between = 0.5 * v * u[later] - dot;
            e[eAt + later * m + i] += between;
            Square.add(between, rows.h, hAt, c, later * k, k);
        }
        e[eAt + i * m + i] += own;
        for (int j = 0; j < k; j++) {
            c[i * k + j] = z[j] + own * rows.h[hAt + j];
        }
        u[i] = news;
    }

    /** The noise into date t. Into the first one it counts but where the state is diffuse. */
    private void add(int t) {
        for (int i = 0, ij = 0; i < k; i++) {
            for (int j = 0; j <= i; j++, ij++) {
                sum[ij] += t == 0 && (model.diffuse[i] || model.diffuse[j]) ? 0 : lambda[i * k + j];
            }
        }
    }

    /** r = T'r, Lambda = T'Lambda T. */
    private void move(int t) {
        if (model.transitionKind == TransitionKind.IDENTITY) {
            return;
        }
        int at = t * model.transitionStep;
        Arrays.fill(z, 0);
        for (int j = 0; j < k; j++) {
            Square.add(r[j], model.transition, at + j * k, z, 0, k);
        }
        System.arraycopy(z, 0, r, 0, k);
        Square.sandwich(model.transition, at, true, lambda, work, k);
    }

    /** Lambda = dLL/dP_0|0, and P_0|0 = sum of T^j Q T'^j. */
    private void addEquilibrium() {
        double[] first = new double[sum.length];
        for (int i = 0, ij = 0; i < k; i++) {
            for (int j = 0; j <= i; j++, ij++) {
                first[ij] = lambda[i * k + j];
            }
        }
        equilibrium.solveTransposed(first);
        for (int ij = 0; ij < sum.length; ij++) {
            sum[ij] += first[ij];
        }
    }

    /** Sum over the patterns of L'^-1 E L^-1 at their targets. */
    private void unmix(double[] scoreR) {
        Arrays.fill(scoreR, 0);
        for (int pattern = 0; pattern < model.present.length; pattern++) {
            int[] targets = model.present[pattern];
            int eAt = pattern * m * m;
            // half = E L^-1
            for (int i = 0; i < targets.length; i++) {
                for (int j = 0; j < targets.length; j++) {
                    double dot = 0;
                    for (int l = j; l < targets.length; l++) {
                        dot += e[eAt + Math.max(i, l) * m + Math.min(i, l)] * model.inverseOfPattern(pattern, l, j);
                    }
                    half[i * m + j] = dot;
                }
            }
            for (int i = 0; i < targets.length; i++) {
                for (int j = 0; j <= i; j++) {
                    double dot = 0;
                    for (int l = i; l < targets.length; l++) {
                        dot += model.inverseOfPattern(pattern, l, i) * half[l * m + j];
                    }
                    scoreR[Covariance.index(targets[i], targets[j])] += dot;
                }
            }
        }
    }
}
