package org.betadrift.filter.internal;

import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;
import org.betadrift.model.StateSpaceModel;

/**
 * One step of the Kalman filter in covariance form, scalar y: (beta, P) in place, P packed by rows of the lower
 * triangle, no inverse, no determinant, no allocation after birth. One thread. Formulas: seed notation, see
 * {@code org.betadrift.model}; Anderson and Moore (1979), ch. 3.
 */
final class CovarianceKernel {
    private final int k;
    private final boolean identity;
    private final double[] transition; // T, row-major; unused when identity
    private final Noise stateNoise;
    private final double[] beta;       // K
    private final double[] p;          // P, packed
    private final double[] q;          // Q_t, packed
    private final double[] ph;         // P h, K
    private final double[] work;       // K x K; unused when identity
    private double innovation;
    private double innovationVariance;

    CovarianceKernel(StateSpaceModel model) {
        k = model.states().count();
        identity = model.transition().isIdentity();
        transition = model.transition().matrix(0).toArray();
        stateNoise = model.stateNoise();
        beta = model.initial().prior().mean().toArray();
        p = model.initial().prior().covariance().toPacked();
        q = new double[p.length];
        ph = new double[k];
        work = identity ? null : new double[k * k];
    }

    /** Into date t: beta = T beta, P = T P T' + Q_t. */
    void predict(int t) {
        if (!identity) {
            moveMean();
            moveCovariance();
        }
        stateNoise.copyPacked(t, q);
        for (int i = 0; i < p.length; i++) {
            p[i] += q[i];
        }
    }

    private void moveMean() {
        for (int i = 0; i < k; i++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                sum += transition[i * k + j] * beta[j];
            }
            work[i] = sum;
        }
        System.arraycopy(work, 0, beta, 0, k);
    }

    private void moveCovariance() {
        // work = T P
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += transition[i * k + l] * p[Covariance.index(l, j)];
                }
                work[i * k + j] = sum;
            }
        }
        // P = work T', lower triangle
        for (int i = 0, at = 0; i < k; i++) {
            for (int j = 0; j <= i; j++, at++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += work[i * k + l] * transition[j * k + l];
                }
                p[at] = sum;
            }
        }
    }

    /**
     * y~ = y - h'beta, S = h'P h + r, K = P h / S, beta = beta + K y~, P = P - P h (P h)' / S.
     *
     * @param h K, read only
     * @return false when S isn't positive and finite or y~ isn't finite; then nothing was updated
     */
    boolean update(double y, double[] h, double r) {
        double v = y;
        double s = r;
        for (int i = 0; i < k; i++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                sum += p[Covariance.index(i, j)] * h[j];
            }
            ph[i] = sum;
            v -= h[i] * beta[i];
            s += h[i] * sum;
        }
        innovation = v;
        innovationVariance = s;
        if (!(s > 0) || Double.isInfinite(s) || !Double.isFinite(v)) {
            return false;
        }
        double standardized = v / s;
        for (int i = 0, at = 0; i < k; i++) {
            beta[i] += ph[i] * standardized;
            double gain = ph[i] / s;
            for (int j = 0; j <= i; j++, at++) {
                p[at] -= gain * ph[j];
            }
        }
        return true;
    }

    /** y~ of the last update. */
    double innovation() {
        return innovation;
    }

    /** S of the last update. */
    double innovationVariance() {
        return innovationVariance;
    }

    /** Writes K of the last update. */
    void copyGain(double[] destination, int at) {
        for (int i = 0; i < k; i++) {
            destination[at + i] = ph[i] / innovationVariance;
        }
    }

    /** Writes (beta, P). */
    void copyState(double[] means, int meansAt, double[] covariances, int covariancesAt) {
        System.arraycopy(beta, 0, means, meansAt, k);
        System.arraycopy(p, 0, covariances, covariancesAt, p.length);
    }
}
