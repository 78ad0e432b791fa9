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

/** The user's own Q: {@code fixed-matrix:1e-4,2e-5/2e-5,1e-5}. */
@Component(name = "org.betadrift.state-noise.fixed-matrix")
@Designate(ocd = Ranking.class)
@Strategy(name = "fixed-matrix", description = "a given covariance matrix", causal = true, multivariate = true, options = Options.VALUE)
public final class FixedMatrixStateNoise implements StateNoiseEstimator {
    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        Covariance q = context.options().covariance(Options.VALUE, context.sample().states().texts(), "states");
        return Estimate.of(Noise.constant(q), CausalFrom.always());
    }
}
