package org.betadrift.filter.internal;

import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.testkit.InitialStateContract;

/** Zero times any unit is zero: the contract's own laws hold. */
class DiffuseInitialStateContractTest extends InitialStateContract {
    @Override
    protected InitialStateEstimator strategy() {
        return new DiffuseInitialState();
    }

    @Override
    protected boolean multivariate() {
        return true;
    }
}
