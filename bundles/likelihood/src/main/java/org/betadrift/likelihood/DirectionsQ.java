package org.betadrift.likelihood;

import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.model.Covariance;
import org.betadrift.model.Matrix;

/**
 * Q = N L L' N', the columns of N (K x p) orthonormal: steps along some directions, whatever their covariances there. The score in the
 * directions is N' G N.
 */
final class DirectionsQ implements Parameterisation {
    /** A variance this small beside what it was is rounding. */
    private static final double ROUNDING = 1e-14;

    private final Matrix directions;
    private final int k;
    private final int p;
    private final CholeskyQ within;

    DirectionsQ(Matrix directions) {
        this.directions = directions;
        k = directions.rows();
        p = directions.columns();
        within = new CholeskyQ(IntStream.rangeClosed(1, p).mapToObj(String::valueOf).toList(), IntStream.range(0, p).toArray());
    }

    @Override
    public List<String> names() {
        return within.names();
    }

    @Override
    public void map(double[] theta, double[] q, double[] r) {
        double[] steps = new double[Covariance.size(p)];
        within.map(theta, steps, null);
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int a = 0; a < p; a++) {
                    for (int b = 0; b < p; b++) {
                        sum += directions.get(i, a) * steps[Covariance.index(a, b)] * directions.get(j, b);
                    }
                }
                q[Covariance.index(i, j)] = sum;
            }
        }
    }

    @Override
    public void pullBack(double[] theta, double[] scoreQ, double[] scoreR, double[] scoreTheta) {
        within.pullBack(theta, along(scoreQ), null, scoreTheta);
    }

    @Override
    public double degree(int i) {
        return within.degree(i);
    }

    @Override
    public List<double[]> escapes(double[] theta, double[] scoreQ, double[] scoreR) {
        return within.escapes(theta, along(scoreQ), null);
    }

    /** N' M N of a packed symmetric M. */
    private double[] along(double[] packed) {
        double[] result = new double[Covariance.size(p)];
        for (int a = 0; a < p; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < k; j++) {
                        sum += directions.get(i, a) * packed[Covariance.index(i, j)] * directions.get(j, b);
                    }
                }
                result[Covariance.index(a, b)] = sum;
            }
        }
        return result;
    }

    /** What is left of diag(q) given that nothing steps in another direction: (N' diag(q)^-1 N)^-1, or its limit where some q are zero. */
    @Override
    public void near(double[] q, double[] r, double[] theta) {
        double[][] left = new double[k][k];
        double[][] other = new double[k][k]; // I - N N'
        for (int i = 0; i < k; i++) {
            left[i][i] = q[i];
            for (int j = 0; j < k; j++) {
                other[i][j] = i == j ? 1 : 0;
                for (int a = 0; a < p; a++) {
                    other[i][j] -= directions.get(i, a) * directions.get(j, a);
                }
            }
        }
        for (double[] a : other) {
            given(a, left);
        }
        double[] packed = new double[Covariance.size(k)];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                packed[Covariance.index(i, j)] = left[i][j];
            }
        }
        factor(along(packed), theta);
    }

    /** V of x becomes that of x given a'x: V - V a a'V / a'V a. */
    private static void given(double[] a, double[][] v) {
        double[] va = new double[a.length];
        double variance = 0;
        double terms = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                va[i] += v[i][j] * a[j];
            }
            variance += a[i] * va[i];
            terms += a[i] * a[i] * v[i][i];
        }
        if (!(variance > ROUNDING * terms)) {
            return;
        }
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                v[i][j] -= va[i] * va[j] / variance;
            }
        }
    }

    /** L of L L'; a column without variance is zero. */
    private void factor(double[] variance, double[] l) {
        for (int j = 0; j < p; j++) {
            double pivot = variance[Covariance.index(j, j)];
            for (int a = 0; a < j; a++) {
                pivot -= l[Covariance.index(j, a)] * l[Covariance.index(j, a)];
            }
            double root = pivot > ROUNDING * variance[Covariance.index(j, j)] ? Math.sqrt(pivot) : 0;
            l[Covariance.index(j, j)] = root;
            for (int i = j + 1; i < p; i++) {
                double sum = variance[Covariance.index(i, j)];
                for (int a = 0; a < j; a++) {
                    sum -= l[Covariance.index(i, a)] * l[Covariance.index(j, a)];
                }
                l[Covariance.index(i, j)] = root == 0 ? 0 : sum / root;
            }
        }
    }
}
