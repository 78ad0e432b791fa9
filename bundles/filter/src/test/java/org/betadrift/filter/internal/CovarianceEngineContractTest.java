package org.betadrift.filter.internal;

import org.betadrift.filter.FilterEngine;
import org.betadrift.testkit.FilterEngineContract;

class CovarianceEngineContractTest extends FilterEngineContract {
    @Override
    protected FilterEngine strategy() {
        return new CovarianceEngine();
    }

    @Override
    protected boolean constrained() {
        return true;
    }

    @Override
    protected boolean multivariate() {
        return true;
    }

    @Override
    protected boolean diffuse() {
        return true;
    }

    /** The covariance form subtracts: after a start of near-collinear rows it has eight digits, not nine. */
    @Override
    protected double diffuseTolerance() {
        return 1e-8;
    }

    @Override
    protected boolean withoutGarbage() {
        return true;
    }
}
