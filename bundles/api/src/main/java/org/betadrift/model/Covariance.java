package org.betadrift.model;

import java.util.Arrays;

/**
 * An immutable symmetric positive semi-definite matrix, checked at birth. Singular is fine, zero is fine: a static
 * exposure is a zero row and column of Q. Stored packed (see the package).
 */
public final class Covariance {
    /** What counts as zero in a matrix of unit diagonal. */
    private static final double ZERO = 1e-10;

    private final int dimension;
    private final double[] packed;

    private Covariance(int dimension, double[] packed) {
        this.dimension = dimension;
        this.packed = packed;
        requirePositiveSemidefinite();
    }

    /** @throws InvalidInputException a variance is negative or not finite */
    public static Covariance diagonal(double... variances) {
        double[] p = new double[size(variances.length)];
        for (int i = 0; i < variances.length; i++) {
            p[index(i, i)] = variances[i];
        }
        return new Covariance(variances.length, p);
    }

    /** {@code variance} times the identity. */
    public static Covariance scalar(int dimension, double variance) {
        double[] v = new double[dimension];
        Arrays.fill(v, variance);
        return diagonal(v);
    }

    /** @throws InvalidInputException {@code m} isn't square, symmetric to 1e-12 of its largest variance, and semi-definite */
    public static Covariance of(Matrix m) {
        int n = m.rows();
        if (m.columns() != n) {
            throw InvalidInputException.of("number of columns", m.columns(), "a covariance is square (" + n + " rows)", "pass n x n");
        }
        double[] p = new double[size(n)];
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(m.get(i, i)));
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                if (Math.abs(m.get(i, j) - m.get(j, i)) > 1e-12 * largest) {
                    throw InvalidInputException.of("entry (" + i + "," + j + ")", m.get(i, j),
                            "entry (" + j + "," + i + ") is " + m.get(j, i), "pass a symmetric matrix");
                }
                p[index(i, j)] = 0.5 * (m.get(i, j) + m.get(j, i));
            }
        }
        return new Covariance(n, p);
    }

    /** @param packed dimension (dimension + 1) / 2 values; copied */
    public static Covariance ofPacked(int dimension, double... packed) {
        if (packed.length != size(dimension)) {
            throw InvalidInputException.of("number of packed values", packed.length, "dimension " + dimension + " needs "
                    + size(dimension), "pass the lower triangle by rows");
        }
        return new Covariance(dimension, packed.clone());
    }

    /** Place of (i, j) in a packed triangle, in any order of i and j. */
    public static int index(int i, int j) {
        return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
    }

    /** Length of the packed triangle of an n x n matrix. */
    public static int size(int n) {
        return n * (n + 1) / 2;
    }

    /** Number of rows. */
    public int dimension() {
        return dimension;
    }

    /** Entry (i, j), from 0. */
    public double get(int i, int j) {
        return packed[index(i, j)];
    }

    /** Entry (i, i). */
    public double variance(int i) {
        return get(i, i);
    }

    /** A copy. */
    public double[] toPacked() {
        return packed.clone();
    }

    /** The full square. */
    public Matrix toMatrix() {
        double[] v = new double[dimension * dimension];
        for (int i = 0; i < v.length; i++) {
            v[i] = get(i / dimension, i % dimension);
        }
        return Matrix.of(dimension, dimension, v);
    }

    /**
     * Elimination after scaling to unit diagonal, so the rule doesn't depend on units, with the largest remaining diagonal
     * entry as pivot, so rounding isn't magnified. What remains when that entry is zero must be zero altogether.
     */
    private void requirePositiveSemidefinite() {
        double[][] a = scaledToUnitDiagonal();
        boolean[] eliminated = new boolean[dimension];
        for (int step = 0; step < dimension; step++) {
            int pivot = -1;
            for (int i = 0; i < dimension; i++) {
                if (!eliminated[i] && (pivot < 0 || a[i][i] > a[pivot][pivot])) {
                    pivot = i;
                }
            }
            if (a[pivot][pivot] <= ZERO) {
                requireZero(a, eliminated);
                return;
            }
            eliminated[pivot] = true;
            for (int i = 0; i < dimension; i++) {
                for (int j = 0; j < dimension && !eliminated[i]; j++) {
                    if (!eliminated[j]) {
                        a[i][j] -= a[i][pivot] * a[pivot][j] / a[pivot][pivot];
                    }
                }
            }
        }
    }

    private void requireZero(double[][] a, boolean[] eliminated) {
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j <= i; j++) {
                if (!eliminated[i] && !eliminated[j] && Math.abs(a[i][j]) > ZERO) {
                    throw InvalidInputException.of("matrix", this, "a covariance has no negative eigenvalue",
                            "make the off-diagonal entries smaller");
                }
            }
        }
    }

    private double[][] scaledToUnitDiagonal() {
        for (int i = 0; i < dimension; i++) {
            if (!(variance(i) >= 0) || Double.isInfinite(variance(i))) {
                throw InvalidInputException.of("variance " + i, variance(i), "it must be finite and not negative", "check the input");
            }
        }
        double[][] a = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                double scale = Math.sqrt(variance(i)) * Math.sqrt(variance(j));
                if (scale == 0 && get(i, j) != 0 || !Double.isFinite(get(i, j))) {
                    throw InvalidInputException.of("entry (" + i + "," + j + ")", get(i, j),
                            "a zero variance allows no covariance", "set its row and column to zero");
                }
                a[i][j] = scale == 0 ? 0 : get(i, j) / scale;
            }
        }
        return a;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Covariance c && Arrays.equals(packed, c.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        return toMatrix().toString();
    }
}
