package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.FilterResult;

/** a_t'beta - c_t and its variance of every constraint and date, as they were taken. One thread. */
final class ConstraintInnovations {
    private final int rows;
    private final double[] misses;
    private final double[] variances;

    /** @param keeps false when nobody asks */
    ConstraintInnovations(int dates, int rows, boolean keeps) {
        this.rows = rows;
        misses = keeps ? new double[dates * rows] : null;
        variances = keeps ? new double[dates * rows] : null;
        if (keeps) {
            Arrays.fill(misses, Double.NaN); // and a variance of 0: a row that says nothing
        }
    }

    /** After the kernel has seen row i of date t. */
    void keep(Kernel kernel, int t, int i, Kernel.Outcome outcome) {
        if (misses == null || outcome == Kernel.Outcome.REDUNDANT) {
            return;
        }
        boolean seen = outcome == Kernel.Outcome.SEEN;
        misses[t * rows + i] = seen ? -kernel.innovation() : Double.NaN;
        variances[t * rows + i] = seen ? kernel.innovationVariance() : Double.NaN;
    }

    void into(FilterResult.Builder result) {
        result.constraints(misses, variances);
    }
}
