package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.model.StateConstraint;
import org.betadrift.run.ExposureRun;

/** A run beside the one without its constraints: likelihoods, both paths state by state on one scale, and what the free path makes of each constraint. */
final class ComparisonText {
    private static final int SPARKLINE = 50;
    private static final List<String> NOT_COMPARABLE = List.of(
            "The two log-likelihoods start from different knowledge, so their difference tests nothing; restriction does.");

    private final ExposureRun run;
    private final ExposureRun free;
    private final int burnIn;

    ComparisonText(ExposureRun run, ExposureRun free) {
        this.run = run;
        this.free = free;
        burnIn = run.filter().options().burnIn();
    }

    void write(Page page) {
        page.heading("With and without the constraints").body(facts()).body(NOT_COMPARABLE);
        if (run.filter().options().retain() != Retain.FINAL) {
            both(page, "filtered", run.filter().filtered(), free.filter().filtered());
        }
        if (run.smoothed().isPresent() && free.smoothed().isPresent()) {
            both(page, "smoothed", run.smoothed().get().smoothed(), free.smoothed().get().smoothed());
        }
        if (!free.warnings().isEmpty()) {
            page.heading("Warnings of the run without constraints");
            free.warnings().forEach(warning -> page.body(Words.wrap(List.of(warning.split(" ", -1)), " ", Page.BODY)));
        }
    }

    private List<String> facts() {
        TextTable text = new TextTable().left("").right("with").right("without");
        text.row("Log-likelihood", Numbers.decimals(run.filter().logLikelihood()), Numbers.decimals(free.filter().logLikelihood()));
        text.row("Diffuse observations", String.valueOf(run.filter().diffuseObservations()), String.valueOf(free.filter().diffuseObservations()));
        if (run.sample().targets().size() == 1) {
            text.row("Observation noise R", variance(run.filter()), variance(free.filter()));
        }
        return text.lines();
    }

    private static String variance(FilterResult filter) {
        return filter.model().observationNoise().isConstant() ? Numbers.significant(filter.model().observationNoise().at(0).variance(0)) : "by date";
    }

    private void both(Page page, String knows, StatePath with, StatePath without) {
        page.heading("Exposures with and without the constraints (" + knows + ")").body(paths(with, without).lines());
        page.heading("What the free exposures make of the constraints (" + knows + ")").body(sums(without));
    }

    private TextTable paths(StatePath with, StatePath without) {
        List<String> names = with.states().texts();
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        int places = Math.max(20, Math.min(SPARKLINE, Page.BODY - width - 60));
        TextTable text = new TextTable().left("").left("").left("").right("average").right("min").right("max").right("last");
        for (int k = 0; k < names.size(); k++) {
            double[] a = counted(with.of(names.get(k)));
            double[] b = counted(without.of(names.get(k)));
            Sparkline scale = new Sparkline(join(a, b));
            row(text, names.get(k), "with", new Sparkline(a, scale), a, places);
            row(text, "", "without", new Sparkline(b, scale), b, places);
        }
        return text;
    }

    private static void row(TextTable text, String name, String which, Sparkline line, double[] path, int places) {
        Sparkline own = new Sparkline(path);
        text.row(name, which, line.blocks(places), Numbers.decimals(Arrays.stream(path).filter(Double::isFinite).average().orElse(Double.NaN)),
                Numbers.decimals(own.min()), Numbers.decimals(own.max()), Numbers.decimals(own.last()));
    }

    private static double[] join(double[] a, double[] b) {
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private double[] counted(double[] path) {
        return Arrays.copyOfRange(path, Math.min(burnIn, path.length), path.length);
    }

    private List<String> sums(StatePath without) {
        TextTable text = new TextTable().left("").right("mean").right("std").right("min").right("max").right("last").right("rms distance");
        List<String> lines = new ArrayList<>();
        for (StateConstraint row : run.model().constraints()) {
            FreeSums sums = new FreeSums(row, without, burnIn);
            text.row(row.expression(), Numbers.decimals(sums.mean()), Numbers.decimals(sums.standardDeviation()), Numbers.decimals(sums.min()),
                    Numbers.decimals(sums.max()), Numbers.decimals(sums.last()), Numbers.decimals(sums.distance()));
        }
        lines.addAll(text.lines());
        return lines;
    }
}
