package org.betadrift.filter.internal;

import java.util.List;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Vector;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The user's own (beta_0|0, P_0|0): {@code known:mean=0.8,0.05,variance=100,100} or {@code covariance=100,-5/-5,100}. */
@Component(name = "org.betadrift.initial.known")
@Designate(ocd = Ranking.class)
@Strategy(name = "known", description = "given mean, and variance or covariance, at time 0", causal = true, multivariate = true,
        options = {"mean", "variance", "covariance"})
public final class KnownInitialState implements InitialStateEstimator {
    @Override
    public Estimate<InitialState> estimate(EstimationContext context) {
        Options options = context.options();
        List<String> states = context.sample().states().texts();
        if (options.has("variance") == options.has("covariance")) {
            throw new OptionException("known needs a mean and either variance or covariance: write known:mean=...,variance=...");
        }
        Vector mean = Vector.of(options.numbers("mean", states.size(), "the states " + states));
        Covariance covariance = options.has("variance")
                ? Covariance.diagonal(options.variances("variance", states, "states"))
                : options.covariance("covariance", states, "states");
        return Estimate.of(InitialState.known(mean, covariance), CausalFrom.always());
    }
}
