package org.betadrift.estimator.factorvol.internal;

import org.betadrift.model.Sample;

/**
 * Least squares of y on the levels over some dates, by Gram-Schmidt done twice on columns of unit length: X = Q R. The coefficients
 * are weights on y, {@code b = A y} with {@code A = R^-1 Q'}, which is what variances of b are made of.
 */
final class WindowRegression {
    /** What is left of a column is rounding when it is this small beside the column. */
    private static final double ROUNDING = 1e-10;

    private final int rows;
    private final int k;
    private final double[][] q; // by column
    private final double[][] a; // by coefficient
    private final double[] b;
    private final double sse;
    private final int collinear;

    /** @param dates on which y is present; those from {@code first} to {@code last}, exclusive, count */
    WindowRegression(Sample sample, int[] dates, int first, int last) {
        rows = last - first;
        k = Observed.levels(sample);
        q = new double[k][rows];
        a = new double[k][rows];
        double[][] r = new double[k][k];
        collinear = decompose(sample, dates, first, r);
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            y[i] = sample.y(dates[first + i], 0);
        }
        b = new double[k];
        if (collinear < 0) {
            // A from the last row up: R_jj a_j = q_j - sum over l > j of R_jl a_l
            for (int j = k - 1; j >= 0; j--) {
                for (int i = 0; i < rows; i++) {
                    double sum = q[j][i];
                    for (int l = j + 1; l < k; l++) {
                        sum -= r[j][l] * a[l][i];
                    }
                    a[j][i] = sum / r[j][j];
                }
                b[j] = dot(a[j], y);
            }
        }
        double[] e = y.clone();
        for (double[] column : q) {
            takeOff(e, column);
        }
        sse = dot(e, e);
    }

    /** @return the first column that the ones before it explain, or -1 */
    private int decompose(Sample sample, int[] dates, int first, double[][] r) {
        int found = -1;
        for (int j = 0; j < k; j++) {
            double[] x = q[j];
            for (int i = 0; i < rows; i++) {
                x[i] = sample.h(dates[first + i], 0, j);
            }
            double length = normalize(x);
            for (int pass = 0; pass < 2; pass++) {
                for (int l = 0; l < j; l++) {
                    r[l][j] += length * takeOff(x, q[l]);
                }
            }
            double left = Math.sqrt(dot(x, x));
            if (!(left > ROUNDING)) {
                java.util.Arrays.fill(x, 0);
                found = found < 0 ? j : found;
                continue;
            }
            r[j][j] = length * left;
            for (int i = 0; i < rows; i++) {
                x[i] /= left;
            }
        }
        return found;
    }

    private static double normalize(double[] x) {
        double largest = 0;
        for (double v : x) {
            largest = Math.max(largest, Math.abs(v));
        }
        double sum = 0;
        for (int i = 0; i < x.length && largest > 0; i++) {
            x[i] /= largest; // neither over- nor underflows
            sum += x[i] * x[i];
        }
        for (int i = 0; i < x.length && largest > 0; i++) {
            x[i] /= Math.sqrt(sum);
        }
        return largest * Math.sqrt(sum);
    }

    private static double takeOff(double[] x, double[] direction) {
        double along = dot(x, direction);
        for (int i = 0; i < x.length; i++) {
            x[i] -= along * direction[i];
        }
        return along;
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /** The first state that the ones before it explain, or -1; there are no coefficients where there is one. */
    int collinearState() {
        return collinear;
    }

    /** Coefficient of state j. */
    double coefficient(int j) {
        return b[j];
    }

    /** A's row j: what the coefficient of state j is made of. */
    double[] weights(int j) {
        return a[j];
    }

    /** Q's column j. */
    double[] basis(int j) {
        return q[j];
    }

    /** e'e. */
    double squares() {
        return sse;
    }
}
