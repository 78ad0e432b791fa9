package org.betadrift.filter.internal;

import java.util.Arrays;
import java.util.List;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.GaussianState;
import org.betadrift.model.InitialState;
import org.betadrift.model.Vector;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The user's own (beta_0|0, P_0|0): {@code known:mean=0.8,0.05,variance=100,100} or {@code covariance=100,-5/-5,100}; one
 * number is that of every state, {@code known:mean=0,variance=1e7}. A variance of {@code inf} makes its state exactly diffuse: {@code known:mean=0.8,0,variance=1,inf}.
 */
@Component(name = "org.betadrift.initial.known")
@Designate(ocd = Ranking.class)
@Strategy(name = "known", description = "given mean, and variance (inf = diffuse) or covariance, at time 0", causal = true, multivariate = true,
        options = {"mean", "variance", "covariance"})
public final class KnownInitialState implements InitialStateEstimator {
    @Override
    public Estimate<InitialState> estimate(EstimationContext context) {
        Options options = context.options();
        List<String> states = context.sample().states().texts();
        if (options.has("variance") == options.has("covariance")) {
            throw new OptionException("known needs a mean and either variance or covariance: write known:mean=...,variance=...");
        }
        double[] mean = mean(options, states);
        InitialState initial = options.has("variance") ? byVariance(mean, variances(options, states), states)
                : InitialState.known(Vector.of(mean), options.covariance("covariance", states, "states"));
        return Estimate.of(initial, CausalFrom.always());
    }

    private static double[] mean(Options options, List<String> states) {
        double[] given = options.numbers("mean");
        return given.length == 1 ? filled(states, given[0]) : options.numbers("mean", states.size(), "the states " + states);
    }

    private static double[] variances(Options options, List<String> states) {
        return options.text("variance").contains(",") ? options.variancesOrInfinite("variance", states, "states")
                : filled(states, options.variancesOrInfinite("variance", List.of("every state"), "states")[0]);
    }

    private static double[] filled(List<String> states, double number) {
        double[] all = new double[states.size()];
        Arrays.fill(all, number);
        return all;
    }

    private static InitialState byVariance(double[] mean, double[] variance, List<String> states) {
        boolean[] diffuse = new boolean[variance.length];
        for (int k = 0; k < variance.length; k++) {
            diffuse[k] = Double.isInfinite(variance[k]);
            if (diffuse[k] && mean[k] != 0) {
                throw new OptionException("option mean of known is " + mean[k] + " for " + states.get(k)
                        + ", but its variance is inf, and a diffuse state has no mean: write 0 there");
            }
            variance[k] = diffuse[k] ? 0 : variance[k];
        }
        return InitialState.mixed(new GaussianState(Vector.of(mean), Covariance.diagonal(variance)), diffuse);
    }
}
