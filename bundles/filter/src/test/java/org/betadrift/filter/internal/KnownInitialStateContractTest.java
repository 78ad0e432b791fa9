package org.betadrift.filter.internal;

import java.util.List;
import java.util.Map;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.model.Sample;
import org.betadrift.testkit.InitialStateContract;
import org.betadrift.testkit.ScaleLaw;

class KnownInitialStateContractTest extends InitialStateContract {
    @Override
    protected InitialStateEstimator strategy() {
        return new KnownInitialState();
    }

    @Override
    protected String[] options() {
        return new String[] {"mean", "variance", "covariance"};
    }

    @Override
    protected Map<String, String> requested(Sample sample) {
        List<String> states = sample.states().texts();
        return Map.of("mean", Given.variances(states), "covariance", Given.matrix(states));
    }

    @Override
    protected boolean multivariate() {
        return true;
    }

    @Override
    protected ScaleLaw meanByTarget() {
        return ScaleLaw.power(0);
    }

    @Override
    protected ScaleLaw meanByFactor() {
        return ScaleLaw.power(0);
    }

    @Override
    protected ScaleLaw covarianceByTarget() {
        return ScaleLaw.power(0);
    }

    @Override
    protected ScaleLaw covarianceByFactor() {
        return ScaleLaw.power(0);
    }
}
