package org.betadrift.estimator.mle.internal;

import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.filter.FilterEngine;
import org.betadrift.likelihood.PlainEngine;
import org.betadrift.testkit.JointNoiseContract;

class MleContractTest extends JointNoiseContract {
    @Override
    protected JointNoiseEstimator strategy() {
        return new MleJointNoise();
    }

    @Override
    protected String[] options() {
        return Strategies.MLE;
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
