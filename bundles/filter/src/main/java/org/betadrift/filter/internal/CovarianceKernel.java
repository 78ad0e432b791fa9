package org.betadrift.filter.internal;

import org.betadrift.model.Covariance;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;

/**
 * The fast kernel: (beta, P) in covariance form, P packed by rows of the lower triangle, no inverse, no determinant. Formulas:
 * seed notation, see {@code org.betadrift.model}; Anderson and Moore (1979), ch. 3. It can't hold an infinite variance and it
 * subtracts: about as many digits go as S is larger than r. Beyond {@link #DIGITS_AT_RISK} too few are left for a log-likelihood,
 * and {@link #update} refuses the row, so that an exact kernel does the sample again.
 */
final class CovarianceKernel implements Kernel {
    static final double DIGITS_AT_RISK = 1e10;

    private final int k;
    private final Transition transition;
    private final boolean identity;
    private final Noise stateNoise;
    private final boolean isDiscount;
    private final double discount;     // P / discount for P + Q; 1 where Q has covariances
    private final double[] beta;       // K
    private final double[] p;          // P, packed
    private final double[] q;          // Q_t, packed
    private final double[] ph;         // P h, K
    private final double[] work;       // K x K; unused when identity
    private double innovation;
    private double innovationVariance;

    /** From (beta_0|0, P_0|0); diffuse components come with {@link #set}. */
    CovarianceKernel(StateSpaceModel model) {
        k = model.states().count();
        transition = model.transition();
        identity = transition.isIdentity();
        stateNoise = model.stateNoise();
        isDiscount = stateNoise.discount().isPresent();
        discount = stateNoise.discount().orElse(1);
        beta = model.initial().prior().mean().toArray();
        p = model.initial().prior().covariance().toPacked();
        q = new double[p.length];
        ph = new double[k];
        work = identity ? null : new double[k * k];
    }

    /** Takes another kernel's state, whose variances are all finite. */
    void set(Kernel other) {
        other.copyMean(beta, 0);
        other.copyCovariance(p, 0);
    }

    @Override
    public void predict(int t) {
        if (!identity) {
            Matrix matrix = transition.matrix(t);
            moveMean(matrix);
            moveCovariance(matrix);
        }
        if (isDiscount) {
            for (int i = 0; i < p.length; i++) {
                p[i] /= discount;
            }
            return;
        }
        stateNoise.copyPacked(t, q);
        for (int i = 0; i < p.length; i++) {
            p[i] += q[i];
        }
    }

    private void moveMean(Matrix matrix) {
        for (int i = 0; i < k; i++) {
            double sum = transition.constant().get(i);
            for (int j = 0; j < k; j++) {
                sum += matrix.get(i, j) * beta[j];
            }
            work[i] = sum;
        }
        System.arraycopy(work, 0, beta, 0, k);
    }

    private void moveCovariance(Matrix matrix) {
        // work = T P
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += matrix.get(i, l) * p[Covariance.index(l, j)];
                }
                work[i * k + j] = sum;
            }
        }
        // P = work T', lower triangle
        for (int i = 0, at = 0; i < k; i++) {
            for (int j = 0; j <= i; j++, at++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += work[i * k + l] * matrix.get(j, l);
                }
                p[at] = sum;
            }
        }
    }

    @Override
    public Outcome update(double y, double[] h, int at, double r) {
        double v = y;
        double s = r;
        for (int i = 0; i < k; i++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                sum += p[Covariance.index(i, j)] * h[at + j];
            }
            ph[i] = sum;
            v -= h[at + i] * beta[i];
            s += h[at + i] * sum;
        }
        innovation = v;
        innovationVariance = s;
        if (!(s > 0) || Double.isInfinite(s) || !Double.isFinite(v) || !(s <= DIGITS_AT_RISK * r)) {
            return Outcome.IMPOSSIBLE;
        }
        double standardized = v / s;
        for (int i = 0, to = 0; i < k; i++) {
            beta[i] += ph[i] * standardized;
            double gain = ph[i] / s;
            for (int j = 0; j <= i; j++, to++) {
                p[to] -= gain * ph[j];
            }
        }
        return Outcome.SEEN;
    }

    @Override
    public double innovation() {
        return innovation;
    }

    @Override
    public double innovationVariance() {
        return innovationVariance;
    }

    @Override
    public void copyGain(double[] destination, int at) {
        for (int i = 0; i < k; i++) {
            destination[at + i] = ph[i] / innovationVariance;
        }
    }

    @Override
    public boolean hasInfinite() {
        return false;
    }

    @Override
    public boolean seesInfinite(double[] h, int at) {
        return false;
    }

    @Override
    public void copyMean(double[] means, int at) {
        System.arraycopy(beta, 0, means, at, k);
    }

    @Override
    public void copyCovariance(double[] covariances, int at) {
        System.arraycopy(p, 0, covariances, at, p.length);
    }
}
