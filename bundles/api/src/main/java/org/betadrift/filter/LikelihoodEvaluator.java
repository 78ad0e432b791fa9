package org.betadrift.filter;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The log-likelihood ({@link LikelihoodConvention#FULL}) of one sample, given the constraints where the template has some, as a
 * function of what a {@link org.betadrift.model.ModelTemplate} leaves open. A workspace: one thread, no allocation per call. Made by
 * {@link FilterEngine#evaluator}.
 *
 * <p>Q is packed, K (K + 1) / 2, R is packed, m (m + 1) / 2; a half that the template has fixed is passed as null. Where (Q, R) is
 * no model or the pass fails, the value is NaN: a maximiser steps back.
 */
@ConsumerType
public interface LikelihoodEvaluator {
    /** log p(y | Q, R). */
    double value(double[] q, double[] r);

    /**
     * The weighted sum of squares of the last call, sum of y~_t' S_t^-1 y~_t. With c Q and c R and a start that is diffuse
     * throughout it is divided by c, which is how a scale is concentrated out (Harvey 1989, 3.4).
     *
     * @return NaN when the engine doesn't know it
     */
    default double squares() {
        return Double.NaN;
    }

    /**
     * How the last value was worked out, in a few words for a convergence record, e.g. {@code decoupled: 4 series of 2 states}; empty
     * when there is nothing to tell.
     */
    default String method() {
        return "";
    }

    /** Whether {@link #valueAndScore} works; when not, a maximiser takes differences and says so. */
    default boolean hasScore() {
        return false;
    }

    /**
     * Value and score: the symmetric matrices G of dLL = tr(G_Q dQ) + tr(G_R dR), packed. A diagonal entry is a plain derivative; an
     * off-diagonal one is half the derivative with respect to the two entries it stands for. NaN where the value is, or has no
     * derivative. Koopman and Shephard (1992).
     *
     * @param scoreQ written; null when Q is fixed
     * @param scoreR written; null when R is fixed
     * @throws UnsupportedOperationException {@link #hasScore} is false
     */
    default double valueAndScore(double[] q, double[] r, double[] scoreQ, double[] scoreR) {
        throw new UnsupportedOperationException("this engine has no score: ask hasScore() first");
    }

    /**
     * Says which states' rows and columns of the score of Q the caller reads from now on; all until told. The other entries may be
     * anything: an engine may save itself the work.
     *
     * @param states K of them
     */
    default void readScoresOf(boolean[] states) {
        // whoever works out everything has nothing to save
    }

    /** Whether {@link #valueAndScoreAtBestScale} works. */
    default boolean hasScoreAtBestScale() {
        return false;
    }

    /**
     * What {@link #valueAndScore} is at (c Q, c R) with c = squares / terms, in one call: where a scale is concentrated out, c is the
     * best one. {@link #squares} stays that of (Q, R), so that the caller knows c.
     *
     * @param terms N of LL(c) = LL(1) - N/2 log c - squares/2 (1/c - 1), which must hold: Q and R are both open, and the start knows no scale
     * @param scoreQ written: at (c Q, c R)
     * @param scoreR written, likewise
     * @return the value at (c Q, c R)
     * @throws UnsupportedOperationException {@link #hasScoreAtBestScale} is false
     */
    default double valueAndScoreAtBestScale(double terms, double[] q, double[] r, double[] scoreQ, double[] scoreR) {
        throw new UnsupportedOperationException("this engine has no score at the best scale: ask hasScoreAtBestScale() first");
    }

    /** Whether {@link #information} works. */
    default boolean hasInformation() {
        return false;
    }

    /**
     * Value, and along p given directions the score and the expected information (Gauss-Newton form, forward sensitivities):
     * I_ij = 1/2 sum of dS_i dS_j / S^2 + sum of dy~_i dy~_j / S.
     *
     * @param directions p rows of [packed dQ | packed dR], a half that is fixed left out
     * @param score written, p
     * @param information written, packed p (p + 1) / 2
     * @throws UnsupportedOperationException {@link #hasInformation} is false
     */
    default double information(double[] q, double[] r, double[][] directions, double[] score, double[] information) {
        throw new UnsupportedOperationException("this engine has no information matrix: ask hasInformation() first");
    }
}
