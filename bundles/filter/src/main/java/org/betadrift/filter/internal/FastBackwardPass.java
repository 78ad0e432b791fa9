package org.betadrift.filter.internal;

import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Retain;
import org.betadrift.model.Covariance;
import org.betadrift.model.Matrix;
import org.betadrift.model.Sample;

/**
 * From the last date back as long as digits suffice, by what the forward pass kept, one target. Per date O(K^2) for
 * <pre>{@code
 * u = y~ / S - g'r,  D = 1 / S + g'N g,  r = r + h u,  N = N - h x' - x h'  with  x = N g - D h / 2,
 * r = T'r,  N = T'N T                                                                    into the date before,
 * }</pre>
 * and 1.5 K^3 in {@link SmoothingBlock} for beta_t|n = beta_t|t + P r, V = P - P N P, P = P_t|t. Durbin and Koopman (2012), 4.4.
 *
 * <p>Digits: entry (i, j) of N has an error of about eps (N_ii N_jj)^1/2 from its own date, and L = I - g h' and T shrink what
 * comes from later ones in the metric of P, so P N P has one of eps c P_ii, where c is the largest K sum of P_jj N_jj of the dates
 * from t on: a number of order K^2 unless factors are almost the same. P_t|t in turn has one of eps e P where e is the largest
 * S / R, as the covariance form subtracts that much. So:
 * <ul>
 * <li>c above {@link #MOST_CONDITION}: the sample isn't for this pass at all;
 * <li>up to the last date with S / R above it or an infinite variance, and from the first date, going back, that has
 * (c + e) P_ii / V_ii above {@link #MOST_LOSS}, so that fewer than eleven digits are left (the first dates after a diffuse start):
 * {@link BackwardPass} goes on, if its own forward pass agrees on that date, see {@link #agrees}. For a random walk only: there no
 * error grows on the way back, otherwise a T that shrinks would blow it up, and the sample isn't for this pass either.
 * </ul>
 */
final class FastBackwardPass {
    private static final double MOST_CONDITION = 1e3;
    private static final double MOST_LOSS = 1e5;
    private static final double SAME = 1e-12;

    private final FilterResult filter;
    private final SmoothedArrays out;
    private final Sample sample;
    private final boolean identity;
    private final int n;
    private final int k;
    private final int size;
    private final SmoothingBlock block;
    private final double[] r;           // K
    private final double[] bigN;        // packed
    private final double[] g;
    private final double[] h;
    private final double[] x;
    private final double[] work;        // K x K
    private double backwardRisk = 1;    // c

    FastBackwardPass(FilterResult filter, SmoothedArrays out) {
        this.filter = filter;
        this.out = out;
        sample = filter.sample();
        identity = filter.model().transition().isIdentity();
        n = sample.periods();
        k = filter.model().states().count();
        size = Covariance.size(k);
        block = new SmoothingBlock(k);
        r = new double[k];
        bigN = new double[size];
        g = new double[k];
        h = new double[k];
        x = new double[k];
        work = new double[k * k];
    }

    /** Whether the result holds what it needs. */
    static boolean applies(FilterResult filter) {
        return filter.options().retain() == Retain.ALL && filter.sample().targets().size() == 1;
    }

    /** @return the first date that is done; n when none is, whatever was written */
    int run() {
        int stop = firstSafe();
        int first = n;
        while (first > stop) {
            int from = Math.max(stop, first - SmoothingBlock.DATES);
            int reached = errors(from, first);
            if (backwardRisk > MOST_CONDITION) {
                return n;
            }
            first = block.write(filter, out, reached, first);
            if (first > from) {
                break;
            }
        }
        return first == 0 || identity ? first : n;
    }

    /** The last date with an S / R that is too large, or 0. */
    private int firstSafe() {
        double[] noise = new double[1];
        for (int t = n - 1; t > 0; t--) {
            filter.model().observationNoise().copyPacked(t, noise);
            if (filter.innovationCovariance(t, 0, 0) > MOST_CONDITION * noise[0]) {
                return t;
            }
        }
        return 0;
    }

    /**
     * Whether {@link BackwardPass} may go on from here: the filtered state of the history's last date is the filter's but for
     * rounding, and no state is almost known from the others, as the way back would blow that rounding up.
     */
    static boolean agrees(FilterResult filter, UdHistory history, int date) {
        double[] p = history.lastCovariance();
        UdFactor factor = new UdFactor(filter.model().states().count());
        factor.set(p);
        for (int i = 0; i < filter.model().states().count(); i++) {
            double variance = p[Covariance.index(i, i)];
            double mean = history.filtered(date, i);
            if (date > 0 && factor.d(i) * MOST_CONDITION < variance) {
                return false;
            }
            if (!(Math.abs(filter.filtered().mean(date, i) - mean) <= SAME * (Math.abs(mean) + Math.sqrt(variance)))) {
                return false;
            }
            for (int j = 0; j <= i; j++) {
                double size = Math.sqrt(variance * p[Covariance.index(j, j)]);
                if (!(Math.abs(filter.filtered().covariance(date, i, j) - p[Covariance.index(i, j)]) <= SAME * size)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** r, N, u and D of the dates before {@code end}, last first. @return the first that is done */
    private int errors(int from, int end) {
        for (int t = end - 1; t >= from; t--) {
            for (int i = 0; i < k; i++) {
                out.r[t * k + i] = r[i];
            }
            System.arraycopy(bigN, 0, out.bigN, t * size, size);
            if (!identity && t < n - 1) {
                backThrough(filter.model().transition().matrix(t + 1));
            }
            boolean observed = !Double.isNaN(sample.y(t, 0));
            double trace = 0;
            for (int i = 0; i < k; i++) {
                trace += filter.filtered().covariance(t, i, i) * bigN[Covariance.index(i, i)];
            }
            if (Double.isNaN(trace) || observed && Double.isNaN(filter.innovationCovariance(t, 0, 0))) {
                return t + 1;
            }
            backwardRisk = Math.max(backwardRisk, k * trace);
            block.set(t, filter.filtered(), r, bigN, MOST_LOSS / (backwardRisk + MOST_CONDITION));
            if (observed) {
                backThrough(t);
            }
        }
        return from;
    }

    private void backThrough(int t) {
        for (int i = 0; i < k; i++) {
            g[i] = filter.gain(t, i, 0);
            h[i] = sample.h(t, 0, i);
        }
        double precision = 1 / filter.innovationCovariance(t, 0, 0);
        double u = precision * filter.innovation(t, 0);
        double d = precision;
        // x = N g, each entry of the triangle read once
        for (int i = 0, at = 0; i < k; i++, at++) {
            double gi = g[i];
            double sum = 0;
            for (int j = 0; j < i; j++, at++) {
                sum += bigN[at] * g[j];
                x[j] += bigN[at] * gi;
            }
            x[i] = sum + bigN[at] * gi;
        }
        for (int i = 0; i < k; i++) {
            u -= g[i] * r[i];
            d += g[i] * x[i];
        }
        double half = 0.5 * d;
        for (int i = 0; i < k; i++) {
            x[i] -= half * h[i];
            r[i] += h[i] * u;
        }
        for (int i = 0, at = 0; i < k; i++) {
            double hi = h[i];
            double xi = x[i];
            for (int j = 0; j <= i; j++, at++) {
                bigN[at] -= hi * x[j] + xi * h[j];
            }
        }
        out.u[t] = u;
        out.d[t] = d;
    }

    /** r = T'r, N = T'N T. */
    private void backThrough(Matrix transition) {
        for (int i = 0; i < k; i++) {
            double sum = 0;
            for (int l = 0; l < k; l++) {
                sum += transition.get(l, i) * r[l];
            }
            x[i] = sum;
            for (int j = 0; j < k; j++) {
                double product = 0;
                for (int l = 0; l < k; l++) {
                    product += bigN[Covariance.index(i, l)] * transition.get(l, j);
                }
                work[i * k + j] = product;
            }
        }
        System.arraycopy(x, 0, r, 0, k);
        for (int i = 0, at = 0; i < k; i++) {
            for (int j = 0; j <= i; j++, at++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += transition.get(l, i) * work[l * k + j];
                }
                bigN[at] = sum;
            }
        }
    }
}
