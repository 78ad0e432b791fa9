package org.betadrift.estimator.cholesky.internal;

import org.betadrift.model.Covariance;

/**
 * V = S L L' S', L lower triangular with a positive diagonal, whose coordinates are the logarithms of the diagonal and the entries below
 * it as they are. Where S is diagonal, entries of V may be held at zero: V_ij = 0 makes
 * <pre>L_ij = - (sum of L_ik L_jk, k below j) / L_jj</pre>
 * follow from entries to its left and above, so it is no coordinate, and every positive definite V with those zeros has its place.
 */
final class Observation implements Block {
    /** Instead of a zero on the diagonal of L; far enough from it to have a likelihood. */
    private static final double TINY = 2e-6;

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

    /** Whether V is diagonal. */
    boolean isDiagonal() {
        return size == s.length;
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

    /** dLL/dX, V = S X S'. */
    double[][] score(double[] packed) {
        double[][] g = new double[s.length][s.length];
        for (int i = 0; i < g.length; i++) {
            for (int j = 0; j < g.length; j++) {
                g[i][j] = packed[Covariance.index(i, j)];
            }
        }
        return Dense.sandwich(Dense.transposed(s), g);
    }

    /** v such that X + v v' keeps the zeros and rises most: an eigenvector of the score, or with zeros the best unit vector. */
    double[] steepest(double[][] score) {
        double[] v = new double[s.length];
        if (size == Covariance.size(s.length)) {
            double[][] vectors = Dense.eigen(score).vectors();
            for (int i = 0; i < v.length; i++) {
                v[i] = vectors[i][0];
            }
            return v;
        }
        int best = 0;
        for (int i = 0; i < v.length; i++) {
            best = score[i][i] > score[best][best] ? i : best;
        }
        v[best] = 1;
        return v;
    }

    /** Coordinates of X + (step v)(step v)'. */
    double[] plus(double[] theta, double[] v, double step) {
        double[][] l = factor(theta, 0);
        double[][] wide = new double[l.length][l.length + 1];
        int[] order = new int[l.length];
        for (int i = 0; i < l.length; i++) {
            System.arraycopy(l[i], 0, wide[i], 0, l.length);
            wide[i][l.length] = step * v[i];
            order[i] = i;
        }
        double[][] turned = Dense.lower(wide, order);
        double[] moved = theta.clone();
        int next = 0;
        for (int i = 0; i < l.length; i++) {
            for (int j = 0; j <= i; j++) {
                if (isFree(i, j)) {
                    moved[next++] = i == j ? Math.log(Math.max(TINY, turned[i][i])) : turned[i][j];
                }
            }
        }
        return moved;
    }
}
