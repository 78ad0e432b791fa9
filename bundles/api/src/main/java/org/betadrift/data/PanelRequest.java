package org.betadrift.data;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.betadrift.model.InvalidInputException;

/** What to read and how to bring it to one frequency. Immutable. */
public final class PanelRequest {
    private final List<Path> files;
    private final Frequency frequency;
    private final Set<String> levels;
    private final Set<String> deltas;
    private final LocalDate from;
    private final LocalDate to;

    private PanelRequest(List<Path> files, Frequency frequency, Set<String> levels, Set<String> deltas, LocalDate from, LocalDate to) {
        this.files = List.copyOf(files);
        this.frequency = Objects.requireNonNull(frequency, "frequency");
        this.levels = Collections.unmodifiableSet(new LinkedHashSet<>(levels));
        this.deltas = Collections.unmodifiableSet(new LinkedHashSet<>(deltas));
        this.from = from;
        this.to = to;
        if (files.isEmpty()) {
            throw InvalidInputException.of("number of files", 0, "there is nothing to read", "name a file");
        }
        if (from != null && to != null && from.isAfter(to)) {
            throw InvalidInputException.of("first date", from, "it is after the last date " + to, "swap them");
        }
        for (String column : deltas) {
            if (levels.contains(column)) {
                throw InvalidInputException.of("column " + column, "both a level and a delta", "it can be one of them", "drop one");
            }
        }
    }

    /** All rows, as they are. @param files the first one's dates count, the others are joined to them */
    public static PanelRequest of(List<Path> files) {
        return new PanelRequest(files, Frequency.NONE, Set.of(), Set.of(), null, null);
    }

    /** The periods to aggregate to. */
    public PanelRequest withFrequency(Frequency f) {
        return new PanelRequest(files, f, levels, deltas, from, to);
    }

    /** Columns whose last value of a period counts; the others are returns and compound. */
    public PanelRequest withLevels(Set<String> columns) {
        return new PanelRequest(files, frequency, columns, deltas, from, to);
    }

    /** Columns that are differenced in their own file, then summed over a period. */
    public PanelRequest withDeltas(Set<String> columns) {
        return new PanelRequest(files, frequency, levels, columns, from, to);
    }

    /** Cuts the input rows, before anything else. @param first inclusive, null = open; @param last inclusive, null = open */
    public PanelRequest withDates(LocalDate first, LocalDate last) {
        return new PanelRequest(files, frequency, levels, deltas, first, last);
    }

    /** The first one's dates count. */
    public List<Path> files() {
        return files;
    }

    /** The periods to aggregate to. */
    public Frequency frequency() {
        return frequency;
    }

    /** Columns whose last value of a period counts. */
    public Set<String> levels() {
        return levels;
    }

    /** Columns that are differenced, then summed. */
    public Set<String> deltas() {
        return deltas;
    }

    /** Inclusive. */
    public Optional<LocalDate> from() {
        return Optional.ofNullable(from);
    }

    /** Inclusive. */
    public Optional<LocalDate> to() {
        return Optional.ofNullable(to);
    }
}
