package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.model.Covariance;

/**
 * A with A R A' = I and A W A' = diag(lambda), for a Q = diag(c_f W) over the factors: with R = L L' and L^-1 W L^-T = U diag(lambda) U' it
 * is A = U'L^-1. Golub and Van Loan (2013), 8.7. One thread, no allocation after birth.
 */
final class Diagonalisation {
    /** What is left of a variance of R given the other targets, beside the whole: below it the mixing loses too many digits. */
    private static final double SINGULAR = 1e-9;
    /** To what part of their variances one block of Q must be a multiple of another. */
    private static final double ROUNDING = 4e-15;

    /** A, m x m by rows. */
    final double[] a;
    private final int m;
    private final int factors;     // F
    private final double[] lower;  // L, then L^-1, m x m
    private final double[] block;  // W, then L^-1 W L^-T, m x m
    private final double[] work;   // m x m
    private final double[] scales; // c, F
    private final SymmetricEigen eigen;
    private double logDeterminant;

    Diagonalisation(int targets, int factors) {
        m = targets;
        this.factors = factors;
        a = new double[m * m];
        lower = new double[m * m];
        block = new double[m * m];
        work = new double[m * m];
        scales = new double[factors];
        eigen = new SymmetricEigen(m);
    }

    /**
     * Of these.
     *
     * @param stateNoise packed, F m rows: the targets of the first factor, and so on
     * @param observationNoise packed
     * @return false when Q has another form, or R is too close to singular
     */
    boolean take(double[] stateNoise, double[] observationNoise) {
        return takeBlock(stateNoise) && takeMixing(observationNoise);
    }

    /** log |A|. */
    double logDeterminant() {
        return logDeterminant;
    }

    /** c_f lambda_i; of a singular W lambda may be a negative rounding. */
    double stateNoise(int factor, int series) {
        return scales[factor] * Math.max(0, eigen.value(series));
    }

    /** The one block of which all are multiples, and the factors. @return false when there is none */
    private boolean takeBlock(double[] packed) {
        double largest = 0;
        int which = 0;
        for (int f = 0; f < factors; f++) {
            double trace = 0;
            for (int i = 0; i < m; i++) {
                trace += packed[Covariance.index(f * m + i, f * m + i)];
            }
            scales[f] = trace;
            if (trace > largest) {
                largest = trace;
                which = f;
            }
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                block[i * m + j] = packed[Covariance.index(which * m + i, which * m + j)];
            }
        }
        for (int f = 0; f < factors; f++) {
            scales[f] = f == which ? 1 : largest > 0 ? scales[f] / largest : 0;
            if (!isMultiple(packed, f)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the row of blocks of factor f is c_f W, and zeros. */
    private boolean isMultiple(double[] packed, int f) {
        for (int i = 0; i < m; i++) {
            int row = Covariance.index(f * m + i, 0);
            for (int j = 0; j < f * m; j++) {
                if (packed[row + j] != 0) {
                    return false;
                }
            }
            for (int j = 0; j <= i; j++) {
                double unit = scales[f] * Math.sqrt(block[i * m + i]) * Math.sqrt(block[j * m + j]);
                if (!(Math.abs(packed[row + f * m + j] - scales[f] * block[i * m + j]) <= ROUNDING * unit)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A and its determinant. @return false when R is too close to singular */
    private boolean takeMixing(double[] packed) {
        double product = 0;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double whole = packed[Covariance.index(i, j)];
                double sum = whole;
                for (int l = 0; l < j; l++) {
                    sum -= lower[i * m + l] * lower[j * m + l];
                }
                if (i == j && !(sum > SINGULAR * whole)) {
                    return false;
                }
                lower[i * m + j] = i == j ? Math.sqrt(sum) : sum / lower[j * m + j];
            }
            product -= Math.log(lower[i * m + i]);
        }
        logDeterminant = product;
        invert();
        // block = L^-1 W L^-T
        multiply(lower, block, work);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double dot = 0;
                for (int l = 0; l <= j; l++) {
                    dot += work[i * m + l] * lower[j * m + l];
                }
                block[i * m + j] = dot;
                block[j * m + i] = dot;
            }
        }
        if (!eigen.decompose(block)) {
            return false;
        }
        multiply(eigen.vectors, lower, a);
        return true;
    }

    /** L becomes L^-1. */
    private void invert() {
        for (int j = 0; j < m; j++) {
            lower[j * m + j] = 1 / lower[j * m + j];
            for (int i = j + 1; i < m; i++) {
                double sum = 0;
                for (int l = j; l < i; l++) {
                    sum -= lower[i * m + l] * lower[l * m + j];
                }
                lower[i * m + j] = sum / lower[i * m + i];
            }
            for (int i = 0; i < j; i++) {
                lower[i * m + j] = 0;
            }
        }
    }

    private void multiply(double[] left, double[] right, double[] product) {
        Arrays.fill(product, 0);
        for (int i = 0; i < m; i++) {
            for (int l = 0; l < m; l++) {
                Square.add(left[i * m + l], right, l * m, product, i * m, m);
            }
        }
    }
}
