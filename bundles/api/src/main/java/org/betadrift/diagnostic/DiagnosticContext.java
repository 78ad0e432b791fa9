package org.betadrift.diagnostic;

import java.util.Objects;
import org.betadrift.filter.FilterResult;

/** What a diagnostic may read. Immutable. */
public final class DiagnosticContext {
    private final FilterResult filter;

    private DiagnosticContext(FilterResult filter) {
        this.filter = Objects.requireNonNull(filter, "filter");
    }

    /** @param filter the finished pass */
    public static DiagnosticContext of(FilterResult filter) {
        return new DiagnosticContext(filter);
    }

    /** The finished pass with its model and sample. */
    public FilterResult filter() {
        return filter;
    }
}
