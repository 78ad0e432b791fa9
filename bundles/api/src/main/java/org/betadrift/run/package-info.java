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
 * <p>Grammar of a {@link org.betadrift.run.ConstraintExpression}; blanks count nowhere:
 * <pre>{@code
 * constraint = 'long-only' | left ( '=' | '>=' | '<=' ) [ '-' ] weight [ '~' number ]
 * left       = 'sum' | 'net' | 'gross' | 'avg' '(' name ';' weight { ',' weight } ')' | [ '+' | '-' ] term { ( '+' | '-' ) term }
 * term       = [ weight '*' ] state
 * state      = name { ':' name }
 * weight     = number | name
 * name       = plain | '[' any characters but ']' ']'
 * plain      = ( letter | '_' ) { letter | digit | '_' | '.' }
 * }</pre>
 * {@code sum} and {@code net} add the exposures of each target, {@code gross} their absolute values ({@code gross<=1.5}); none counts
 * alpha or a slope. {@code long-only} says {@code >= 0} of every factor's exposure, of each target; a band is two constraints,
 * {@code net>=0.8} and {@code net<=1.2}. With several targets a state is FACTOR:TARGET. A weight that is a name is a column of the data, one number a
 * date; so is the right side. {@code avg(FACTOR; W1,W2)} is the average of a factor's exposures over the targets, its weights divided
 * by their sum on every date. A number after {@code ~} is the standard deviation that the left side may have around the right one;
 * without it an equality is exact. A factor that is called sum, net, gross or avg is written in brackets.
 * Equalities bind estimators, filter and smoother; inequalities bind the path of a {@link org.betadrift.filter.PathEstimator} alone, which a
 * run makes where a constraint is one ({@link org.betadrift.run.ExposureRun#path}).
 *
 * <p>Grammar of the factors of several targets on the command line; in a {@link org.betadrift.run.Recipe} every target is added with
 * its own list:
 * <pre>{@code
 * factors = common { ';' own } | own { ';' own }
 * common  = column { ',' column }              factors of every target
 * own     = target ':' column { ',' column }   what one target has beside them
 * column  = name | '[' any text without ']' ']'
 * }</pre>
 * {@code MKT;A:SMB,HML} gives MKT to every target, and SMB and HML to A too. The states are {@code alpha:TARGET} of every target,
 * where there is an intercept, then {@code FACTOR:TARGET} factor by factor, in the order in which the targets name them.
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
