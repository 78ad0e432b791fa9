package org.betadrift.report.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.Table;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.SmootherResult;
import org.betadrift.model.Elapsed;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.run.ExposureRun;

/** The page from top to bottom: what was run, who made it, the model, tables, paths, and what to mind. */
final class TextReport {
    /** Room for the longest label of a fact. */
    private static final int LABEL = 18;
    private static final int MANY_STATES = 12;
    private static final String CONTINUED = "  ";
    private static final String POINT_IN_TIME = " (point in time: Q and R are those of each date's vintage, the rest the latest vintage's)";

    private final ExposureRun run;
    private final Sample sample;
    private final FilterResult filter;
    private final String version;

    TextReport(ExposureRun run, String version) {
        this.run = run;
        this.sample = run.sample();
        this.filter = run.filter();
        this.version = version;
    }

    Page write(String title) {
        Page page = new Page().heading(title).body(facts());
        Parts parts = new Parts(run);
        page.heading("Made by (betadrift " + version + ")").body(parts.rows()).body(parts.causality());
        page.heading("Model" + (run.vintages().isEmpty() ? "" : POINT_IN_TIME)).body(new ModelText(run.model(), constraints(), sample.targets(), elapsed()).lines());
        if (!run.vintages().isEmpty()) {
            page.heading("Vintages").body(new VintagesText(run).lines());
        }
        run.convergence().ifPresent(record -> page.heading("Estimation (" + Parts.maximiser(run)
                + (run.vintages().isEmpty() ? ")" : ", the latest vintage's)")).body(new EstimationText(record).lines()));
        for (DiagnosticResult result : run.diagnostics().values()) {
            for (Table table : result.tables()) {
                DiagnosticTable text = new DiagnosticTable(table);
                page.heading(text.heading()).body(text.lines(Page.BODY));
            }
        }
        new PathText(run).write(page);
        run.path().ifPresent(path -> new ConstrainedPathText(run, path).write(page));
        run.smoothed().filter(SmootherResult::hasConstraintMultipliers).ifPresent(
                smoothed -> page.heading("Price of the constraints").body(new PriceText(smoothed).lines()));
        run.unconstrained().ifPresent(free -> new ComparisonText(run, free).write(page));
        new TogetherText(run).write(page);
        run.audit().ifPresent(audit -> page.heading("Look-ahead audit").body(new AuditText(audit, parts.lookAhead()).lines()));
        section(page, "Findings", findings());
        section(page, "Warnings", run.warnings());
        return page;
    }

    /** Inequalities bind the path alone. */
    private List<StateConstraint> constraints() {
        return run.path().map(PathResult::model).orElse(run.model()).constraints();
    }

    private static void section(Page page, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            page.heading(heading);
            lines.forEach(line -> page.body(wrapped(line)));
        }
    }

    /** What goes on is set in. */
    private static List<String> wrapped(String sentence) {
        List<String> lines = new ArrayList<>(Words.wrap(List.of(sentence.split(" ", -1)), " ", Page.BODY - CONTINUED.length()));
        for (int i = 1; i < lines.size(); i++) {
            lines.set(i, CONTINUED + lines.get(i));
        }
        return lines;
    }

    private List<String> facts() {
        TextTable text = new TextTable().left("").left("");
        fact(text, sample.targets().size() == 1 ? "Target" : "Targets", sample.targets());
        fact(text, "States", states());
        fact(text, "Dates", List.of(dates()));
        if (!sample.steps().isEmpty()) {
            fact(text, "Data", sample.steps());
        }
        if (!run.vintages().isEmpty()) {
            fact(text, "Point in time", List.of(new VintagesText(run).summary()));
        }
        if (filter.options().burnIn() > 0) {
            fact(text, "Burn-in", List.of(Words.count(filter.options().burnIn(), "date") + ", left out of sums, tables and paths"));
        }
        fact(text, "Log-likelihood", List.of(likelihood()));
        if (!diffuseStart().isEmpty()) {
            fact(text, "Diffuse start", List.of(diffuseStart()));
        }
        return text.lines();
    }

    /** Many of several targets that are all alike are said factor by factor. */
    private List<String> states() {
        List<StateBlocks.Block> blocks = new StateBlocks(sample.states()).all();
        boolean alike = blocks.stream().allMatch(block -> block.targets().equals(sample.targets()));
        if (sample.states().count() <= MANY_STATES || !alike) {
            return sample.states().texts();
        }
        List<String> factors = new ArrayList<>(blocks.stream().map(StateBlocks.Block::factor).toList());
        factors.set(factors.size() - 1, factors.get(factors.size() - 1) + " of every target: " + sample.states().count() + " states");
        return factors;
    }

    private static void fact(TextTable text, String label, List<String> items) {
        List<String> lines = Words.wrap(items, ", ", Page.BODY - LABEL);
        for (int i = 0; i < lines.size(); i++) {
            text.row(i == 0 ? label : "", lines.get(i));
        }
    }

    private String dates() {
        int periods = sample.periods();
        int observations = sample.observations();
        String span = periods == 0 ? "none" : sample.date(0) + " to " + sample.date(periods - 1);
        long missing = (long) periods * sample.targets().size() - observations;
        return span + " (" + Words.count(periods, "period") + ", " + Words.count(observations, "observation") + ", "
                + missing + " missing)";
    }

    private String likelihood() {
        return Numbers.decimals(filter.logLikelihood()) + " (convention " + filter.options().convention()
                + (filter.model().constraints().isEmpty() ? "" : ", given the " + (constraints().size() > filter.model().constraints().size() ? "equalities" : "constraints")) + ")";
    }

    /** Empty where no observation entered through an infinite variance. */
    private String diffuseStart() {
        List<LocalDate> dates = filter.diffuseDates();
        String observations = Words.count(filter.diffuseObservations(), "observation") + (filter.options().burnIn() > 0 ? " after the burn-in" : "");
        if (dates.isEmpty()) {
            return filter.diffuseObservations() == 0 ? "" : observations;
        }
        LocalDate last = dates.get(dates.size() - 1);
        return observations + ", " + dates.get(0) + (dates.size() == 1 ? "" : " to " + last);
    }

    /** What Q counts, where it counts the days gone by. */
    private List<String> elapsed() {
        if (!run.recipe().elapsed()) {
            return List.of();
        }
        Elapsed elapsed = Elapsed.of(sample.dates());
        DoubleSummaryStatistics factors = Arrays.stream(elapsed.factors()).summaryStatistics();
        String range = elapsed.isEven() ? "always 1" : Numbers.significant(factors.getMin()) + " to " + Numbers.significant(factors.getMax());
        return List.of("Elapsed days: Q counts the days since the date before, divided by " + Numbers.significant(elapsed.medianDays())
                + ", their median: " + range);
    }

    private List<String> findings() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, DiagnosticResult> entry : run.diagnostics().entrySet()) {
            DiagnosticResult result = entry.getValue();
            if (result.status() != DiagnosticResult.Status.OK) {
                lines.add(entry.getKey() + " (" + result.status() + "): " + result.meaning());
            }
        }
        return lines;
    }
}
