package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.FilterResult;
import org.betadrift.model.Covariance;
import org.betadrift.model.Sample;

/**
 * y~, S, S^-1/2 y~ and K of every date, put together from the rows they were taken in. Of the rows e = L^-1 y~ with variances
 * F and gains g: S = L diag(F) L' and K L = [g_1 ... g_m], L as in {@link RowTriangle}. The lower Cholesky factor of S is
 * L diag(F)^1/2, so S^-1/2 y~ = e / F^1/2. One thread.
 */
final class Innovations {
    private final Rows rows;
    private final Sample sample;
    private final int m;
    private final int k;
    private final boolean keeps;
    private final double[] innovations;
    private final double[] covariances;
    private final double[] standardized;
    private final double[] gains;
    private final double[] f;       // by row
    private final double[] g;       // rows x K
    private final double[] x;       // rows
    private final RowTriangle triangle;
    private final double[] mean;    // beta_t|t-1
    private final double[] packed;  // P_t|t-1
    private boolean finite;         // no row of the date sees an infinite variance
    private boolean hadInfinite;

    Innovations(Rows rows, Sample sample, int k, boolean keeps, boolean keepsGains) {
        this.rows = rows;
        this.sample = sample;
        this.k = k;
        this.keeps = keeps;
        m = sample.targets().size();
        int n = sample.periods();
        innovations = keeps ? new double[n * m] : null;
        covariances = keeps ? new double[n * m * m] : null;
        standardized = keeps ? new double[n * m] : null;
        gains = keepsGains ? new double[n * k * m] : null;
        f = new double[m];
        g = new double[m * k];
        x = new double[m];
        triangle = new RowTriangle(m, k);
        mean = new double[k];
        packed = new double[Covariance.size(k)];
    }

    /** After the predict into date t and {@link Rows#read}. */
    void begin(Kernel kernel, int t) {
        if (!keeps) {
            return;
        }
        finite = true;
        hadInfinite = kernel.hasInfinite();
        if (m > 1 || hadInfinite) {
            kernel.copyMean(mean, 0);
        }
        if (hadInfinite) {
            kernel.copyCovariance(packed, 0);
        }
        if (m > 1 || hadInfinite || rows.count() == 0) {
            blank(t);
        }
    }

    /** NaN: what isn't written later is missing or infinite. */
    private void blank(int t) {
        Arrays.fill(innovations, t * m, (t + 1) * m, Double.NaN);
        Arrays.fill(covariances, t * m * m, (t + 1) * m * m, Double.NaN);
        Arrays.fill(standardized, t * m, (t + 1) * m, Double.NaN);
        if (gains != null) {
            Arrays.fill(gains, t * k * m, (t + 1) * k * m, Double.NaN);
        }
    }

    /** After the kernel has seen a row: its y~ and S. */
    void keep(Kernel kernel, int t, int row, Kernel.Outcome outcome, double e, double s) {
        if (!keeps) {
            return;
        }
        finite &= outcome != Kernel.Outcome.DIFFUSE;
        boolean redundant = outcome == Kernel.Outcome.REDUNDANT;
        standardized[t * m + rows.target(row)] = outcome == Kernel.Outcome.SEEN ? e / Math.sqrt(s) : Double.NaN;
        if (m > 1) {
            f[row] = redundant ? 0 : s;
            keepGain(kernel, g, row * k, redundant);
        } else if (finite) {
            innovations[t] = e;
            covariances[t] = redundant ? 0 : s;
            if (gains != null) {
                keepGain(kernel, gains, t * k, redundant);
            }
        }
    }

    private void keepGain(Kernel kernel, double[] to, int at, boolean redundant) {
        if (redundant) {
            Arrays.fill(to, at, at + k, 0);
        } else {
            kernel.copyGain(to, at);
        }
    }

    /** After the last row. */
    void end(int t) {
        if (!keeps || rows.count() == 0 || m == 1 && (finite || !hadInfinite)) {
            return;
        }
        if (finite && !hadInfinite) {
            combine(t);
        } else {
            readOff(t);
        }
    }

    /** S = L diag(F) L', K L = [g_1 ... g_m], y~ = y - H beta. */
    private void combine(int t) {
        int count = rows.count();
        triangle.set(rows, g, 0);
        for (int i = 0; i < count; i++) {
            int target = rows.target(i);
            innovations[t * m + target] = innovation(t, target);
            for (int j = 0; j <= i; j++) {
                double s = i == j ? f[i] : triangle.get(i, j) * f[j];
                for (int l = 0; l < j; l++) {
                    s += triangle.get(i, l) * f[l] * triangle.get(j, l);
                }
                covariances[(t * m + target) * m + rows.target(j)] = s;
                covariances[(t * m + rows.target(j)) * m + target] = s;
            }
        }
        if (gains != null) {
            solveGains(t, count);
        }
    }

    private void solveGains(int t, int count) {
        for (int state = 0; state < k; state++) {
            for (int i = 0; i < count; i++) {
                x[i] = g[i * k + state];
            }
            triangle.solve(x, 0, 1, count);
            for (int i = 0; i < count; i++) {
                gains[(t * k + state) * m + rows.target(i)] = x[i];
            }
        }
    }

    /** On a date with infinite variances: what can be read off P, NaN where it is infinite. */
    private void readOff(int t) {
        for (int i = 0; i < rows.count(); i++) {
            int a = rows.target(i);
            double variance = covariance(t, a, a);
            if (Double.isNaN(variance)) {
                standardized[t * m + a] = Double.NaN;
                continue;
            }
            innovations[t * m + a] = innovation(t, a);
            for (int j = 0; j <= i; j++) {
                int b = rows.target(j);
                double s = covariance(t, a, b);
                covariances[(t * m + a) * m + b] = s;
                covariances[(t * m + b) * m + a] = s;
            }
        }
    }

    private double innovation(int t, int target) {
        double v = sample.y(t, target);
        for (int i = 0; i < k; i++) {
            double h = sample.h(t, target, i);
            v -= h == 0 ? 0 : h * mean[i];
        }
        return v;
    }

    private double covariance(int t, int a, int b) {
        double s = rows.noise(t, a, b);
        for (int i = 0; i < k; i++) {
            double hi = sample.h(t, a, i);
            for (int j = 0; j < k && hi != 0; j++) {
                double hj = sample.h(t, b, j);
                s += hj == 0 ? 0 : hi * packed[Covariance.index(i, j)] * hj;
            }
        }
        return s;
    }

    FilterResult.Builder into(FilterResult.Builder builder) {
        return builder.innovations(innovations).innovationCovariances(covariances).standardizedInnovations(standardized).gains(gains);
    }
}
