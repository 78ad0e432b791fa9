package org.betadrift.estimation;

import org.betadrift.model.InitialState;
import org.osgi.annotation.versioning.ConsumerType;

/** Service: (beta_0|0, P_0|0), K and K x K, or diffuse, or stationary. Sees the sample and the transition. Stateless, thread-safe, deterministic. */
@ConsumerType
public interface InitialStateEstimator {
    /**
     * @param context what may be read; never changed
     * @throws org.betadrift.model.InvalidInputException the sample or the options can't carry this estimate
     * @throws org.betadrift.filter.NumericalException it should have been possible and failed
     */
    Estimate<InitialState> estimate(EstimationContext context);
}
