package org.betadrift.filter;

import org.osgi.annotation.versioning.ConsumerType;

/** Service: the fixed-interval smoother, beta_t given every date. Stateless, thread-safe, deterministic. Never causal. */
@ConsumerType
public interface Smoother {
    /**
     * Given the constraints of every date too, where the model has some; a smoother that can't take them refuses the model.
     *
     * @param filter whose model and sample are smoothed; what it retained doesn't matter
     * @param monitor told how far the work is
     * @throws NumericalException an impossible observation, with the date
     * @throws org.betadrift.model.InvalidInputException the model is none that it can take
     */
    SmootherResult smooth(FilterResult filter, SmootherOptions options, Monitor monitor);
}
