package org.betadrift.estimator.ols.internal;

import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.testkit.ObservationNoiseContract;

class OlsDiagonalObservationNoiseContractTest extends ObservationNoiseContract {
    @Override
    protected ObservationNoiseEstimator strategy() {
        return new OlsObservationNoise();
    }

    @Override
    protected String[] options() {
        return new String[] {"covariance=diagonal"};
    }

    @Override
    protected boolean multivariate() {
        return true;
    }
}
