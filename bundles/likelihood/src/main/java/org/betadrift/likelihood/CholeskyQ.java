package org.betadrift.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.betadrift.model.Covariance;

/**
 * Q = L L' over a block of states, L lower triangular, its entries free (no logarithm of the diagonal, so that a singular Q has
 * coordinates). dLL/dL = 2 G L, lower part.
 */
final class CholeskyQ implements Parameterisation {
    private final int[] moving;
    private final List<String> names = new ArrayList<>();

    /**
     * @param all names of what has a row in Q
     * @param moving places of those that move
     */
    CholeskyQ(List<String> all, int[] moving) {
        this.moving = moving;
        for (int i = 0; i < moving.length; i++) {
            for (int j = 0; j <= i; j++) {
                names.add("L[" + all.get(moving[i]) + "," + all.get(moving[j]) + "]");
            }
        }
    }

    @Override
    public List<String> names() {
        return List.copyOf(names);
    }

    @Override
    public void map(double[] theta, double[] q, double[] r) {
        Arrays.fill(q, 0);
        for (int i = 0; i < moving.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k <= j; k++) {
                    sum += theta[Covariance.index(i, k)] * theta[Covariance.index(j, k)];
                }
                q[Covariance.index(moving[i], moving[j])] = sum;
            }
        }
    }

    @Override
    public void pullBack(double[] theta, double[] scoreQ, double[] scoreR, double[] scoreTheta) {
        for (int i = 0; i < moving.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = j; k < moving.length; k++) {
                    sum += scoreQ[Covariance.index(moving[i], moving[k])] * theta[Covariance.index(k, j)];
                }
                scoreTheta[Covariance.index(i, j)] = 2 * sum;
            }
        }
    }

    @Override
    public double degree(int i) {
        return 0.5;
    }

    @Override
    public void near(double[] q, double[] r, double[] theta) {
        Arrays.fill(theta, 0);
        for (int i = 0; i < moving.length; i++) {
            theta[Covariance.index(i, i)] = Math.sqrt(q[moving[i]]);
        }
    }

    /**
     * Q is optimal among the covariances when no v has v' G v > 0. Where one has, Q + e v v' is better for some e: a few are tried.
     * The direction is looked for in units that make the diagonal of G one.
     */
    @Override
    public List<double[]> escapes(double[] theta, double[] scoreQ, double[] scoreR) {
        int n = moving.length;
        double[] unit = new double[n];
        for (int i = 0; i < n; i++) {
            double g = Math.abs(scoreQ[Covariance.index(moving[i], moving[i])]);
            if (!(g > 0) || Double.isInfinite(g)) {
                return List.of();
            }
            unit[i] = 1 / Math.sqrt(g);
        }
        double[][] g = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                g[i][j] = scoreQ[Covariance.index(moving[i], moving[j])] * unit[i] * unit[j];
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(g, false));
        List<double[]> candidates = new ArrayList<>();
        if (eigen.getRealEigenvalue(0) > 1e-6) { // largest first
            double[] v = eigen.getEigenvector(0).toArray();
            // unit^2 is about the variance that moves the log-likelihood by one
            for (double step = 10; step > 1e-6; step *= 0.1) {
                double[] moved = plus(theta, v, unit, Math.sqrt(step));
                if (moved != null) {
                    candidates.add(moved);
                }
            }
        }
        return candidates;
    }

    /** L of L L' + (step unit v)(step unit v)', with what rounding takes away put at zero. */
    private double[] plus(double[] theta, double[] v, double[] unit, double step) {
        int n = moving.length;
        double[] l = new double[theta.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = step * step * unit[i] * v[i] * unit[j] * v[j];
                for (int k = 0; k <= j; k++) {
                    sum += theta[Covariance.index(i, k)] * theta[Covariance.index(j, k)] - l[Covariance.index(i, k)] * l[Covariance.index(j, k)]
                            * (k < j ? 1 : 0);
                }
                double pivot = l[Covariance.index(j, j)];
                l[Covariance.index(i, j)] = i == j ? Math.sqrt(Math.max(0, sum)) : pivot > 0 ? sum / pivot : 0;
            }
        }
        for (double entry : l) {
            if (!Double.isFinite(entry)) {
                return null;
            }
        }
        return l;
    }
}
