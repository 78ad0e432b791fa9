package org.betadrift.estimator.mle.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.ConvergenceRecord.Mode;
import org.betadrift.estimation.ConvergenceRecord.Parameter;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.likelihood.Likelihood;
import org.betadrift.likelihood.Maximum;
import org.betadrift.likelihood.Parameterisation;
import org.betadrift.likelihood.Parameterisations;
import org.betadrift.model.Noise;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Seed 002's route: Q = q I while R is held at what is given (1e-8 to 10), then R given that Q (1e-6 to 100), once. It ends
 * below the joint maximum, often at no drift at all; the verdict says by how much.
 */
@Component(name = "org.betadrift.joint-noise.mle-q-then-r")
@Designate(ocd = MleSeedRoute.Config.class)
@Strategy(name = "mle-q-then-r", description = "Q = q I given R, then R given that Q, once: seed 002's route, below the joint maximum",
        options = {"alpha=static", "constant", "starts=2", "seed=0", "optimiser=bfgs"})
public final class MleSeedRoute implements JointNoiseEstimator {
    private static final double LOWEST_Q = 1e-8;
    private static final double HIGHEST_Q = 10;
    private static final double LOWEST_R = 1e-6;
    private static final double HIGHEST_R = 100;
    /** Less than this is no gain worth a word. */
    private static final double WORTH = 1e-3;

    /** PID {@code org.betadrift.joint-noise.mle-q-then-r}. */
    @ObjectClassDefinition(name = "betadrift joint noise mle-q-then-r", description = "Seed 002's route to Q and R")
    @interface Config {
        /** {@code service.ranking}. */
        @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
        int service_ranking() default 0;
    }

    @Override
    public Estimate<JointNoise> estimate(EstimationContext context) {
        Asked asked = new Asked(context);
        Parameterisation ofQ = Asked.bounded(asked.stateNoise("scalar"), LOWEST_Q, HIGHEST_Q);
        Parameterisation ofR = Asked.bounded(asked.observationNoise(), LOWEST_R, HIGHEST_R);
        Noise held = context.observationNoise();
        Maximum first = maximise(context, asked, Likelihood.of(context.sample(), asked.open().withObservationNoise(held), context::evaluator, ofQ));
        Noise q = Answer.stateNoise(context, ofQ, first.theta());
        Maximum second = maximise(context, asked, Likelihood.of(context.sample(), asked.open().withStateNoise(q), context::evaluator, ofR));
        Maximum joint = maximise(context, asked, Likelihood.of(context.sample(), asked.open(), context::evaluator,
                Parameterisations.both(asked.stateNoise("scalar"), asked.observationNoise())));
        return Answer.of(JointNoise.of(q, Answer.observationNoise(second.theta()[0])), record(held, first, second, joint));
    }

    private static Maximum maximise(EstimationContext context, Asked asked, Likelihood likelihood) {
        return asked.maximiser().maximise(likelihood, asked.search(), context.monitor());
    }

    private static ConvergenceRecord record(Noise held, Maximum first, Maximum second, Maximum joint) {
        double q = first.theta()[0];
        double r = second.theta()[0];
        double gain = joint.logLikelihood() - second.logLikelihood();
        StringBuilder verdict = new StringBuilder("two searches, one after the other: q = ").append(number(q)).append(" with R held at ")
                .append(held.isConstant() ? number(held.at(0).variance(0)) : "the given series").append(", then R = ").append(number(r));
        if (q <= LOWEST_Q * (1 + 1e-6)) {
            verdict.append("; q sits at its lower bound ").append(number(LOWEST_Q)).append(", so that the exposures hardly move");
        } else if (q >= HIGHEST_Q * (1 - 1e-6)) {
            verdict.append("; q sits at its upper bound ").append(number(HIGHEST_Q));
        }
        if (r <= LOWEST_R * (1 + 1e-6) || r >= HIGHEST_R * (1 - 1e-6)) {
            verdict.append("; R sits at its bound ").append(number(r));
        }
        boolean higher = gain > WORTH;
        verdict.append(higher ? String.format(Locale.ROOT, "; the joint maximum is %.4g higher, at q = %.4g and R = %.4g", gain, joint.theta()[0],
                joint.theta()[1]) : "; that is the joint maximum too");
        List<Parameter> parameters = new ArrayList<>(first.convergence().parameters());
        parameters.addAll(second.convergence().parameters());
        List<String> starts = second.convergence().modes().stream().flatMap(mode -> mode.starts().stream()).toList();
        return ConvergenceRecord.builder(first.convergence().converged() && second.convergence().converged(), verdict.toString())
                .suggestion(higher ? "estimate both together: joint mle:state=scalar" : "")
                .parameters(parameters).modes(List.of(new Mode(second.logLikelihood(), List.of(q, r), starts)))
                .work(first.convergence().evaluations() + second.convergence().evaluations() + joint.convergence().evaluations(),
                        first.convergence().score())
                .certificate(Math.max(zeroIfNone(first.convergence().gradientNorm()), zeroIfNone(second.convergence().gradientNorm())), Double.NaN)
                .build();
    }

    private static double zeroIfNone(double norm) {
        return Double.isNaN(norm) ? 0 : norm;
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, "%.4g", x);
    }
}
