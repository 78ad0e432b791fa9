package org.betadrift.filter.internal;

import java.util.Map;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.model.Sample;
import org.betadrift.testkit.ScaleLaw;
import org.betadrift.testkit.StateNoiseContract;

class FixedMatrixStateNoiseContractTest extends StateNoiseContract {
    @Override
    protected StateNoiseEstimator strategy() {
        return new FixedMatrixStateNoise();
    }

    @Override
    protected String[] options() {
        return new String[] {"value", "factor"};
    }

    @Override
    protected Map<String, String> requested(Sample sample) {
        return Map.of("value", Given.matrix(sample.states().texts()));
    }

    @Override
    protected boolean multivariate() {
        return true;
    }

    @Override
    protected ScaleLaw byTarget() {
        return ScaleLaw.power(0);
    }

    @Override
    protected ScaleLaw byFactor() {
        return ScaleLaw.power(0);
    }
}
