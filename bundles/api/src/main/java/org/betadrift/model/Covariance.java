package org.betadrift.model;

import java.util.Arrays;

/**
 * An immutable symmetric positive semi-definite matrix, checked at birth. Singular is fine, zero is fine: a static
 * exposure is a zero row and column of Q. Stored packed (see the package).
 */
public final class Covariance {
    /** A scaled pivot at most this large counts as zero, one below its negative as a negative eigenvalue. */
    private static final double PIVOT_TOLERANCE = 1e-12;
    /** Largest scaled entry left beside a zero pivot: sqrt(PIVOT_TOLERANCE) with room for rounding. */
    private static final double RESIDUE_TOLERANCE = 1e-5;

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

    /** Outer-product elimination after scaling to unit diagonal, so the rule doesn't depend on units. */
    private void requirePositiveSemidefinite() {
        double[][] a = scaledToUnitDiagonal();
        for (int k = 0; k < dimension; k++) {
            double pivot = a[k][k];
            if (pivot < -PIVOT_TOLERANCE) {
                throw InvalidInputException.of("pivot " + k + " of the correlations", pivot,
                        "a covariance has no negative eigenvalue", "check the off-diagonal entries");
            }
            for (int i = k + 1; i < dimension; i++) {
                if (pivot <= PIVOT_TOLERANCE) {
                    if (Math.abs(a[i][k]) > RESIDUE_TOLERANCE) {
                        throw InvalidInputException.of("entry (" + i + "," + k + ")", get(i, k),
                                "a covariance has no negative eigenvalue", "check the off-diagonal entries");
                    }
                    continue;
                }
                for (int j = k + 1; j < dimension; j++) {
                    a[i][j] -= a[i][k] * a[k][j] / pivot;
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
