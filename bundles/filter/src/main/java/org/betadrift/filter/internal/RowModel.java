package org.betadrift.filter.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;

/**
 * A sample of any number of targets and a model of it in flat arrays, copied once; Q and R may be set anew. The cells of y that are
 * present on a date are rows of independent noise, as in {@link Rows}: with R = L diag(r) L' of them, L^-1 y and L^-1 H have noise
 * variances r. L^-1 is made once for each pattern of present targets, or for each date when R varies. Before them stand the equality
 * constraints, a row each on every date. What {@link DateRows} reads. One thread.
 */
final class RowModel extends FlatStates {
    /** m. */
    final int targets;
    /** Constraint rows of every date. */
    final int constraints;
    /** n + 1: rows of all dates before this one. */
    final int[] firstRow;
    /** n x m; NaN = missing. */
    final double[] y;
    /** n x K: what states are multiplied with; NaN where their target is missing, perhaps. */
    final double[] x;
    /** K: the target of a state. */
    final int[] owner;
    /** By date: which of the patterns. */
    final int[] pattern;
    /** By pattern: the targets that are present, ascending. */
    final int[][] present;
    /** By pattern and target: its place among those, or -1. */
    final int[][] place;
    /** L^-1, m x m by rows, one a pattern, or one a date. */
    private double[] inverses = {};
    /** r, m, likewise. */
    private double[] variances = {};
    private boolean rVaries;
    private double[] r; // packed, one or n
    private final StateConstraint[] equalities;
    private final double[] lower; // L of one pattern, m x m

    /**
     * @param model fits the sample
     * @throws InvalidInputException a constraint is no equality
     */
    RowModel(Sample sample, StateSpaceModel model) {
        super(sample, model);
        targets = sample.targets().size();
        model.constraints().forEach(RowModel::requireEquality);
        equalities = model.constraints().toArray(StateConstraint[]::new);
        constraints = equalities.length;
        y = new double[dates * targets];
        x = new double[dates * states];
        owner = new int[states];
        pattern = new int[dates];
        firstRow = new int[dates + 1];
        List<int[]> patterns = new ArrayList<>();
        for (int i = 0; i < states; i++) {
            owner[i] = sample.target(i);
        }
        for (int t = 0; t < dates; t++) {
            int[] here = new int[targets];
            int count = 0;
            for (int i = 0; i < targets; i++) {
                y[t * targets + i] = sample.y(t, i);
                if (!Double.isNaN(sample.y(t, i))) {
                    here[count++] = i;
                }
            }
            for (int i = 0; i < states; i++) {
                x[t * states + i] = sample.regressor(t, i);
            }
            pattern[t] = indexOf(Arrays.copyOf(here, count), patterns);
            firstRow[t + 1] = firstRow[t] + constraints + count;
        }
        present = patterns.toArray(int[][]::new);
        place = new int[present.length][targets];
        for (int i = 0; i < present.length; i++) {
            Arrays.fill(place[i], -1);
            for (int row = 0; row < present[i].length; row++) {
                place[i][present[i][row]] = row;
            }
        }
        lower = new double[targets * targets];
        setObservationNoise(triangles(model.observationNoise()), !model.observationNoise().isConstant());
    }

    private static void requireEquality(StateConstraint constraint) {
        if (!constraint.isEquality()) {
            throw InvalidInputException.of("constraint", constraint, "a likelihood takes equalities only", "leave it out, or make it an equality");
        }
    }

    private static int indexOf(int[] here, List<int[]> patterns) {
        for (int i = 0; i < patterns.size(); i++) {
            if (Arrays.equals(patterns.get(i), here)) {
                return i;
            }
        }
        patterns.add(here);
        return patterns.size() - 1;
    }

    @Override
    void setObservationNoise(double[] packed) {
        setObservationNoise(packed, false);
    }

    private void setObservationNoise(double[] packed, boolean varies) {
        r = packed;
        rVaries = varies;
        int count = varies ? dates : present.length;
        if (variances.length != count * targets) {
            variances = new double[count * targets];
            inverses = new double[count * targets * targets];
        }
        for (int i = 0; i < count; i++) {
            factor(i, varies ? i * Covariance.size(targets) : 0, present[varies ? pattern[i] : i]);
        }
    }

    /** R = L diag(r) L' of the rows, then L^-1 by columns. */
    private void factor(int index, int rAt, int[] rows) {
        int m = targets;
        int vAt = index * m;
        int at = index * m * m;
        for (int i = 0; i < rows.length; i++) {
            double whole = r[rAt + Covariance.index(rows[i], rows[i])];
            double pivot = whole;
            for (int j = 0; j < i; j++) {
                // L_ij = (R_ij - sum over l < j of L_il r_l L_jl) / r_j
                double sum = r[rAt + Covariance.index(rows[i], rows[j])];
                for (int l = 0; l < j; l++) {
                    sum -= lower[i * m + l] * variances[vAt + l] * lower[j * m + l];
                }
                double entry = variances[vAt + j] > 0 ? sum / variances[vAt + j] : 0;
                lower[i * m + j] = entry;
                pivot -= entry * entry * variances[vAt + j];
            }
            variances[vAt + i] = pivot <= whole * 1e-15 ? 0 : pivot; // a singular R: what is left is rounding
        }
        for (int j = 0; j < rows.length; j++) {
            inverses[at + j * m + j] = 1;
            for (int i = j + 1; i < rows.length; i++) {
                double sum = 0;
                for (int l = j; l < i; l++) {
                    sum -= lower[i * m + l] * inverses[at + l * m + j];
                }
                inverses[at + i * m + j] = sum;
            }
        }
    }

    /** Whether any row has no noise, so that a kernel that subtracts must not see it. */
    boolean hasExactConstraint() {
        return Arrays.stream(equalities).anyMatch(StateConstraint::isExact);
    }

    StateConstraint constraint(int i) {
        return equalities[i];
    }

    /** Which L^-1 and r date t has. */
    private int factorOf(int t) {
        return rVaries ? t : pattern[t];
    }

    /** L^-1_ij of date t, for rows j &lt;= i of y. */
    double inverse(int t, int i, int j) {
        return inverses[(factorOf(t) * targets + i) * targets + j];
    }

    /** L^-1_ij of a pattern, when R doesn't vary. */
    double inverseOfPattern(int pattern, int i, int j) {
        return inverses[(pattern * targets + i) * targets + j];
    }

    /** r_i of date t. */
    double variance(int t, int i) {
        return variances[factorOf(t) * targets + i];
    }
}
