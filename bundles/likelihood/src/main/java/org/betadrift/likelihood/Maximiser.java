package org.betadrift.likelihood;

import org.betadrift.filter.Monitor;
import org.osgi.annotation.versioning.ConsumerType;

/** Finds the best of several local maxima. Stateless, deterministic, thread-safe. */
@ConsumerType
public interface Maximiser {
    /**
     * @param monitor called at every step; may end the search
     * @return the best found; what it lacks to be a maximum is in its record, not an exception
     * @throws org.betadrift.filter.NumericalException the likelihood has no value at any start
     * @throws org.betadrift.model.InvalidInputException the search names a parameter that isn't there
     */
    Maximum maximise(Likelihood likelihood, Search search, Monitor monitor);
}
