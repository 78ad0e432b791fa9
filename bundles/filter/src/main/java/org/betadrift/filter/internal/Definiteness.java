package org.betadrift.filter.internal;

import org.betadrift.model.Covariance;

/** Whether a packed matrix may be a covariance, by the rule of {@link Covariance}, without making one. One thread. */
final class Definiteness {
    /** What counts as zero in a matrix of unit diagonal. */
    private static final double ZERO = 1e-10;

    private final int n;
    private final double[] a;      // packed, scaled to unit diagonal
    private final boolean[] done;  // by row: eliminated

    Definiteness(int n) {
        this.n = n;
        a = new double[Covariance.size(n)];
        done = new boolean[n];
    }

    /** Whether nothing stands beside the diagonal. */
    private boolean isDiagonal(double[] packed) {
        for (int i = 0, at = 0; i < n; i++, at++) {
            for (int j = 0; j < i; j++, at++) {
                if (packed[at] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether it is finite and has no negative eigenvalue but for rounding. */
    boolean isCovariance(double[] packed) {
        for (int i = 0; i < n; i++) {
            double variance = packed[Covariance.index(i, i)];
            if (!(variance >= 0) || Double.isInfinite(variance)) {
                return false;
            }
        }
        return isDiagonal(packed) || scale(packed) && eliminate();
    }

    /** @return false when an entry isn't finite, or stands beside a zero variance */
    private boolean scale(double[] packed) {
        for (int i = 0, at = 0; i < n; i++) {
            done[i] = false;
            for (int j = 0; j <= i; j++, at++) {
                double scale = Math.sqrt(packed[Covariance.index(i, i)]) * Math.sqrt(packed[Covariance.index(j, j)]);
                if (!Double.isFinite(packed[at]) || scale == 0 && packed[at] != 0) {
                    return false;
                }
                a[at] = scale == 0 ? 0 : packed[at] / scale;
            }
        }
        return true;
    }

    /** The largest remaining diagonal entry is the pivot; when it is zero, so must be what remains. */
    private boolean eliminate() {
        for (int step = 0; step < n; step++) {
            int pivot = -1;
            for (int i = 0; i < n; i++) {
                if (!done[i] && (pivot < 0 || a[Covariance.index(i, i)] > a[Covariance.index(pivot, pivot)])) {
                    pivot = i;
                }
            }
            double largest = a[Covariance.index(pivot, pivot)];
            if (largest <= ZERO) {
                return remainderIsZero();
            }
            done[pivot] = true;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i && !done[i]; j++) {
                    if (!done[j]) {
                        a[Covariance.index(i, j)] -= a[Covariance.index(i, pivot)] * a[Covariance.index(j, pivot)] / largest;
                    }
                }
            }
        }
        return true;
    }

    private boolean remainderIsZero() {
        for (int i = 0, at = 0; i < n; i++) {
            for (int j = 0; j <= i; j++, at++) {
                if (!done[i] && !done[j] && Math.abs(a[at]) > ZERO) {
                    return false;
                }
            }
        }
        return true;
    }
}
