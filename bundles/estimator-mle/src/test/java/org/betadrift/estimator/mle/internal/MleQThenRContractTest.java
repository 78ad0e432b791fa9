package org.betadrift.estimator.mle.internal;

import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.filter.FilterEngine;
import org.betadrift.likelihood.PlainEngine;
import org.betadrift.testkit.JointNoiseContract;
import org.betadrift.testkit.ScaleLaw;

class MleQThenRContractTest extends JointNoiseContract {
    @Override
    protected JointNoiseEstimator strategy() {
        return new MleSeedRoute();
    }

    @Override
    protected String[] options() {
        return Strategies.MLE_Q_THEN_R;
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
    protected ScaleLaw byTarget() {
        return ScaleLaw.none("its bounds and q I have units");
    }

    @Override
    protected ScaleLaw byFactor() {
        return ScaleLaw.none("its bounds and q I have units");
    }

    @Override
    protected ScaleLaw observationNoiseByFactor() {
        return byFactor();
    }
}
