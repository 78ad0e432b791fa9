package org.betadrift.report.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Lines of text under headings. */
final class Page {
    /** Columns of a wide terminal. */
    static final int WIDTH = 120;
    private static final String INDENT = "  ";
    /** What fits on an indented line. */
    static final int BODY = WIDTH - INDENT.length();

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    private final StringBuilder text = new StringBuilder();

    /** A column name may hold a line break or a terminal's control sequence: neither may act here. */
    Page line(String line) {
        text.append(CONTROL.matcher(line).replaceAll(" ").stripTrailing()).append('\n');
        return this;
    }

    /** After an empty line, except at the top. */
    Page heading(String heading) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        return line(heading);
    }

    Page body(List<String> lines) {
        lines.forEach(line -> line(INDENT + line));
        return this;
    }

    byte[] utf8() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
