package org.betadrift.report.internal;

import java.util.stream.IntStream;

/**
 * A covariance matrix as people read it: standard deviations, correlations, and its rank. A correlation with what doesn't move, or
 * of what is still unknown (an infinite variance), doesn't exist and is NaN.
 */
final class Correlations {
    /** What is left of a unit variance counts as zero when it is at most this. */
    private static final double ZERO = 1e-8;

    private final int size;
    private final double[] deviations;
    private final double[][] correlations;

    /** An entry of a covariance matrix. */
    interface Entry {
        double at(int row, int column);
    }

    Correlations(int size, Entry covariance) {
        this.size = size;
        deviations = IntStream.range(0, size).mapToDouble(i -> Math.sqrt(covariance.at(i, i))).toArray();
        correlations = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                boolean exists = deviations[i] > 0 && deviations[j] > 0 && Double.isFinite(deviations[i] + deviations[j]);
                correlations[i][j] = !exists ? Double.NaN : i == j ? 1 : between(covariance.at(i, j) / deviations[i] / deviations[j]);
                correlations[j][i] = correlations[i][j];
            }
        }
    }

    /** Rounding may take it beyond one. */
    private static double between(double correlation) {
        return Math.max(-1, Math.min(1, correlation));
    }

    int size() {
        return size;
    }

    double deviation(int i) {
        return deviations[i];
    }

    /** 1 on the diagonal; NaN where there is none. */
    double at(int i, int j) {
        return correlations[i][j];
    }

    /** Whether nothing is correlated with anything else. */
    boolean isDiagonal() {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                if (correlations[i][j] < 0 || correlations[i][j] > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** How many independent sources move it: elimination of the correlations with the largest pivot, so units don't matter. */
    int rank() {
        double[][] a = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                a[i][j] = Double.isNaN(correlations[i][j]) ? 0 : correlations[i][j];
            }
        }
        for (int rank = 0; rank < size; rank++) {
            int pivot = IntStream.range(0, size).reduce((i, j) -> a[j][j] > a[i][i] ? j : i).orElseThrow();
            if (a[pivot][pivot] <= ZERO) {
                return rank;
            }
            eliminate(a, pivot);
        }
        return size;
    }

    private void eliminate(double[][] a, int pivot) {
        double[] row = a[pivot].clone();
        for (int i = 0; i < size; i++) {
            double share = row[i] / row[pivot];
            for (int j = 0; j < size; j++) {
                a[i][j] -= share * row[j];
            }
        }
        a[pivot][pivot] = 0;
    }
}
