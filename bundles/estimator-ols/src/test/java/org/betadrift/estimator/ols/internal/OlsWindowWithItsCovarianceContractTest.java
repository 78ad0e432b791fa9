package org.betadrift.estimator.ols.internal;

import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.testkit.InitialStateContract;

class OlsWindowWithItsCovarianceContractTest extends InitialStateContract {
    @Override
    protected InitialStateEstimator strategy() {
        return new OlsWindowInitialState();
    }

    @Override
    protected String[] options() {
        return new String[] {"observations=11", "variance=100", "covariance=ols", "slope-variance"};
    }

    @Override
    protected boolean multivariate() {
        return true;
    }
}
