package org.betadrift.filter.internal.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.StateConstraint;

/**
 * The exact constraints as rows a'beta_t + (auxiliary part) - b, = 0 or >= 0, each in units of the posterior standard deviation of its
 * a'beta_t without inequalities, so that slacks and multipliers are plain numbers. A gross limit sum |a_k beta_k| <= c is a group of
 * rows with auxiliary variables v_k of its own: v_k - a_k beta_k >= 0, v_k + a_k beta_k >= 0, c - sum v_k >= 0. A row that nothing can
 * move is left out, if it holds. Immutable.
 */
final class Limits {
    /** Part of the numbers a row is summed from that counts as nothing. */
    private static final double ROUNDING = 1e-9;

    /** Part of the noises a step of a row is summed from that is no step. */
    private static final double STILL = 1e-13;

    /** One gross limit on one date. */
    record Group(int index, int date, int firstRow, int firstAux, int size, double[] shares) {
        /** The row of c - sum v. */
        int total() {
            return firstRow + 2 * size;
        }
    }

    final int k;
    final int count;
    final int auxCount;
    final double[] a;          // rows x K, in units of the row
    final double[] b;
    final double[] unit;       // a row's unit in terms of the user's a'beta
    final boolean[] equality;
    final int[] constraint;    // index in the model; -1 = y without noise
    final int[] date;
    final int[] dates;         // that a row stands for, from its own on
    final Group[] group;       // by row, or null
    final List<Group> groups;
    private final int[] firstRow;   // n + 1
    private final Group[][] groupsOf; // by date

    private Limits(Builder from) {
        k = from.numbers.k;
        count = from.rows.size();
        auxCount = from.aux;
        a = new double[count * k];
        b = new double[count];
        unit = new double[count];
        equality = new boolean[count];
        constraint = new int[count];
        date = new int[count];
        dates = new int[count];
        group = new Group[count];
        firstRow = new int[from.numbers.n + 1];
        for (int i = 0; i < count; i++) {
            Row row = from.rows.get(i);
            System.arraycopy(row.a, 0, a, i * k, k);
            b[i] = row.b;
            unit[i] = row.unit;
            equality[i] = row.equality;
            constraint[i] = row.constraint;
            date[i] = row.date;
            dates[i] = 1 + from.repeats.getOrDefault(i, 0);
            firstRow[row.date + 1] = i + 1;
        }
        for (int t = 0; t < from.numbers.n; t++) {
            firstRow[t + 1] = Math.max(firstRow[t + 1], firstRow[t]);
        }
        groups = List.copyOf(from.groups);
        groupsOf = new Group[from.numbers.n][];
        for (int t = 0; t < groupsOf.length; t++) {
            int now = t;
            groupsOf[t] = groups.stream().filter(g -> g.date == now).toArray(Group[]::new);
        }
        for (Group g : groups) {
            Arrays.fill(group, g.firstRow, g.total() + 1, g);
        }
    }

    /** The rows of date t begin here; of {@code n}: their number. */
    int firstRow(int t) {
        return firstRow[t];
    }

    /** Gross limits of a date. */
    Group[] groups(int t) {
        return groupsOf[t];
    }

    /** What the row says: 0 of an equality, not negative of an inequality. */
    double value(int row, double[] beta, double[] aux) {
        double sum = -b[row];
        for (int j = 0, at = row * k, state = date[row] * k; j < k; j++) {
            sum += a[at + j] * beta[state + j];
        }
        Group g = group[row];
        if (g != null && row < g.total()) {
            sum += aux[g.firstAux + (row - g.firstRow) / 2];
        } else if (g != null) {
            for (int i = 0; i < g.size; i++) {
                sum -= g.shares[i] * aux[g.firstAux + i];
            }
        }
        return sum;
    }

    /** The smallest auxiliary variables a path allows: |a_k beta_k|. */
    void settle(Group g, double[] beta, double[] aux) {
        for (int i = 0; i < g.size; i++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                sum += a[(g.firstRow + 2 * i + 1) * k + j] * beta[g.date * k + j];
            }
            aux[g.firstAux + i] = Math.abs(sum);
        }
    }

    private record Row(int date, double[] a, double b, double unit, boolean equality, int constraint) { }

    /** Puts them together for the variances of a free path. */
    static final class Builder {
        private final PathNumbers numbers;
        private final double[][] ofEqualities; // variances by date, K x K; null = a unit of one
        private final double[][] variances;    // of a path that keeps them; null = without inequalities
        private final double[] center;         // such a path, n x K
        private final List<Row> rows = new ArrayList<>();
        private final List<Group> groups = new ArrayList<>();
        private final Map<Integer, Integer> repeats = new HashMap<>();  // by row: dates after it that it stands for
        private final Map<Integer, Integer> latest = new HashMap<>();   // by constraint: its row
        private int aux;

        /**
         * @param ofEqualities variances of a path without constraints: units of the equalities; null to count each in its own length
         * @param variances of a path that keeps the equalities: units of the inequalities; null to leave those out
         */
        Builder(PathNumbers numbers, double[][] ofEqualities, double[][] variances, double[] center) {
            this.numbers = numbers;
            this.ofEqualities = ofEqualities;
            this.variances = variances;
            this.center = center;
        }

        Limits build() {
            List<StateConstraint> all = numbers.model.constraints();
            int k = numbers.k;
            for (int t = 0; t < numbers.n; t++) {
                double[] exact = numbers.exact(t);
                for (int at = 0; at < exact.length; at += k + 1) {
                    simple(t, Arrays.copyOfRange(exact, at, at + k), exact[at + k], 1, true, -1, at / (k + 1));
                }
                for (int c = 0; c < all.size(); c++) {
                    StateConstraint one = all.get(c);
                    double[] w = new double[k];
                    for (int j = 0; j < k; j++) {
                        w[j] = one.weight(t, j);
                    }
                    if (one.isExact() || variances != null && !one.isEquality()) {
                        switch (one.relation()) {
                            case EQUAL, AT_LEAST -> simple(t, w, one.value(t), 1, one.isEquality(), c, 0);
                            case AT_MOST -> simple(t, w, one.value(t), -1, false, c, 0);
                            case GROSS_AT_MOST -> gross(t, w, one.value(t), c);
                        }
                    }
                }
            }
            return new Limits(this);
        }

        /**
         * Whether the same row on the date before says it, as nothing moves a'beta in between: T = I, a'L = 0 and a'c = 0. So it is of a random walk whose
         * Q lies within what an equality leaves. Hundreds of rows that say the same have prices that nothing tells apart.
         */
        private boolean isSaidBefore(int t, double[] w, double value, int constraint) {
            if (t == 0 || constraint < 0 || numbers.transition(t) != null) {
                return false;
            }
            StateConstraint one = numbers.model.constraints().get(constraint);
            boolean same = one.isPresent(t - 1) && one.value(t - 1) == value;
            double drift = 0;
            for (int j = 0; j < w.length; j++) {
                same &= one.weight(t - 1, j) == w[j];
                drift += w[j] * numbers.constant[j];
            }
            int r = numbers.inputs(t);
            for (int i = 0; i < r && same && drift == 0; i++) {
                double sum = 0;
                double size = 0;
                for (int j = 0; j < w.length; j++) {
                    double term = w[j] * numbers.root(t)[j * r + i];
                    sum += term;
                    size += Math.abs(term);
                }
                same = Math.abs(sum) <= STILL * size;
            }
            return same && drift == 0;
        }

        private void simple(int t, double[] w, double value, int sign, boolean equality, int constraint, int exactRow) {
            if (isSaidBefore(t, w, value, constraint)) {
                if (latest.containsKey(constraint)) {
                    repeats.merge(latest.get(constraint), 1, Integer::sum);
                }
                return;
            }
            latest.remove(constraint);
            double sd = deviation(equality ? ofEqualities : variances, t, w);
            if (sd == 0) {
                double left = sign * (dot(t, w) - value);
                if (equality ? Math.abs(left) > ROUNDING * size(t, w, value) : left < -ROUNDING * size(t, w, value)) {
                    throw immovable(t, constraint, exactRow, dot(t, w));
                }
                return;
            }
            double[] scaled = new double[w.length];
            for (int j = 0; j < w.length; j++) {
                scaled[j] = sign * w[j] / sd;
            }
            latest.put(constraint, rows.size());
            rows.add(new Row(t, scaled, sign * value / sd, sd, equality, constraint));
        }

        private void gross(int t, double[] w, double limit, int constraint) {
            double fixed = 0;
            double whole = 0;
            List<double[]> parts = new ArrayList<>();
            List<Double> units = new ArrayList<>();
            for (int j = 0; j < w.length; j++) {
                double[] part = new double[w.length];
                part[j] = w[j];
                double sd = w[j] == 0 ? 0 : deviation(variances, t, part);
                if (sd > 0) {
                    part[j] /= sd;
                    parts.add(part);
                    units.add(sd);
                    whole += sd;
                } else {
                    fixed += Math.abs(dot(t, part));
                }
            }
            if (parts.isEmpty()) {
                if (fixed > limit + ROUNDING * Math.abs(limit)) {
                    throw immovable(t, constraint, 0, fixed);
                }
                return;
            }
            double[] shares = new double[parts.size()];
            groups.add(new Group(groups.size(), t, rows.size(), aux, shares.length, shares));
            aux += shares.length;
            for (int i = 0; i < shares.length; i++) {
                shares[i] = units.get(i) / whole;
                double[] minus = new double[w.length];
                for (int j = 0; j < w.length; j++) {
                    minus[j] = -parts.get(i)[j];
                }
                rows.add(new Row(t, minus, 0, units.get(i), false, constraint));
                rows.add(new Row(t, parts.get(i), 0, units.get(i), false, constraint));
            }
            rows.add(new Row(t, new double[w.length], -(limit - fixed) / whole, whole, false, constraint));
        }

        private InvalidInputException immovable(int t, int constraint, int exactRow, double is) {
            String what = constraint < 0 ? "y of " + numbers.sample.targets().get(numbers.exactTarget(t, exactRow))
                    : numbers.model.constraints().get(constraint).expression();
            return InvalidInputException.of(what + " on " + numbers.sample.date(t), "not met", "its left side is " + is
                    + " and nothing in the model can move it", "change the constraint, or give these states an uncertain start or a state noise");
        }

        private static double deviation(double[][] variances, int t, double[] w) {
            if (variances == null) {
                return Math.sqrt(Arrays.stream(w).map(x -> x * x).sum());
            }
            double sum = 0;
            double size = 0;
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < w.length; j++) {
                    double term = w[i] * variances[t][i * w.length + j] * w[j];
                    sum += term;
                    size += Math.abs(term);
                }
            }
            return sum <= 1e-12 * size ? 0 : Math.sqrt(sum);
        }

        private double dot(int t, double[] w) {
            double sum = 0;
            for (int j = 0; j < w.length; j++) {
                sum += w[j] * center[t * w.length + j];
            }
            return sum;
        }

        private double size(int t, double[] w, double value) {
            double sum = Math.abs(value);
            for (int j = 0; j < w.length; j++) {
                sum += Math.abs(w[j] * center[t * w.length + j]);
            }
            return sum;
        }
    }
}
