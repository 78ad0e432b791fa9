package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lists and counts in sentences. */
final class Words {
    private Words() { }

    /** The items with a separator, broken between items; one item alone may be longer than the width. */
    static List<String> wrap(List<String> items, String separator, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            String item = items.get(i) + (i < items.size() - 1 ? separator : "");
            if (!line.isEmpty() && TextTable.length(line + item.stripTrailing()) > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(item);
        }
        lines.add(line.toString());
        return lines;
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String and(List<String> items) {
        int last = items.size() - 1;
        return last < 1 ? String.join("", items) : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    /** With a capital at its beginning and a full stop at its end. */
    static String sentence(String words) {
        String text = words.strip();
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first) + (text.matches("(?s).*[.!?]") ? "" : ".");
    }

    /** {@code 1 date}, {@code 2 dates}. */
    static String count(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}
