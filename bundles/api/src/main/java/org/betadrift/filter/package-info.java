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
 */
@Export
@Version("1.0.0")
package org.betadrift.filter;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
