package org.betadrift.testkit;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.betadrift.estimation.CausalFrom;

/** What an estimate may not change when the last rows of its sample never happened. */
final class Truncation {
    private static final double ROUNDING = 1e-12;

    private final RandomCase whole;
    private final CausalFrom causalFrom;
    private final LocalDate from;
    private final Numbers known;

    Truncation(RandomCase whole, CausalFrom causalFrom, Numbers known) {
        this.whole = whole;
        this.causalFrom = causalFrom;
        this.from = causalFrom.firstDate().orElse(LocalDate.MIN);
        this.known = known;
    }

    /** The shortest and the longest on which something must be the same, and some at random; none where nothing must. */
    List<RandomCase> cuts() {
        int shortest = 1 + (int) whole.dates.stream().filter(date -> date.isBefore(from)).count();
        int longest = whole.dates.size() - 1;
        if (causalFrom.isNever() || shortest > longest) {
            return List.of();
        }
        IntStream some = new Random(whole.toString().hashCode()).ints(3, shortest, longest + 1);
        return IntStream.concat(IntStream.of(shortest, longest), some).mapToObj(whole::until).toList();
    }

    void requireUnchanged(RandomCase cut, Numbers now) {
        LocalDate to = cut.dates.get(cut.dates.size() - 1);
        try {
            now.only(cell -> cell.date() == null || !cell.date().isBefore(from)).assertClose(
                    known.only(cell -> cell.date() == null || !cell.date().isBefore(from) && !cell.date().isAfter(to)), ROUNDING);
        } catch (AssertionError e) {
            throw new AssertionError("it says \"" + causalFrom + "\", but without the rows after " + to + " " + e.getMessage(), e);
        }
    }
}
