package org.betadrift.model;

import java.util.Arrays;

/** An immutable dense matrix of finite doubles, row-major. */
public final class Matrix {
    private final int rows;
    private final int columns;
    private final double[] values;

    private Matrix(int rows, int columns, double[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /**
     * @param rowMajor rows x columns values, row by row; copied
     * @throws InvalidInputException the number of values is not rows x columns, or one isn't finite
     */
    public static Matrix of(int rows, int columns, double... rowMajor) {
        if (rows < 0 || columns < 0 || rowMajor.length != rows * columns) {
            throw InvalidInputException.of("number of values", rowMajor.length,
                    "a " + rows + " x " + columns + " matrix holds " + rows * columns, "pass them row by row");
        }
        for (int i = 0; i < rowMajor.length; i++) {
            if (!Double.isFinite(rowMajor[i])) {
                throw InvalidInputException.of("entry (" + i / columns + "," + i % columns + ")", rowMajor[i],
                        "it must be finite", "check the data");
            }
        }
        return new Matrix(rows, columns, rowMajor.clone());
    }

    /** The n x n identity. */
    public static Matrix identity(int n) {
        return diagonal(Vector.filled(n, 1).toArray());
    }

    /** A square matrix with this diagonal and zeros elsewhere. @throws InvalidInputException an entry isn't finite */
    public static Matrix diagonal(double... diagonal) {
        int n = diagonal.length;
        double[] v = new double[n * n];
        for (int i = 0; i < n; i++) {
            v[i * n + i] = diagonal[i];
        }
        return of(n, n, v);
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Number of columns. */
    public int columns() {
        return columns;
    }

    /** Entry (row, column), from 0. */
    public double get(int row, int column) {
        return values[row * columns + column];
    }

    /** A copy, row-major. */
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Matrix m && rows == m.rows && columns == m.columns && Arrays.equals(values, m.values);
    }

    @Override
    public int hashCode() {
        return 31 * rows + Arrays.hashCode(values);
    }

    /** Rows separated by a slash, as on the command line. */
    @Override
    public String toString() {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            s.append(i == 0 ? "" : " / ").append(Arrays.toString(Arrays.copyOfRange(values, i * columns, (i + 1) * columns)));
        }
        return s.toString();
    }
}
