package org.betadrift.estimator.mle.internal;

import java.util.Arrays;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.likelihood.Likelihood;
import org.betadrift.likelihood.Maximum;
import org.betadrift.likelihood.Parameterisation;
import org.betadrift.likelihood.Reversion;
import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;

/** From a maximum to an estimate. It has read the whole sample: never causal. */
final class Answer {
    private Answer() { }

    /** Q of a family at theta; theta may have more after it. */
    static Noise stateNoise(EstimationContext context, Parameterisation family, double[] theta) {
        int k = context.sample().states().count();
        double[] packed = new double[Covariance.size(k)];
        family.map(Arrays.copyOf(theta, family.names().size()), packed, null);
        return Noise.constant(Covariance.ofPacked(k, packed));
    }

    static Noise observationNoise(double variance) {
        return Noise.constant(Covariance.diagonal(variance));
    }

    static Estimate<JointNoise> of(JointNoise noise, ConvergenceRecord record) {
        Estimate<JointNoise> estimate = Estimate.of(noise, CausalFrom.never()).withConvergence(record);
        if (!record.converged()) {
            estimate = estimate.withWarning("the estimate is no maximum: " + record.verdict().replaceFirst("^no maximum: ", ""));
        }
        if (record.score() == ConvergenceRecord.Score.DIFFERENCES) {
            estimate = estimate.withWarning("the engine has no score, so that derivatives of the likelihood are differences: less exact, and slower");
        }
        return estimate;
    }

    /** The transition at the phi that follows the noises in theta. */
    static JointNoise withPhi(JointNoise noise, Reversion reversion, Likelihood likelihood, Maximum best) {
        if (reversion == null) {
            return noise;
        }
        double[] theta = best.theta();
        return noise.withTransition(reversion.at(Arrays.copyOfRange(theta, likelihood.noise().names().size(), theta.length)));
    }
}
