package org.betadrift.model;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How far each date lies from the one before, counted in the median distance: 1 between two weeks, 2 over a week that is
 * left out. For a Q that grows with the days gone by ({@link Noise#times}). The first date counts 1. Immutable.
 */
public final class Elapsed {
    private final double[] factors;
    private final double medianDays;
    private final int settled;

    private Elapsed(List<LocalDate> dates) {
        factors = new double[dates.size()];
        List<Long> sorted = new ArrayList<>();
        double median = Double.NaN;
        int since = 0;
        for (int t = 1; t < dates.size(); t++) {
            long days = ChronoUnit.DAYS.between(dates.get(t - 1), dates.get(t));
            factors[t] = days;
            int place = Collections.binarySearch(sorted, days);
            sorted.add(place < 0 ? -place - 1 : place, days);
            double now = 0.5 * (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2));
            since = now == median ? since : t;
            median = now;
        }
        medianDays = median;
        settled = since;
        for (int t = 0; t < factors.length; t++) {
            factors[t] = t == 0 ? 1 : factors[t] / medianDays;
        }
    }

    /** @param dates strictly ascending */
    public static Elapsed of(List<LocalDate> dates) {
        return new Elapsed(dates);
    }

    /** The median of the distances, in calendar days; NaN with fewer than two dates. */
    public double medianDays() {
        return medianDays;
    }

    /** n: days since the date before, divided by {@link #medianDays}; 1 on the first date. A copy. */
    public double[] factors() {
        return factors.clone();
    }

    /** Whether every distance is the median one, so that nothing is to be scaled. */
    public boolean isEven() {
        return Arrays.stream(factors).allMatch(f -> f == 1);
    }

    /** Index of the date from which on the median has been what it is: what it says there needs no later date. */
    public int settled() {
        return settled;
    }
}
