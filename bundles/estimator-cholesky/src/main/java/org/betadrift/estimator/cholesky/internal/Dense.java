package org.betadrift.estimator.cholesky.internal;

/** The little linear algebra that covariances of some assets need. Rows of doubles; every result is new. */
final class Dense {
    private static final int SWEEPS = 60;

    /**
     * A = U diag(values) U'.
     *
     * @param values descending
     * @param vectors U, one a column
     */
    record Eigen(double[] values, double[][] vectors) { }

    private Dense() { }

    static double[][] copy(double[][] a) {
        double[][] c = new double[a.length][];
        for (int i = 0; i < c.length; i++) {
            c[i] = a[i].clone();
        }
        return c;
    }

    static double[][] identity(int n, double by) {
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            a[i][i] = by;
        }
        return a;
    }

    /** A B. */
    static double[][] times(double[][] a, double[][] b) {
        int inner = b.length;
        int columns = inner == 0 ? 0 : b[0].length;
        double[][] c = new double[a.length][columns];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < inner; k++) {
                double by = a[i][k];
                for (int j = 0; by != 0 && j < columns; j++) {
                    c[i][j] += by * b[k][j];
                }
            }
        }
        return c;
    }

    static double[][] transposed(double[][] a) {
        double[][] c = new double[a.length == 0 ? 0 : a[0].length][a.length];
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j < a.length; j++) {
                c[i][j] = a[j][i];
            }
        }
        return c;
    }

    /** A A', symmetric to the bit. */
    static double[][] square(double[][] a) {
        double[][] c = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < a[i].length; k++) {
                    sum += a[i][k] * a[j][k];
                }
                c[i][j] = sum;
                c[j][i] = sum;
            }
        }
        return c;
    }

    /** S X S', symmetric to the bit. */
    static double[][] sandwich(double[][] s, double[][] x) {
        double[][] half = times(s, x);
        double[][] c = new double[s.length][s.length];
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < x.length; k++) {
                    sum += half[i][k] * s[j][k];
                }
                c[i][j] = sum;
                c[j][i] = sum;
            }
        }
        return c;
    }

    /** The rows and columns {@code of} a square matrix. */
    static double[][] corner(double[][] a, int[] of) {
        double[][] c = new double[of.length][of.length];
        for (int i = 0; i < of.length; i++) {
            for (int j = 0; j < of.length; j++) {
                c[i][j] = a[of[i]][of[j]];
            }
        }
        return c;
    }

    /** Lower L of A = L L'; null where A isn't positive definite. */
    static double[][] cholesky(double[][] a) {
        int n = a.length;
        double[][] l = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                if (i == j && !(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
                    return null;
                }
                l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
        }
        return l;
    }

    /** L^-1 of a lower triangle. */
    static double[][] inverseOfLower(double[][] l) {
        int n = l.length;
        double[][] x = new double[n][n];
        for (int c = 0; c < n; c++) {
            for (int i = c; i < n; i++) {
                double sum = i == c ? 1 : 0;
                for (int k = c; k < i; k++) {
                    sum -= l[i][k] * x[k][c];
                }
                x[i][c] = sum / l[i][i];
            }
        }
        return x;
    }

    /** Of a symmetric matrix, by Jacobi's rotations (Golub and Van Loan, 8.5). */
    static Eigen eigen(double[][] symmetric) {
        int n = symmetric.length;
        double[][] a = copy(symmetric);
        double[][] u = identity(n, 1);
        for (int sweep = 0; sweep < SWEEPS && rotate(a, u); sweep++) {
            continue;
        }
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        java.util.Arrays.sort(order, (i, j) -> Double.compare(a[j][j], a[i][i]));
        double[] values = new double[n];
        double[][] vectors = new double[n][n];
        for (int j = 0; j < n; j++) {
            values[j] = a[order[j]][order[j]];
            for (int i = 0; i < n; i++) {
                vectors[i][j] = u[i][order[j]];
            }
        }
        return new Eigen(values, vectors);
    }

    /** One sweep. @return whether anything was left to rotate */
    private static boolean rotate(double[][] a, double[][] u) {
        boolean any = false;
        for (int p = 0; p < a.length; p++) {
            for (int q = p + 1; q < a.length; q++) {
                double off = a[p][q];
                if (!(Math.abs(off) > 1e-17 * Math.sqrt(Math.abs(a[p][p]) * Math.abs(a[q][q])) && Math.abs(off) > Double.MIN_NORMAL)) {
                    continue;
                }
                any = true;
                double theta = (a[q][q] - a[p][p]) / (2 * off);
                double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
                double c = 1 / Math.sqrt(t * t + 1);
                double s = t * c;
                for (double[] row : a) {
                    turn(row, p, q, c, s);
                }
                for (int k = 0; k < a.length; k++) {
                    double x = a[p][k];
                    double y = a[q][k];
                    a[p][k] = c * x - s * y;
                    a[q][k] = s * x + c * y;
                }
                for (double[] row : u) {
                    turn(row, p, q, c, s);
                }
            }
        }
        return any;
    }

    private static void turn(double[] row, int p, int q, double c, double s) {
        double x = row[p];
        double y = row[q];
        row[p] = c * x - s * y;
        row[q] = s * x + c * y;
    }

    /**
     * A Q with Q orthogonal so that row order[j] has nothing right of column j: the same A A' with a triangular factor (Householder's
     * reflections from the right). What stands on the diagonal isn't negative.
     */
    static double[][] lower(double[][] a, int[] order) {
        double[][] l = copy(a);
        int columns = a.length == 0 ? 0 : a[0].length;
        for (int j = 0; j < columns; j++) {
            double[] pivot = l[order[j]];
            double norm = 0;
            for (int k = j; k < columns; k++) {
                norm = Math.hypot(norm, pivot[k]);
            }
            if (norm == 0) {
                continue;
            }
            double[] v = pivot.clone();
            v[j] -= norm;
            double squares = 0;
            for (int k = j; k < columns; k++) {
                squares += v[k] * v[k];
            }
            for (double[] row : l) {
                double dot = 0;
                for (int k = j; k < columns; k++) {
                    dot += row[k] * v[k];
                }
                for (int k = j; squares > 0 && k < columns; k++) {
                    row[k] -= 2 * dot / squares * v[k];
                }
            }
            pivot[j] = norm;
            for (int k = j + 1; k < columns; k++) {
                pivot[k] = 0;
            }
        }
        return l;
    }
}
