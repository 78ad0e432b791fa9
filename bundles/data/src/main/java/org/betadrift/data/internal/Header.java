package org.betadrift.data.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.betadrift.model.InvalidInputException;

/**
 * The first row of a file.
 *
 * @param names of the columns after the date, whose own name is nobody's business
 */
record Header(long line, List<String> names) {
    /** @throws InvalidInputException it is no text, has no column but the date, or a name that is empty or there twice */
    static Header of(Row row, String file) {
        requireText(row, file);
        List<String> names = new ArrayList<>();
        Map<String, Integer> positions = new HashMap<>();
        if (row.size() < 2) {
            throw Message.at(file, row.line(), "the header has the only column " + Message.quoted(row.cell(0))
                    + ", but columns of numbers must follow the date: separate them by comma, semicolon or tab");
        }
        for (int i = 1; i < row.size(); i++) {
            String name = row.cell(i);
            if (name.isEmpty()) {
                throw Message.at(file, row.line(), "the header is \"\" at position " + (i + 1) + " of " + row.size()
                        + ", but every column needs a name: name it or remove it");
            }
            Integer before = positions.put(name, i + 1);
            if (before != null) {
                throw Message.at(file, row.line(), "the header has the column " + Message.quoted(name) + " at position " + before
                        + " and again at " + (i + 1) + ": rename one of them");
            }
            names.add(name);
        }
        return new Header(row.line(), List.copyOf(names));
    }

    /**
     * A workbook, an archive or UTF-16 shows in the first row: no column name has control characters.
     *
     * @throws InvalidInputException it has
     */
    static void requireText(Row row, String file) {
        for (int i = 0; i < row.size(); i++) {
            if (row.cell(i).chars().anyMatch(c -> c < ' ' && !Character.isWhitespace(c))) {
                throw Message.at(file, row.line(), "the header is " + Message.quoted(row.cell(i))
                        + ", but that is no text: save the table as CSV in UTF-8");
            }
        }
    }

    /** Cells that a row must have. */
    int cells() {
        return names.size() + 1;
    }

    /** For messages: what to call the cell of a row. @param index 0 is the date, beyond the header allowed */
    String cellName(int index) {
        return index == 0 ? "date" : index < cells() ? "column " + Message.visible(names.get(index - 1)) : "cell " + (index + 1);
    }
}
