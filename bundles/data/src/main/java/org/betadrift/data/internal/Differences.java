package org.betadrift.data.internal;

import java.time.LocalDate;
import java.util.List;

/** Changes from row to row, of a column in its own file: once files are joined, the row before may be another one. */
final class Differences {
    private Differences() { }

    /** Missing in the first row and wherever one of the two cells is. */
    static Column of(Column column, List<LocalDate> dates) {
        Column differences = column.map(Differences::of);
        if (differences.isReadable()) {
            double[] d = differences.values();
            for (int t = 0; t < d.length; t++) {
                if (Double.isInfinite(d[t])) {
                    return column.unreadable(column.place() + " on " + dates.get(t) + " differs from the row before by " + d[t]
                            + ", but a difference must be finite: correct the file");
                }
            }
        }
        return differences;
    }

    private static double[] of(double[] values) {
        double[] d = new double[values.length];
        d[0] = Double.NaN;
        for (int t = 1; t < d.length; t++) {
            d[t] = values[t] - values[t - 1];
        }
        return d;
    }
}
