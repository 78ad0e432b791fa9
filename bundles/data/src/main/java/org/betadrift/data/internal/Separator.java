package org.betadrift.data.internal;

import java.io.BufferedReader;
import java.io.IOException;

/** Finds out what stands between the cells: a comma, or else a semicolon, or else a tab, whichever the header has outside quotes. */
final class Separator {
    /** Characters to look at; a header is not longer. */
    private static final int LONGEST_HEADER = 1 << 24;

    private Separator() { }

    /** Leaves the reader where it was. */
    static char of(BufferedReader in) throws IOException {
        in.mark(LONGEST_HEADER);
        boolean quoted = false;
        boolean begun = false;
        boolean semicolon = false;
        boolean tab = false;
        boolean comma = false;
        int c = in.read();
        for (int i = 1; i < LONGEST_HEADER && c >= 0 && !comma && !(begun && !quoted && isLineEnd(c)); i++) {
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted) {
                comma = c == ',';
                semicolon |= c == ';';
                tab |= c == '\t';
            }
            begun |= !Character.isWhitespace(c);
            c = in.read();
        }
        in.reset();
        return comma || !semicolon && !tab ? ',' : semicolon ? ';' : '\t';
    }

    private static boolean isLineEnd(int c) {
        return c == '\n' || c == '\r';
    }
}
