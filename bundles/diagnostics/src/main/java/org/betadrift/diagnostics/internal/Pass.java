package org.betadrift.diagnostics.internal;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Retain;
import org.betadrift.model.Sample;

/** A filter pass without its burn-in, as series; NaN where a diffuse start leaves nothing. */
final class Pass {
    private final FilterResult filter;

    /** @throws IllegalStateException the pass kept too little of every date */
    Pass(FilterResult filter) {
        if (filter.options().retain() != Retain.ALL) {
            throw new IllegalStateException("the dates' own numbers weren't kept: the pass was told to retain " + filter.options().retain());
        }
        this.filter = filter;
    }

    Sample sample() {
        return filter.sample();
    }

    /** The states of one target, by their place. */
    int[] statesOf(int target) {
        return IntStream.range(0, sample().states().count()).filter(k -> sample().target(k) == target).toArray();
    }

    /** The same without slopes. */
    int[] exposuresOf(int target) {
        return IntStream.of(statesOf(target)).filter(k -> !sample().isSlope(k)).toArray();
    }

    /** Index of the first date that counts. */
    int first() {
        return Math.min(filter.options().burnIn(), sample().periods());
    }

    /** y~ of the dates on which y is present, without those on which it entered through an infinite variance. */
    double[] innovations(int target) {
        return Statistics.present(series(t -> filter.innovation(t, target)));
    }

    /** Dates on which y is present and has no innovation: it entered through an infinite variance. */
    int withoutInnovation(int target) {
        return (int) IntStream.range(first(), sample().periods())
                .filter(t -> !Double.isNaN(sample().y(t, target)) && Double.isNaN(filter.innovation(t, target))).count();
    }

    /** One state's filtered path, NaN while its variance is infinite. */
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
