package org.betadrift.estimator.cholesky.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Ways on that the coordinates hide: X + e v v' for an eigenvector v of G = dLL/dX whose eigenvalue is positive, a variance or a share
 * above its zero, and the same for a V that has become singular. Of eigenvectors a block takes one at a time, as all at once end at lower
 * maxima; several blocks may move together.
 *
 * @param better the best place found along them; null for none
 * @param promise the most that any of them rises by, at first, in units of X
 */
record Escape(double[] better, double promise) {
    /** A variance of V this small beside what least squares leaves. */
    private static final double NEARLY = 1e-6;
    /** Relative to the log-likelihood. */
    private static final double GAIN = 1e-9;
    private static final double LONGEST = 10;
    private static final double SHORTEST = 1e-7;

    /** From a place on by a step. */
    private interface Way {
        double[] from(double[] theta, double step);
    }

    /** @param slope of the log-likelihood along it */
    private record Direction(double slope, Way way) { }

    /** @param least slope worth trying, relative to the log-likelihood */
    static Escape from(double[] theta, double value, Surface f, double least) {
        double unit = Math.max(1, Math.abs(value));
        double[] place = theta;
        double height = value;
        double promise = 0;
        for (Direction direction : directions(f.family(), theta, f.scores(theta))) {
            promise = Math.max(promise, direction.slope());
            double[] best = null;
            double most = height + GAIN * unit;
            double last = height;
            for (double step = LONGEST; direction.slope() > least * unit && step > SHORTEST; step *= 0.1) {
                double[] there = direction.way().from(place, step);
                double its = f.value(there);
                if (its > most) {
                    most = its;
                    best = there;
                } else if (last > height && its < last) {
                    break; // beyond its best
                }
                last = its;
            }
            place = best == null ? place : best;
            height = best == null ? height : most;
        }
        return new Escape(place == theta ? null : place, promise);
    }

    private static List<Direction> directions(Family family, double[] theta, Surface.Scores scores) {
        List<Direction> all = new ArrayList<>();
        observation(family.observation(), theta, scores.r(), all);
        for (int d = 0; d < family.drifts().size(); d++) {
            Drift drift = family.drifts().get(d);
            int at = family.at(d);
            if (drift.isDiagonal()) {
                variances(drift, theta, at, scores.q(), all);
            } else {
                eigenvector(drift, theta, at, scores.q(), all);
            }
            shares(drift, theta, at, scores.q(), all);
        }
        return all;
    }

    /** V is never singular in its coordinates, but may be so but for rounding, where they have no slopes. */
    private static void observation(Observation observation, double[] theta, double[] scoreR, List<Direction> all) {
        if (observation.least(theta, 0) < NEARLY) {
            double[][] g = observation.score(scoreR);
            double[] v = observation.steepest(g);
            double slope = 0;
            for (int i = 0; i < v.length; i++) {
                for (int j = 0; j < v.length; j++) {
                    slope += v[i] * g[i][j] * v[j];
                }
            }
            all.add(new Direction(slope, (from, step) -> observation.plus(from, v, Math.sqrt(step))));
        }
    }

    private static void variances(Drift drift, double[] theta, int at, double[] scoreQ, List<Direction> all) {
        double[][] g = drift.score(theta, at, scoreQ);
        for (int i = 0; i < g.length; i++) {
            coordinate(g[i][i], theta, at + i, all);
        }
    }

    private static void shares(Drift drift, double[] theta, int at, double[] scoreQ, List<Direction> all) {
        double[] slopes = drift.scoreOfShares(theta, at, scoreQ);
        for (int s = 0; s < slopes.length; s++) {
            int place = drift.shareAt(s, at);
            if (place >= 0) {
                coordinate(slopes[s], theta, place, all);
            }
        }
    }

    /** One whose square counts, where it is zero. */
    private static void coordinate(double slope, double[] theta, int place, List<Direction> all) {
        if (theta[place] == 0) {
            all.add(new Direction(slope, (from, step) -> {
                double[] moved = from.clone();
                moved[place] = Math.sqrt(step);
                return moved;
            }));
        }
    }

    /** The steepest, unless B has its full rank already. */
    private static void eigenvector(Drift drift, double[] theta, int at, double[] scoreQ, List<Direction> all) {
        if (drift.rank() < drift.dimension() && drift.columns(theta, at) == drift.rank()) {
            return;
        }
        Dense.Eigen eigen = Dense.eigen(drift.score(theta, at, scoreQ));
        double[][] x = Dense.square(drift.factor(theta, at));
        all.add(new Direction(eigen.values()[0], (from, step) -> {
            double[][] more = Dense.copy(x);
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    more[i][j] += step * eigen.vectors()[i][0] * eigen.vectors()[j][0];
                }
            }
            double[] moved = from.clone();
            drift.near(more, moved, at);
            return moved;
        }));
    }
}
