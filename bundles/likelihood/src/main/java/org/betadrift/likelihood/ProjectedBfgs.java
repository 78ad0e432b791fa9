package org.betadrift.likelihood;

import java.util.Arrays;

/**
 * BFGS in the logarithms of variances and in everything else as it is, within bounds. A logarithm never gets to zero, where many a
 * variance belongs: one that is small and falling is tried at exactly zero and pinned there when the likelihood doesn't mind; when the
 * rest is done, one whose derivative (with respect to the variance, not to its logarithm) is positive at zero is released.
 */
final class ProjectedBfgs implements Climb {
    @Override
    public Optimum from(Objective objective, double[] start, double[][] inverse, Watch watch) {
        return new Walk(objective, start, inverse, watch).run();
    }

    /** One climb. */
    private static final class Walk {
        private static final int ITERATIONS = 400;
        private static final int RELEASES = 12;
        private static final double SMALL = 1e-3;      // below it zero is tried
        private static final double AGAIN = 0.3;       // of where zero was worse: below that it may not be
        private static final double VANISHING = 1e-9;  // a start below it starts at zero
        private static final double VANISHING_SLOPE = 1e-6;
        private static final double FARTHEST = 4;      // a step in a logarithm
        private static final double FARTHEST_REACH = 1e6;
        private static final double ROUNDING = 5e-14;  // twice the gain that a search along the line would take for rounding
        private static final double FLAT_ENOUGH = 1e-3;

        private final Objective f;
        private final Watch watch;
        private final int n;
        private final double tolerance;
        private final boolean[] pinned;
        private final double[] triedFrom; // zero is tried below it
        private double[] u;
        private double[] g;   // of LL, by coordinates
        private double value;
        private final double[][] inverse;
        private boolean fresh;
        private double reach = 1; // of a step up the slope alone
        private int stalled;
        private boolean settled;
        private int released;

        Walk(Objective f, double[] start, double[][] inverse, Watch watch) {
            this.f = f;
            this.watch = watch;
            n = f.size();
            // differences of a log-likelihood of 1e3 know no more than this
            tolerance = f.hasScore() ? 1e-6 : 1e-3;
            pinned = new boolean[n];
            triedFrom = new double[n];
            Arrays.fill(triedFrom, SMALL);
            u = start.clone();
            g = new double[n];
            fresh = inverse == null;
            this.inverse = new double[n][n];
            for (int i = 0; i < n; i++) {
                if (f.isVariance(i) && f.lower(i) == 0 && u[i] < VANISHING) {
                    u[i] = 0;
                    pinned[i] = true;
                } else {
                    u[i] = Math.min(f.upper(i), Math.max(f.lower(i), u[i]));
                }
                if (!fresh) {
                    this.inverse[i] = inverse[i].clone();
                }
            }
            value = f.valueAndGradient(u, g);
        }

        Optimum run() {
            boolean inBudget = true;
            for (int i = 0; i < ITERATIONS && value > Double.NEGATIVE_INFINITY; i++) {
                inBudget = watch.goesOn();
                if (!inBudget) {
                    break;
                }
                if (settled || steepest() < tolerance || stalled >= 2) {
                    settled = false;
                    if (released++ >= RELEASES || !release() && !escape()) {
                        break;
                    }
                    continue;
                }
                if (!step()) {
                    settled = true;
                    continue;
                }
                pin();
            }
            return new Optimum(u, value, inBudget);
        }

        /** Derivative in search coordinates. */
        private double along(int i, double[] at, double[] gradient) {
            return f.isVariance(i) ? gradient[i] * at[i] : gradient[i];
        }

        private boolean isFree(int i) {
            if (pinned[i] || f.isFrozen(i)) {
                return false;
            }
            boolean down = u[i] <= f.lower(i) && g[i] < 0;
            boolean up = u[i] >= f.upper(i) && g[i] > 0;
            return !down && !up;
        }

        private double steepest() {
            double most = 0;
            for (int i = 0; i < n; i++) {
                most = isFree(i) ? Math.max(most, Math.abs(along(i, u, g))) : most;
            }
            return most;
        }

        private void reset() {
            double most = Math.max(1, steepest());
            for (double[] row : inverse) {
                Arrays.fill(row, 0);
            }
            for (int i = 0; i < n; i++) {
                inverse[i][i] = reach / most;
            }
            fresh = true;
        }

        /** @return false when there is nothing to gain */
        private boolean step() {
            boolean knows = !fresh;
            if (fresh) {
                reset();
            }
            double[] d = new double[n];
            double uphill = 0;
            double farthest = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; isFree(i) && j < n; j++) {
                    d[i] += isFree(j) ? inverse[i][j] * along(j, u, g) : 0;
                }
                uphill += d[i] * along(i, u, g);
                farthest = Math.max(farthest, Math.abs(d[i]));
            }
            if (!(uphill > 0)) {
                failed();
                return true;
            }
            if (knows && f.hasScore() && steepest() < FLAT_ENOUGH && uphill < ROUNDING * (1 + Math.abs(value))) {
                return false;
            }
            double[] next = new double[n];
            double[] slope = new double[n];
            double length = Math.min(1, FARTHEST / farthest);
            for (int cut = 0; cut < 20; cut++) {
                for (int i = 0; i < n; i++) {
                    next[i] = moved(i, length * d[i]);
                }
                // a likelihood alone is cheaper: derivatives where the step is taken, unless they come in the same pass
                double there = f.hasScoreInOnePass() ? f.valueAndGradient(next, slope) : f.value(next);
                if (there >= value + 1e-4 * length * uphill) {
                    accept(next, slope, there);
                    return true;
                }
                double parabola = uphill * length * length / (2 * (value + uphill * length - there));
                length = parabola > 0.1 * length && parabola < 0.5 * length ? parabola : 0.25 * length;
            }
            failed();
            return true;
        }

        private double moved(int i, double by) {
            if (by == 0) {
                return u[i];
            }
            double to = f.isVariance(i) ? u[i] * Math.exp(by) : u[i] + by;
            return Math.min(f.upper(i), Math.max(f.isVariance(i) && f.lower(i) == 0 ? 1e-13 : f.lower(i), to));
        }

        private void failed() {
            reach = 1;
            stalled = fresh ? 2 : stalled;
            fresh = true;
        }

        private void accept(double[] next, double[] slope, double there) {
            if (!f.hasScoreInOnePass()) {
                f.valueAndGradient(next, slope);
            }
            double[] moves = new double[n];
            double[] turns = new double[n]; // of -LL
            double product = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                if (isFree(i)) {
                    moves[i] = f.isVariance(i) ? Math.log(next[i] / u[i]) : next[i] - u[i];
                    turns[i] = along(i, u, g) - along(i, next, slope);
                }
                product += moves[i] * turns[i];
                squares += turns[i] * turns[i];
            }
            update(moves, turns, product, squares);
            stalled = there - value < 1e-12 * (1 + Math.abs(value)) ? stalled + 1 : 0;
            u = next.clone();
            g = slope.clone();
            value = there;
        }

        /** H <- (I - s y'/s'y) H (I - y s'/s'y) + s s'/s'y. */
        private void update(double[] s, double[] y, double product, double squares) {
            if (!(product > 1e-14)) {
                // ever steeper, as a logarithm begins: no curvature to go by, so that steps must grow by themselves
                fresh = true;
                reach = Math.min(FARTHEST_REACH, 4 * reach);
                return;
            }
            reach = 1;
            for (int i = 0; i < n && fresh; i++) {
                inverse[i][i] = Math.min(10, product / squares);
            }
            double[] hy = new double[n];
            double yhy = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    hy[i] += inverse[i][j] * y[j];
                }
                yhy += hy[i] * y[i];
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    inverse[i][j] += (1 + yhy / product) * s[i] * s[j] / product - (hy[i] * s[j] + s[i] * hy[j]) / product;
                }
            }
            fresh = false;
        }

        private void pin() {
            for (int i = 0; i < n; i++) {
                if (f.isVariance(i) && f.lower(i) == 0 && !pinned[i] && u[i] < triedFrom[i] && along(i, u, g) < 1e-9) {
                    double[] without = u.clone();
                    without[i] = 0;
                    triedFrom[i] = AGAIN * u[i];
                    if (f.value(without) >= value - 1e-12) {
                        jump(without);
                        pinned[i] = true;
                    }
                }
            }
        }

        /** One variance at zero, or so near to it that its logarithm has no slope, that should not be there: the one that gains most. */
        private boolean release() {
            double[] best = null;
            double most = value + 1e-9 * (1 + 1e-3 * Math.abs(value));
            for (int i = 0; i < n; i++) {
                boolean low = pinned[i] || f.isVariance(i) && u[i] < VANISHING_SLOPE;
                if (!low || !(g[i] > 1e-6)) {
                    continue;
                }
                double[] with = u.clone();
                for (with[i] = 0.1; with[i] > 1e-11; with[i] *= 0.1) {
                    double there = f.value(with);
                    if (there > most) {
                        most = there;
                        best = with.clone();
                    } else if (best != null && best[i] > 0) {
                        break; // beyond its best
                    }
                }
            }
            if (best == null) {
                return false;
            }
            jump(best);
            return true;
        }

        /** A place the coordinates hide. */
        private boolean escape() {
            double[] best = null;
            double most = value + 1e-7;
            for (double[] theta : f.likelihood().escapes(f.theta(u))) {
                double[] there = f.coordinates(theta);
                double its = f.value(there);
                if (its > most) {
                    most = its;
                    best = there;
                }
            }
            if (best == null) {
                return false;
            }
            jump(best);
            return true;
        }

        private void jump(double[] to) {
            u = to.clone();
            for (int i = 0; i < n; i++) {
                pinned[i] &= u[i] == 0;
                triedFrom[i] = SMALL;
            }
            value = f.valueAndGradient(u, g);
            fresh = true;
            stalled = 0;
        }
    }
}
