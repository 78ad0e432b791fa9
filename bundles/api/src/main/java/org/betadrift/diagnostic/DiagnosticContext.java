package org.betadrift.diagnostic;

import java.util.Objects;
import java.util.Optional;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterResult;

/** What a diagnostic may read. Immutable. */
public final class DiagnosticContext {
    private final FilterResult filter;
    private final FilterEngine engine;    // null = none
    private final Alternative alternative; // null = none

    private DiagnosticContext(FilterResult filter, FilterEngine engine, Alternative alternative) {
        this.filter = Objects.requireNonNull(filter, "filter");
        this.engine = engine;
        this.alternative = alternative;
    }

    /** @param filter the finished pass */
    public static DiagnosticContext of(FilterResult filter) {
        return new DiagnosticContext(filter, null, null);
    }

    /** The same for diagnostics that filter again. @param itsEngine the pass's own */
    public DiagnosticContext withEngine(FilterEngine itsEngine) {
        return new DiagnosticContext(filter, Objects.requireNonNull(itsEngine, "engine"), alternative);
    }

    /** The same with a wider model to test the pass's against. */
    public DiagnosticContext withAlternative(Alternative wider) {
        return new DiagnosticContext(filter, engine, Objects.requireNonNull(wider, "alternative"));
    }

    /** The finished pass with its model and sample. */
    public FilterResult filter() {
        return filter;
    }

    /** Empty where nobody lends one. */
    public Optional<FilterEngine> engine() {
        return Optional.ofNullable(engine);
    }

    /** Empty where none was estimated. */
    public Optional<Alternative> alternative() {
        return Optional.ofNullable(alternative);
    }
}
