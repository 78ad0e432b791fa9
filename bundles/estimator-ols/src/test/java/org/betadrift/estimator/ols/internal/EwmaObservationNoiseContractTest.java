package org.betadrift.estimator.ols.internal;

import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.testkit.ObservationNoiseContract;

class EwmaObservationNoiseContractTest extends ObservationNoiseContract {
    @Override
    protected ObservationNoiseEstimator strategy() {
        return new EwmaObservationNoise();
    }

    @Override
    protected String[] options() {
        return new String[] {"lambda=0.94", "warmup=12", "floor=0"};
    }

    @Override
    protected boolean multivariate() {
        return true;
    }
}
