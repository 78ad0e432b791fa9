package org.betadrift.estimator.cholesky.internal;

import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.internal.CovarianceEngine;
import org.betadrift.testkit.JointNoiseContract;

class CholeskyContractTest extends JointNoiseContract {
    @Override
    protected JointNoiseEstimator strategy() {
        return new CholeskyJointNoise();
    }

    @Override
    protected String[] options() {
        return Cases.OPTIONS;
    }

    @Override
    protected boolean multivariate() {
        return true;
    }

    @Override
    protected FilterEngine engine() {
        return new CovarianceEngine();
    }

    @Override
    protected int dates() {
        return 80;
    }

    @Override
    protected int cases() {
        return 6;
    }

    @Override
    protected double tolerance() {
        return 1e-5; // of maxima that are flat
    }
}
