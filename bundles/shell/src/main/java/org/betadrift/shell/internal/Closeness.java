package org.betadrift.shell.internal;

import java.util.stream.IntStream;

/** How close two series are, on the dates both have. */
final class Closeness {
    private Closeness() { }

    /** Pearson's. */
    static double correlation(double[] a, double[] b) {
        int[] both = both(a, b);
        double meanA = IntStream.of(both).mapToDouble(t -> a[t]).average().orElse(Double.NaN);
        double meanB = IntStream.of(both).mapToDouble(t -> b[t]).average().orElse(Double.NaN);
        double ab = IntStream.of(both).mapToDouble(t -> (a[t] - meanA) * (b[t] - meanB)).sum();
        double aa = IntStream.of(both).mapToDouble(t -> (a[t] - meanA) * (a[t] - meanA)).sum();
        double bb = IntStream.of(both).mapToDouble(t -> (b[t] - meanB) * (b[t] - meanB)).sum();
        return ab / Math.sqrt(aa * bb);
    }

    /** In the units of the series. */
    static double rootMeanSquareDistance(double[] a, double[] b) {
        return Math.sqrt(IntStream.of(both(a, b)).mapToDouble(t -> (a[t] - b[t]) * (a[t] - b[t])).average().orElse(Double.NaN));
    }

    private static int[] both(double[] a, double[] b) {
        return IntStream.range(0, a.length).filter(t -> !Double.isNaN(a[t] + b[t])).toArray();
    }
}
