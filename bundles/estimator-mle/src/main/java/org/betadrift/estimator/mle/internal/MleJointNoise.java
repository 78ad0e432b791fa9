package org.betadrift.estimator.mle.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.likelihood.Likelihood;
import org.betadrift.likelihood.Maximum;
import org.betadrift.likelihood.Parameterisation;
import org.betadrift.likelihood.Parameterisations;
import org.betadrift.likelihood.Reversion;
import org.betadrift.likelihood.Search;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Q and R together, and phi where asked: the joint maximum of the likelihood on the whole sample. */
@Component(name = "org.betadrift.joint-noise.mle")
@Designate(ocd = MleJointNoise.Config.class)
@Strategy(name = "mle", description = "Q and R together by maximum likelihood on the whole sample",
        options = {"state=diagonal", "alpha=static", "constant", "starts=2", "seed=0", "optimiser=bfgs", "profile", "phi=given"})
public final class MleJointNoise implements JointNoiseEstimator {
    /** PID {@code org.betadrift.joint-noise.mle}; what a run asks for goes first. */
    @ObjectClassDefinition(name = "betadrift joint noise mle", description = "Q and R together by maximum likelihood")
    @interface Config {
        /** Default of the option. */
        @AttributeDefinition(name = "State noise", description = "diagonal, scalar, full or scaled-factor-vol")
        String state() default "diagonal";

        /** Default of the option. */
        @AttributeDefinition(name = "Alpha", description = "static or free")
        String alpha() default "static";

        /** Default of the option. */
        @AttributeDefinition(name = "Starts", min = "1", description = "Places to search from")
        int starts() default 2;

        /** Default of the option. */
        @AttributeDefinition(name = "Seed", description = "Of starts at random")
        long seed() default 0;

        /** Default of the option. */
        @AttributeDefinition(name = "Optimiser", description = "bfgs, bobyqa or cma-es")
        String optimiser() default "bfgs";

        /** {@code service.ranking}. */
        @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
        int service_ranking() default 0;
    }

    @Override
    public Estimate<JointNoise> estimate(EstimationContext context) {
        Asked asked = new Asked(context);
        Parameterisation ofQ = asked.stateNoise();
        Reversion reversion = asked.reversion();
        Search search = asked.search();
        Likelihood likelihood = likelihood(context, asked, ofQ, reversion);
        Maximum simpler = null;
        if (asked.isFull()) {
            simpler = diagonal(context, asked, reversion, search.withProfiles(List.of()));
            search = search.withStart("the diagonal fit", from(simpler.theta(), context, likelihood));
            if (reversion == null && asked.given().isPresent()) {
                search = search.withStart("the given noises", asked.given().get());
            }
        }
        Maximum best = asked.maximiser().maximise(likelihood, search, context.monitor());
        double r = best.theta()[ofQ.names().size()];
        JointNoise noise = JointNoise.of(Answer.stateNoise(context, ofQ, best.theta()), Answer.observationNoise(r));
        Estimate<JointNoise> estimate = Answer.of(Answer.withPhi(noise, reversion, likelihood, best), best.convergence());
        estimate = asked.basis().map(estimate::withWarning).orElse(estimate);
        return simpler == null ? estimate : estimate.withWarning(gain(best, simpler));
    }

    private static Likelihood likelihood(EstimationContext context, Asked asked, Parameterisation ofQ, Reversion reversion) {
        Likelihood noises = Likelihood.of(context.sample(), asked.open(), context::evaluator,
                Parameterisations.both(ofQ, asked.observationNoise()));
        return reversion == null ? noises : noises.withReversion(reversion);
    }

    private static Maximum diagonal(EstimationContext context, Asked asked, Reversion reversion, Search search) {
        return asked.maximiser().maximise(likelihood(context, asked, asked.stateNoise("diagonal"), reversion), search, context.monitor());
    }

    /** theta of the full family at a diagonal optimum. */
    private static double[] from(double[] diagonal, EstimationContext context, Likelihood full) {
        Asked asked = new Asked(context);
        Parameterisation ofQ = asked.stateNoise("diagonal");
        int moving = ofQ.names().size();
        double[] q = new double[context.sample().states().count()];
        for (int k = 0; k < q.length; k++) {
            q[k] = Answer.stateNoise(context, ofQ, diagonal).at(0).variance(k);
        }
        double[] noises = new double[full.noise().names().size()];
        full.noise().near(q, new double[] {diagonal[moving]}, noises);
        double[] theta = Arrays.copyOf(noises, full.names().size());
        System.arraycopy(diagonal, moving + 1, theta, noises.length, theta.length - noises.length);
        return theta;
    }

    private static String gain(Maximum full, Maximum diagonal) {
        int more = full.theta().length - diagonal.theta().length;
        return String.format(Locale.ROOT, "a full Q gains %.3g in log-likelihood over a diagonal one, ", full.logLikelihood() - diagonal.logLikelihood())
                + (more == 0 ? "with as many parameters" : more < 0 ? "with " + -more + " fewer parameter" + (more == -1 ? "" : "s")
                : "for " + more + " more parameter" + (more == 1 ? "" : "s"));
    }
}
