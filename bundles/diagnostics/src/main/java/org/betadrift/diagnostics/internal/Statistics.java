package org.betadrift.diagnostics.internal;

import java.util.Arrays;

/** Plain sample statistics; NaN where there are too few values. */
final class Statistics {
    private Statistics() { }

    /** Without the missing values. */
    static double[] present(double[] values) {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    }

    static double mean(double[] values) {
        return values.length == 0 ? Double.NaN : Arrays.stream(values).sum() / values.length;
    }

    static double sumOfSquares(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v * v;
        }
        return sum;
    }

    /** With n - 1 in the denominator. */
    static double standardDeviation(double[] values) {
        if (values.length < 2) {
            return Double.NaN;
        }
        double mean = mean(values);
        double sum = 0;
        for (double v : values) {
            sum += (v - mean) * (v - mean);
        }
        return Math.sqrt(sum / (values.length - 1));
    }

    static double min(double[] values) {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    static double max(double[] values) {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    static double last(double[] values) {
        return values.length == 0 ? Double.NaN : values[values.length - 1];
    }

    /** v_t - v_t-1, one fewer than values. */
    static double[] differences(double[] values) {
        double[] d = new double[Math.max(0, values.length - 1)];
        for (int t = 0; t < d.length; t++) {
            d[t] = values[t + 1] - values[t];
        }
        return d;
    }
}
