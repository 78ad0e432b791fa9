package org.betadrift.estimator.ols.internal;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Vector;
import org.osgi.service.component.annotations.Component;

/**
 * Mean = least squares on the whole sample, P_0|0 = {@code variance} times the identity (100 as in the seed). It looks
 * ahead: every filtered value rests on the whole sample through its start.
 */
@Component
@Strategy(name = "ols", description = "mean by least squares on the whole sample, P0 = variance * I", options = "variance=100")
public final class OlsInitialState implements InitialStateEstimator {
    @Override
    public Estimate<InitialState> estimate(EstimationContext context) {
        double variance = context.options().number("variance", 0, Double.MAX_VALUE);
        LeastSquares fit = LeastSquares.of(context.sample());
        InitialState initial = InitialState.known(Vector.of(fit.beta()), Covariance.scalar(context.sample().states().count(), variance));
        return Collinearity.warn(Estimate.of(initial, CausalFrom.never()), fit, "the initial mean is the least squares solution of smallest norm");
    }
}
