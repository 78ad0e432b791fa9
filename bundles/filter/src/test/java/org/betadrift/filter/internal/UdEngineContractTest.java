package org.betadrift.filter.internal;

import org.betadrift.filter.FilterEngine;
import org.betadrift.testkit.FilterEngineContract;

class UdEngineContractTest extends FilterEngineContract {
    @Override
    protected FilterEngine strategy() {
        return new UdEngine();
    }

    @Override
    protected boolean multivariate() {
        return true;
    }
}
