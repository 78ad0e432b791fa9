package org.betadrift.estimator.ols.internal;

import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.testkit.InitialStateContract;

class OlsCovarianceInitialStateContractTest extends InitialStateContract {
    @Override
    protected InitialStateEstimator strategy() {
        return new OlsCovarianceInitialState();
    }

    @Override
    protected String[] options() {
        return new String[] {"slope-variance"};
    }

    @Override
    protected boolean multivariate() {
        return true;
    }
}
