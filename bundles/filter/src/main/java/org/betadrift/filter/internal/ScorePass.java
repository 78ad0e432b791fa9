package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.internal.FlatStates.TransitionKind;
import org.betadrift.model.Covariance;

/**
 * The score by one pass back over a {@link Tape}, with r = 0 and N = 0 after the last date:
 * <pre>{@code
 * u = y~ / S - g'r,  w = N g,  D = 1 / S + g'w,  dLL/dR += (u^2 - D) / 2,
 * r = r + h u,  N = N - h w' - w h' + D h h',    dLL/dQ += (r r' - N) / 2   for the noise into the date,
 * r = T'r,  N = T'N T                                                      into the date before.
 * }</pre>
 * Koopman and Shephard (1992); Durbin and Koopman (2012), 7.3.3, and 5.3 for the limits 1 / S = 0. The noise into the first date
 * counts but where the state is diffuse: there r and N are zero but for rounding. What is kept is -r and -N, as the tape is
 * minus everything: then everything is added. One thread, no allocation after birth.
 */
final class ScorePass {
    private final FlatModel model;
    private final int k;
    private final ScoreKernel straightLine; // null when there is none for K or T
    private final Lyapunov equilibrium;     // null when the start doesn't follow Q
    private final double[] r;    // -r, K
    private final double[] bigN; // -N, packed
    private final double[] sum;  // of r r' - N, packed
    private final double[] w;    // K
    private final double[] work; // K x K; null for a random walk

    /**
     * @param straightLine of this K, or null
     * @param equilibrium of T when the start is the equilibrium of the open Q, else null
     */
    ScorePass(FlatModel model, ScoreKernel straightLine, Lyapunov equilibrium) {
        this.model = model;
        k = model.states;
        boolean isWalk = model.transitionKind == TransitionKind.IDENTITY;
        this.straightLine = isWalk ? straightLine : null;
        this.equilibrium = equilibrium;
        r = new double[k];
        bigN = new double[Covariance.size(k)];
        sum = new double[bigN.length];
        w = new double[k];
        work = isWalk ? null : new double[k * k];
    }

    /**
     * @param scoreQ written, packed; null when nobody asks
     * @param scoreR written, one value; null when nobody asks
     */
    void run(Tape tape, double[] scoreQ, double[] scoreR) {
        Arrays.fill(r, 0);
        Arrays.fill(bigN, 0);
        Arrays.fill(sum, 0);
        double ofR = 0;
        int t = model.dates - 1;
        if (straightLine != null && t > 0) {
            ofR = straightLine.back(t, 1, model.h, tape.rows, r, bigN, sum);
            t = 0;
        }
        for (; t >= 0; t--) {
            ofR += see(tape, t);
            if (t > 0) {
                moveAndAdd(t * k);
                move(t);
            } else {
                moveFirst();
            }
        }
        if (equilibrium != null && model.dates > 0) {
            addEquilibrium();
        }
        for (int i = 0; scoreQ != null && i < sum.length; i++) {
            scoreQ[i] = 0.5 * sum[i];
        }
        if (scoreR != null) {
            scoreR[0] = 0.5 * ofR;
        }
    }

    /** Of date t: r before it, and in {@code w} the z with which N moves. @return u^2 - D */
    private double see(Tape tape, int t) {
        double[] g = tape.rows;
        double[] h = model.h;
        int at = t * tape.step;
        int hAt = t * k;
        double u = g[at + k];
        double d = g[at + k + 1];
        for (int i = 0, ij = 0; i < k; i++) {
            double gi = g[at + i];
            double dot = 0;
            for (int j = 0; j < i; j++, ij++) {
                dot += bigN[ij] * g[at + j];
                w[j] += bigN[ij] * gi;
            }
            w[i] = dot + bigN[ij++] * gi;
            u += gi * r[i];
        }
        for (int i = 0; i < k; i++) {
            d += g[at + i] * w[i];
        }
        // h w' + w h' + D h h' = h z' + z h' with z = w + D h / 2
        for (int i = 0; i < k; i++) {
            w[i] += 0.5 * d * h[hAt + i];
            r[i] += u * h[hAt + i];
        }
        return u * u + d;
    }

    /** N = N + h z' + z h', and r r' - N of the noise into the date: each entry is touched once. */
    private void moveAndAdd(int hAt) {
        double[] h = model.h;
        for (int i = 0, ij = 0; i < k; i++) {
            double hi = h[hAt + i];
            double zi = w[i];
            double ri = r[i];
            for (int j = 0; j <= i; j++, ij++) {
                double next = bigN[ij] + hi * w[j] + zi * h[hAt + j];
                bigN[ij] = next;
                sum[ij] += ri * r[j] + next;
            }
        }
    }

    /** On the first date what is known counts. */
    private void moveFirst() {
        double[] h = model.h;
        for (int i = 0, ij = 0; i < k; i++) {
            for (int j = 0; j <= i; j++, ij++) {
                bigN[ij] += h[i] * w[j] + w[i] * h[j];
                sum[ij] += model.diffuse[i] || model.diffuse[j] ? 0 : r[i] * r[j] + bigN[ij];
            }
        }
    }

    /** dLL/dP_0|0 = (r r' - N) / 2 before the first step, and P_0|0 = sum of T^j Q T'^j. */
    private void addEquilibrium() {
        move(0);
        for (int i = 0, ij = 0; i < k; i++) {
            for (int j = 0; j <= i; j++, ij++) {
                bigN[ij] += r[i] * r[j];
            }
        }
        equilibrium.solveTransposed(bigN);
        for (int ij = 0; ij < sum.length; ij++) {
            sum[ij] += bigN[ij];
        }
    }

    /** r = T'r, N = T'N T. */
    private void move(int t) {
        if (model.transitionKind == TransitionKind.IDENTITY) {
            return;
        }
        int at = t * model.transitionStep;
        for (int i = 0; i < k; i++) {
            double dot = 0;
            for (int j = 0; j < k; j++) {
                dot += model.transition[at + j * k + i] * r[j];
            }
            w[i] = dot;
        }
        System.arraycopy(w, 0, r, 0, k);
        if (model.transitionKind == TransitionKind.DIAGONAL) {
            for (int i = 0, ij = 0; i < k; i++) {
                for (int j = 0; j <= i; j++, ij++) {
                    bigN[ij] *= model.transition[at + i * k + i] * model.transition[at + j * k + j];
                }
            }
            return;
        }
        Packed.sandwichTransposed(model.transition, at, bigN, 0, work, k);
    }
}
