package org.betadrift.filter.internal;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Noise;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The user's own discount of what is known, {@code discount:0.98}: P_t|t-1 = T P_t-1|t-1 T' / 0.98. See {@link Noise#discount(int, double)}. */
@Component(name = "org.betadrift.state-noise.discount")
@Designate(ocd = Ranking.class)
@Strategy(name = "discount", description = "a given share of what is known, kept from date to date", causal = true, multivariate = true,
        options = Options.VALUE)
public final class DiscountStateNoise implements StateNoiseEstimator {
    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        double delta = context.options().number(Options.VALUE, 0, 1);
        return Estimate.of(Noise.discount(context.sample().states().count(), delta), CausalFrom.always());
    }
}
