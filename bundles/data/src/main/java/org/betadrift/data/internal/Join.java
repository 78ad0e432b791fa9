package org.betadrift.data.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.betadrift.model.InvalidInputException;

/** Puts tables side by side on the first one's dates; dates of the others that it lacks are dropped. */
final class Join {
    /** Holidays may differ; more than this share of rows without a partner is a loss that should be known. */
    private static final double LOSS = 0.1;

    private Join() { }

    /**
     * @param tables at least one
     * @throws InvalidInputException two files have a column of the same name
     */
    static Table of(List<Table> tables) {
        Table first = tables.get(0);
        requireDistinct(tables);
        List<Column> columns = new ArrayList<>(first.columns());
        for (Table other : tables.subList(1, tables.size())) {
            int[] rows = rows(first.dates(), other.dates());
            boolean apart = Arrays.stream(rows).allMatch(row -> row < 0);
            long within = other.dates().stream().filter(d -> !d.isBefore(first.dates().get(0)) && !d.isAfter(last(first))).count();
            long lost = within - Arrays.stream(rows).filter(row -> row >= 0).count();
            for (Column column : other.columns()) {
                Column joined = apart && column.isReadable() ? column.unreadable(apart(column, first, other)) : column.map(v -> pick(v, rows));
                columns.add(lost > LOSS * within ? joined.warned(lost(first, other, lost, within)) : joined);
            }
        }
        return new Table(first.file(), first.dates(), List.copyOf(columns));
    }

    private static void requireDistinct(List<Table> tables) {
        Map<String, String> files = new HashMap<>();
        for (Table table : tables) {
            for (Column column : table.columns()) {
                String other = files.put(column.name(), column.file());
                if (other != null) {
                    throw Message.of(column.file(), "the column " + Message.quoted(column.name()) + " is also in " + Message.visible(other)
                            + ", but a name must tell one column: rename one of them");
                }
            }
        }
    }

    private static LocalDate last(Table table) {
        return table.dates().get(table.dates().size() - 1);
    }

    private static String lost(Table first, Table other, long lost, long within) {
        return lost + " of the " + within + " rows of " + Message.visible(other.file()) + " within the dates of " + Message.visible(first.file())
                + " are lost: files are joined on the first one's dates, and it has no row on theirs";
    }

    /** A column without any value would only say later, and less clearly, that it is empty. */
    private static String apart(Column column, Table first, Table other) {
        return Message.visible(other.file()) + ": none of its dates (" + other.range() + ") is a date of " + Message.visible(first.file())
                + " (" + first.range() + "), so column " + Message.visible(column.name())
                + " is empty: check the dates or the order of the files";
    }

    /** For each wanted date its row, -1 where there is none. Both lists ascend, so one pass finds all. */
    private static int[] rows(List<LocalDate> wanted, List<LocalDate> present) {
        int[] rows = new int[wanted.size()];
        int p = 0;
        for (int t = 0; t < rows.length; t++) {
            LocalDate date = wanted.get(t);
            while (p < present.size() && present.get(p).isBefore(date)) {
                p++;
            }
            rows[t] = p < present.size() && present.get(p).equals(date) ? p : -1;
        }
        return rows;
    }

    private static double[] pick(double[] values, int[] rows) {
        double[] picked = new double[rows.length];
        for (int t = 0; t < rows.length; t++) {
            picked[t] = rows[t] < 0 ? Double.NaN : values[rows[t]];
        }
        return picked;
    }
}
