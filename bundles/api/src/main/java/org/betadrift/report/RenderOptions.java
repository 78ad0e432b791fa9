package org.betadrift.report;

import java.util.Objects;

/**
 * How to write a run.
 *
 * @param title the first line of a report for people
 */
public record RenderOptions(String title) {
    /** Checks. */
    public RenderOptions {
        Objects.requireNonNull(title, "title");
    }
}
