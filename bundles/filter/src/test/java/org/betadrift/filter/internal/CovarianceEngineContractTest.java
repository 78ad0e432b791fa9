package org.betadrift.filter.internal;

import org.betadrift.filter.FilterEngine;
import org.betadrift.testkit.FilterEngineContract;

class CovarianceEngineContractTest extends FilterEngineContract {
    @Override
    protected FilterEngine strategy() {
        return new CovarianceEngine();
    }

    @Override
    protected boolean multivariate() {
        return true;
    }
}
