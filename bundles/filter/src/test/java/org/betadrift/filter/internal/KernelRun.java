package org.betadrift.filter.internal;

import org.betadrift.model.Covariance;
import org.betadrift.model.StateSpaceModel;

/** A {@link UdKernel} fed row by row, counting as an engine counts: the one place that knows the kernel's methods. */
final class KernelRun {
    private final UdKernel kernel;
    private final int k;
    private final double[] means;
    private final double[] covariances;
    private double logLikelihood;
    private int diffuse;
    private int redundant;

    KernelRun(StateSpaceModel model) {
        kernel = new UdKernel(model);
        k = model.states().count();
        means = new double[k];
        covariances = new double[Covariance.size(k)];
    }

    void predict(int t) {
        kernel.predict(t);
    }

    /** @return log density of the row, all constants counted */
    double update(double y, double[] h, double r) {
        double term = 0;
        double v = 0;
        switch (kernel.update(y, h, 0, r)) {
            case SEEN -> {
                v = kernel.innovation();
                term = -0.5 * (Math.log(2 * Math.PI) + Math.log(kernel.innovationVariance()) + v / kernel.innovationVariance() * v);
            }
            case DIFFUSE -> {
                diffuse++;
                term = -0.5 * (Math.log(2 * Math.PI) + Math.log(kernel.innovationVariance()));
            }
            case REDUNDANT -> redundant++;
            default -> throw new AssertionError("refused: innovation " + kernel.innovation() + ", S " + kernel.innovationVariance());
        }
        logLikelihood += term;
        return term;
    }

    double logLikelihood() {
        return logLikelihood;
    }

    int diffuse() {
        return diffuse;
    }

    int redundant() {
        return redundant;
    }

    /** y~ / S^1/2 of the last row. */
    double standardized() {
        return kernel.innovation() / Math.sqrt(kernel.innovationVariance());
    }

    double[] means() {
        kernel.copyMean(means, 0);
        return means;
    }

    /** Packed. */
    double[] covariances() {
        kernel.copyCovariance(covariances, 0);
        return covariances;
    }
}
