/**
 * The host's one door: an {@link org.betadrift.run.ExposureService} turns a {@link org.betadrift.run.Recipe} and a panel
 * into an {@link org.betadrift.run.ExposureRun}.
 *
 * <p>Grammar of a choice (the command line uses the same):
 * <pre>{@code
 * choice = name [ ':' ( value | key '=' value { ',' key '=' value } ) ]
 * name   = lower-case letter { lower-case letter | digit | '-' }
 * key    = letter { letter | digit | '-' }
 * value  = any text; a comma followed by key '=' starts the next key
 * }</pre>
 * Numbers of a value are separated by commas, rows of a matrix by slashes; a column name that could be misread is written
 * in brackets: {@code series:[Mkt-RF]}.
 *
 * <p>Three ways to know what a run has seen: each estimate says from which date on it is causal ({@code causalFrom}); a
 * {@link org.betadrift.run.Reestimation} makes a run causal whatever its estimators look at; and an
 * {@link org.betadrift.run.Audit} tests what is said by taking the later rows away.
 */
@Export
@Version("1.0.0")
package org.betadrift.run;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
