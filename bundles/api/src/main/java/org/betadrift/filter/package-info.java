/**
 * Filtering: the service contract and what it returns.
 *
 * <p>Three words say what a number knows: predicted (t|t-1), filtered (t|t) and smoothed (t|n). Services are stateless and
 * thread-safe; a {@link org.betadrift.filter.LikelihoodEvaluator} is a workspace, one thread each. Results are immutable.
 * What does not exist is NaN: the innovation of a missing y, a variance that a diffuse start leaves infinite. A numerical
 * failure is a {@link org.betadrift.filter.NumericalException} with date, quantity and value.
 *
 * <p>An engine is met as a service under its name ({@code betadrift.name}): {@code ud} is exact and the default,
 * {@code covariance} is fast and hands over to {@code ud} when it sees trouble.
 *
 * <p>Where a model has constraints, predicted means given those of date t, filtered and smoothed likewise, and a log-likelihood is
 * that of y given them: the rows are processed first on every date and left out of the sum. Whether the data agree with a restriction is
 * told by how far each row was foretold to be missed, {@link org.betadrift.filter.FilterResult#constraintInnovation}.
 *
 * <p>Beyond the sample: a {@link org.betadrift.filter.Forecaster} takes the exposures on to later dates and answers a scenario of
 * factor values with y and its {@link org.betadrift.filter.Interval}; the interval knows of the exposures' uncertainty and of R, not
 * of that of Q and R themselves. Beside it: a {@link org.betadrift.filter.Simulator} makes data whose truth is known (does an
 * estimator find it? what does a test say when nothing drifts?) and draws whole paths given y, for bands of anything that is no
 * single state: a sum of exposures, the largest one, the date of a crossing. A seed is part of the question: the same seed, model and
 * sample give the same numbers, paths with a larger number of draws begin with those of a smaller one, and data and paths of one
 * seed are independent of each other. Write it down beside the result.
 *
 * <p>Under inequalities there is no filter: a {@link org.betadrift.filter.PathEstimator} finds the posterior mode of the whole path, and
 * its bands are quantiles of draws, not Gaussian.
 */
@Export
@Version("1.0.0")
package org.betadrift.filter;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
