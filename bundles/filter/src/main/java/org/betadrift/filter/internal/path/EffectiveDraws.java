package org.betadrift.filter.internal.path;

/** What a Markov chain is worth: draws / (1 + 2 sum of autocorrelations), by Geyer's (1992) initial monotone sequence. */
final class EffectiveDraws {
    private EffectiveDraws() { }

    /** @param chain draws x size @return of each of size numbers; all of them where one never moves */
    static double[] of(double[] chain, int draws, int size) {
        double[] effective = new double[size];
        double[] x = new double[draws];
        for (int i = 0; i < size; i++) {
            double mean = 0;
            for (int d = 0; d < draws; d++) {
                x[d] = chain[d * size + i];
                mean += x[d] / draws;
            }
            for (int d = 0; d < draws; d++) {
                x[d] -= mean;
            }
            effective[i] = of(x);
        }
        return effective;
    }

    private static double of(double[] x) {
        double variance = covariance(x, 0);
        if (variance == 0) {
            return x.length;
        }
        double sum = -variance;
        double before = Double.POSITIVE_INFINITY;
        for (int lag = 0; lag + 1 < x.length; lag += 2) {
            double pair = Math.min(before, covariance(x, lag) + covariance(x, lag + 1));
            if (pair <= 0) {
                break;
            }
            sum += 2 * pair;
            before = pair;
        }
        return Math.min(x.length, x.length * variance / Math.max(sum, variance / x.length));
    }

    private static double covariance(double[] x, int lag) {
        double sum = 0;
        for (int d = lag; d < x.length; d++) {
            sum += x[d] * x[d - lag];
        }
        return sum / x.length;
    }
}
