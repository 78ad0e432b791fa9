package org.betadrift.filter.internal;

import org.betadrift.filter.FilterEngine;
import org.betadrift.testkit.LikelihoodEvaluatorContract;

class CovarianceLikelihoodContractTest extends LikelihoodEvaluatorContract {
    @Override
    protected FilterEngine strategy() {
        return new CovarianceEngine();
    }

    @Override
    protected boolean multivariate() {
        return true;
    }

    @Override
    protected boolean diffuse() {
        return true;
    }

    @Override
    protected boolean constraints() {
        return true;
    }
}
