package org.betadrift.estimator.factorvol.internal;

import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.testkit.StateNoiseContract;

class RollingBetaStateNoiseContractTest extends StateNoiseContract {
    @Override
    protected StateNoiseEstimator strategy() {
        return new RollingBetaStateNoise();
    }

    @Override
    protected String[] options() {
        return new String[] {"window=10", "mode=unbiased", "scale=1", "floor=0", "alpha=free"};
    }
}
