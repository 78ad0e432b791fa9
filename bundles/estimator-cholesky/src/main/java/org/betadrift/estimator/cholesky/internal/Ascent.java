package org.betadrift.estimator.cholesky.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * From one start to a maximum over covariances, which the coordinates alone don't show: where a column of B is zero so is its slope,
 * whatever the likelihood would gain. So it alternates until nothing changes:
 * <ul>
 * <li>climb in B;
 * <li>what is nearly zero, an eigenvalue of X or a share, is put at zero where the likelihood doesn't mind;
 * <li>escape: a v with v' G v > 0, G = dLL/dX, says that X + e v v' is better for some e.
 * </ul>
 * At its end G_V = 0, G X = 0, and no eigenvalue of G is positive: the conditions of a maximum over semi-definite matrices.
 */
final class Ascent {
    /** Of the steepest slope, relative to the log-likelihood. */
    static final double CLIMB = 1e-7;
    static final double FINE = 1e-9;
    /** An eigenvalue of G below it, relative to the log-likelihood, promises nothing. */
    static final double PROMISE = 1e-6;
    /** Eigenvalues of X below these times the largest are tried at zero. */
    private static final double[] SMALL = {1e-3, 1e-5, Singular.RELATIVE};
    /** A value that rounding alone may lower by. */
    private static final double EVEN = 1e-11;
    private static final double GAIN = 1e-9;

    /** @param steepest largest slope @param promise largest eigenvalue of G, or slope of a share or variance at zero; NaN without score */
    record Top(double[] theta, double value, double steepest, double promise, boolean inBudget) { }

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

    private Top run(double[] start) {
        double[] theta = start;
        double before = Double.NEGATIVE_INFINITY;
        int rounds = 10 + 3 * f.family().drifts().stream().mapToInt(Drift::rank).sum();
        while (true) {
            Lbfgs.End end = Lbfgs.climb(f, theta, tolerance, watch::goesOn);
            if (!end.settled() || end.value() == Double.NEGATIVE_INFINITY) {
                return new Top(end.x(), end.value(), end.steepest(), Double.NaN, end.settled());
            }
            double[] snapped = snap(end.x(), end.value());
            if (snapped != null && rounds-- > 0) {
                theta = snapped;
                continue;
            }
            double[] promise = new double[] {Double.NaN};
            double[] better = f.hasScore() ? escape(end.x(), end.value(), promise) : null;
            if (better == null || rounds-- <= 0 || end.value() < before) {
                return new Top(end.x(), end.value(), end.steepest(), promise[0], true);
            }
            before = end.value();
            theta = better;
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
        if (kept == columns(drift, theta, at)) {
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

    /** Those of B that aren't empty. */
    private static int columns(Drift drift, double[] theta, int at) {
        boolean[] any = new boolean[drift.rank()];
        for (int e = 0; e < drift.entries(); e++) {
            any[drift.column(e)] |= theta[at + e] != 0;
        }
        int count = 0;
        for (boolean is : any) {
            count += is ? 1 : 0;
        }
        return count;
    }

    /** @param promise written: the most that any direction not in B promises */
    private double[] escape(double[] theta, double value, double[] promise) {
        Family family = f.family();
        double[] scoreQ = f.scoreQ(theta).clone();
        double enough = PROMISE * Math.max(1, Math.abs(value));
        double[] best = null;
        double most = value + GAIN * (1 + Math.abs(value));
        promise[0] = 0;
        for (int d = 0; d < family.drifts().size(); d++) {
            Drift drift = family.drifts().get(d);
            int at = family.at(d);
            List<Direction> directions = drift.isDiagonal() ? variances(drift, theta, at, scoreQ) : eigenvectors(drift, theta, at, scoreQ);
            directions.addAll(shares(drift, theta, at, scoreQ));
            for (Direction direction : directions) {
                promise[0] = Math.max(promise[0], direction.slope());
                if (!(direction.slope() > enough)) {
                    continue;
                }
                double last = value;
                for (double step = 10; step > 1e-7; step *= 0.1) {
                    double[] there = direction.at(step);
                    double its = f.value(there);
                    if (its > most) {
                        most = its;
                        best = there;
                    } else if (last > value && its < last) {
                        break; // beyond its best
                    }
                    last = its;
                }
            }
        }
        return best;
    }

    /** A way on, by how much the log-likelihood rises along it at first. */
    private interface Way {
        double[] at(double step);
    }

    private record Direction(double slope, Way way) {
        double[] at(double step) {
            return way.at(step);
        }
    }

    private static List<Direction> variances(Drift drift, double[] theta, int at, double[] scoreQ) {
        double[][] g = drift.score(theta, at, scoreQ);
        List<Direction> all = new ArrayList<>();
        for (int e = 0; e < g.length; e++) {
            int place = at + e;
            if (theta[place] == 0) {
                all.add(new Direction(g[e][e], step -> {
                    double[] moved = theta.clone();
                    moved[place] = Math.sqrt(step);
                    return moved;
                }));
            }
        }
        return all;
    }

    /** The steepest, unless B has its full rank already. */
    private static List<Direction> eigenvectors(Drift drift, double[] theta, int at, double[] scoreQ) {
        List<Direction> all = new ArrayList<>();
        if (drift.rank() < drift.dimension() && columns(drift, theta, at) == drift.rank()) {
            return all;
        }
        Dense.Eigen eigen = Dense.eigen(drift.score(theta, at, scoreQ));
        double[][] x = Dense.square(drift.factor(theta, at));
        all.add(new Direction(eigen.values()[0], step -> {
            double[][] more = Dense.copy(x);
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    more[i][j] += step * eigen.vectors()[i][0] * eigen.vectors()[j][0];
                }
            }
            double[] moved = theta.clone();
            drift.near(more, moved, at);
            return moved;
        }));
        return all;
    }

    private static List<Direction> shares(Drift drift, double[] theta, int at, double[] scoreQ) {
        List<Direction> all = new ArrayList<>();
        double[] slopes = drift.scoreOfShares(theta, at, scoreQ);
        for (int s = 0; s < slopes.length; s++) {
            int place = drift.shareAt(s, at);
            if (place >= 0 && theta[place] == 0) {
                all.add(new Direction(slopes[s], step -> {
                    double[] moved = theta.clone();
                    moved[place] = Math.sqrt(step);
                    return moved;
                }));
            }
        }
        return all;
    }
}
