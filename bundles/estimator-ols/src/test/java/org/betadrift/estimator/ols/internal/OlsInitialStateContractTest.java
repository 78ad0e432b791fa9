package org.betadrift.estimator.ols.internal;

import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.testkit.InitialStateContract;
import org.betadrift.testkit.ScaleLaw;

class OlsInitialStateContractTest extends InitialStateContract {
    @Override
    protected InitialStateEstimator strategy() {
        return new OlsInitialState(OlsStrategiesTest.config(100));
    }

    @Override
    protected String[] options() {
        return new String[] {"variance=100"};
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
