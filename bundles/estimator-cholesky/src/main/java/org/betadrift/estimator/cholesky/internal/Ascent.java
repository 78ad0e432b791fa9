package org.betadrift.estimator.cholesky.internal;

/**
 * From one start to a maximum over covariances, which the coordinates alone don't show: where a column of B is zero so is its slope,
 * whatever the likelihood would gain. So it alternates until nothing changes:
 * <ul>
 * <li>climb in B;
 * <li>what is nearly zero, an eigenvalue of X or a share, is put at zero where the likelihood doesn't mind;
 * <li>escape: a v with v' G v > 0, G = dLL/dX, says that X + e v v' is better for some e.
 * </ul>
 * At its end G X = 0 and no eigenvalue of G is positive, for V as for each W: the conditions of a maximum over semi-definite matrices.
 */
final class Ascent {
    /** Of the steepest slope, relative to the log-likelihood. */
    static final double FINE = 1e-8;
    static final double CLIMB = 1e-7;
    private static final double ROUGH = 1e-4;
    /** An eigenvalue of G below it, relative to the log-likelihood, promises nothing. */
    private static final double PROMISE = 1e-6;
    /** Eigenvalues of X below these times the largest are tried at zero. */
    private static final double[] SMALL = {1e-3, 1e-5, Singular.RELATIVE};
    /** What passes for a maximum, relative to the log-likelihood; by differences less is known. */
    private static final double STEEP = 1e-5;
    private static final double STEEP_BY_DIFFERENCES = 1e-3;
    /** A value that rounding alone may lower by. */
    private static final double EVEN = 1e-11;

    /**
     * Where it ended.
     *
     * @param steepest largest slope of a coordinate
     * @param promise largest eigenvalue of G, or slope of a share or variance at zero; NaN where it wasn't looked for
     */
    record Top(double[] theta, double value, double steepest, double promise, boolean inBudget) {
        /** Whether the conditions of a maximum hold to {@code relative} times the log-likelihood. */
        boolean isMaximum(double relative) {
            double tolerance = relative * Math.max(1, Math.abs(value));
            return value > Double.NEGATIVE_INFINITY && steepest <= tolerance && !(promise > tolerance);
        }
    }

    private final Surface f;
    private final Watch watch;
    private final double tolerance;

    private Ascent(Surface f, Watch watch, double tolerance) {
        this.f = f;
        this.watch = watch;
        this.tolerance = f.hasScore() ? tolerance : Math.max(tolerance, 1e-6); // differences know no more
    }

    static Top from(double[] start, Surface f, Watch watch, double tolerance) {
        return new Ascent(f, watch, tolerance).run(start);
    }

    static double steep(Surface f) {
        return f.hasScore() ? STEEP : STEEP_BY_DIFFERENCES;
    }

    private Top run(double[] start) {
        double[] theta = start;
        // what is on its way to zero gets there sooner, and what isn't leaves it sooner, when that is tried before the climb is over
        double now = Math.max(tolerance, ROUGH);
        double before = Double.NEGATIVE_INFINITY;
        int rounds = 10 + 3 * f.family().drifts().stream().mapToInt(Drift::rank).sum();
        while (true) {
            Lbfgs.End end = Lbfgs.climb(f, theta, now, watch::goesOn);
            if (!end.settled() || end.value() == Double.NEGATIVE_INFINITY) {
                return new Top(end.x(), end.value(), end.steepest(), Double.NaN, end.settled());
            }
            double[] snapped = snap(end.x(), end.value());
            Escape escape = snapped == null && f.hasScore() ? Escape.from(end.x(), end.value(), f, Math.max(now, PROMISE)) : null;
            double[] better = escape == null ? null : escape.better();
            boolean goesOn = rounds-- > 0 && (snapped != null || better != null && end.value() >= before);
            if (!goesOn && now == tolerance) {
                return new Top(end.x(), end.value(), end.steepest(), escape == null ? Double.NaN : escape.promise(), true);
            }
            before = better == null ? before : end.value();
            theta = !goesOn ? end.x() : snapped != null ? snapped : better;
            now = goesOn ? now : tolerance;
        }
    }

    /** @return null when there is nothing nearly zero that may be zero */
    private double[] snap(double[] theta, double value) {
        Family family = f.family();
        double[] moved = null;
        for (int d = 0; d < family.drifts().size(); d++) {
            Drift drift = family.drifts().get(d);
            int at = family.at(d);
            for (int p = 0; p < drift.places().size(); p++) {
                int share = drift.shareAt(p, at);
                double[] from = moved == null ? theta : moved;
                if (share >= 0 && from[share] != 0 && Math.abs(from[share]) < 1e-2) {
                    double[] without = from.clone();
                    without[share] = 0;
                    moved = isEven(without, value) ? without : moved;
                }
            }
            for (double small : SMALL) {
                double[] from = moved == null ? theta : moved;
                double[] without = without(drift, from, at, small);
                if (without != null && isEven(without, value)) {
                    moved = without;
                    break;
                }
            }
        }
        return moved;
    }

    private boolean isEven(double[] theta, double value) {
        return f.value(theta) >= value - EVEN * (1 + Math.abs(value));
    }

    private static double[] without(Drift drift, double[] theta, int at, double small) {
        double[] moved = theta.clone();
        double[][] x = Dense.square(drift.factor(theta, at));
        if (drift.isDiagonal()) {
            double most = 0;
            for (int i = 0; i < x.length; i++) {
                most = Math.max(most, x[i][i]);
            }
            boolean any = false;
            for (int i = 0; i < x.length; i++) {
                if (x[i][i] > 0 && x[i][i] <= Math.max(small * most, Singular.ABSOLUTE)) {
                    x[i][i] = 0;
                    any = true;
                }
            }
            if (!any) {
                return null;
            }
            drift.near(x, moved, at);
            return moved;
        }
        Dense.Eigen eigen = Dense.eigen(x);
        int kept = 0;
        for (double value : eigen.values()) {
            kept += value > Math.max(small * eigen.values()[0], Singular.ABSOLUTE) ? 1 : 0;
        }
        if (kept == drift.columns(theta, at)) {
            return null;
        }
        double[][] low = new double[x.length][x.length];
        for (int k = 0; k < kept; k++) {
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    low[i][j] += eigen.values()[k] * eigen.vectors()[i][k] * eigen.vectors()[j][k];
                }
            }
        }
        drift.near(low, moved, at);
        // what rounding left in the columns that should be empty
        for (int e = 0; e < drift.entries(); e++) {
            moved[at + e] = drift.column(e) >= kept ? 0 : moved[at + e];
        }
        return moved;
    }
}
