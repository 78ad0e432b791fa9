package org.betadrift.filter.internal;

import org.betadrift.filter.Forecaster;
import org.betadrift.testkit.ForecasterContract;

class StandardForecasterContractTest extends ForecasterContract {
    @Override
    protected Forecaster strategy() {
        return new StandardForecaster();
    }

    @Override
    protected boolean multivariate() {
        return true;
    }

    @Override
    protected boolean constrained() {
        return true;
    }
}
