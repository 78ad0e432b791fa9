package org.betadrift.estimation;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;

/**
 * The first date s0 such that no value dated s >= s0 changes when all rows after s are removed; or never. Immutable.
 */
public final class CausalFrom {
    private static final CausalFrom ALWAYS = new CausalFrom(LocalDate.MIN);
    private static final CausalFrom NEVER = new CausalFrom(null);
    private final LocalDate date; // MIN = always, null = never

    private CausalFrom(LocalDate date) {
        this.date = date;
    }

    /** Read from no data, or at every date only from rows up to it. */
    public static CausalFrom always() {
        return ALWAYS;
    }

    /** Uses the whole sample. */
    public static CausalFrom never() {
        return NEVER;
    }

    /** Fitted on the first {@code rows} rows of a sample. */
    public static CausalFrom afterRows(Sample sample, int rows) {
        if (rows < 1 || rows > sample.periods()) {
            throw InvalidInputException.of("number of rows", rows, "the sample has " + sample.periods(), "pass 1 to " + sample.periods());
        }
        return new CausalFrom(sample.date(rows - 1));
    }

    /** What rests on both. */
    public CausalFrom and(CausalFrom other) {
        if (isNever() || other.isNever()) {
            return NEVER;
        }
        return date.isAfter(other.date) ? this : other;
    }

    /** Whether every value rests on the whole sample. */
    public boolean isNever() {
        return date == null;
    }

    /** Empty for never and for always. */
    public Optional<LocalDate> firstDate() {
        return date == LocalDate.MIN ? Optional.empty() : Optional.ofNullable(date);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof CausalFrom c && Objects.equals(date, c.date);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(date);
    }

    /** {@code uses the whole sample}, {@code causal}, or {@code causal from DATE}. */
    @Override
    public String toString() {
        return isNever() ? "uses the whole sample" : "causal" + firstDate().map(d -> " from " + d).orElse("");
    }
}
