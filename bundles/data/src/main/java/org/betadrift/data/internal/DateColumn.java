package org.betadrift.data.internal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.betadrift.model.InvalidInputException;

/** Takes the dates of one file, row by row: one style, strictly ascending; keeps those within the cut. */
final class DateColumn {
    private final String file;
    private final Cut cut;
    private final List<LocalDate> kept = new ArrayList<>();
    private DateStyle style;
    private long firstLine;
    private LocalDate first;
    private LocalDate last;
    private long lastLine;

    DateColumn(String file, Cut cut) {
        this.file = file;
        this.cut = cut;
    }

    /**
     * @return whether the row is kept
     * @throws InvalidInputException it is no date, of another style, or not after the row before
     */
    boolean add(String cell, long line) {
        LocalDate date = parse(cell, line);
        if (first == null) {
            first = date;
        } else if (date.equals(last)) {
            throw Message.at(file, line, "date is " + Message.quoted(cell) + ", but line " + lastLine
                    + " has the same date: keep one of the two rows");
        } else if (date.isBefore(last)) {
            throw Message.at(file, line, "date is " + Message.quoted(cell) + ", but line " + lastLine + " has the later date " + last
                    + ": sort the rows, oldest first");
        }
        last = date;
        lastLine = line;
        boolean keep = cut.holds(date);
        if (keep) {
            kept.add(date);
        }
        return keep;
    }

    private LocalDate parse(String cell, long line) {
        if (style == null) {
            style = DateStyle.of(cell).orElseThrow(() -> noDate(cell, line, "it must be one of " + DateStyle.all() + ": rewrite it"));
            firstLine = line;
        }
        try {
            return style.parse(cell);
        } catch (DateTimeException e) {
            throw wrong(cell, line);
        }
    }

    /** Why a text isn't a date; costs nothing until there is such a text. */
    private InvalidInputException wrong(String cell, long line) {
        return DateStyle.of(cell)
                .map(other -> other == style
                        ? noDate(cell, line, "there is no such date: correct it")
                        : noDate(cell, line, "line " + firstLine + " is written " + style + ": write all dates of a file the same way"))
                .orElseGet(() -> noDate(cell, line, "it must be written " + style + " like line " + firstLine + ": correct it"));
    }

    private InvalidInputException noDate(String cell, long line, String rule) {
        return Message.at(file, line, "date is " + Message.quoted(cell) + ", but " + rule);
    }

    /** The date of the row added last. */
    LocalDate last() {
        return last;
    }

    /**
     * The dates within the cut.
     *
     * @throws InvalidInputException there is none
     */
    List<LocalDate> dates() {
        if (kept.isEmpty()) {
            throw Message.of(file, "no row is dated " + cut + ", the file runs from " + first + " to " + last
                    + ": change --from or --to");
        }
        return kept;
    }
}
