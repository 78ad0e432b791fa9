/**
 * Maximum likelihood of noise covariances, for whoever writes a joint estimator. Three steps:
 * <pre>{@code
 * Parameterisation family = Parameterisations.both(
 *         Parameterisations.diagonal(sample.states(), Set.of("alpha")), Parameterisations.observationNoise(sample.targets()));
 * Likelihood likelihood = Likelihood.of(sample, template, context::evaluator, family);
 * Maximum best = Maximisers.bfgs().maximise(likelihood, Search.defaults(), context.monitor());
 * }</pre>
 *
 * <p>{@link org.betadrift.likelihood.Parameterisation} says what is free: theta -> (Q, R) and the chain rule back.
 * {@link org.betadrift.likelihood.Parameterisations} has the usual families, and fixes, ties and bounds parameters of any. Write your own
 * where none fits: names, map, pullBack, and which of them are variances with their degree. {@link org.betadrift.likelihood.Likelihood} is
 * that family seen through an engine's workspace; {@link org.betadrift.likelihood.Reversion} adds phi.
 *
 * <p>Unlike a general optimiser a {@link org.betadrift.likelihood.Maximiser} knows that
 * <ul>
 * <li>zero is a normal value of a variance: it is reached exactly and checked by its multiplier, the derivative with respect to the
 * variance itself, which must not be positive there;
 * <li>variances have units: it searches s = q mean(h^2) / R, which doesn't change when returns are counted in percent;
 * <li>the scale of (Q, R) may be concentrated out when the start knows none (diffuse throughout) and the family is free of scale (Harvey
 * 1989, 3.4); else the logarithm of R is a parameter;
 * <li>some likelihoods have several maxima, so that it starts twice: by Fisher scoring from zero, which needs no start, and at s = 0.001;
 * <li>the answer owes the user a {@link org.betadrift.estimation.ConvergenceRecord}: a verdict, all maxima found, multipliers, standard
 * errors by observed information or why there are none.
 * </ul>
 *
 * <p>phi stands in theta beside the variances, with differences for its derivative, rather than in an outer search: one certificate and one
 * information matrix cover all parameters, several phis cost two evaluations each instead of a search in a search, and the scale may
 * still be concentrated out as phi has none.
 *
 * <p>Everything is deterministic; a Likelihood belongs to one thread, all else is immutable. A search ends early by the monitor's
 * {@link org.betadrift.filter.CancelledException}. Values are log-likelihoods in the convention {@code full}.
 */
@Export
@Version("1.0.0")
package org.betadrift.likelihood;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
