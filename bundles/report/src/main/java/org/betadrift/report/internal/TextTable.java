package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, padded to one width each: words left, numbers right. Not thread-safe. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String> titles = new ArrayList<>();
    private final List<Boolean> rights = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column of words. @param title the table has no header when all are empty */
    TextTable left(String title) {
        return column(title, false);
    }

    /** Adds a column of numbers. @param title the table has no header when all are empty */
    TextTable right(String title) {
        return column(title, true);
    }

    private TextTable column(String title, boolean right) {
        titles.add(title);
        rights.add(right);
        return this;
    }

    TextTable row(String... cells) {
        return row(List.of(cells));
    }

    /** @param cells as many as there are columns */
    TextTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /** Header, if any, and rows. */
    List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        if (hasHeader()) {
            lines.add(line(titles, widths));
        }
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    /** Of the widest line. */
    int width() {
        int width = GAP.length() * Math.max(0, titles.size() - 1);
        for (int w : widths()) {
            width += w;
        }
        return width;
    }

    /** Of a text at a terminal, where a character beyond the basic plane takes one place too. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private boolean hasHeader() {
        return titles.stream().anyMatch(title -> !title.isEmpty());
    }

    private int[] widths() {
        int[] widths = new int[titles.size()];
        for (int c = 0; c < widths.length; c++) {
            int column = c;
            widths[c] = Math.max(length(titles.get(c)), rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0));
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String padding = " ".repeat(widths[c] - length(cells.get(c)));
            line.append(c == 0 ? "" : GAP).append(rights.get(c) ? padding + cells.get(c) : cells.get(c) + padding);
        }
        return line.toString().stripTrailing();
    }
}
