package org.betadrift.data.internal;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.Arrays;

/** The row that FastCSV has just read. One object for all rows: take what is needed before the next one comes. */
final class Row extends AbstractBaseCsvCallbackHandler<Row> {
    /** Stands where the file had bytes that are no UTF-8. */
    private static final char UNDECODABLE = '\uFFFD';

    private String[] cells = new String[16];
    private int size;
    private int undecodable = -1;

    @Override
    protected void handleBegin(long line) {
        size = 0;
        undecodable = -1;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        if (index == cells.length) {
            cells = Arrays.copyOf(cells, 2 * index);
        }
        cells[index] = new String(buffer, offset, length).strip();
        if (cells[index].indexOf(UNDECODABLE) >= 0 && undecodable < 0) {
            undecodable = index;
        }
        size = index + 1;
    }

    @Override
    protected Row buildRecord() {
        return this;
    }

    /** The line of the file that the row begins on, the first one is 1. */
    long line() {
        return getStartingLineNumber();
    }

    int size() {
        return size;
    }

    /** Trimmed. */
    String cell(int index) {
        return cells[index];
    }

    /** Index of the first cell with bytes that are no UTF-8, -1 where there is none. */
    int undecodable() {
        return undecodable;
    }

    /** Whether every cell is empty: a line of blanks, or of the separators that spreadsheets leave below a table. */
    boolean isBlank() {
        for (int i = 0; i < size; i++) {
            if (!cells[i].isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
