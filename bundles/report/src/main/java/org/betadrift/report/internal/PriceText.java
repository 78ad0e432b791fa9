package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.filter.SmootherResult;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;

/** What constraints cost the log-likelihood: by constraint the dates that would pay most to be released. */
final class PriceText {
    private static final int DATES = 5;
    private static final List<String> MEANING = List.of(
            "Gain: what the log-likelihood given all constraints would gain if the right side were free on that date alone.",
            "Where a constraint holds, twice the gain of a date is chi-squared with 1 df: of many dates the dearest is large.");

    private final SmootherResult smoothed;
    private final Sample sample;
    private final List<StateConstraint> rows;
    private final int first;

    PriceText(SmootherResult smoothed) {
        this.smoothed = smoothed;
        sample = smoothed.filter().sample();
        rows = smoothed.filter().model().constraints();
        first = smoothed.filter().options().burnIn();
    }

    List<String> lines() {
        TextTable text = new TextTable().left("Constraint").left("Date").right("Gain").right("Would move by").right("Multiplier");
        boolean stands = false;
        for (int i = 0; i < rows.size(); i++) {
            int row = i;
            List<Integer> dates = IntStream.range(Math.min(first, sample.periods()), sample.periods()).boxed()
                    .filter(t -> !Double.isNaN(smoothed.constraintReleaseGain(t, row)))
                    .sorted(Comparator.comparingDouble(t -> -smoothed.constraintReleaseGain(t, row))).toList();
            boolean forAll = dates.size() == 1 && sample.periods() > 1;
            stands |= forAll;
            for (int d = 0; d < Math.min(DATES, dates.size()); d++) {
                int t = dates.get(d);
                text.row(d == 0 ? rows.get(row).expression() : "", forAll ? sample.date(t) + " and all that follow" : sample.date(t).toString(),
                        Numbers.decimals(smoothed.constraintReleaseGain(t, row)), Numbers.decimals(smoothed.constraintShift(t, row)),
                        Numbers.significant(smoothed.constraintMultiplier(t, row)));
            }
            if (dates.isEmpty()) {
                text.row(rows.get(row).expression(), "no date of its own", "-", "-", "-");
            }
        }
        List<String> lines = new ArrayList<>(text.lines());
        lines.addAll(MEANING);
        if (stands) {
            lines.add("Where no noise moves a constraint's sum its first date stands for all: a date can't be released alone.");
        }
        return lines;
    }
}
