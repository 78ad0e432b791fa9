package org.betadrift.filter.internal;

import org.betadrift.filter.FilterEngine;
import org.betadrift.testkit.FilterEngineContract;

class UdEngineContractTest extends FilterEngineContract {
    @Override
    protected FilterEngine strategy() {
        return new UdEngine();
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

    @Override
    protected double referenceLogLikelihood() {
        return 1e-10;
    }

    @Override
    protected double referenceTolerance() {
        return 1e-12;
    }

    @Override
    protected boolean withoutGarbage() {
        return true;
    }
}
