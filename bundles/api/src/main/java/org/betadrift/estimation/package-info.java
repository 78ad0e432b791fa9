/**
 * How the initial state, R and Q are found. Four roles, one method each, all services.
 *
 * <p>A role is an interface, a choice is its name: annotate the component with {@link org.betadrift.estimation.Strategy}.
 * Clients never look a strategy up by class; they ask the {@code ExposureService} by name. The runtime calls initial
 * state, then R, then Q, then a joint strategy where the recipe leaves one of the noises to it; each sees what stands left of it
 * in {@link org.betadrift.estimation.EstimationContext} and nothing else. A joint strategy that finds there what it has no use for,
 * or misses what it needs, refuses in one line. Strategies are stateless, thread-safe and deterministic, do not touch their input, and let no object of
 * their own class escape into the result.
 *
 * <p>Options: an option is declared once, as {@code key=default} in {@code @Strategy(options = ...)} (or {@code key}
 * when it has none). A configuration property of the same name overrides the default, the run's own option overrides
 * both; the runtime merges and checks the keys BEFORE the strategy is called and writes what was used into the
 * provenance. The single value of {@code NAME:VALUE} is the option {@code value}.
 *
 * <p>Look-ahead is said, never hidden: every {@link org.betadrift.estimation.Estimate} carries the date from which on it
 * uses no later row.
 */
@Export
@Version("1.0.0")
package org.betadrift.estimation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
