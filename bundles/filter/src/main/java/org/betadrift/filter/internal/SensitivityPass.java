package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.internal.FlatStates.TransitionKind;
import org.betadrift.model.Covariance;

/**
 * Score and expected information along p directions (dQ, dR), by the derivatives of every number of the forward pass: with g, S
 * and y~ off a {@link Tape},
 * <pre>{@code
 * dbeta = T dbeta,  dP = T dP T' + dQ,                                  into the date
 * dm = dP h,  dS = h'dm + dR,  dy~ = -h'dbeta,
 * score -= (dS / S + 2 dy~ y~ / S - dS (y~ / S)^2) / 2,   I_ij += dS_i dS_j / S^2 / 2 + dy~_i dy~_j / S,
 * dbeta = dbeta + (dm - g dS) y~ / S + g dy~,   dP = dP - dm g' - g dm' + g g' dS.
 * }</pre>
 * From beta = beta + g y~, P = P - g S g', g = P h / S by the product rule; Harvey (1989), 3.4.5. On a date with an infinite S, g is
 * M_inf / S_inf, which depends on neither Q nor R, and y~ / S = 1 / S = 0: the same lines. O(p K^2) a date for a random walk,
 * O(p K^3) otherwise. One thread, no allocation after birth.
 */
final class SensitivityPass {
    private final FlatModel model;
    private final ScoreKernel straightLine; // null when there is none for K or T
    private final Lyapunov equilibrium; // null when the start doesn't follow Q
    private final int k;
    private final int size;
    private final double[] dm;   // K
    private final double[] moved; // K
    private final double[] work; // K x K
    private final double[] first; // packed
    private double[] dQ = {};    // p packed
    private double[] dR = {};    // p
    private double[] dBeta = {}; // p x K
    private double[] dP = {};    // p packed
    private double[] dS = {};    // p
    private double[] dV = {};    // p

    /**
     * @param straightLine of this K, or null
     * @param equilibrium of T when the start is the equilibrium of the open Q, else null
     */
    SensitivityPass(FlatModel model, ScoreKernel straightLine, Lyapunov equilibrium) {
        this.model = model;
        this.straightLine = model.transitionKind == TransitionKind.IDENTITY ? straightLine : null;
        this.equilibrium = equilibrium;
        k = model.states;
        size = Covariance.size(k);
        dm = new double[k];
        moved = new double[k];
        work = new double[k * k];
        first = new double[size];
    }

    /**
     * @param rows p rows of [packed dQ | dR], each half as the next two say
     * @param hasQ whether they have dQ
     * @param hasR whether they have dR
     * @param score written, p
     * @param information written, packed
     */
    void run(Tape tape, double[][] rows, boolean hasQ, boolean hasR, double[] score, double[] information) {
        int p = rows.length;
        begin(p);
        for (int l = 0; l < p; l++) {
            for (int ij = 0; ij < size; ij++) {
                dQ[l * size + ij] = hasQ ? rows[l][ij] : 0;
            }
            dR[l] = hasR ? rows[l][hasQ ? size : 0] : 0;
        }
        Arrays.fill(score, 0);
        Arrays.fill(information, 0);
        for (int t = 0; t < model.dates; t++) {
            if (t > 0 && straightLine != null) {
                straightLine.along(t, p, model.h, tape.rows, dQ, dR, dBeta, dP, dS, dV);
            } else {
                for (int l = 0; l < p; l++) {
                    predict(t, l);
                    see(tape, t, l);
                }
            }
            count(tape, t, p, score, information);
        }
    }

    private void count(Tape tape, int t, int p, double[] score, double[] information) {
        int at = t * tape.step;
        double inverse = -tape.rows[at + k + 1];
        double u = -tape.rows[at + k];
        for (int l = 0, lj = 0; l < p; l++) {
            double s = dS[l];
            double v = dV[l];
            score[l] -= 0.5 * s * (inverse - u * u) + v * u;
            double ofS = 0.5 * s * inverse * inverse;
            double ofV = v * inverse;
            for (int j = 0; j <= l; j++, lj++) {
                information[lj] += ofS * dS[j] + ofV * dV[j];
            }
        }
    }

    private void begin(int p) {
        if (dS.length < p) {
            dQ = new double[p * size];
            dR = new double[p];
            dBeta = new double[p * k];
            dP = new double[p * size];
            dS = new double[p];
            dV = new double[p];
        }
        Arrays.fill(dBeta, 0);
        Arrays.fill(dP, 0);
    }

    /** dbeta = T dbeta, dP = T dP T' + dQ. */
    private void predict(int t, int l) {
        int at = l * size;
        if (t == 0) {
            start(at);
            return;
        }
        if (model.transitionKind != TransitionKind.IDENTITY) {
            move(t * model.transitionStep, l);
        }
        for (int ij = 0; ij < size; ij++) {
            dP[at + ij] += dQ[at + ij];
        }
    }

    /** Before the first date; what is finite where the state is diffuse is nothing. */
    private void start(int at) {
        System.arraycopy(dQ, at, first, 0, size);
        if (equilibrium != null) {
            equilibrium.solve(first); // dP_0|0, and T dP_0|0 T' + dQ is the same
        }
        for (int i = 0, ij = 0; i < k; i++) {
            for (int j = 0; j <= i; j++, ij++) {
                dP[at + ij] = model.diffuse[i] || model.diffuse[j] ? 0 : first[ij];
            }
        }
    }

    private void move(int at, int l) {
        for (int i = 0; i < k; i++) {
            double dot = 0;
            for (int j = 0; j < k; j++) {
                dot += model.transition[at + i * k + j] * dBeta[l * k + j];
            }
            moved[i] = dot;
        }
        System.arraycopy(moved, 0, dBeta, l * k, k);
        if (model.transitionKind == TransitionKind.DIAGONAL) {
            for (int i = 0, ij = l * size; i < k; i++) {
                for (int j = 0; j <= i; j++, ij++) {
                    dP[ij] *= model.transition[at + i * k + i] * model.transition[at + j * k + j];
                }
            }
            return;
        }
        Packed.sandwich(model.transition, at, dP, l * size, work, k);
    }

    /** dS and dy~, then dbeta and dP after date t. */
    private void see(Tape tape, int t, int l) {
        double[] h = model.h;
        int hAt = t * k;
        int bAt = l * k;
        int pAt = l * size;
        double s = dR[l];
        double v = 0;
        for (int i = 0, ij = pAt; i < k; i++) {
            double hi = h[hAt + i];
            double dot = 0;
            for (int j = 0; j < i; j++, ij++) {
                dot += dP[ij] * h[hAt + j];
                dm[j] += dP[ij] * hi;
            }
            dm[i] = dot + dP[ij++] * hi;
            v -= hi * dBeta[bAt + i];
        }
        for (int i = 0; i < k; i++) {
            s += h[hAt + i] * dm[i];
        }
        dS[l] = s;
        dV[l] = v;
        // dP = dP - z g' - g z' with z = dm - g dS / 2
        double[] g = tape.rows; // minus the gain
        int gAt = t * tape.step;
        double u = -g[gAt + k];
        for (int i = 0; i < k; i++) {
            double gi = g[gAt + i];
            dBeta[bAt + i] += (dm[i] + gi * s) * u - gi * v;
            dm[i] += 0.5 * gi * s;
        }
        for (int i = 0, ij = pAt; i < k; i++) {
            double gi = g[gAt + i];
            double zi = dm[i];
            for (int j = 0; j <= i; j++, ij++) {
                dP[ij] += zi * g[gAt + j] + gi * dm[j];
            }
        }
    }
}
