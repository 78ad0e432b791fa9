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

/** The user's own R, a row a target: {@code fixed-matrix:4e-5,1e-6/1e-6,2e-5}. */
@Component(name = "org.betadrift.observation-noise.fixed-matrix")
@Designate(ocd = Ranking.class)
@Strategy(name = "fixed-matrix", description = "a given covariance matrix of the targets", causal = true, multivariate = true, options = Options.VALUE)
public final class FixedMatrixObservationNoise implements ObservationNoiseEstimator {
    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        Covariance r = context.options().covariance(Options.VALUE, context.sample().targets(), "targets");
        return Estimate.of(Noise.constant(r), CausalFrom.always());
    }
}
