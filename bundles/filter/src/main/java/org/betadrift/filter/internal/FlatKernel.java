package org.betadrift.filter.internal;

import org.betadrift.filter.internal.FlatStates.TransitionKind;
import org.betadrift.model.Covariance;

/**
 * One forward pass of any {@link FlatModel} that keeps nothing but its log-likelihood: any K, T, c, Q and R. Covariance form
 * as in {@link CovarianceKernel}; the logarithm is put off as in the straight-line kernels. No allocation after
 * birth. One thread.
 */
final class FlatKernel {
    private final FlatModel model;
    private final int k;
    private final double[] beta; // K
    private final double[] p;    // packed
    private final double[] ph;   // P h, K
    private final double[] work; // K x K
    private double squares;

    FlatKernel(FlatModel model) {
        this.model = model;
        k = model.states;
        beta = new double[k];
        p = new double[Covariance.size(k)];
        ph = new double[k];
        work = new double[k * k];
    }

    /**
     * @param from first date
     * @param startBeta filtered state before it; read only
     * @param startP its covariance, packed; read only
     * @param tape told of every date from the first one on; null when nobody asks
     * @return sum of y~^2 / S + log S over the dates with a y; not finite when a {@link LikelihoodKernel}'s wouldn't be
     */
    double deviance(int from, double[] startBeta, double[] startP, Tape tape) {
        System.arraycopy(startBeta, 0, beta, 0, k);
        System.arraycopy(startP, 0, p, 0, p.length);
        squares = 0;
        double logs = 0;
        double product = 1;
        for (int t = from; t < model.dates; t++) {
            predict(t);
            if (!model.isObserved(t)) {
                if (tape != null) {
                    tape.nothing(t);
                }
                continue;
            }
            // y~ = y - h'beta, S = h'P h + R
            double r = model.r[t * model.rStep];
            int at = t * k;
            double v = model.y[t];
            double s = r;
            multiply(at);
            for (int i = 0; i < k; i++) {
                v -= model.h[at + i] * beta[i];
                s += model.h[at + i] * ph[i];
            }
            if (!(s > 0 && s >= r * LikelihoodKernel.NEGATIVE && s <= r * LikelihoodKernel.DIGITS_AT_RISK)) {
                return Double.NaN;
            }
            squares += v * v / s;
            double larger = product * s;
            if (larger > 1e-200 && larger < 1e200) {
                product = larger;
            } else {
                logs += Math.log(product) + Math.log(s);
                product = 1;
            }
            // beta = beta + P h y~ / S, P = P - P h (P h)' / S
            double u = v / s;
            double inverse = 1 / s;
            for (int i = 0, ij = 0; i < k; i++) {
                beta[i] += ph[i] * u;
                double gain = ph[i] * inverse;
                for (int j = 0; j <= i; j++, ij++) {
                    p[ij] -= gain * ph[j];
                }
            }
            if (tape != null) {
                keep(tape, t, u, inverse);
            }
        }
        return squares + logs + Math.log(product);
    }

    private void keep(Tape tape, int t, double u, double inverse) {
        int at = t * tape.step;
        for (int i = 0; i < k; i++) {
            tape.rows[at + i] = -ph[i] * inverse;
        }
        tape.rows[at + k] = -u;
        tape.rows[at + k + 1] = -inverse;
    }

    /** Sum of y~^2 / S of the last {@link #deviance}. */
    double squares() {
        return squares;
    }

    /** ph = P h: each entry of the triangle is read once. */
    private void multiply(int at) {
        double[] h = model.h;
        for (int i = 0, ij = 0; i < k; i++) {
            double hi = h[at + i];
            double sum = 0;
            for (int j = 0; j < i; j++, ij++) {
                sum += p[ij] * h[at + j];
                ph[j] += p[ij] * hi;
            }
            ph[i] = sum + p[ij++] * hi;
        }
    }

    /** beta = c + T beta, P = T P T' + Q. */
    private void predict(int t) {
        if (model.transitionKind != TransitionKind.IDENTITY) {
            int at = t * model.transitionStep;
            if (model.transitionKind == TransitionKind.DIAGONAL) {
                moveDiagonal(at);
            } else {
                moveDense(at);
            }
            for (int i = 0; i < k; i++) {
                beta[i] += model.constant[i];
            }
        }
        int at = t * model.qStep;
        for (int i = 0; i < p.length; i++) {
            p[i] += model.q[at + i];
        }
    }

    private void moveDiagonal(int at) {
        double[] transition = model.transition;
        for (int i = 0, ij = 0; i < k; i++) {
            double ti = transition[at + i * k + i];
            beta[i] *= ti;
            for (int j = 0; j <= i; j++, ij++) {
                p[ij] *= ti * transition[at + j * k + j];
            }
        }
    }

    private void moveDense(int at) {
        double[] transition = model.transition;
        for (int i = 0; i < k; i++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                sum += transition[at + i * k + j] * beta[j];
            }
            work[i] = sum;
        }
        System.arraycopy(work, 0, beta, 0, k);
        // work = T P
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += transition[at + i * k + l] * p[Covariance.index(l, j)];
                }
                work[i * k + j] = sum;
            }
        }
        // P = work T'
        for (int i = 0, ij = 0; i < k; i++) {
            for (int j = 0; j <= i; j++, ij++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += work[i * k + l] * transition[at + j * k + l];
                }
                p[ij] = sum;
            }
        }
    }
}
