package org.betadrift.estimator.ols.internal;

import java.util.List;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * R = population variance of the least squares residuals on the whole sample: mean((e - mean(e))^2), as in seed 002. Of several
 * targets each has a regression of its own, on the dates on which it is present, and {@code covariance=full} adds the covariances
 * of their residuals ({@link ResidualCovariance}); {@code diagonal} leaves them zero. It looks ahead, and it is too large where the
 * exposures really drift, since constant ones leave more behind.
 */
@Component(name = "org.betadrift.observation-noise.ols")
@Designate(ocd = OlsObservationNoise.Config.class)
@Strategy(name = "ols", description = "population variance of the least squares residuals on the whole sample, with their covariances (full) or not (diagonal)",
        multivariate = true, options = "covariance=full")
public final class OlsObservationNoise implements ObservationNoiseEstimator {
    /** PID {@code org.betadrift.observation-noise.ols}. */
    @ObjectClassDefinition(name = "betadrift observation noise ols", description = "Population variance of the least squares residuals on the whole sample")
    @interface Config {
        /** Default of the option {@code covariance}. */
        @AttributeDefinition(name = "Covariance", description = "Of several targets: full, or diagonal")
        String covariance() default "full";

        /** {@code service.ranking}. */
        @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
        int service_ranking() default 0;
    }

    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        boolean full = context.options().oneOf("covariance", "full", "diagonal").equals("full");
        List<LeastSquares> fits = LeastSquares.ofEach(context.sample());
        fits.forEach(OlsObservationNoise::requireResiduals);
        ResidualCovariance covariance = new ResidualCovariance(fits);
        Estimate<Covariance> r = full && fits.size() > 1 ? covariance.full() : Estimate.of(covariance.diagonal(), CausalFrom.never());
        Estimate<Noise> estimate = Estimate.of(Noise.constant(r.value()), CausalFrom.never());
        for (String warning : r.warnings()) {
            estimate = estimate.withWarning(warning);
        }
        return Collinearity.warn(estimate, fits, "the residuals don't depend on how they share");
    }

    private static void requireResiduals(LeastSquares fit) {
        if (fit.observations() <= fit.levels()) {
            throw InvalidInputException.of("number of observations" + fit.ofTarget(), fit.observations(), "with " + fit.levels()
                    + " states least squares leaves no residuals", "give more data or fewer factors, or choose fixed");
        }
    }
}
