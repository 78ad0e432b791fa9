package org.betadrift.shell.internal;

import java.time.Period;
import java.util.LinkedHashMap;
import java.util.Map;
import org.betadrift.model.InvalidInputException;
import org.betadrift.run.Reestimation;

/** {@code --reestimate}: {@code yearly}, {@code quarterly} or {@code monthly}, and how many rows the first estimation has. */
final class Schedule {
    private static final int ROWS = 60;
    private static final Map<String, Period> PERIODS = new LinkedHashMap<>();

    static {
        PERIODS.put("yearly", Period.ofYears(1));
        PERIODS.put("quarterly", Period.ofMonths(3));
        PERIODS.put("monthly", Period.ofMonths(1));
    }

    private Schedule() { }

    /** @throws InvalidInputException it isn't one */
    static Reestimation parse(String text) {
        String[] periodAndRows = text.strip().split(":", 2);
        Period every = PERIODS.get(periodAndRows[0]);
        if (every == null) {
            throw InvalidInputException.unknown("--reestimate", periodAndRows[0], PERIODS.keySet());
        }
        return new Reestimation(every, periodAndRows.length == 1 ? ROWS : rows(text, periodAndRows[1]));
    }

    private static int rows(String text, String rows) {
        try {
            return Integer.parseInt(rows);
        } catch (NumberFormatException e) {
            throw InvalidInputException.of("--reestimate", "\"" + text + "\"", "the rows of the first estimation are no whole number",
                    "write for example yearly:" + ROWS);
        }
    }
}
