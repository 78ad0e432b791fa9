package org.betadrift.filter.internal;

import java.util.Arrays;

/**
 * S = V'diag(lambda) V of a small symmetric matrix by cyclic Jacobi rotations: small eigenvalues of a semi-definite matrix keep their
 * relative accuracy better than by tridiagonal form, and the same matrix gives the same bits. Golub and Van Loan (2013), 8.5. One thread,
 * no allocation after birth.
 */
final class SymmetricEigen {
    private static final int MOST_SWEEPS = 40;

    private final int m;
    private final double[] a; // S, m x m, diagonal in the end
    /** Eigenvectors by rows, m x m. */
    final double[] vectors;

    SymmetricEigen(int m) {
        this.m = m;
        a = new double[m * m];
        vectors = new double[m * m];
    }

    /** @param s m x m by rows, symmetric; read only. @return false when it isn't finite */
    boolean decompose(double[] s) {
        System.arraycopy(s, 0, a, 0, a.length);
        Arrays.fill(vectors, 0);
        double size = 0;
        for (int i = 0; i < m; i++) {
            vectors[i * m + i] = 1;
            for (int j = 0; j < m; j++) {
                size += Math.abs(a[i * m + j]);
            }
        }
        if (!(size <= Double.MAX_VALUE)) {
            return false;
        }
        double least = size * 1e-40; // beside it nothing is left to rotate
        for (int sweep = 0; sweep < MOST_SWEEPS && sweep(least); sweep++) {
            continue;
        }
        return true;
    }

    /** @return whether anything was rotated */
    private boolean sweep(double least) {
        boolean any = false;
        for (int p = 0; p < m; p++) {
            for (int q = p + 1; q < m; q++) {
                double off = a[p * m + q];
                double app = a[p * m + p];
                double aqq = a[q * m + q];
                if (Math.abs(off) > least && Math.abs(off) > 1e-17 * (Math.abs(app) + Math.abs(aqq))) {
                    rotate(p, q, off, app, aqq);
                    any = true;
                }
            }
        }
        return any;
    }

    /** tan of the angle is the smaller root of t^2 + 2 theta t = 1, theta = (a_qq - a_pp) / 2 a_pq. */
    private void rotate(int p, int q, double off, double app, double aqq) {
        double theta = (aqq - app) / (2 * off);
        double tan = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double cos = 1 / Math.sqrt(tan * tan + 1);
        double sin = tan * cos;
        for (int i = 0; i < m; i++) {
            double ip = a[p * m + i];
            double iq = a[q * m + i];
            a[p * m + i] = cos * ip - sin * iq;
            a[q * m + i] = sin * ip + cos * iq;
            double vp = vectors[p * m + i];
            double vq = vectors[q * m + i];
            vectors[p * m + i] = cos * vp - sin * vq;
            vectors[q * m + i] = sin * vp + cos * vq;
        }
        for (int i = 0; i < m; i++) {
            a[i * m + p] = a[p * m + i];
            a[i * m + q] = a[q * m + i];
        }
        a[p * m + p] = app - tan * off;
        a[q * m + q] = aqq + tan * off;
        a[p * m + q] = 0;
        a[q * m + p] = 0;
    }

    /** Of row i of {@link #vectors}. */
    double value(int i) {
        return a[i * m + i];
    }
}
