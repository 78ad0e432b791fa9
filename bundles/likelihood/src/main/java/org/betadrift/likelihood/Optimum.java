package org.betadrift.likelihood;

/**
 * Where a climb ended.
 *
 * @param u coordinates
 * @param value log-likelihood there
 * @param inBudget false when it was stopped for having worked out enough
 */
record Optimum(double[] u, double value, boolean inBudget) { }
