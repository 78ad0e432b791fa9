package org.betadrift.data.internal;

import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Columns on strictly ascending dates: what a file holds, and what becomes of it.
 *
 * @param file the file that gave the dates
 */
record Table(String file, List<LocalDate> dates, List<Column> columns) {
    Table map(UnaryOperator<Column> change) {
        return new Table(file, dates, columns.stream().map(change).toList());
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** For messages. */
    String range() {
        return dates.get(0) + " to " + dates.get(dates.size() - 1);
    }
}
