package org.betadrift.estimator.factorvol.internal;

import java.util.function.IntToDoubleFunction;

/** The sample variance, n - 1. */
final class Variance {
    private Variance() { }

    /** Of the values from {@code first} to {@code last}, exclusive; at least two. */
    static double of(IntToDoubleFunction values, int first, int last) {
        int n = last - first;
        double mean = 0;
        for (int i = first; i < last; i++) {
            mean += values.applyAsDouble(i) / n;
        }
        double sum = 0;
        for (int i = first; i < last; i++) {
            double d = values.applyAsDouble(i) - mean;
            sum += d * d;
        }
        return sum / (n - 1);
    }
}
