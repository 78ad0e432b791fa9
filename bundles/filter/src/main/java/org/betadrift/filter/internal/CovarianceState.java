package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.internal.FlatStates.TransitionKind;

/**
 * (beta, P) in covariance form, for many states: the steps of {@link CovarianceKernel} on {@link FlatStates}, P a {@link Square}.
 * A row costs K^2 for P and K times the nonzeros of h for P h. It refuses rows as {@link LikelihoodKernel} does. One thread, no
 * allocation after birth.
 */
final class CovarianceState implements RowState {
    private final FlatStates model;
    private final int k;
    private final double[] beta; // K
    private final double[] p;    // K x K
    private final double[] ph;   // P h, K
    private final double[] work; // K x K; of a T
    private double innovation;
    private double innovationVariance;

    CovarianceState(FlatStates model) {
        this.model = model;
        k = model.states;
        beta = new double[k];
        p = new double[k * k];
        ph = new double[k];
        work = new double[model.transitionKind == TransitionKind.IDENTITY ? 0 : k * k];
    }

    /** Begins with these. @param covariance packed */
    void begin(double[] mean, double[] covariance) {
        System.arraycopy(mean, 0, beta, 0, k);
        Square.unpack(covariance, 0, p, k);
    }

    @Override
    public void predict(int t) {
        if (model.transitionKind != TransitionKind.IDENTITY) {
            int at = t * model.transitionStep;
            System.arraycopy(beta, 0, ph, 0, k);
            for (int i = 0; i < k; i++) {
                double sum = model.constant[i];
                for (int j = 0; j < k; j++) {
                    sum += model.transition[at + i * k + j] * ph[j];
                }
                beta[i] = sum;
            }
            Square.sandwich(model.transition, at, false, p, work, k);
        }
        Square.addPacked(model.q, t * model.qStep, p, k);
    }

    @Override
    public Kernel.Outcome see(DateRows rows, int row) {
        double v = rows.y(row);
        double r = rows.r(row);
        double s = r;
        int at = row * k;
        Arrays.fill(ph, 0);
        for (int l = 0; l < rows.nonzeros[row]; l++) {
            int j = rows.nonzero[at + l];
            v -= rows.h[at + j] * beta[j];
            Square.add(rows.h[at + j], p, j * k, ph, 0, k);
        }
        for (int l = 0; l < rows.nonzeros[row]; l++) {
            int j = rows.nonzero[at + l];
            s += rows.h[at + j] * ph[j];
        }
        innovation = v;
        innovationVariance = s;
        if (!(s > 0 && s >= r * LikelihoodKernel.NEGATIVE && s <= r * LikelihoodKernel.DIGITS_AT_RISK) || !Double.isFinite(v)) {
            return Kernel.Outcome.IMPOSSIBLE;
        }
        Square.add(v / s, ph, 0, beta, 0, k);
        // P = P - g g' with g = P h / sqrt S, symmetric to the last bit
        double root = 1 / Math.sqrt(s);
        for (int i = 0; i < k; i++) {
            ph[i] *= root;
        }
        for (int i = 0; i < k; i++) {
            Square.add(-ph[i], ph, 0, p, i * k, k);
        }
        return Kernel.Outcome.SEEN;
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
        double root = 1 / Math.sqrt(innovationVariance);
        for (int i = 0; i < k; i++) {
            destination[at + i] = ph[i] * root;
        }
    }
}
