package org.betadrift.filter.internal.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;

/**
 * Whether some exposures satisfy all constraints of a date, whatever the model says: the nearest point to 0 that does, by non-negative
 * least squares (Lawson and Hanson 1974, ch. 23, problem LDP). Where there is none, the multipliers say which constraints contradict
 * each other.
 */
public final class Feasibility {
    private static final double NONE = 1e-9; // of the unit vector that must be reached

    private Feasibility() { }

    /** G x >= h in the columns beta and one auxiliary variable a gross part. */
    private record Row(double[] g, double h, int constraint) { }

    /** @throws InvalidInputException that names the first date without a solution, and the constraints that leave none */
    public static void require(List<StateConstraint> constraints, Sample sample) {
        boolean varies = constraints.stream().anyMatch(c -> c.periods() > 0);
        for (int t = 0; t < (varies ? sample.periods() : Math.min(1, sample.periods())); t++) {
            Set<String> conflict = conflict(constraints, t);
            if (!conflict.isEmpty()) {
                throw new InvalidInputException((conflict.size() == 1 ? "constraint " : "constraints ") + String.join("; ", conflict) + " on " + sample.date(t)
                        + (varies ? "" : " and every other date") + ": no exposures satisfy " + (conflict.size() == 1 ? "it: relax it" : "them together: relax one of them"));
            }
        }
    }

    private static Set<String> conflict(List<StateConstraint> constraints, int t) {
        List<Row> rows = rows(constraints, t);
        if (rows.isEmpty()) {
            return Set.of();
        }
        int width = rows.get(0).g.length;
        int count = rows.size();
        scale(rows, width);
        double most = rows.stream().mapToDouble(r -> Math.abs(r.h)).max().orElse(0);
        if (most == 0) {
            return Set.of(); // zero satisfies them
        }
        double[] e = new double[(width + 1) * count];
        for (int j = 0; j < count; j++) {
            for (int i = 0; i < width; i++) {
                e[i * count + j] = rows.get(j).g[i];
            }
            e[width * count + j] = rows.get(j).h / most;
        }
        double[] f = new double[width + 1];
        f[width] = 1;
        double[] u = NonNegativeLeastSquares.solve(e, width + 1, count, f);
        double left = Math.sqrt(Arrays.stream(NonNegativeLeastSquares.residual(e, width + 1, count, f, u)).map(x -> x * x).sum());
        Set<String> names = new LinkedHashSet<>();
        for (int j = 0; j < count && left <= NONE; j++) {
            if (u[j] > 0) {
                names.add(constraints.get(rows.get(j).constraint).expression());
            }
        }
        return names;
    }

    private static List<Row> rows(List<StateConstraint> constraints, int t) {
        int k = constraints.isEmpty() ? 0 : constraints.get(0).dimension();
        int width = k * (1 + (int) constraints.stream().filter(c -> c.relation() == StateConstraint.Relation.GROSS_AT_MOST).count());
        List<Row> rows = new ArrayList<>();
        int aux = k;
        for (int c = 0; c < constraints.size(); c++) {
            StateConstraint one = constraints.get(c);
            if (one.tolerance() > 0) {
                continue;
            }
            double[] g = new double[width];
            for (int j = 0; j < k; j++) {
                g[j] = one.weight(t, j);
            }
            switch (one.relation()) {
                case EQUAL -> {
                    rows.add(new Row(g, one.value(t), c));
                    rows.add(new Row(minus(g), -one.value(t), c));
                }
                case AT_LEAST -> rows.add(new Row(g, one.value(t), c));
                case AT_MOST -> rows.add(new Row(minus(g), -one.value(t), c));
                case GROSS_AT_MOST -> {
                    double[] total = new double[width];
                    for (int j = 0; j < k; j++) {
                        if (g[j] != 0) {
                            for (int sign = -1; sign <= 1; sign += 2) {
                                double[] side = new double[width];
                                side[j] = sign * g[j];
                                side[aux + j] = 1;
                                rows.add(new Row(side, 0, c));
                            }
                            total[aux + j] = -1;
                        }
                    }
                    rows.add(new Row(total, -one.value(t), c));
                    aux += k;
                }
            }
        }
        return rows;
    }

    private static double[] minus(double[] g) {
        return Arrays.stream(g).map(x -> -x).toArray();
    }

    /** Columns, then rows, to a largest entry, or a length, of one: the answer doesn't depend on units. */
    private static void scale(List<Row> rows, int width) {
        for (int i = 0; i < width; i++) {
            int column = i;
            double largest = rows.stream().mapToDouble(r -> Math.abs(r.g[column])).max().orElse(0);
            for (Row row : rows) {
                row.g[i] = largest == 0 ? 0 : row.g[i] / largest;
            }
        }
        for (int j = 0; j < rows.size(); j++) {
            Row row = rows.get(j);
            double length = Math.sqrt(Arrays.stream(row.g).map(x -> x * x).sum());
            rows.set(j, new Row(Arrays.stream(row.g).map(x -> x / length).toArray(), row.h / length, row.constraint));
        }
    }
}
