package org.betadrift.filter.internal;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.InitialState;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The states begin where T, c and Q keep them in the long run; the complete model works that out, and refuses a unit root. */
@Component(name = "org.betadrift.initial.stationary")
@Designate(ocd = Ranking.class)
@Strategy(name = "stationary", description = "the distribution that T, c and Q leave unchanged", causal = true, multivariate = true)
public final class StationaryInitialState implements InitialStateEstimator {
    @Override
    public Estimate<InitialState> estimate(EstimationContext context) {
        return Estimate.of(InitialState.stationary(context.sample().states().count()), CausalFrom.always());
    }
}
