package org.betadrift.estimator.ols.internal;

import java.util.Arrays;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.InitialState;
import org.betadrift.model.Vector;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Mean = least squares on the whole sample, P_0|0 = s2 (X'X)^-1 with s2 = e'e / (n - K), K levels. It looks ahead. Of
 * slopes least squares says nothing: they start at zero, with the variance that the option {@code slope-variance} gives.
 */
@Component(name = "org.betadrift.initial.ols-covariance")
@Designate(ocd = Ranking.class)
@Strategy(name = "ols-covariance", description = "mean and s2 (X'X)^-1 by least squares on the whole sample",
        options = OlsCovarianceInitialState.SLOPE_VARIANCE)
public final class OlsCovarianceInitialState implements InitialStateEstimator {
    static final String SLOPE_VARIANCE = "slope-variance";

    @Override
    public Estimate<InitialState> estimate(EstimationContext context) {
        double slopeVariance = LeastSquaresCovariance.slopeVariance(context, SLOPE_VARIANCE, "ols-covariance");
        LeastSquares fit = LeastSquares.of(context.sample());
        InitialState initial = InitialState.known(Vector.of(Arrays.copyOf(fit.beta(), context.sample().states().count())),
                LeastSquaresCovariance.of(fit, context.sample(), slopeVariance));
        return Estimate.of(initial, CausalFrom.never());
    }
}
