package org.betadrift.estimator.factorvol.internal;

import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.testkit.ObservationNoiseContract;
import org.betadrift.testkit.ScaleLaw;

class FactorVolObservationNoiseContractTest extends ObservationNoiseContract {
    @Override
    protected ObservationNoiseEstimator strategy() {
        return new FactorVolObservationNoise();
    }

    @Override
    protected String[] options() {
        return new String[] {"window=12", "scale=1", "floor=0", "start=expanding"};
    }

    @Override
    protected boolean multivariate() {
        return true;
    }

    /** It looks at the factors alone. */
    @Override
    protected ScaleLaw byTarget() {
        return ScaleLaw.power(0);
    }

    @Override
    protected ScaleLaw byFactor() {
        return ScaleLaw.none("R is a mean over factors of different units");
    }
}
