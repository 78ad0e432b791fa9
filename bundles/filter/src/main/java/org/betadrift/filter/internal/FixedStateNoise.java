package org.betadrift.filter.internal;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The user's own diagonal of Q, one variance a state: {@code fixed:1e-4,1e-5}. */
@Component(name = "org.betadrift.state-noise.fixed")
@Designate(ocd = Ranking.class)
@Strategy(name = "fixed", description = "given variances, one a state", causal = true, multivariate = true, options = Options.VALUE)
public final class FixedStateNoise implements StateNoiseEstimator {
    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        double[] variances = context.options().variances(Options.VALUE, context.sample().states().texts(), "states");
        return Estimate.of(Noise.constant(Covariance.diagonal(variances)), CausalFrom.always());
    }
}
