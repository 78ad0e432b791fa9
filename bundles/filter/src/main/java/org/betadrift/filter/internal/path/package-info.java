/**
 * The path of exposures under inequalities. {@code PathNumbers} is model and data as least-squares rows, {@code Sweep} the one
 * linear solver (a square-root backward pass, no inverse of Q), {@code Limits} the constraints in units of posterior standard
 * deviations. {@code Feasibility} refuses what can't be met, {@code InteriorPoint} finds the optimum, {@code ActiveSet} finishes it,
 * {@code Optimality} judges it. {@code TruncatedDraws} samples the truncated posterior, {@code Block} by {@code Block}.
 */
package org.betadrift.filter.internal.path;
