package org.betadrift.shell.internal;

import java.util.ArrayList;
import java.util.List;
import org.betadrift.model.InvalidInputException;

/** Lists of column names as users write them: separated by commas, in brackets where they could be misread ({@code [Mkt-RF]}). */
final class Names {
    private Names() { }

    /** @param option for the message */
    static List<String> parse(String option, String text) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean bracket = false;
        for (char c : (text + ",").toCharArray()) {
            if (c == ',' && !bracket) {
                names.add(bare(option, text, name.toString().strip()));
                name.setLength(0);
            } else {
                bracket = c == '[' || bracket && c != ']';
                name.append(c);
            }
        }
        if (bracket) {
            throw InvalidInputException.of(option, "\"" + text + "\"", "a bracket is not closed", "write [NAME]");
        }
        return names;
    }

    /** At every separator outside brackets. */
    static List<String> splitAll(String text, char separator) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        for (String[] two = split(rest, separator); two.length == 2; two = split(rest, separator)) {
            parts.add(two[0]);
            rest = two[1];
        }
        parts.add(rest);
        return parts;
    }

    /** At the first separator outside brackets: one part or two. */
    static String[] split(String text, char separator) {
        boolean bracket = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == separator && !bracket) {
                return new String[] {text.substring(0, i), text.substring(i + 1)};
            }
            bracket = c == '[' || bracket && c != ']';
        }
        return new String[] {text};
    }

    private static String bare(String option, String text, String name) {
        String bare = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        if (bare.isEmpty()) {
            throw InvalidInputException.of(option, "\"" + text + "\"", "a name is empty", "write NAME,NAME,...");
        }
        return bare;
    }
}
