package org.betadrift.filter;

import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.osgi.annotation.versioning.ConsumerType;

/** Service: draws from a model, the same for the same seed on every machine. Stateless, thread-safe. */
@ConsumerType
public interface Simulator {
    /**
     * New y, and the exposures behind it, on the dates, factors and missing cells of {@code layout}.
     *
     * @throws org.betadrift.model.InvalidInputException the model and the layout don't fit, the start is diffuse (nothing
     *     can be drawn from an infinite variance), or the state noise is a discount, which has no variance without a filter
     */
    Simulation simulate(StateSpaceModel model, Sample layout, long seed);

    /**
     * Paths beta_0..beta_n-1 drawn from their joint distribution given y: what one could have been, for bands of any function
     * of the path.
     *
     * @param filter whose model and sample are drawn from; what it retained doesn't matter
     * @param draws how many paths; the first ones are the same whatever the number
     * @throws org.betadrift.model.InvalidInputException draws is negative, or the sample leaves a state with an infinite variance
     */
    PosteriorPaths posterior(FilterResult filter, int draws, long seed, Monitor monitor);
}
