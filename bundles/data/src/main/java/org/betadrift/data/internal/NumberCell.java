package org.betadrift.data.internal;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a cell may hold: nothing, or a finite decimal number. */
final class NumberCell {
    private static final Set<String> INFINITE = Set.of("inf", "infinity");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d+)?");

    private NumberCell() { }

    /** @return NaN for a missing value, an infinity for what is no finite number: {@link #refusal} says why */
    static double parse(String cell) {
        if (isMissing(cell)) {
            return Double.NaN;
        }
        double value = number(cell);
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    /** What is wrong with a cell, and what to do: the second half of a message. */
    static String refusal(String cell) {
        String word = cell.toLowerCase(Locale.ROOT).replaceFirst("^[+-]", "");
        if (INFINITE.contains(word)) {
            return "a value must be finite: leave the cell empty if the value is missing";
        }
        if (DECIMAL_COMMA.matcher(cell).matches()) {
            return "this looks like a decimal comma, and a number has a decimal point: write " + cell.replace(',', '.');
        }
        if (Double.isInfinite(number(cell))) {
            return "the largest number there is is 1.8e308: correct it";
        }
        return "a cell must be a number or empty: correct it";
    }

    private static boolean isMissing(String cell) {
        return cell.isEmpty() || cell.length() <= 3 && (cell.equalsIgnoreCase("NA") || cell.equalsIgnoreCase("NaN"));
    }

    /** @return NaN when the cell is no decimal number, an infinity when it is beyond all doubles */
    private static double number(String cell) {
        if (!isPlain(cell)) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Java would read {@code 1d}, {@code 0x1p3} and {@code Infinity} too, which are slips or mean something else. */
    private static boolean isPlain(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return true;
    }
}
