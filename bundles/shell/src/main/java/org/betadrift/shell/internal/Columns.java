package org.betadrift.shell.internal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of text, aligned by column. */
final class Columns {
    private final List<String[]> rows = new ArrayList<>();

    Columns row(Object... cells) {
        String[] row = new String[cells.length];
        for (int c = 0; c < row.length; c++) {
            row[c] = String.valueOf(cells[c]);
        }
        rows.add(row);
        return this;
    }

    void print(PrintStream out) {
        int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int c = 0; c < row.length; c++) {
                widths[c] = Math.max(widths[c], row[c].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.length; c++) {
                line.append(String.format(Locale.ROOT, "%-" + (widths[c] + 2) + "s", row[c]));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
