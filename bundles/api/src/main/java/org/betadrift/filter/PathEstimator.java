package org.betadrift.filter;

import java.util.List;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Service: the whole path of exposures under a model's constraints, inequalities included (long-only, bounds, bands of net and gross
 * exposure, sums of groups). The estimate is the posterior mode: the path beta_0..beta_n-1 that minimises
 *
 * <pre>  1/2 sum (y_t - H_t beta_t)' R_t^-1 (y_t - H_t beta_t) + 1/2 sum eta_t' Q_t^-1 eta_t + prior</pre>
 *
 * subject to every constraint on every date. Without an inequality that is the smoothed mean. Nothing is clipped or renormalised.
 * Stateless, thread-safe, deterministic.
 *
 * <p>A run asks it for what its options say, where it declares them in {@code @Strategy}: {@code draws} (a number of paths, 0 = none)
 * and {@code causal} ({@code true}, {@code false} or {@code auto}: where it is cheap, n K^2 at most 50 000). One that declares
 * neither is asked for the mode alone. The seed is the recipe's.
 */
@ConsumerType
public interface PathEstimator {
    /**
     * @param model its start may be known, diffuse or mixed, its Q and R singular; its constraints may be empty
     * @param sample missing cells of y tell nothing
     * @param monitor told how far the work is; it may end it
     * @throws org.betadrift.model.InvalidInputException model and sample don't fit; the state noise is a discount; no exposures
     *     satisfy the constraints, which are named with the first such date; or y leaves a state with an infinite variance
     * @throws NumericalException no optimum was found
     */
    PathResult estimate(StateSpaceModel model, Sample sample, PathOptions options, Monitor monitor);

    /**
     * What {@link #estimate} would refuse of the constraints themselves, whatever the model; a run asks before it estimates anything.
     * Nothing by default.
     *
     * @throws org.betadrift.model.InvalidInputException no exposures satisfy them on some date
     */
    default void requireFeasible(List<StateConstraint> constraints, Sample sample) { }
}
