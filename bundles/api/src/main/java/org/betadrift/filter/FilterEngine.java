package org.betadrift.filter;

import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.osgi.annotation.versioning.ConsumerType;

/** Service: a Kalman filter. Stateless, thread-safe, deterministic. */
@ConsumerType
public interface FilterEngine {
    /**
     * One forward pass: predict, update, and so on from the first date to the last. A missing y is skipped: its filtered
     * state is the predicted one.
     *
     * @param monitor called now and then; it may end the pass
     * @throws NumericalException an impossible observation, with the date
     * @throws org.betadrift.model.InvalidInputException the model and the sample don't fit each other or this engine
     */
    FilterResult filter(StateSpaceModel model, Sample sample, FilterOptions options, Monitor monitor);
}
