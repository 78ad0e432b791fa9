package org.betadrift.estimator.cholesky.internal;

import org.betadrift.model.Covariance;

/**
 * V = S L L' S', L lower triangular with a positive diagonal, whose coordinates are the logarithms of the diagonal and the entries below
 * it as they are. Where S is diagonal, entries of V may be held at zero: V_ij = 0 makes
 * <pre>L_ij = - (sum of L_ik L_jk, k below j) / L_jj</pre>
 * follow from entries to its left and above, so it is no coordinate, and every positive definite V with those zeros has its place.
 */
final class Observation implements Block {
    private final double[][] s;
    private final boolean[][] zero; // lower triangle; a diagonal V is zero everywhere below
    private final int size;

    /** @param zero which entries below the diagonal of V are zero; none unless s is diagonal */
    Observation(double[][] s, boolean[][] zero) {
        this.s = s;
        this.zero = zero;
        int count = 0;
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j <= i; j++) {
                count += i == j || !zero[i][j] ? 1 : 0;
            }
        }
        size = count;
    }

    @Override
    public int size() {
        return size;
    }

    boolean isFree(int i, int j) {
        return i == j || !zero[i][j];
    }

    private double[][] factor(double[] theta, int at) {
        int n = s.length;
        double[][] l = new double[n][n];
        int next = at;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                if (!zero[i][j]) {
                    l[i][j] = theta[next++];
                } else {
                    double sum = 0;
                    for (int k = 0; k < j; k++) {
                        sum += l[i][k] * l[j][k];
                    }
                    l[i][j] = -sum / l[j][j];
                }
            }
            l[i][i] = Math.exp(theta[next++]);
        }
        return l;
    }

    @Override
    public void map(double[] theta, int at, double[] packed) {
        double[][] v = Dense.square(Dense.times(s, factor(theta, at)));
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j <= i; j++) {
                // what is held at zero is zero to the bit, not to rounding
                packed[Covariance.index(i, j)] = isFree(i, j) ? v[i][j] : 0;
            }
        }
    }

    @Override
    public void pullBack(double[] theta, int at, double[] score, double[] slope) {
        int n = s.length;
        double[][] l = factor(theta, at);
        double[][] g = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                g[i][j] = i == j || isFree(Math.max(i, j), Math.min(i, j)) ? 2 * score[Covariance.index(i, j)] : 0;
            }
        }
        double[][] d = Dense.times(Dense.transposed(s), Dense.times(g, Dense.times(s, l))); // dLL/dL, lower part
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i - 1; j >= 0; j--) {
                if (!zero[i][j]) {
                    continue;
                }
                double by = -d[i][j] / l[j][j];
                for (int k = 0; k < j; k++) {
                    d[i][k] += by * l[j][k];
                    d[j][k] += by * l[i][k];
                }
                d[j][j] += by * l[i][j];
            }
        }
        int next = at;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                if (isFree(i, j)) {
                    slope[next++] = i == j ? d[i][i] * l[i][i] : d[i][j];
                }
            }
        }
    }

    /** Coordinates of V = L L' with L in the data's units; entries of it that aren't free are ignored. @param l lower, nothing on its diagonal zero */
    void near(double[][] l, double[] theta, int at) {
        double[][] white = Dense.times(Dense.inverseOfLower(s), l);
        int next = at;
        for (int i = 0; i < white.length; i++) {
            for (int j = 0; j <= i; j++) {
                if (isFree(i, j)) {
                    double entry = white[i][j] * Math.signum(white[j][j]);
                    theta[next++] = i == j ? Math.log(entry) : entry;
                }
            }
        }
    }

    /** Smallest of L_ii^2: of an asset's variance given those before it, in units of what least squares leaves. */
    double least(double[] theta, int at) {
        double least = Double.POSITIVE_INFINITY;
        int next = at;
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j <= i; j++) {
                if (isFree(i, j)) {
                    least = i == j ? Math.min(least, Math.exp(2 * theta[next])) : least;
                    next++;
                }
            }
        }
        return least;
    }
}
