package org.betadrift.testkit;

import java.time.LocalDate;

/**
 * The place of a number in a result, by names, so that neither the order of the factors nor rows that were removed matter.
 *
 * @param quantity for example {@code Q}
 * @param date null when it isn't bound to one
 * @param row a state or a target
 * @param column empty for vectors
 */
record Cell(String quantity, LocalDate date, String row, String column) {
    /** An entry of a symmetric matrix: (a, b) is (b, a). */
    static Cell symmetric(String quantity, LocalDate date, String a, String b) {
        return a.compareTo(b) <= 0 ? new Cell(quantity, date, a, b) : new Cell(quantity, date, b, a);
    }

    @Override
    public String toString() {
        return quantity + "(" + row + (column.isEmpty() ? "" : ", " + column) + ")" + (date == null ? "" : " on " + date);
    }
}
