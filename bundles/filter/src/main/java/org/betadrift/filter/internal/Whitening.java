package org.betadrift.filter.internal;

import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * States in a basis in which the rows of a date share none: theta = (I (x) L^-1) beta, by factor, with R = L diag(r) L'. There L^-1 H is
 * the regressors of one target and zeros elsewhere, which halves the work of a pass. A random walk stays one, and |L| = 1, so no
 * density changes, a diffuse one neither. It needs all targets on the same factors and on the same dates. One thread, no
 * allocation after birth.
 */
final class Whitening {
    private final int m;
    private final int factors;
    private final double[] inverse; // L^-1, m x m
    private final double[] block;   // m x m

    Whitening(int targets, int states) {
        m = targets;
        factors = states / targets;
        inverse = new double[m * m];
        block = new double[m * m];
    }

    /** Whether it does for this sample and T, start and Q. */
    static boolean applies(Sample sample, StateSpaceModel model) {
        return sample.targets().size() > 1 && model.constraints().isEmpty() && model.transition().isIdentity()
                && model.stateNoise().isConstant() && model.observationNoise().isConstant()
                && DecoupledPass.isShared(sample) && sample.observations() > 0 && isAlike(model.initial(), sample.targets().size());
    }

    /** Whether what is diffuse of one target is so of all. */
    private static boolean isAlike(InitialState initial, int targets) {
        for (int i = 0; i < initial.dimension(); i++) {
            if (initial.isDiffuse(i) != initial.isDiffuse(i - i % targets)) {
                return false;
            }
        }
        return true;
    }

    /** Takes L^-1 of a date with all targets. */
    void take(RowModel model, int pattern) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                inverse[i * m + j] = model.inverseOfPattern(pattern, i, j);
            }
        }
    }

    /** theta. */
    void white(double[] beta, double[] theta) {
        for (int at = 0; at < beta.length; at += m) {
            for (int i = 0; i < m; i++) {
                double dot = 0;
                for (int j = 0; j <= i; j++) {
                    dot += inverse[i * m + j] * beta[at + j];
                }
                theta[at + i] = dot;
            }
        }
    }

    /** The covariance of theta, packed. */
    void whiteCovariance(double[] packed, double[] white) {
        sandwich(packed, white, false);
    }

    /** From dLL = tr(G dQ) of theta's Q to that of beta's, in place, packed. */
    void backScore(double[] score) {
        sandwich(score, score, true);
    }

    /** Block by block L^-1 S L'^-1, or L'^-1 S L^-1. */
    private void sandwich(double[] from, double[] to, boolean transposed) {
        for (int f = 0; f < factors; f++) {
            for (int g = 0; g <= f; g++) {
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < m; j++) {
                        double dot = 0;
                        for (int l = transposed ? i : 0; l < (transposed ? m : i + 1); l++) {
                            dot += inverse[transposed ? l * m + i : i * m + l] * from[Covariance.index(f * m + l, g * m + j)];
                        }
                        block[i * m + j] = dot;
                    }
                }
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < (f == g ? i + 1 : m); j++) {
                        double dot = 0;
                        for (int l = transposed ? j : 0; l < (transposed ? m : j + 1); l++) {
                            dot += block[i * m + l] * inverse[transposed ? l * m + j : j * m + l];
                        }
                        to[Covariance.index(f * m + i, g * m + j)] = dot;
                    }
                }
            }
        }
    }
}
