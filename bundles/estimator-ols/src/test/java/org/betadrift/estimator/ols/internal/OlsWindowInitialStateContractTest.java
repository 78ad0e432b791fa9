package org.betadrift.estimator.ols.internal;

import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.testkit.InitialStateContract;
import org.betadrift.testkit.ScaleLaw;

class OlsWindowInitialStateContractTest extends InitialStateContract {
    @Override
    protected InitialStateEstimator strategy() {
        return new OlsWindowInitialState();
    }

    @Override
    protected String[] options() {
        return new String[] {"observations", "variance=100", "covariance=fixed", "slope-variance"};
    }

    /** P0 is a number of the user's. */
    @Override
    protected ScaleLaw covarianceByTarget() {
        return ScaleLaw.power(0);
    }

    @Override
    protected ScaleLaw covarianceByFactor() {
        return ScaleLaw.power(0);
    }

    @Override
    protected boolean multivariate() {
        return true;
    }
}
