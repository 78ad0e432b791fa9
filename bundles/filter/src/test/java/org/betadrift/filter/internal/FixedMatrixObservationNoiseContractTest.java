package org.betadrift.filter.internal;

import java.util.Map;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.model.Sample;
import org.betadrift.testkit.ObservationNoiseContract;
import org.betadrift.testkit.ScaleLaw;

class FixedMatrixObservationNoiseContractTest extends ObservationNoiseContract {
    @Override
    protected ObservationNoiseEstimator strategy() {
        return new FixedMatrixObservationNoise();
    }

    @Override
    protected String[] options() {
        return new String[] {"value"};
    }

    @Override
    protected Map<String, String> requested(Sample sample) {
        return Map.of("value", Given.matrix(sample.targets()));
    }

    @Override
    protected boolean multivariate() {
        return true;
    }

    @Override
    protected ScaleLaw byTarget() {
        return ScaleLaw.power(0);
    }
}
