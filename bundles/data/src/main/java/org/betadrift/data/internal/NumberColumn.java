package org.betadrift.data.internal;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** Takes the cells of one column, row by row. The first cell that is no number makes it unreadable; the rest is not looked at. */
final class NumberColumn {
    private final String name;
    private final String file;
    private double[] values = new double[64];
    private int size;
    private String unreadable;

    NumberColumn(String name, String file) {
        this.name = name;
        this.file = file;
    }

    void add(String cell, long line, LocalDate date) {
        if (unreadable != null) {
            return;
        }
        double value = NumberCell.parse(cell);
        if (Double.isInfinite(value)) {
            unreadable = Message.place(file, line) + " column " + Message.visible(name) + " on " + date + " is " + Message.quoted(cell)
                    + ", but " + NumberCell.refusal(cell);
            values = null;
            return;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size + size / 2);
        }
        values[size++] = value;
    }

    /** To be called once: lets go of the cells. */
    Column toColumn() {
        double[] exact = unreadable == null ? Arrays.copyOf(values, size) : null;
        values = null;
        return new Column(name, file, exact, unreadable, List.of());
    }
}
