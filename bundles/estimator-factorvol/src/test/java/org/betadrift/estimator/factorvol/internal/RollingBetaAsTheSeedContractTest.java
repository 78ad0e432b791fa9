package org.betadrift.estimator.factorvol.internal;

import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.testkit.StateNoiseContract;

class RollingBetaAsTheSeedContractTest extends StateNoiseContract {
    @Override
    protected StateNoiseEstimator strategy() {
        return new RollingBetaStateNoise();
    }

    @Override
    protected String[] options() {
        return new String[] {"window=8", "mode=seed", "scale=1", "floor=0", "alpha=free"};
    }
}
