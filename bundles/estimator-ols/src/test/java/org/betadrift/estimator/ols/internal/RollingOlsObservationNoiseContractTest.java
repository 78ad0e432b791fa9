package org.betadrift.estimator.ols.internal;

import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.testkit.ObservationNoiseContract;

class RollingOlsObservationNoiseContractTest extends ObservationNoiseContract {
    @Override
    protected ObservationNoiseEstimator strategy() {
        return new RollingOlsObservationNoise();
    }

    @Override
    protected String[] options() {
        return new String[] {"window=12", "floor=0", "start=expanding"};
    }

    @Override
    protected boolean multivariate() {
        return true;
    }
}
