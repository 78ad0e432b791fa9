package org.betadrift.estimator.cholesky.internal;

import java.util.Arrays;
import java.util.List;

/**
 * Standard errors of the entries of V and W: observed information in the coordinates of the family of the same ranks (differences of the
 * score), then the delta method. A singular W has none in any larger family: the likelihood isn't quadratic around it.
 */
final class Errors {
    /** Two scores a coordinate: beyond it they cost more than the search. */
    private static final int MOST = 300;
    private static final double STEP = 1e-4;

    private final double[] errors;
    private final String kind;
    private final double condition;

    private Errors(double[] errors, String kind, double condition) {
        this.errors = errors;
        this.kind = kind;
        this.condition = condition;
    }

    /** By entry of {@link Family#entries}; NaN where there is none. */
    double[] errors() {
        return errors;
    }

    /** How they were had, or why there are none. */
    String kind() {
        return kind;
    }

    /** Of the information by its 1-norm; infinite when it has no inverse, NaN when not worked out. */
    double condition() {
        return condition;
    }

    static Errors of(Surface f, double[] theta, Watch watch) {
        List<Family.Entry> entries = f.family().entries();
        double[] none = new double[entries.size()];
        Arrays.fill(none, Double.NaN);
        Family.Local local = f.family().around(theta);
        int p = local.family().size();
        if (!f.hasScore() || p > MOST) {
            return new Errors(none, f.hasScore() ? "none: there are more than " + MOST + " parameters" : "none: the engine has no score", Double.NaN);
        }
        watch.says("standard errors");
        double[][] information = information(f.with(local.family()), local.theta(), watch);
        double[][] l = information == null ? null : Dense.cholesky(information);
        if (l == null) {
            return new Errors(none, "none: the likelihood is flat in some direction", Double.POSITIVE_INFINITY);
        }
        double[][] inverse = Dense.inverseOfLower(l);
        double[] errors = none.clone();
        for (int e = 0; e < errors.length; e++) {
            double[] j = jacobian(local, entries.get(e));
            double sum = 0;
            for (double[] row : inverse) {
                double part = 0;
                for (int k = 0; k < p; k++) {
                    part += row[k] * j[k];
                }
                sum += part * part;
            }
            errors[e] = sum > 0 ? Math.sqrt(sum) : Double.NaN;
        }
        return new Errors(errors, "observed information", norm(information) * norm(Dense.square(Dense.transposed(inverse))));
    }

    /** -d2 LL, by central differences of the score; null when there is none. */
    private static double[][] information(Surface f, double[] theta, Watch watch) {
        int p = theta.length;
        double[][] second = new double[p][];
        for (int i = 0; i < p; i++) {
            if (!watch.goesOn()) {
                return null;
            }
            double step = STEP * Math.max(1, Math.abs(theta[i]));
            double[] up = slope(f, theta, i, step);
            double[] down = slope(f, theta, i, -step);
            second[i] = new double[p];
            for (int j = 0; j < p; j++) {
                second[i][j] = (down[j] - up[j]) / (2 * step);
            }
        }
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < i; j++) {
                second[i][j] = 0.5 * (second[i][j] + second[j][i]);
                second[j][i] = second[i][j];
            }
        }
        return second;
    }

    private static double[] slope(Surface f, double[] theta, int i, double step) {
        double[] moved = theta.clone();
        moved[i] += step;
        double[] slope = new double[theta.length];
        if (f.valueAndGradient(moved, slope) == Double.NEGATIVE_INFINITY) {
            Arrays.fill(slope, Double.NaN);
        }
        return slope;
    }

    /** Of one entry: the pull-back of a unit score, half of it off the diagonal, as such a score stands for two. */
    private static double[] jacobian(Family.Local local, Family.Entry entry) {
        double[] q = new double[local.family().sizeOfQ()];
        double[] r = new double[local.family().sizeOfR()];
        (entry.ofV() ? r : q)[entry.index()] = entry.i() == entry.j() ? 1 : 0.5;
        double[] row = new double[local.family().size()];
        local.family().pullBack(local.theta(), q, r, row);
        return row;
    }

    private static double norm(double[][] a) {
        double most = 0;
        for (double[] row : a) {
            most = Math.max(most, Arrays.stream(row).map(Math::abs).sum());
        }
        return most;
    }
}
