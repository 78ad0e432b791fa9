package org.betadrift.estimator.ols.internal;

import java.util.List;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.InitialState;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Mean = least squares on the whole sample, P_0|0 = s2 (X'X)^-1 with s2 = e'e / (n - K), K levels; of several targets each by
 * itself, on the dates on which it is present, P_0|0 zero between them. It looks ahead. Of slopes least squares says nothing: they start at zero, with the variance that the option {@code slope-variance} gives.
 */
@Component(name = "org.betadrift.initial.ols-covariance")
@Designate(ocd = Ranking.class)
@Strategy(name = "ols-covariance", description = "mean and s2 (X'X)^-1 by least squares on the whole sample, each target by itself", multivariate = true,
        options = OlsCovarianceInitialState.SLOPE_VARIANCE)
public final class OlsCovarianceInitialState implements InitialStateEstimator {
    static final String SLOPE_VARIANCE = "slope-variance";

    @Override
    public Estimate<InitialState> estimate(EstimationContext context) {
        double slopeVariance = LeastSquaresCovariance.slopeVariance(context, SLOPE_VARIANCE, "ols-covariance");
        List<LeastSquares> fits = LeastSquares.ofEach(context.sample());
        InitialState initial = InitialState.known(LeastSquares.mean(fits, context.sample().states().count()),
                LeastSquaresCovariance.of(fits, context.sample(), slopeVariance));
        return Estimate.of(initial, CausalFrom.never());
    }
}
