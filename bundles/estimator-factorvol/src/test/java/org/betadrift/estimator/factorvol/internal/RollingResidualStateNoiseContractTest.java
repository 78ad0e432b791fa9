package org.betadrift.estimator.factorvol.internal;

import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.testkit.ScaleLaw;
import org.betadrift.testkit.StateNoiseContract;

class RollingResidualStateNoiseContractTest extends StateNoiseContract {
    @Override
    protected StateNoiseEstimator strategy() {
        return new RollingResidualStateNoise();
    }

    @Override
    protected String[] options() {
        return new String[] {"window=12", "residuals=ols", "scale=1", "floor=0", "pilot=1e-4", "start=expanding", "alpha=static"};
    }

    /** A rule of thumb: the variance of a return stands for that of an exposure. */
    @Override
    protected ScaleLaw byFactor() {
        return ScaleLaw.power(0);
    }
}
