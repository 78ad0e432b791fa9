package org.betadrift.data.internal;

import java.util.Set;
import org.betadrift.data.Frequency;
import org.betadrift.data.PanelRequest;

/** Brings a table to weeks or months: returns compound, differences add up, of levels the last one counts. */
final class Aggregation {
    private static final String COMPOUNDED = "compounded return";
    /** A period's return of 1000 %: more likely a level, or percent, taken for a return. */
    private static final double IMPLAUSIBLE = 10;

    private final Table table;
    private final Periods periods;
    private final Set<String> levels;
    private final Set<String> deltas;

    private Aggregation(Table table, PanelRequest request) {
        this.table = table;
        this.periods = Periods.of(request.frequency(), table.dates());
        this.levels = request.levels();
        this.deltas = request.deltas();
    }

    /** @param table its deltas differenced already */
    static Table of(Table table, PanelRequest request) {
        if (request.frequency() == Frequency.NONE) {
            return table;
        }
        Aggregation a = new Aggregation(table, request);
        return new Table(table.file(), a.periods.ends(), table.columns().stream().map(a::aggregate).toList());
    }

    private Column aggregate(Column column) {
        if (!column.isReadable()) {
            return column;
        }
        if (levels.contains(column.name())) {
            return column.map(v -> periods.fold(v, Aggregation::last));
        }
        return deltas.contains(column.name()) ? fold(column, Aggregation::sum, "sum") : compound(column);
    }

    /** Nothing loses more than all of it, so a value below -1 isn't a return; a level was forgotten to be declared. */
    private Column compound(Column column) {
        double[] v = column.values();
        for (int t = 0; t < v.length; t++) {
            if (v[t] < -1) {
                return column.unreadable(column.place() + " on " + table.dates().get(t) + " is " + v[t]
                        + ", but a return below -1 can't compound: declare the column with --level or --delta if it holds no returns, divide it by 100 if it is in percent");
            }
        }
        return fold(column, Aggregation::compound, COMPOUNDED);
    }

    /** Values of 1e200, say, go beyond all numbers when they are put together. */
    private Column fold(Column column, Periods.Fold fold, String what) {
        boolean compounds = what.equals(COMPOUNDED);
        double[] folded = periods.fold(column.values(), fold);
        double largest = 0;
        for (int p = 0; p < folded.length; p++) {
            largest = folded[p] > largest ? folded[p] : largest;
            if (Double.isInfinite(folded[p])) {
                return column.unreadable(column.place() + ": the " + what + " of the period that ends on " + periods.ends().get(p)
                        + " is " + folded[p] + ", but it must be finite: correct the column, or declare it with --level");
            }
        }
        Column result = column.map(v -> folded);
        return compounds && largest > IMPLAUSIBLE ? result.warned(implausible(column, folded)) : result;
    }

    private String implausible(Column column, double[] folded) {
        int p = 0;
        while (!(folded[p] > IMPLAUSIBLE)) {
            p++;
        }
        return column.place() + " compounds to " + folded[p] + " in the period that ends on " + periods.ends().get(p)
                + ": if it holds no decimal returns, declare it by --level or --delta, or divide percent by 100";
    }

    /** {@code prod(1 + r) - 1} by way of logarithms, which keeps the digits of small returns; -1 gives -1. */
    private static double compound(double[] v, int from, int to) {
        double logs = 0;
        boolean present = false;
        for (int t = from; t < to; t++) {
            if (!Double.isNaN(v[t])) {
                logs += Math.log1p(v[t]);
                present = true;
            }
        }
        return present ? Math.expm1(logs) : Double.NaN;
    }

    private static double sum(double[] v, int from, int to) {
        double sum = 0;
        boolean present = false;
        for (int t = from; t < to; t++) {
            if (!Double.isNaN(v[t])) {
                sum += v[t];
                present = true;
            }
        }
        return present ? sum : Double.NaN;
    }

    private static double last(double[] v, int from, int to) {
        for (int t = to - 1; t >= from; t--) {
            if (!Double.isNaN(v[t])) {
                return v[t];
            }
        }
        return Double.NaN;
    }
}
