package org.betadrift.estimator.factorvol.internal;

import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.testkit.ScaleLaw;
import org.betadrift.testkit.StateNoiseContract;

class FactorVolStateNoiseContractTest extends StateNoiseContract {
    @Override
    protected StateNoiseEstimator strategy() {
        return new FactorVolStateNoise(FactorVolStateNoiseTest.config(1));
    }

    @Override
    protected String[] options() {
        return new String[] {"scale=1", "slope"};
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

    /** A rule of thumb: the variance of a return stands for that of an exposure. */
    @Override
    protected ScaleLaw byFactor() {
        return ScaleLaw.power(1);
    }
}
