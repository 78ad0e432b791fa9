package org.betadrift.filter;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The log-likelihood ({@link LikelihoodConvention#FULL}) of one sample as a function of what a
 * {@link org.betadrift.model.ModelTemplate} leaves open. A workspace: one thread, no allocation per call. Made by
 * {@link FilterEngine#evaluator}.
 */
@ConsumerType
public interface LikelihoodEvaluator {
    /**
     * @param q Q, packed K (K + 1) / 2; null when the template has fixed it
     * @param r R, packed m (m + 1) / 2; null when the template has fixed it
     * @return NaN where (Q, R) is no model or the pass fails: a maximiser steps back
     */
    double value(double[] q, double[] r);
}
