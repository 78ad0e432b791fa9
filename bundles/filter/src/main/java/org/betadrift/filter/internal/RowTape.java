package org.betadrift.filter.internal;

import java.util.Arrays;

/**
 * What a {@link RowScorePass} needs of every row of a forward pass: K = P h / S, y~ / S and 1 / S. Where S is infinite they have their
 * limits M_inf / S_inf, 0 and 0; where a row was known already they are zeros. One thread, no allocation after birth.
 */
final class RowTape {
    /** Values a row has: K of the gain, y~ / S, 1 / S. */
    final int step;
    /** All rows of all dates. */
    final double[] rows;
    private boolean smooth;

    RowTape(RowModel model) {
        step = model.states + 2;
        rows = new double[model.firstRow[model.dates] * step];
    }

    /** A pass begins. */
    void begin() {
        smooth = true;
    }

    /** Of the row the state saw last. */
    void keep(int row, Kernel.Outcome outcome, RowState state) {
        int at = row * step;
        switch (outcome) {
            case SEEN -> {
                state.copyGain(rows, at);
                rows[at + step - 2] = state.innovation() / state.innovationVariance();
                rows[at + step - 1] = 1 / state.innovationVariance();
            }
            case DIFFUSE -> {
                state.copyGain(rows, at);
                rows[at + step - 2] = 0;
                rows[at + step - 1] = 0;
            }
            default -> Arrays.fill(rows, at, at + step, 0);
        }
    }

    /** A row of y was foretold without any doubt, S = 0: with the least noise it would count log S, so there is no derivative. */
    void rough() {
        smooth = false;
    }

    /** Whether the log-likelihood has derivatives here. */
    boolean isSmooth() {
        return smooth;
    }

    /** y~ / S as it is when every y is so many times as large. */
    void scaleInnovations(double by) {
        for (int at = step - 2; at < rows.length; at += step) {
            rows[at] *= by;
        }
    }
}
