package org.betadrift.data.internal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a file writes its dates. A period is dated by its last day. The digits are read here and not by a formatter of
 * java.time, which takes a third of the time that a large file takes.
 */
enum DateStyle {
    /** A day. */
    DAY("YYYY-MM-DD", text -> LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))),
    /** A month. */
    MONTH("YYYY-MM", text -> endOfMonth(number(text, 0, 4), number(text, 5, 7))),
    /** A quarter of a year. */
    QUARTER("YYYY-Qn", text -> endOfMonth(number(text, 0, 4), 3 * number(text, 6, 7))),
    /** A year. */
    YEAR("YYYY", text -> endOfMonth(number(text, 0, 4), 12));

    private final String written;
    private final Function<String, LocalDate> parser;

    DateStyle(String written, Function<String, LocalDate> parser) {
        this.written = written;
        this.parser = parser;
    }

    /** The style that the text is written in, be there such a date or not. */
    static Optional<DateStyle> of(String text) {
        return Arrays.stream(values()).filter(style -> style.fits(text)).findFirst();
    }

    /** Every style, for messages. */
    static String all() {
        return Arrays.stream(values()).map(DateStyle::toString).collect(Collectors.joining(", "));
    }

    /** @throws DateTimeException it is written in another style, or there is no such date */
    LocalDate parse(String text) {
        if (!fits(text)) {
            throw new DateTimeException("not " + written);
        }
        return parser.apply(text);
    }

    /** Dashes and the Q where they belong, ASCII digits everywhere else. */
    private boolean fits(String text) {
        if (text.length() != written.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char expected = written.charAt(i);
            char c = text.charAt(i);
            if (expected == '-' || expected == 'Q' ? c != expected : c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static LocalDate endOfMonth(int year, int month) {
        return YearMonth.of(year, month).atEndOfMonth();
    }

    /** As users know it, {@code YYYY-MM-DD}. */
    @Override
    public String toString() {
        return written;
    }
}
