package org.betadrift.run;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.betadrift.estimation.CausalFrom;

/**
 * A run tested for look-ahead by truncation: it was made again with all rows after a cut taken away, for several cuts, and every
 * predicted and filtered value up to the cut compared. Immutable.
 */
public final class Audit {
    /**
     * What differs of one state: the date where it differs most, of all those up to the cut that the claim covers.
     *
     * @param cut the last row that was left
     * @param date of the value
     * @param state by name
     * @param quantity e.g. {@code filtered mean}
     * @param whole its value in the run
     * @param truncated its value without the rows after the cut
     */
    public record Change(LocalDate cut, LocalDate date, String state, String quantity, double whole, double truncated) { }

    private final CausalFrom claim;
    private final long seed;
    private final List<LocalDate> cuts;
    private final Map<LocalDate, String> failures;
    private final List<Change> changes;

    private Audit(CausalFrom claim, long seed, List<LocalDate> cuts, Map<LocalDate, String> failures, List<Change> changes) {
        this.claim = Objects.requireNonNull(claim, "claim");
        this.seed = seed;
        this.cuts = List.copyOf(cuts);
        this.failures = Collections.unmodifiableMap(new TreeMap<>(failures));
        this.changes = List.copyOf(changes);
    }

    /**
     * For the runtime.
     *
     * @param cuts that could be compared
     * @param failures why a run up to a cut failed, by cut
     */
    public static Audit of(CausalFrom claim, long seed, List<LocalDate> cuts, Map<LocalDate, String> failures, List<Change> changes) {
        return new Audit(claim, seed, cuts, failures, changes);
    }

    /** From when on the run says it is causal. */
    public CausalFrom claim() {
        return claim;
    }

    /** Of the choice of cuts. */
    public long seed() {
        return seed;
    }

    /** The last rows that were left, ascending: those that could be compared. */
    public List<LocalDate> cuts() {
        return cuts;
    }

    /** Cuts at which the run fails with so few rows, and why. */
    public Map<LocalDate, String> failures() {
        return failures;
    }

    /**
     * What changed, by cut, on the dates that the claim covers. Where the run claims nothing these are all dates, and the changes show
     * how much the look-ahead is worth.
     */
    public List<Change> changes() {
        return changes;
    }

    /** Whether the run claims to be causal, and a value it claims that of changed. */
    public boolean isBroken() {
        return !claim.isNever() && !changes.isEmpty();
    }

    /** Whether a claim was tested and held. */
    public boolean holds() {
        return !claim.isNever() && changes.isEmpty() && !cuts.isEmpty();
    }
}
