package org.betadrift.filter.internal;

import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;

/**
 * The cells of y that are present on a date as rows of independent noise, to be taken one after the other: with R = L diag(r) L'
 * of the present cells, L unit lower triangular, L^-1 y and L^-1 H have noise variances r. L has a unit diagonal, so the density
 * is that of y. Durbin and Koopman (2012), 6.4. One thread, no allocation after birth.
 */
final class Rows {
    private final Sample sample;
    private final Noise noise;
    private final int m;
    private final int k;
    private final double[] packed;  // R_t
    private final double[] lower;   // L, m x m
    private final int[] targets;    // of the rows
    private final int[] factored;   // targets L was made for
    private int factoredCount = -1;
    private int count;
    private final double[] y;       // of the rows, mixed
    private final double[] h;       // rows x K, mixed
    private final double[] r;

    Rows(Sample sample, Noise observationNoise) {
        this.sample = sample;
        noise = observationNoise;
        m = sample.targets().size();
        k = sample.states().count();
        packed = new double[Covariance.size(m)];
        lower = new double[m * m];
        targets = new int[m];
        factored = new int[m];
        y = new double[m];
        h = new double[m * k];
        r = new double[m];
    }

    /** Reads date t. @return how many rows it has */
    int read(int t) {
        count = 0;
        for (int i = 0; i < m; i++) {
            double value = sample.y(t, i);
            if (!Double.isNaN(value)) {
                for (int j = 0; j < k; j++) {
                    h[count * k + j] = sample.h(t, i, j);
                }
                y[count] = value;
                targets[count++] = i;
            }
        }
        if (count > 0) {
            factor(t);
            mix();
        }
        return count;
    }

    private void factor(int t) {
        boolean same = noise.isConstant() && count == factoredCount;
        for (int i = 0; i < count && same; i++) {
            same = factored[i] == targets[i];
        }
        if (same) {
            return;
        }
        noise.copyPacked(t, packed);
        factoredCount = count;
        for (int i = 0; i < count; i++) {
            factored[i] = targets[i];
            double whole = packed[Covariance.index(targets[i], targets[i])];
            double pivot = whole;
            for (int j = 0; j < i; j++) {
                // L_ij = (R_ij - sum over l < j of L_il r_l L_jl) / r_j
                double sum = packed[Covariance.index(targets[i], targets[j])];
                for (int l = 0; l < j; l++) {
                    sum -= lower[i * m + l] * r[l] * lower[j * m + l];
                }
                double entry = r[j] > 0 ? sum / r[j] : 0;
                lower[i * m + j] = entry;
                pivot -= entry * entry * r[j];
            }
            r[i] = pivot <= whole * 1e-15 ? 0 : pivot; // a singular R: what is left is rounding
        }
    }

    private void mix() {
        for (int i = 1; i < count; i++) {
            for (int j = 0; j < i; j++) {
                double l = lower[i * m + j];
                if (l != 0) {
                    y[i] -= l * y[j];
                    for (int state = 0; state < k; state++) {
                        h[i * k + state] -= l * h[j * k + state];
                    }
                }
            }
        }
    }

    /** Rows of the date read last. */
    int count() {
        return count;
    }

    /** Which target a row comes from. */
    int target(int row) {
        return targets[row];
    }

    double y(int row) {
        return y[row];
    }

    /** All rows; a row starts at {@code row * K}. */
    double[] h() {
        return h;
    }

    double r(int row) {
        return r[row];
    }

    /** L_ij for rows i > j. */
    double mixed(int i, int j) {
        return lower[i * m + j];
    }

    /** R_t between two targets. */
    double noise(int t, int i, int j) {
        noise.copyPacked(t, packed);
        return packed[Covariance.index(i, j)];
    }
}
