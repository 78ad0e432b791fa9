package org.betadrift.filter.internal;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The user's own diagonal of R, one variance a target: {@code fixed:2.7e-5}. */
@Component(name = "org.betadrift.observation-noise.fixed")
@Designate(ocd = Ranking.class)
@Strategy(name = "fixed", description = "given variances, one a target", causal = true, multivariate = true, options = Options.VALUE)
public final class FixedObservationNoise implements ObservationNoiseEstimator {
    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        double[] variances = context.options().variances(Options.VALUE, context.sample().targets(), "targets");
        return Estimate.of(Noise.constant(Covariance.diagonal(variances)), CausalFrom.always());
    }
}
