package org.betadrift.testkit;

import org.betadrift.model.Covariance;
import org.betadrift.model.Matrix;

/** The few matrix operations of {@link TextbookEngine}, as the textbook writes them. */
final class Dense {
    private Dense() { }

    static double[][] of(Matrix m) {
        return fill(m.rows(), m.columns(), m::get);
    }

    static double[][] of(Covariance c) {
        return fill(c.dimension(), c.dimension(), c::get);
    }

    static double[][] times(double[][] a, double[][] b) {
        return fill(a.length, b[0].length, (i, j) -> {
            double sum = 0;
            for (int l = 0; l < b.length; l++) {
                sum += a[i][l] * b[l][j];
            }
            return sum;
        });
    }

    static double[] times(double[][] a, double[] v) {
        double[] product = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            for (int l = 0; l < v.length; l++) {
                product[i] += a[i][l] * v[l];
            }
        }
        return product;
    }

    static double[][] plus(double[][] a, double[][] b) {
        return fill(a.length, a[0].length, (i, j) -> a[i][j] + b[i][j]);
    }

    static double[][] transposed(double[][] a) {
        return fill(a[0].length, a.length, (i, j) -> a[j][i]);
    }

    /** A B A'. */
    static double[][] sandwich(double[][] a, double[][] b) {
        return times(times(a, b), transposed(a));
    }

    /** I - A. */
    static double[][] identityMinus(double[][] a) {
        return fill(a.length, a.length, (i, j) -> (i == j ? 1 : 0) - a[i][j]);
    }

    /** The lower L with L L' = A; NaN on its diagonal where A isn't positive definite. */
    static double[][] cholesky(double[][] a) {
        double[][] l = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                l[i][j] = i == j ? Math.sqrt(sum > 0 ? sum : Double.NaN) : sum / l[j][j];
            }
        }
        return l;
    }

    /** x with L x = v. */
    static double[] forward(double[][] l, double[] v) {
        double[] x = v.clone();
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                x[i] -= l[i][j] * x[j];
            }
            x[i] /= l[i][i];
        }
        return x;
    }

    /** x with L' x = v. */
    static double[] backward(double[][] l, double[] v) {
        double[] x = v.clone();
        for (int i = x.length - 1; i >= 0; i--) {
            for (int j = i + 1; j < x.length; j++) {
                x[i] -= l[j][i] * x[j];
            }
            x[i] /= l[i][i];
        }
        return x;
    }

    interface Entry {
        double at(int row, int column);
    }

    static double[][] fill(int rows, int columns, Entry entry) {
        double[][] m = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                m[i][j] = entry.at(i, j);
            }
        }
        return m;
    }
}
