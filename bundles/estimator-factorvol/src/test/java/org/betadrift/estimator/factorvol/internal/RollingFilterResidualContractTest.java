package org.betadrift.estimator.factorvol.internal;

import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.testkit.ScaleLaw;
import org.betadrift.testkit.StateNoiseContract;

class RollingFilterResidualContractTest extends StateNoiseContract {
    @Override
    protected StateNoiseEstimator strategy() {
        return new RollingResidualStateNoise();
    }

    @Override
    protected String[] options() {
        return new String[] {"window=12", "residuals=filter", "scale=1", "floor=0", "pilot=1e-4", "start=backfill", "alpha=free"};
    }

    @Override
    protected ScaleLaw byTarget() {
        return ScaleLaw.none("the variance of the first pass is a number of the user's");
    }

    @Override
    protected ScaleLaw byFactor() {
        return ScaleLaw.none("the variance of the first pass is a number of the user's");
    }
}
