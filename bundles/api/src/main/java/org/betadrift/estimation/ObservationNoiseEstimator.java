package org.betadrift.estimation;

import org.betadrift.model.Noise;
import org.osgi.annotation.versioning.ConsumerType;

/** Service: R, m x m, constant or one a date. Sees the initial state too. Stateless, thread-safe, deterministic. */
@ConsumerType
public interface ObservationNoiseEstimator {
    /**
     * @param context what may be read; never changed
     * @throws org.betadrift.model.InvalidInputException the sample or the options can't carry this estimate
     * @throws org.betadrift.filter.NumericalException it should have been possible and failed
     */
    Estimate<Noise> estimate(EstimationContext context);
}
