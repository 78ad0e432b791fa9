package org.betadrift.filter.internal;

import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.Smoother;
import org.betadrift.testkit.SmootherContract;

class FixedIntervalSmootherContractTest extends SmootherContract {
    @Override
    protected boolean constrained() {
        return true;
    }

    @Override
    protected Smoother strategy() {
        return new FixedIntervalSmoother();
    }

    @Override
    protected FilterEngine engine() {
        return new UdEngine();
    }
}
