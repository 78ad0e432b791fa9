package org.betadrift.filter.internal;

import org.betadrift.model.StateConstraint;

/** The rows of one date of a {@link RowModel}: the constraints, then y. One thread, no allocation after birth. */
final class DateRows {
    /** Rows x K. */
    final double[] h;
    /** Rows x K: by row, where h isn't zero, ascending. */
    final int[] nonzero;
    /** By row: how many those are. */
    final int[] nonzeros;
    private final RowModel model;
    private final int k;
    private final double[] y;
    private final double[] r;
    private int count;

    DateRows(RowModel model) {
        this.model = model;
        k = model.states;
        int most = model.constraints + model.targets;
        h = new double[most * k];
        nonzero = new int[most * k];
        nonzeros = new int[most];
        y = new double[most];
        r = new double[most];
    }

    /** Reads date t. @return how many rows it has */
    int read(int t) {
        count = model.constraints;
        for (int row = 0; row < count; row++) {
            readConstraint(t, row);
        }
        int[] present = model.present[model.pattern[t]];
        int[] place = model.place[model.pattern[t]];
        for (int i = 0; i < present.length; i++) {
            double mixed = 0;
            for (int j = 0; j <= i; j++) {
                mixed += model.inverse(t, i, j) * model.y[t * model.targets + present[j]];
            }
            y[count] = mixed;
            r[count] = model.variance(t, i);
            int at = count * k;
            int found = 0;
            for (int state = 0; state < k; state++) {
                int j = place[model.owner[state]];
                double value = j < 0 || j > i ? 0 : model.inverse(t, i, j) * model.x[t * k + state];
                h[at + state] = value;
                if (value != 0) {
                    nonzero[at + found++] = state;
                }
            }
            nonzeros[count++] = found;
        }
        return count;
    }

    private void readConstraint(int t, int row) {
        StateConstraint constraint = model.constraint(row);
        int found = 0;
        for (int state = 0; state < k; state++) {
            double weight = constraint.weight(t, state);
            h[row * k + state] = weight;
            if (weight != 0) {
                nonzero[row * k + found++] = state;
            }
        }
        nonzeros[row] = found;
        y[row] = constraint.value(t);
        r[row] = constraint.tolerance() * constraint.tolerance();
    }

    /** Rows of the date read last. */
    int count() {
        return count;
    }

    double y(int row) {
        return y[row];
    }

    /** Variance of its noise. */
    double r(int row) {
        return r[row];
    }
}
