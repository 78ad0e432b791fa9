package org.betadrift.data.internal;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjuster;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.betadrift.data.Frequency;

/**
 * The weeks or months from the first row's to the last row's, without a gap.
 *
 * @param ends their last days; a week ends on Friday, so Saturday and Sunday belong to the next one
 * @param bounds the rows of period p are {@code bounds[p]} to before {@code bounds[p + 1]}, which may be none
 */
record Periods(List<LocalDate> ends, int[] bounds) {
    /** @param frequency not NONE; @param dates ascending, at least one */
    static Periods of(Frequency frequency, List<LocalDate> dates) {
        TemporalAdjuster end = frequency == Frequency.WEEKLY
                ? TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY) : TemporalAdjusters.lastDayOfMonth();
        List<LocalDate> ends = new ArrayList<>();
        int[] bounds = new int[16];
        LocalDate current = dates.get(0).with(end);
        ends.add(current);
        for (int t = 0; t < dates.size(); t++) {
            while (dates.get(t).isAfter(current)) {
                current = current.plusDays(1).with(end);
                if (ends.size() + 1 >= bounds.length) {
                    bounds = Arrays.copyOf(bounds, 2 * bounds.length);
                }
                bounds[ends.size()] = t;
                ends.add(current);
            }
        }
        bounds = Arrays.copyOf(bounds, ends.size() + 1);
        bounds[ends.size()] = dates.size();
        return new Periods(ends, bounds);
    }

    /** One value a period. */
    double[] fold(double[] values, Fold fold) {
        double[] folded = new double[ends.size()];
        for (int p = 0; p < folded.length; p++) {
            folded[p] = fold.of(values, bounds[p], bounds[p + 1]);
        }
        return folded;
    }

    /** Makes one value of several. */
    interface Fold {
        /** @return NaN where all of them are missing */
        double of(double[] values, int from, int to);
    }
}
