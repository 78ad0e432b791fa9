package org.betadrift.diagnostics.internal;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterResult;
import org.betadrift.model.Sample;

/** A filter pass without its burn-in, as series. */
final class Pass {
    private final FilterResult filter;

    Pass(FilterResult filter) {
        this.filter = filter;
    }

    Sample sample() {
        return filter.sample();
    }

    /** The states of one target, by their place. */
    int[] statesOf(int target) {
        return IntStream.range(0, sample().states().count()).filter(k -> sample().target(k) == target).toArray();
    }

    /** Index of the first date that counts. */
    int first() {
        return Math.min(filter.options().burnIn(), sample().periods());
    }

    /** y~ of the dates on which y is present. */
    double[] innovations(int target) {
        return Statistics.present(series(t -> filter.innovation(t, target)));
    }

    /** One state's filtered path. */
    double[] filtered(int state) {
        return series(t -> filter.filtered().mean(t, state));
    }

    /** Gain of one state on a target's innovation, NaN where y is missing. */
    double[] gain(int state, int target) {
        return series(t -> filter.gain(t, state, target));
    }

    /** Filtered exposure times what it is multiplied with, NaN where the factor is missing. */
    double[] contributions(int state) {
        return series(t -> filter.filtered().mean(t, state) * sample().regressor(t, state));
    }

    private double[] series(IntToDoubleFunction value) {
        return IntStream.range(first(), sample().periods()).mapToDouble(value).toArray();
    }
}
