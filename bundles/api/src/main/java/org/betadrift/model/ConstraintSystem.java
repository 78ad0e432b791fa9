package org.betadrift.model;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The exact equalities among some constraints, A_t beta_t = c_t, checked date by date before anything runs: which rows say something
 * new, and that none contradicts those before it. Tolerant rows and inequalities are left aside. Whether a row depends on others is
 * decided whatever its units and those of the states: each state's weights are divided by their largest, then the rest of a row
 * beside those before it (modified Gram-Schmidt, twice; Golub and Van Loan 2013, 5.2) is compared with the row. Immutable.
 */
public final class ConstraintSystem {
    /** A row is made of others when no more than this part of it is left beside them. */
    private static final double DEPENDENT = 1e-10;
    /** A variance this much smaller than it was is what rounding left of zero. */
    private static final double ROUNDING = 4e-15;
    /** Of a row that isn't there: nothing stands beside it. */
    private static final String ABSENT = "";

    private final List<StateConstraint> rows;
    private final boolean hasExact;
    private final Day[] days; // one a date, or one for all

    private ConstraintSystem(List<StateConstraint> rows, List<LocalDate> dates) {
        this.rows = rows;
        hasExact = rows.stream().anyMatch(StateConstraint::isExact);
        boolean varies = rows.stream().anyMatch(row -> row.isExact() && row.periods() > 0);
        days = new Day[!hasExact ? 0 : varies ? dates.size() : 1];
        double[] scale = scale(rows, Math.max(1, days.length));
        for (int t = 0; t < days.length; t++) {
            days[t] = new Day(rows, scale, t, varies ? "on " + dates.get(t) : "on every date");
        }
    }

    /**
     * The largest weight of each state in any exact row on any date; 1 where it has none. One measure for all dates, in which settling them one after
     * the other never moves a state away: with measures of their own rounding would grow from date to date where nothing else moves a state.
     */
    private static double[] scale(List<StateConstraint> rows, int dates) {
        double[] scale = new double[rows.isEmpty() ? 0 : rows.get(0).dimension()];
        for (StateConstraint row : rows) {
            for (int t = 0; t < (row.periods() > 0 ? dates : 1) && row.isExact(); t++) {
                for (int i = 0; i < scale.length; i++) {
                    scale[i] = Math.max(scale[i], Math.abs(row.weight(t, i)));
                }
            }
        }
        return Arrays.stream(scale).map(s -> s == 0 ? 1 : s).toArray();
    }

    /**
     * @param rows as a model holds them, of one dimension
     * @param dates n; a row that varies has weights for each
     * @throws InvalidInputException exact rows contradict each other: it names them and the first such date; or a row has weights of
     *     another number of dates
     */
    public static ConstraintSystem of(List<StateConstraint> rows, List<LocalDate> dates) {
        for (StateConstraint row : rows) {
            if (row.periods() != 0 && row.periods() != dates.size()) {
                throw InvalidInputException.of("number of dates of the constraint " + row, row.periods(), "the sample has " + dates.size(),
                        "give weights of every date");
            }
        }
        return new ConstraintSystem(List.copyOf(rows), dates);
    }

    /** Whether any row is an exact equality. */
    public boolean hasExact() {
        return hasExact;
    }

    /** Whether row i is an exact equality that those before it imply on date t, or that isn't there. */
    public boolean isRedundant(int t, int i) {
        return hasExact && day(t).beside[i] != null;
    }

    /** Redundant rows, by name: sentences. */
    public List<String> warnings() {
        Map<String, String> sentences = new LinkedHashMap<>();
        for (Day day : days) {
            for (int i = 0; i < day.beside.length; i++) {
                if (day.beside[i] != null && !day.beside[i].equals(ABSENT)) {
                    String what = rows.get(i).expression().equals(day.beside[i]) ? "constraint " + rows.get(i) + " is there more than once"
                            : "constraint " + rows.get(i) + " says nothing that " + day.beside[i] + " doesn't say";
                    sentences.putIfAbsent(what, what + ", " + (days.length > 1 ? "first " : "") + day.when);
                }
            }
        }
        return List.copyOf(sentences.values());
    }

    /**
     * Takes the rounding out of states that satisfy the exact equalities: the nearest states that do, where a state counts in
     * units of its largest weight on any date.
     *
     * @param beta K states from {@code at}; changed
     */
    public void settle(int t, double[] beta, int at) {
        if (hasExact) {
            day(t).settle(beta, at);
        }
    }

    /**
     * The covariance that is left of steps from N(0, Q) given that they keep every exact row of date t: Q - Q A'(A Q A')^-1 A Q. It is all that a
     * filter sees of Q where the rows are the same on every date and exposures walk at random.
     *
     * @return packed lower triangle
     */
    public double[] conditional(int t, Covariance q) {
        double[] left = q.toPacked();
        if (hasExact) {
            day(t).condition(left);
        }
        return left;
    }

    private Day day(int t) {
        return days[days.length == 1 ? 0 : t];
    }

    /** The rows of one date, orthonormal: q_j'(w o beta) = g_j. */
    private static final class Day {
        private final List<StateConstraint> rows;
        private final String when;
        private final int k;
        private final double[] scale;    // w, the largest weight of each state on any date
        private final String[] beside;   // by row: what implies it, null where nothing does
        private double[][] basis = {};   // q
        private double[] right = {};     // g
        private double[][] made = {};    // of each q: its parts of the rows

        Day(List<StateConstraint> rows, double[] scale, int t, String when) {
            this.rows = rows;
            this.when = when;
            k = rows.get(0).dimension();
            this.scale = scale;
            beside = new String[rows.size()];
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).isExact()) {
                    add(t, i);
                }
            }
        }

        private void add(int t, int row) {
            if (!rows.get(row).isPresent(t)) {
                beside[row] = ABSENT;
                return;
            }
            double[] rest = new double[k];
            for (int i = 0; i < k; i++) {
                rest[i] = rows.get(row).weight(t, i) / scale[i];
            }
            double c = rows.get(row).value(t);
            double size = Math.abs(c);
            double[] parts = new double[rows.size()];
            double whole = norm(rest);
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < basis.length; j++) {
                    double dot = 0;
                    for (int i = 0; i < k; i++) {
                        dot += basis[j][i] * rest[i];
                    }
                    for (int i = 0; i < k; i++) {
                        rest[i] -= dot * basis[j][i];
                    }
                    c -= dot * right[j];
                    size += Math.abs(dot * right[j]);
                    for (int l = 0; l < row; l++) {
                        parts[l] += dot * made[j][l];
                    }
                }
            }
            double left = norm(rest);
            if (left <= DEPENDENT * whole) {
                requireImplied(t, row, parts, whole, Math.abs(c) <= DEPENDENT * size);
                return;
            }
            for (int i = 0; i < k; i++) {
                rest[i] /= left;
            }
            for (int l = 0; l < row; l++) {
                parts[l] /= -left;
            }
            parts[row] = 1 / left;
            basis = append(basis, rest);
            made = append(made, parts);
            right = Arrays.copyOf(right, basis.length);
            right[basis.length - 1] = c / left;
        }

        /** A row made of others says the same as they do, or something they exclude. */
        private void requireImplied(int t, int row, double[] parts, double whole, boolean same) {
            List<String> others = IntStream.range(0, row)
                    .filter(l -> Math.abs(parts[l]) * norm(t, l) > DEPENDENT * whole)
                    .mapToObj(l -> rows.get(l).expression()).distinct().toList();
            if (!same) {
                throw new InvalidInputException("constraints " + String.join(" and ", others) + " and " + rows.get(row)
                        + " contradict each other " + when + ": take one of them out, or give one a tolerance, as in sum=1~0.01");
            }
            beside[row] = others.stream().collect(Collectors.joining(" and "));
        }

        private double norm(int t, int row) {
            double[] weights = new double[k];
            for (int i = 0; i < k; i++) {
                weights[i] = rows.get(row).weight(t, i) / scale[i];
            }
            return norm(weights);
        }

        private static double norm(double[] x) {
            double sum = 0;
            for (double value : x) {
                sum += value * value;
            }
            return Math.sqrt(sum);
        }

        private static double[][] append(double[][] rows, double[] row) {
            double[][] more = Arrays.copyOf(rows, rows.length + 1);
            more[rows.length] = row;
            return more;
        }

        /** Row by row: V - V a a'V / a'V a. */
        void condition(double[] v) {
            double[] before = new double[k];
            for (int i = 0; i < k; i++) {
                before[i] = v[Covariance.index(i, i)];
            }
            for (double[] q : basis) {
                double[] va = new double[k];
                double variance = 0;
                double terms = 0;
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < k; j++) {
                        va[i] += v[Covariance.index(i, j)] * (scale[j] * q[j]);
                    }
                    variance += scale[i] * q[i] * va[i];
                    terms += scale[i] * q[i] * (scale[i] * q[i]) * v[Covariance.index(i, i)];
                }
                for (int i = 0; i < k && variance > DEPENDENT * terms; i++) {
                    for (int j = 0; j <= i; j++) {
                        v[Covariance.index(i, j)] -= va[i] * va[j] / variance;
                    }
                }
            }
            for (int i = 0; i < k; i++) { // what rounding left of a state that is held
                for (int j = 0; j < k && v[Covariance.index(i, i)] <= ROUNDING * before[i]; j++) {
                    v[i < j ? Covariance.index(j, i) : Covariance.index(i, j)] = 0;
                }
            }
        }

        void settle(double[] beta, int at) {
            for (int j = 0; j < basis.length; j++) {
                double off = -right[j];
                for (int i = 0; i < k; i++) {
                    off += basis[j][i] * (scale[i] * beta[at + i]);
                }
                for (int i = 0; i < k && off != 0; i++) {
                    beta[at + i] -= off * basis[j][i] / scale[i];
                }
            }
        }
    }
}
