package org.betadrift.estimator.ols.internal;

import java.util.Arrays;
import org.betadrift.model.Sample;

/**
 * Recursive residuals of least squares on all observations before (Brown, Durbin and Evans 1975),
 * {@code w_t = (y_t - x_t'b) / sqrt(1 + x_t'(X'X)^-1 x_t)} with b and X of the observations before t: independent N(0, R) when
 * the exposures are constant. What is left of y_t when the row (x_t, y_t) is rotated into the triangle R of X = Q R is w_t
 * (Gentleman 1973); no matrix is inverted. Collinear factors don't matter, units neither.
 */
final class RecursiveResiduals {
    /** What is left of a factor is rounding when it is this small beside the factor so far. */
    private static final double ROUNDING = 1e-10;

    private final int k;
    private final double[][] triangle; // K x (K + 1): R and Q'y
    private final double[] sizes;      // lengths of the factors so far

    private RecursiveResiduals(int k) {
        this.k = k;
        triangle = new double[k][k + 1];
        sizes = new double[k];
    }

    /** One a date; NaN where the target is missing, and where it still decided a coefficient. */
    static double[] of(Sample sample, int target) {
        int[] states = LeastSquares.levels(sample, target);
        int k = states.length;
        RecursiveResiduals rows = new RecursiveResiduals(k);
        double[] w = new double[sample.periods()];
        Arrays.fill(w, Double.NaN);
        double[] row = new double[k + 1];
        for (int t : LeastSquares.observedDates(sample, target)) {
            for (int j = 0; j < k; j++) {
                row[j] = sample.regressor(t, states[j]);
            }
            row[k] = sample.y(t, target);
            w[t] = rows.add(row);
        }
        return w;
    }

    private double add(double[] row) {
        for (int i = 0; i < k; i++) {
            sizes[i] = Math.hypot(sizes[i], row[i]);
        }
        for (int i = 0; i < k; i++) {
            double[] r = triangle[i];
            if (row[i] == 0 || r[i] == 0 && Math.abs(row[i]) <= ROUNDING * sizes[i]) {
                continue;
            }
            if (r[i] == 0) {
                for (int j = i; j <= k; j++) {
                    r[j] = Math.signum(row[i]) * row[j]; // a positive pivot keeps the sign of y - x'b
                }
                return Double.NaN;
            }
            double length = Math.hypot(r[i], row[i]);
            double c = r[i] / length;
            double s = row[i] / length;
            for (int j = i; j <= k; j++) {
                double turned = c * r[j] + s * row[j];
                row[j] = c * row[j] - s * r[j];
                r[j] = turned;
            }
        }
        return row[k];
    }
}
