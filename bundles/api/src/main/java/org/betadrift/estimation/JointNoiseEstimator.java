package org.betadrift.estimation;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Service: Q and R together, or one of them given the other, which then stands in the context. Stateless, thread-safe,
 * deterministic.
 */
@ConsumerType
public interface JointNoiseEstimator {
    /**
     * @param context what may be read; never changed
     * @return with a convergence record
     * @throws org.betadrift.model.InvalidInputException the sample or the options can't carry this estimate
     * @throws org.betadrift.filter.NumericalException it should have been possible and failed
     */
    Estimate<JointNoise> estimate(EstimationContext context);
}
