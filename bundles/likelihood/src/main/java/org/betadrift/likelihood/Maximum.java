package org.betadrift.likelihood;

import java.util.Objects;
import org.betadrift.estimation.ConvergenceRecord;

/** The best place found, and how. Immutable. */
public final class Maximum {
    private final double[] theta;
    private final double logLikelihood;
    private final ConvergenceRecord convergence;

    Maximum(double[] theta, double logLikelihood, ConvergenceRecord convergence) {
        this.theta = theta.clone();
        this.logLikelihood = logLikelihood;
        this.convergence = Objects.requireNonNull(convergence, "convergence");
    }

    /** In the order of {@link Likelihood#names}, in the data's units. A copy. */
    public double[] theta() {
        return theta.clone();
    }

    /** There; convention {@code full}. */
    public double logLikelihood() {
        return logLikelihood;
    }

    /** Converged or not, to what, by which starts, with what standard errors. */
    public ConvergenceRecord convergence() {
        return convergence;
    }
}
