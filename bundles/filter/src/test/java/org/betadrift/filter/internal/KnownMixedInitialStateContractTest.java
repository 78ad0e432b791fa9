package org.betadrift.filter.internal;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.model.Sample;
import org.betadrift.model.StateName;
import org.betadrift.testkit.InitialStateContract;
import org.betadrift.testkit.ScaleLaw;

/** {@code known} with a diffuse alpha. */
class KnownMixedInitialStateContractTest extends InitialStateContract {
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
        return Map.of("mean", each(sample, "0", "0.5"), "variance", each(sample, "inf", "1e-2"));
    }

    private static String each(Sample sample, String alpha, String other) {
        List<StateName> states = sample.states().names();
        return states.stream().map(state -> state.factor().equals(StateName.ALPHA) ? alpha : other).collect(Collectors.joining(","));
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
