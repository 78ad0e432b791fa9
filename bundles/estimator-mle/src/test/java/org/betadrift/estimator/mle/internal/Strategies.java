package org.betadrift.estimator.mle.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.estimation.Options;
import org.betadrift.likelihood.PlainEngine;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;

/** The four, called as a runtime does. */
final class Strategies {
    static final String[] MLE = {"state=diagonal", "alpha=static", "constant", "starts=2", "seed=0", "optimiser=bfgs", "profile", "phi=given"};
    static final String[] MLE_Q = {"state=scalar", "alpha=static", "constant", "lower=1e-8", "upper=10", "starts=2", "seed=0", "optimiser=bfgs", "profile"};
    static final String[] MLE_R = {"lower=1e-6", "upper=100", "starts=2", "seed=0", "optimiser=bfgs", "profile"};
    static final String[] MLE_Q_THEN_R = {"alpha=static", "constant", "starts=2", "seed=0", "optimiser=bfgs"};

    private Strategies() { }

    static Estimate<JointNoise> mle(EstimationContext context, String... requested) {
        return run(new MleJointNoise(), MLE, context, requested);
    }

    static Estimate<JointNoise> mleQ(EstimationContext context, String... requested) {
        return run(new MleStateNoise(), MLE_Q, context, requested);
    }

    static Estimate<JointNoise> mleR(EstimationContext context, String... requested) {
        return run(new MleObservationNoise(), MLE_R, context, requested);
    }

    static Estimate<JointNoise> mleQThenR(EstimationContext context, String... requested) {
        return run(new MleSeedRoute(), MLE_Q_THEN_R, context, requested);
    }

    private static Estimate<JointNoise> run(JointNoiseEstimator strategy, String[] declared, EstimationContext context, String... requested) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : requested) {
            options.put(option.split("=", 2)[0], option.split("=", 2)[1]);
        }
        return strategy.estimate(context.withOptions(Options.merge("mle", declared, Map.of(), options)));
    }

    /** A random walk that starts at a mean known to a variance of 100 each, as seed 002's does. */
    static EstimationContext asTheSeed(Sample sample, double... mean) {
        double[] p0 = new double[Covariance.size(mean.length)];
        for (int i = 0; i < mean.length; i++) {
            p0[Covariance.index(i, i)] = 100;
        }
        return context(sample, InitialState.known(Vector.of(mean), Covariance.ofPacked(mean.length, p0)));
    }

    static EstimationContext context(Sample sample, InitialState initial) {
        return EstimationContext.of(sample, Transition.randomWalk(sample.states().count()), new PlainEngine()).withInitialState(initial);
    }
}
