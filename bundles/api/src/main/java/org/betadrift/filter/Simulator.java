package org.betadrift.filter;

import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Service: draws from a model. The same seed gives the same numbers, and any other seed others. Stateless, thread-safe. An
 * implementation says whether its numbers are the same on every machine.
 */
@ConsumerType
public interface Simulator {
    /**
     * New y, and the exposures behind it, on the dates, factors and missing cells of {@code layout}; its y says no more than which
     * cells are missing, and what is drawn for the others doesn't depend on it. Longer layouts begin like shorter ones, but under
     * constraints, as a path satisfies those of all its dates: it comes from the states' distribution given every row.
     *
     * @param seed any number; independent of the draws that {@link #posterior} makes from the same one
     * @throws org.betadrift.model.InvalidInputException the model and the layout don't fit, the start is diffuse (nothing
     *     can be drawn from an infinite variance), or the state noise is a discount, which has no variance without a filter
     * @throws NumericalException the numbers overflow, with the date
     */
    Simulation simulate(StateSpaceModel model, Sample layout, long seed);

    /**
     * Paths beta_0..beta_n-1 drawn from their joint distribution given y, and the constraints of every date where there are any: what one could have been, for bands of any function
     * of the path. Q, R and T are taken for true.
     *
     * @param filter whose model and sample are drawn from; what it retained doesn't matter
     * @param draws how many paths, 0 or more; the first ones are the same whatever the number
     * @param seed any number
     * @param monitor told how far the work is; it may end it
     * @throws org.betadrift.model.InvalidInputException draws is negative or too many for an array (draws n K), or the sample
     *     leaves a state with an infinite variance on some date
     * @throws NumericalException an impossible observation, with the date
     */
    PosteriorPaths posterior(FilterResult filter, int draws, long seed, Monitor monitor);
}
