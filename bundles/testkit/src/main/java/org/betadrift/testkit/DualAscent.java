package org.betadrift.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.betadrift.model.StateConstraint;

/**
 * The mode of a small {@link PathDistribution} under constraints, to agree with: min (x - m)' V^-1 (x - m) / 2 subject to its rows, one
 * multiplier after another (Hildreth 1957), x = m + V A'multipliers. V may be singular. Gross limits are all their faces. It shares nothing
 * with a method that goes through the dates.
 */
final class DualAscent {
    private static final int ROUNDS = 10_000;

    private record Row(int t, int constraint, double[] a, double b, boolean equality) { }

    private final int states;
    private final double[] x;
    private boolean settled;
    private final double[][] prices; // by date and constraint: d cost / d right side of a'x >= b, or = b

    /** @param v n K x n K */
    DualAscent(double[] m, double[][] v, int states, List<StateConstraint> constraints) {
        this.states = states;
        int n = m.length / states;
        List<Row> rows = new ArrayList<>();
        for (int t = 0; t < n; t++) {
            for (int c = 0; c < constraints.size(); c++) {
                add(rows, t, c, constraints.get(c));
            }
        }
        double[][] va = new double[rows.size()][];
        double[] ava = new double[rows.size()];
        for (int i = 0; i < va.length; i++) {
            va[i] = spread(v, rows.get(i));
            ava[i] = value(rows.get(i), va[i]);
        }
        x = m.clone();
        double[] multipliers = new double[rows.size()];
        for (int round = 0; round < ROUNDS; round++) {
            double moved = 0;
            for (int i = 0; i < va.length; i++) {
                Row row = rows.get(i);
                double free = multipliers[i] + (row.b - value(row, x)) / ava[i];
                double step = (row.equality ? free : Math.max(0, free)) - multipliers[i];
                multipliers[i] += step;
                for (int j = 0; j < x.length; j++) {
                    x[j] += step * va[i][j];
                }
                moved = Math.max(moved, Math.abs(step) * Math.sqrt(ava[i]));
            }
            if (moved < 1e-13) {
                settled = true;
                break;
            }
        }
        prices = new double[n][constraints.size()];
        for (int i = 0; i < va.length; i++) {
            prices[rows.get(i).t][rows.get(i).constraint] += multipliers[i];
        }
    }

    private void add(List<Row> rows, int t, int c, StateConstraint one) {
        double[] a = new double[states];
        double[] minus = new double[states];
        for (int k = 0; k < states; k++) {
            a[k] = one.weight(t, k);
            minus[k] = -a[k];
        }
        switch (one.relation()) {
            case EQUAL -> rows.add(new Row(t, c, a, one.value(t), true));
            case AT_LEAST -> rows.add(new Row(t, c, a, one.value(t), false));
            case AT_MOST -> rows.add(new Row(t, c, minus, -one.value(t), false));
            case GROSS_AT_MOST -> {
                for (int signs = 0; signs < 1 << states; signs++) {
                    double[] face = new double[states];
                    for (int k = 0; k < states; k++) {
                        face[k] = (signs >> k & 1) == 0 ? a[k] : -a[k];
                    }
                    rows.add(new Row(t, c, face, -one.value(t), false));
                }
            }
        }
    }

    private double[] spread(double[][] v, Row row) {
        double[] to = new double[v.length];
        for (int j = 0; j < to.length; j++) {
            for (int k = 0; k < states; k++) {
                to[j] += v[j][row.t * states + k] * row.a[k];
            }
        }
        return to;
    }

    private double value(Row row, double[] at) {
        double sum = 0;
        for (int k = 0; k < states; k++) {
            sum += row.a[k] * at[row.t * states + k];
        }
        return sum;
    }

    /** Whether it came to an end: it is slow where constraints nearly coincide. */
    boolean settled() {
        return settled;
    }

    double beta(int t, int k) {
        return x[t * states + k];
    }

    /** The change of the least cost per unit by which the constraint is tightened; of an equality per unit of its right side. */
    double price(int t, int constraint) {
        return prices[t][constraint];
    }

    @Override
    public String toString() {
        return Arrays.toString(x);
    }
}
