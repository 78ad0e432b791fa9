package org.betadrift.estimator.factorvol.internal;

import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;

/** Which states of a sample move when only levels do: alpha as the option {@code alpha} says, no slope. */
final class StateVariances {
    private final Sample sample;
    private final boolean alphaMoves;

    /** Reads the option {@code alpha}. */
    StateVariances(EstimationContext context) {
        sample = context.sample();
        alphaMoves = context.options().oneOf("alpha", "static", "free").equals("free");
    }

    boolean moves(int state) {
        return !sample.isSlope(state) && (alphaMoves || !Observed.isAlpha(sample, state));
    }

    /** The given variances where a state moves, 0 elsewhere. */
    Covariance diagonal(double... variances) {
        double[] q = new double[sample.states().count()];
        for (int k = 0; k < q.length; k++) {
            q[k] = moves(k) ? variances[variances.length == 1 ? 0 : k] : 0;
        }
        return Covariance.diagonal(q);
    }

    /** With a warning where there are slopes. */
    Estimate<Noise> warn(Estimate<Noise> estimate, String strategy) {
        return sample.hasSlopes() ? estimate.withWarning(strategy + " leaves every slope constant") : estimate;
    }
}
