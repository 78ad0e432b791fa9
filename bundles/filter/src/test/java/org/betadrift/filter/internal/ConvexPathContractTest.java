package org.betadrift.filter.internal;

import org.betadrift.filter.PathEstimator;
import org.betadrift.testkit.PathEstimatorContract;

class ConvexPathContractTest extends PathEstimatorContract {
    @Override
    protected PathEstimator strategy() {
        return new ConvexPath();
    }

    @Override
    protected boolean multivariate() {
        return true;
    }
}
