/**
 * Filtering: the service contract and what it returns.
 *
 * <p>Two words say what a number knows: predicted (t|t-1) and filtered (t|t). Services are stateless and thread-safe,
 * results immutable. What does not exist is NaN (the innovation of a missing y). A numerical failure is a
 * {@link org.betadrift.filter.NumericalException} with date, quantity and value.
 *
 * <p>An engine is met as a service under its name ({@code betadrift.name}): {@code covariance} is the textbook
 * covariance form for one target and a known initial state.
 */
@Export
@Version("1.0.0")
package org.betadrift.filter;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
