package org.betadrift.data.internal;

import org.betadrift.model.InvalidInputException;

/** Error texts: always one line, always with the place, never with a character one can't see. */
final class Message {
    private static final int LONGEST_VALUE = 60;

    private Message() { }

    /** An error of a whole file. */
    static InvalidInputException of(String file, String what) {
        return new InvalidInputException(visible(file) + ": " + what);
    }

    /** An error of one line. */
    static InvalidInputException at(String file, long line, String what) {
        return new InvalidInputException(place(file, line) + " " + what);
    }

    /** {@code FILE:LINE}, as editors understand it. */
    static String place(String file, long line) {
        return visible(file) + ":" + line;
    }

    /** A value as it stands in the file, in quotes, cut when it is long. */
    static String quoted(String value) {
        String shown = value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "...";
        return '"' + visible(shown) + '"';
    }

    /** Line ends, NULs, no-break spaces and the like become escapes: a reader could not find them otherwise. */
    static String visible(String text) {
        StringBuilder b = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (isHidden(c)) {
                b.append(String.format("\\u%04X", c));
            } else {
                b.append((char) c);
            }
        });
        return b.toString();
    }

    private static boolean isHidden(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                || c != ' ' && (Character.isSpaceChar(c) || Character.isWhitespace(c));
    }
}
