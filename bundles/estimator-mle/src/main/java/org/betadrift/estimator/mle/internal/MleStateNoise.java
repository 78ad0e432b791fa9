package org.betadrift.estimator.mle.internal;

import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.likelihood.Likelihood;
import org.betadrift.likelihood.Maximum;
import org.betadrift.likelihood.Parameterisation;
import org.betadrift.model.Noise;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Q given R, within bounds: as seed 002 does it, Q = q I with q between 1e-8 and 10. R may vary through time. */
@Component(name = "org.betadrift.joint-noise.mle-q")
@Designate(ocd = MleStateNoise.Config.class)
@Strategy(name = "mle-q", description = "Q by maximum likelihood given R, on the whole sample",
        options = {"state=scalar", "alpha=static", "constant", "lower=1e-8", "upper=10", "starts=2", "seed=0", "optimiser=bfgs", "profile"})
public final class MleStateNoise implements JointNoiseEstimator {
    /** PID {@code org.betadrift.joint-noise.mle-q}; what a run asks for goes first. */
    @ObjectClassDefinition(name = "betadrift joint noise mle-q", description = "Q by maximum likelihood given R")
    @interface Config {
        /** Default of the option. */
        @AttributeDefinition(name = "State noise", description = "scalar, diagonal, full or scaled-factor-vol")
        String state() default "scalar";

        /** Default of the option. */
        @AttributeDefinition(name = "Alpha", description = "static or free")
        String alpha() default "static";

        /** Default of the option. */
        @AttributeDefinition(name = "Lower bound", min = "0", description = "Of every variance of Q")
        double lower() default 1e-8;

        /** Default of the option. */
        @AttributeDefinition(name = "Upper bound", min = "0", description = "Of every variance of Q")
        double upper() default 10;

        /** {@code service.ranking}. */
        @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
        int service_ranking() default 0;
    }

    @Override
    public Estimate<JointNoise> estimate(EstimationContext context) {
        Asked asked = new Asked(context);
        Noise given = context.observationNoise();
        Parameterisation family = asked.bounded(asked.stateNoise());
        Likelihood likelihood = Likelihood.of(context.sample(), asked.open().withObservationNoise(given), context::evaluator, family);
        Maximum best = asked.maximiser().maximise(likelihood, asked.search(), context.monitor());
        Estimate<JointNoise> estimate = Answer.of(JointNoise.of(Answer.stateNoise(context, family, best.theta()), given), best.convergence());
        return asked.basis().map(estimate::withWarning).orElse(estimate);
    }
}
