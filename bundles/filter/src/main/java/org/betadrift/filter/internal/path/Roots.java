package org.betadrift.filter.internal.path;

import org.betadrift.model.Covariance;

/** L with L L' = a covariance, as many columns as its rank: Cholesky with the largest remaining pivot, scaled to unit diagonal. */
final class Roots {
    private static final double ZERO = 1e-12; // of a unit diagonal

    private Roots() { }

    /** @return K x rank, row-major */
    static double[] of(double[] packed, int k) {
        double[] a = new double[k * k];
        double[] unit = new double[k];
        for (int i = 0; i < k; i++) {
            unit[i] = Math.sqrt(packed[Covariance.index(i, i)]);
        }
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                a[i * k + j] = unit[i] == 0 || unit[j] == 0 ? 0 : packed[Covariance.index(i, j)] / unit[i] / unit[j];
            }
        }
        double[] columns = new double[k * k]; // by column
        int rank = 0;
        while (rank < k) {
            int pivot = 0;
            for (int i = 1; i < k; i++) {
                pivot = a[i * k + i] > a[pivot * k + pivot] ? i : pivot;
            }
            double d = a[pivot * k + pivot];
            if (d <= ZERO) {
                break;
            }
            double root = Math.sqrt(d);
            for (int i = 0; i < k; i++) {
                columns[rank * k + i] = a[i * k + pivot] / root;
            }
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    a[i * k + j] -= columns[rank * k + i] * columns[rank * k + j];
                }
            }
            for (int i = 0; i < k; i++) { // done: exactly nothing is left of it
                a[i * k + pivot] = 0;
                a[pivot * k + i] = 0;
            }
            rank++;
        }
        double[] result = new double[k * rank];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < rank; j++) {
                result[i * rank + j] = columns[j * k + i] * unit[i];
            }
        }
        return result;
    }
}
