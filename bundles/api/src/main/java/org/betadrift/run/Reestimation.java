package org.betadrift.run;

import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.betadrift.model.InvalidInputException;

/**
 * Point in time: everything is estimated anew on all rows so far, first once {@code minimumRows} rows are there, then every
 * {@code every} after the date of the first time. Each such vintage serves the dates after its last row, until the next one.
 *
 * @param every between two vintages, e.g. {@code P1Y}
 * @param minimumRows of the first vintage
 */
public record Reestimation(Period every, int minimumRows) {
    /** @throws InvalidInputException one isn't positive */
    public Reestimation {
        Objects.requireNonNull(every, "every");
        if (every.isZero() || every.isNegative()) {
            throw InvalidInputException.of("time between re-estimations", every, "it must be positive", "a year is P1Y");
        }
        if (minimumRows < 1) {
            throw InvalidInputException.of("rows of the first estimation", minimumRows, "it must be positive", "give 1 or more");
        }
    }

    /**
     * How many rows each vintage is estimated on, ascending. A vintage is there before the row it serves is: its rows are those up
     * to its due date, so whether there is one at a date depends on no later row.
     *
     * @param dates of a sample
     * @throws InvalidInputException there aren't more dates than {@link #minimumRows}
     */
    public List<Integer> rows(List<LocalDate> dates) {
        if (dates.size() <= minimumRows) {
            throw InvalidInputException.of("rows of the first estimation", minimumRows, "the sample has " + dates.size(),
                    "give more data or fewer rows: a vintage serves the dates after it");
        }
        List<Integer> rows = new ArrayList<>();
        LocalDate first = dates.get(minimumRows - 1);
        rows.add(minimumRows);
        int due = 0; // how many times the period went by since the first
        for (int t = minimumRows; t < dates.size(); t++) {
            int before = due;
            while (dates.get(t).isAfter(after(first, due + 1))) {
                due++;
            }
            if (due > before && t > minimumRows) {
                rows.add(t); // the rows before t
            }
        }
        return List.copyOf(rows);
    }

    /** From the first date each time, so that the 31st stays the 31st; the end of a month stays one where the period has no days. */
    private LocalDate after(LocalDate first, int times) {
        LocalDate due = first.plus(every.multipliedBy(times));
        boolean ends = every.getDays() == 0 && first.getDayOfMonth() == first.lengthOfMonth();
        return ends ? due.withDayOfMonth(due.lengthOfMonth()) : due;
    }
}
