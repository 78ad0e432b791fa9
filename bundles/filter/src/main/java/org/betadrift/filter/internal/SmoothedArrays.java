package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;

/** What a pass back writes, date by date: n of each, laid out as in {@link SmootherResult}. */
final class SmoothedArrays {
    /** E(beta_t | y), n x K. */
    final double[] means;
    /** Var(beta_t | y), n packed triangles. */
    final double[] covariances;
    /** n x m; NaN where y is missing. */
    final double[] u;
    /** n x m x m; NaN where y is missing. */
    final double[] d;
    /** n x K. */
    final double[] r;
    /** N, n packed triangles. */
    final double[] bigN;

    SmoothedArrays(FilterResult filter) {
        int n = filter.sample().periods();
        int m = filter.sample().targets().size();
        int k = filter.model().states().count();
        means = new double[n * k];
        covariances = new double[n * Covariance.size(k)];
        u = new double[n * m];
        d = new double[n * m * m];
        Arrays.fill(u, Double.NaN);
        Arrays.fill(d, Double.NaN);
        r = new double[n * k];
        bigN = new double[n * Covariance.size(k)];
    }

    SmootherResult.Builder into(FilterResult filter) {
        return SmootherResult.builder(filter)
                .smoothed(StatePath.ofUnsafe(StatePath.Knows.SMOOTHED, filter.model().states(), filter.sample().dates(), means, covariances))
                .u(u).d(d).r(r).n(bigN);
    }
}
