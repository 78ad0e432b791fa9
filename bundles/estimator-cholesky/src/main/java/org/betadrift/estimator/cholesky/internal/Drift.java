package org.betadrift.estimator.cholesky.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.betadrift.model.Covariance;

/**
 * W of one factor, or of several that share one: W_f = c_f^2 k_f S B B' S', entries of B (n x rank) free where its pattern has one. There
 * is no logarithm, so a singular W has coordinates; signs and turns of B don't matter. X = B B' is measured so that 1 is
 * s = 0.01: of W in units of V over the mean square of the factor. Over one coordinate B_ij the score is 2 (G B)_ij, zero where B is:
 * {@link #score} says whether X should grow there.
 */
final class Drift implements Block {
    /** What a factor's states are in Q, and the unit k_f. */
    record Place(String factor, int[] states, double unit) { }

    private final double[][] s;
    private final List<Place> places;
    private final int rank;
    private final int[] rows;    // of the coordinates of B
    private final int[] columns;
    private final double[] share;   // c_f where it isn't free
    private final boolean[] shares; // whether c_f is a coordinate

    /** @param shares by place: whether c_f is a coordinate, which come after those of B */
    Drift(double[][] s, List<Place> places, int rank, List<int[]> pattern, double[] share, boolean[] shares) {
        this.s = s;
        this.places = List.copyOf(places);
        this.rank = rank;
        rows = pattern.stream().mapToInt(p -> p[0]).toArray();
        columns = pattern.stream().mapToInt(p -> p[1]).toArray();
        this.share = share;
        this.shares = shares;
    }

    /** Any W of at most this rank, of one factor, or the same for several but for their c_f. */
    static Drift full(double[][] s, List<Place> places, int rank) {
        List<int[]> pattern = new ArrayList<>();
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j <= i && j < rank; j++) {
                pattern.add(new int[] {i, j});
            }
        }
        double[] ones = new double[places.size()];
        Arrays.fill(ones, 1);
        boolean[] free = new boolean[places.size()];
        Arrays.fill(free, places.size() > 1);
        return new Drift(s, places, Math.min(rank, s.length), pattern, ones, free);
    }

    /** A diagonal W. @param s diagonal */
    static Drift diagonal(double[][] s, Place place) {
        List<int[]> pattern = new ArrayList<>();
        for (int i = 0; i < s.length; i++) {
            pattern.add(new int[] {i, i});
        }
        return new Drift(s, List.of(place), s.length, pattern, new double[] {1}, new boolean[1]);
    }

    @Override
    public int size() {
        int count = rows.length;
        for (boolean free : shares) {
            count += free ? 1 : 0;
        }
        return count;
    }

    /** Free parameters: of several c_f one is a matter of taste. */
    int freedom() {
        return rows.length + places.size() - 1;
    }

    boolean isDiagonal() {
        for (int e = 0; e < rows.length; e++) {
            if (rows[e] != columns[e]) {
                return false;
            }
        }
        return s.length > 1;
    }

    int dimension() {
        return s.length;
    }

    int rank() {
        return rank;
    }

    List<Place> places() {
        return places;
    }

    double[][] whitening() {
        return s;
    }

    double[][] factor(double[] theta, int at) {
        double[][] b = new double[s.length][rank];
        for (int e = 0; e < rows.length; e++) {
            b[rows[e]][columns[e]] = theta[at + e];
        }
        return b;
    }

    /** Coordinates of B. */
    int entries() {
        return rows.length;
    }

    /** Row of B of one of its coordinates. */
    int row(int entry) {
        return rows[entry];
    }

    /** Column of B of one of its coordinates. */
    int column(int entry) {
        return columns[entry];
    }

    /** c_f by place. */
    double[] shares(double[] theta, int at) {
        double[] c = share.clone();
        int next = at + rows.length;
        for (int f = 0; f < c.length; f++) {
            c[f] = shares[f] ? theta[next++] : c[f];
        }
        return c;
    }

    @Override
    public void map(double[] theta, int at, double[] packed) {
        double[][] w = Dense.square(Dense.times(s, factor(theta, at)));
        double[] c = shares(theta, at);
        for (int f = 0; f < c.length; f++) {
            int[] states = places.get(f).states();
            double by = c[f] * c[f] * places.get(f).unit();
            for (int i = 0; i < states.length; i++) {
                for (int j = 0; j <= i; j++) {
                    packed[Covariance.index(states[i], states[j])] = by * w[i][j];
                }
            }
        }
    }

    /** dLL/d(c_f^2 X) of one place: k_f S' G S. */
    private double[][] score(int f, double[] packed) {
        int[] states = places.get(f).states();
        double[][] g = new double[states.length][states.length];
        for (int i = 0; i < states.length; i++) {
            for (int j = 0; j < states.length; j++) {
                g[i][j] = places.get(f).unit() * packed[Covariance.index(states[i], states[j])];
            }
        }
        return Dense.sandwich(Dense.transposed(s), g);
    }

    /** dLL/dX of all places. */
    double[][] score(double[] theta, int at, double[] packed) {
        double[][] g = new double[s.length][s.length];
        double[] c = shares(theta, at);
        for (int f = 0; f < c.length; f++) {
            double[][] its = score(f, packed);
            for (int i = 0; i < g.length; i++) {
                for (int j = 0; j < g.length; j++) {
                    g[i][j] += c[f] * c[f] * its[i][j];
                }
            }
        }
        return g;
    }

    /** dLL/d(c_f^2) by place. */
    double[] scoreOfShares(double[] theta, int at, double[] packed) {
        double[][] x = Dense.square(factor(theta, at));
        double[] slopes = new double[places.size()];
        for (int f = 0; f < slopes.length; f++) {
            double[][] g = score(f, packed);
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    slopes[f] += g[i][j] * x[i][j];
                }
            }
        }
        return slopes;
    }

    @Override
    public void pullBack(double[] theta, int at, double[] packed, double[] slope) {
        double[][] gb = Dense.times(score(theta, at, packed), factor(theta, at));
        for (int e = 0; e < rows.length; e++) {
            slope[at + e] = 2 * gb[rows[e]][columns[e]];
        }
        if (size() > rows.length) {
            double[] c = shares(theta, at);
            double[] by = scoreOfShares(theta, at, packed);
            int next = at + rows.length;
            for (int f = 0; f < c.length; f++) {
                if (shares[f]) {
                    slope[next++] = 2 * c[f] * by[f];
                }
            }
        }
    }

    /** Coordinates of X, with what goes beyond the rank or the pattern cut off; c_f stays. */
    void near(double[][] x, double[] theta, int at) {
        double[][] b;
        if (isDiagonal()) {
            b = new double[s.length][s.length];
            for (int i = 0; i < s.length; i++) {
                b[i][i] = Math.sqrt(Math.max(0, x[i][i]));
            }
        } else {
            b = Dense.lower(root(Dense.eigen(x), rank), order(rank));
        }
        for (int e = 0; e < rows.length; e++) {
            theta[at + e] = b[rows[e]][columns[e]];
        }
    }

    /** Coordinate of c_f, -1 for none. */
    int shareAt(int f, int at) {
        int next = at + rows.length;
        for (int k = 0; k < f; k++) {
            next += shares[k] ? 1 : 0;
        }
        return shares[f] ? next : -1;
    }

    private static double[][] root(Dense.Eigen eigen, int rank) {
        int n = eigen.values().length;
        double[][] a = new double[n][rank];
        for (int j = 0; j < rank; j++) {
            double by = Math.sqrt(Math.max(0, eigen.values()[j]));
            for (int i = 0; i < n; i++) {
                a[i][j] = by * eigen.vectors()[i][j];
            }
        }
        return a;
    }

    private static int[] order(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        return order;
    }

    /**
     * The family of the same rank around a place, without the coordinates that mean nothing there: zero columns, zero variances, turns
     * of B (its triangle begins at the largest rows), one c_f. Its own coordinates of that place come with it.
     */
    Local around(double[] theta, int at) {
        double[] c = shares(theta, at);
        boolean[] free = shares.clone();
        int largest = 0;
        for (int f = 0; f < c.length; f++) {
            largest = Math.abs(c[f]) > Math.abs(c[largest]) ? f : largest;
            free[f] &= c[f] != 0;
        }
        free[largest] = false;
        double[][] b = factor(theta, at);
        List<int[]> pattern = new ArrayList<>();
        if (isDiagonal()) {
            for (int i = 0; i < b.length; i++) {
                if (b[i][i] != 0) {
                    pattern.add(new int[] {i, i});
                }
            }
        } else {
            int its = Singular.rank(Dense.eigen(Dense.square(b)).values());
            int[] order = pivots(Dense.square(b), its);
            b = Dense.lower(root(Dense.eigen(Dense.square(b)), its), order);
            for (int i = 0; i < b.length; i++) {
                int last = its - 1;
                for (int j = 0; j < its; j++) {
                    last = order[j] == i ? Math.min(last, j) : last;
                }
                for (int j = 0; j <= last; j++) {
                    pattern.add(new int[] {i, j});
                }
            }
        }
        Drift drift = new Drift(s, places, b.length == 0 ? 0 : b[0].length, pattern, c, free);
        double[] its = new double[drift.size()];
        for (int e = 0; e < drift.rows.length; e++) {
            its[e] = b[drift.rows[e]][drift.columns[e]];
        }
        for (int f = 0; f < c.length; f++) {
            if (free[f]) {
                its[drift.shareAt(f, 0)] = c[f];
            }
        }
        return new Local(drift, its);
    }

    /** A family and a place in it. */
    record Local(Drift drift, double[] theta) { }

    /** Of the largest remaining variance each (Cholesky with pivots). */
    private static int[] pivots(double[][] x, int count) {
        double[][] a = Dense.copy(x);
        int[] order = new int[count];
        boolean[] taken = new boolean[x.length];
        for (int j = 0; j < count; j++) {
            int pivot = -1;
            for (int i = 0; i < a.length; i++) {
                pivot = !taken[i] && (pivot < 0 || a[i][i] > a[pivot][pivot]) ? i : pivot;
            }
            order[j] = pivot;
            taken[pivot] = true;
            double[] row = a[pivot].clone();
            for (int i = 0; row[pivot] > 0 && i < a.length; i++) {
                for (int k = 0; k < a.length; k++) {
                    a[i][k] -= row[i] * row[k] / row[pivot];
                }
            }
        }
        return order;
    }
}
