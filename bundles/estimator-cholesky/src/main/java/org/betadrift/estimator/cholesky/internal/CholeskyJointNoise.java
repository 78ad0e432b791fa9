package org.betadrift.estimator.cholesky.internal;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.StateConstraint;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * V (= R) and a W (a block of Q) for each factor, together: the joint maximum of the likelihood of several assets on the whole sample,
 * through Cholesky factors. W may end singular, and does. The likelihood is that under the run's constraints.
 */
@Component(name = "org.betadrift.joint-noise.cholesky")
@Designate(ocd = CholeskyJointNoise.Config.class)
@Strategy(name = "cholesky", description = "V and W of several assets together, with their correlations, by maximum likelihood on the whole sample",
        multivariate = true,
        options = {"state=full", "alpha=static", "observation=full", "rank=1", "full", "diagonal", "zero", "low-rank", "shared", "uncorrelated",
            "starts=2", "seed=0", "start"})
public final class CholeskyJointNoise implements JointNoiseEstimator {
    private static final int EVALUATIONS = 20_000;

    /** PID {@code org.betadrift.joint-noise.cholesky}; what a run asks for goes first. */
    @ObjectClassDefinition(name = "betadrift joint noise cholesky", description = "V and W of several assets by maximum likelihood")
    @interface Config {
        /** Default of the option. */
        @AttributeDefinition(name = "State noise", description = "full, diagonal, zero, low-rank or shared")
        String state() default "full";

        /** Default of the option. */
        @AttributeDefinition(name = "Alpha", description = "static or free")
        String alpha() default "static";

        /** Default of the option. */
        @AttributeDefinition(name = "Observation noise", description = "full or diagonal")
        String observation() default "full";

        /** Default of the option. */
        @AttributeDefinition(name = "Rank", min = "1", description = "Of a low-rank state noise")
        int rank() default 1;

        /** Default of the option. */
        @AttributeDefinition(name = "Starts", min = "1", description = "Places to search from, beside the fit without drift")
        int starts() default 2;

        /** Default of the option. */
        @AttributeDefinition(name = "Seed", description = "Of starts at random")
        long seed() default 0;

        /** {@code service.ranking}. */
        @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
        int service_ranking() default 0;
    }

    @Override
    public Estimate<JointNoise> estimate(EstimationContext context) {
        Asked asked = new Asked(context);
        int starts = asked.starts();
        long seed = asked.seed();
        Family family = asked.family();
        double[] users = asked.start(family);
        ModelTemplate open = ModelTemplate.of(context.sample().states(), context.initialState(), context.transition()).withConstraints(context.constraints());
        Surface surface = Surface.of(context.evaluator(open), family);
        Watch watch = new Watch(surface, context.monitor(), EVALUATIONS);
        Summits summits = Summits.of(surface, users, Starts.of(family, starts, seed), watch);
        Curvature curvature = Curvature.of(surface, summits.best().top(), watch);
        boolean tied = context.constraints().stream().anyMatch(StateConstraint::isExact);
        return answer(family, curvature.top().theta(), new Findings(surface, summits, curvature, tied).record());
    }

    private static Estimate<JointNoise> answer(Family family, double[] theta, ConvergenceRecord record) {
        double[] q = new double[family.sizeOfQ()];
        double[] r = new double[family.sizeOfR()];
        family.map(theta, q, r);
        JointNoise noise = JointNoise.of(Noise.constant(Covariance.ofPacked(family.sample().states().count(), q)),
                Noise.constant(Covariance.ofPacked(family.sample().targets().size(), r)));
        Estimate<JointNoise> estimate = Estimate.of(noise, CausalFrom.never()).withConvergence(record);
        if (!record.converged()) {
            estimate = estimate.withWarning("the estimate is no maximum: " + record.verdict().replaceFirst("^no maximum: ", ""));
        }
        if (record.score() == ConvergenceRecord.Score.DIFFERENCES) {
            estimate = estimate.withWarning("the engine has no score, so that derivatives of the likelihood are differences: less exact, and slower");
        }
        return estimate;
    }
}
