package org.betadrift.estimator.ols.internal;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * R = population variance of the least squares residuals on the whole sample: mean((e - mean(e))^2), as in seed 002. It
 * looks ahead, and it is too large where the exposures really drift, since constant ones leave more behind.
 */
@Component(name = "org.betadrift.observation-noise.ols")
@Designate(ocd = Ranking.class)
@Strategy(name = "ols", description = "population variance of the least squares residuals on the whole sample")
public final class OlsObservationNoise implements ObservationNoiseEstimator {
    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        LeastSquares fit = LeastSquares.of(context.sample());
        if (fit.observations() <= fit.levels()) {
            throw InvalidInputException.of("number of observations", fit.observations(), "with " + fit.levels()
                    + " states least squares leaves no residuals", "give more data or fewer factors, or choose fixed");
        }
        Noise noise = Noise.constant(Covariance.diagonal(fit.residualVariance()));
        return Collinearity.warn(Estimate.of(noise, CausalFrom.never()), fit, "the residuals don't depend on how they share");
    }
}
