package org.betadrift.report.internal;

import java.util.List;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Retain;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.run.ExposureRun;

/** Exposures through time, a line each: filtered, and smoothed where that was asked for. */
final class PathText {
    private static final List<String> NEVER_CAUSAL = List.of(
            "Smoothed exposures use every date of the sample and are never causal: fine for looking back, but not for backtests.");

    private final ExposureRun run;
    private final FilterResult filter;

    PathText(ExposureRun run) {
        this.run = run;
        this.filter = run.filter();
    }

    void write(Page page) {
        StatePath filtered = filter.filtered();
        if (filter.options().retain() != Retain.FINAL) {
            page.heading("Exposures through time (filtered)").body(paths(filtered));
        } else if (!filtered.dates().isEmpty()) {
            page.heading("Exposures on " + filtered.dates().get(0) + " (filtered)").body(last(filtered));
        }
        run.smoothed().map(SmootherResult::smoothed).ifPresent(
                smoothed -> page.heading("Exposures through time (smoothed)").body(paths(smoothed)).body(NEVER_CAUSAL));
    }

    private List<String> paths(StatePath path) {
        return new PathTable(path, filter.options().burnIn()).lines();
    }

    private static List<String> last(StatePath path) {
        TextTable text = new TextTable().left("").right("mean").right("std");
        for (int k = 0; k < path.states().count(); k++) {
            text.row(path.states().texts().get(k), Numbers.decimals(path.mean(0, k)), Numbers.decimals(path.standardDeviation(0, k)));
        }
        return text.lines();
    }
}
