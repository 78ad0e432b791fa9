package org.betadrift.filter.internal;

import java.util.Arrays;

/**
 * What a pass back needs of every date of a forward pass: -P h / S, -y~ / S and -1 / S. With the minus no recursion over it changes a
 * sign. On a date with an infinite S they have their limits, -M_inf / S_inf, 0 and 0 (Durbin and Koopman 2012, 5.3); where
 * nothing was told they are zeros. One thread, no allocation after birth.
 */
final class Tape {
    /** Values a date has: K of the gain, y~ / S, 1 / S. */
    final int step;
    /** n rows of them. */
    final double[] rows;
    private boolean smooth;

    Tape(FlatModel model) {
        step = model.states + 2;
        rows = new double[model.dates * step];
    }

    /** A pass begins. */
    void begin() {
        smooth = true;
    }

    /** Date t told nothing. */
    void nothing(int t) {
        Arrays.fill(rows, t * step, (t + 1) * step, 0);
    }

    /** Date t was foretold without any doubt, S = 0: with the least noise it would count log S, so there is no derivative. */
    void redundant(int t) {
        nothing(t);
        smooth = false;
    }

    /** y~ / S as it is when every y is so many times as large. */
    void scaleInnovations(double by) {
        for (int at = step - 2; at < rows.length; at += step) {
            rows[at] *= by;
        }
    }

    /** Whether the log-likelihood has derivatives here. */
    boolean isSmooth() {
        return smooth;
    }
}
