package org.betadrift.estimator.mle.internal;

import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.filter.FilterEngine;
import org.betadrift.likelihood.PlainEngine;
import org.betadrift.testkit.JointNoiseContract;
import org.betadrift.testkit.ScaleLaw;

class MleQContractTest extends JointNoiseContract {
    @Override
    protected JointNoiseEstimator strategy() {
        return new MleStateNoise();
    }

    @Override
    protected String[] options() {
        return new String[] {"state=scalar", "alpha=static", "constant", "lower=0", "upper=1e300", "starts=2", "seed=0", "optimiser=bfgs", "profile"};
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

    @Override
    protected ScaleLaw byFactor() {
        return ScaleLaw.none("q I is the same variance for every state");
    }
}
