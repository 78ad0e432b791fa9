package org.betadrift.estimator.cholesky.internal;

import java.util.Arrays;
import java.util.List;

/**
 * Second derivatives at the maximum, by differences of the score in the coordinates of the family of the same ranks; in any larger one the
 * likelihood isn't quadratic around a singular W. They give some last Newton steps, which settle what is flat, and standard errors of the
 * entries of V and W by the delta method.
 */
final class Curvature {
    /** Two scores a coordinate: beyond it they cost more than the search. */
    private static final int MOST = 300;
    private static final double STEP = 1e-4;
    private static final int NEWTON = 4;
    /** A value that rounding alone may lower by, relative. */
    private static final double EVEN = 1e-11;

    private final Ascent.Top top;
    private final double[] errors;
    private final String kind;
    private final double condition;

    private Curvature(Ascent.Top top, double[] errors, String kind, double condition) {
        this.top = top;
        this.errors = errors;
        this.kind = kind;
        this.condition = condition;
    }

    /** The maximum, as exact as it gets; coordinates are the family's. */
    Ascent.Top top() {
        return top;
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

    static Curvature of(Surface f, Ascent.Top top, Watch watch) {
        List<Family.Entry> entries = f.family().entries();
        double[] none = new double[entries.size()];
        Arrays.fill(none, Double.NaN);
        Family.Local local = f.family().around(top.theta());
        int p = local.family().size();
        if (!f.hasScore() || p > MOST) {
            return new Curvature(top, none, f.hasScore() ? "none: there are more than " + MOST + " parameters" : "none: the engine has no score", Double.NaN);
        }
        watch.says("standard errors");
        Surface narrow = f.with(local.family());
        double[][] information = information(narrow, local.theta(), watch);
        double[][] l = information == null ? null : Dense.cholesky(information);
        if (l == null) {
            return new Curvature(top, none, "none: the likelihood is flat in some direction", Double.POSITIVE_INFINITY);
        }
        double[][] inverse = Dense.inverseOfLower(l);
        Ascent.Top finest = newton(narrow, local.theta(), inverse, top.promise());
        boolean better = finest.steepest() < top.steepest() && finest.value() >= top.value() - EVEN * (1 + Math.abs(top.value()));
        double[] there = better ? finest.theta() : local.theta();
        double[] errors = none.clone();
        for (int e = 0; e < errors.length; e++) {
            double[] by = times(inverse, jacobian(local.family(), there, entries.get(e)));
            double sum = 0;
            for (double part : by) {
                sum += part * part;
            }
            errors[e] = sum > 0 ? Math.sqrt(sum) : Double.NaN;
        }
        double condition = norm(information) * norm(Dense.square(Dense.transposed(inverse)));
        Ascent.Top best = better ? new Ascent.Top(local.family().in(f.family(), there), finest.value(), finest.steepest(), finest.promise(), top.inBudget()) : top;
        return new Curvature(best, errors, "observed information", condition);
    }

    /** Steps by the information at the first place, as long as slopes fall. @param inverse of its Cholesky factor */
    private static Ascent.Top newton(Surface f, double[] start, double[][] inverse, double promise) {
        double[] slope = new double[start.length];
        Ascent.Top best = new Ascent.Top(start, f.valueAndGradient(start, slope), steepest(slope), promise, true);
        double[][] turned = Dense.transposed(inverse);
        for (int step = 0; step < NEWTON; step++) {
            double[] d = times(turned, times(inverse, slope));
            double[] next = best.theta().clone();
            for (int i = 0; i < next.length; i++) {
                next[i] += d[i];
            }
            double[] its = new double[next.length];
            double value = f.valueAndGradient(next, its);
            if (!(value > Double.NEGATIVE_INFINITY) || !(steepest(its) < best.steepest())) {
                break;
            }
            best = new Ascent.Top(next, value, steepest(its), promise, true);
            slope = its;
        }
        return best;
    }

    private static double steepest(double[] slope) {
        return Arrays.stream(slope).map(Math::abs).max().orElse(0);
    }

    private static double[] times(double[][] a, double[] x) {
        double[] y = new double[a.length];
        for (int i = 0; i < y.length; i++) {
            for (int k = 0; k < x.length; k++) {
                y[i] += a[i][k] * x[k];
            }
        }
        return y;
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
    private static double[] jacobian(Family family, double[] theta, Family.Entry entry) {
        double[] q = new double[family.sizeOfQ()];
        double[] r = new double[family.sizeOfR()];
        (entry.ofV() ? r : q)[entry.index()] = entry.i() == entry.j() ? 1 : 0.5;
        double[] row = new double[family.size()];
        family.pullBack(theta, q, r, row);
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
