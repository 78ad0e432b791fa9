package org.betadrift.estimator.mle.internal;

import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.filter.FilterEngine;
import org.betadrift.likelihood.PlainEngine;
import org.betadrift.testkit.JointNoiseContract;

class MleRContractTest extends JointNoiseContract {
    @Override
    protected JointNoiseEstimator strategy() {
        return new MleObservationNoise();
    }

    @Override
    protected String[] options() {
        return new String[] {"lower=0", "upper=1e300", "starts=2", "seed=0", "optimiser=bfgs", "profile"};
    }

    @Override
    protected FilterEngine engine() {
        return new PlainEngine();
    }

    @Override
    protected int cases() {
        return 8;
    }

    @Override
    protected double tolerance() {
        return 1e-5; // of maxima that are flat
    }
}
