package org.betadrift.filter.internal;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.InitialState;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Nothing is known before the first date: every state has an infinite variance, exactly. Of some states only: {@code known} with {@code inf}. */
@Component(name = "org.betadrift.initial.diffuse")
@Designate(ocd = Ranking.class)
@Strategy(name = "diffuse", description = "nothing known of any state: exactly infinite variances", causal = true, multivariate = true)
public final class DiffuseInitialState implements InitialStateEstimator {
    @Override
    public Estimate<InitialState> estimate(EstimationContext context) {
        return Estimate.of(InitialState.diffuse(context.sample().states().count()), CausalFrom.always());
    }
}
