package org.betadrift.estimator.mle.internal;

import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.likelihood.Likelihood;
import org.betadrift.likelihood.Maximum;
import org.betadrift.model.Noise;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** R given Q, within bounds: as seed 002 does it, between 1e-6 and 100. Q may vary through time. */
@Component(name = "org.betadrift.joint-noise.mle-r")
@Designate(ocd = MleObservationNoise.Config.class)
@Strategy(name = "mle-r", description = "R by maximum likelihood given Q, on the whole sample",
        options = {"lower=1e-6", "upper=100", "starts=2", "seed=0", "optimiser=bfgs", "profile"})
public final class MleObservationNoise implements JointNoiseEstimator {
    /** PID {@code org.betadrift.joint-noise.mle-r}; what a run asks for goes first. */
    @ObjectClassDefinition(name = "betadrift joint noise mle-r", description = "R by maximum likelihood given Q")
    @interface Config {
        /** Default of the option. */
        @AttributeDefinition(name = "Lower bound", min = "0", description = "Of R")
        double lower() default 1e-6;

        /** Default of the option. */
        @AttributeDefinition(name = "Upper bound", min = "0", description = "Of R")
        double upper() default 100;

        /** {@code service.ranking}. */
        @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
        int service_ranking() default 0;
    }

    @Override
    public Estimate<JointNoise> estimate(EstimationContext context) {
        Asked asked = new Asked(context);
        Noise given = context.stateNoise();
        Likelihood likelihood = Likelihood.of(context.sample(), asked.open().withStateNoise(given), context::evaluator,
                asked.bounded(asked.observationNoise()));
        Maximum best = asked.maximiser().maximise(likelihood, asked.search(), context.monitor());
        return Answer.of(JointNoise.of(given, Answer.observationNoise(best.theta()[0])), best.convergence());
    }
}
