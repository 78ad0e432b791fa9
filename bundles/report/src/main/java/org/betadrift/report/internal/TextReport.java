package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.Table;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Sample;
import org.betadrift.run.ExposureRun;

/** The page from top to bottom: what was run, who made it, the model, tables, paths, and what to mind. */
final class TextReport {
    /** Room for the longest label of a fact. */
    private static final int LABEL = 18;
    private static final int SPARKLINE = 60;
    private static final int SHORTEST_SPARKLINE = 20;

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
        page.heading("Model").body(new ModelText(run.model(), sample.targets()).lines());
        for (DiagnosticResult result : run.diagnostics().values()) {
            for (Table table : result.tables()) {
                DiagnosticTable text = new DiagnosticTable(table);
                page.heading(text.heading()).body(text.lines(Page.BODY));
            }
        }
        page.heading("Exposures through time (filtered)").body(paths());
        section(page, "Findings", findings());
        section(page, "Warnings", run.warnings());
        return page;
    }

    private static void section(Page page, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            page.heading(heading).body(lines);
        }
    }

    private List<String> facts() {
        TextTable text = new TextTable().left("").left("");
        fact(text, sample.targets().size() == 1 ? "Target" : "Targets", sample.targets());
        fact(text, "States", sample.states().texts());
        fact(text, "Dates", List.of(dates()));
        if (!sample.steps().isEmpty()) {
            fact(text, "Data", sample.steps());
        }
        if (filter.options().burnIn() > 0) {
            fact(text, "Burn-in", List.of(Words.count(filter.options().burnIn(), "date") + ", left out of sums, tables and paths"));
        }
        fact(text, "Log-likelihood", List.of(likelihood()));
        return text.lines();
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
        int diffuse = filter.diffuseObservations();
        return Numbers.decimals(filter.logLikelihood()) + " (convention " + filter.options().convention()
                + (diffuse > 0 ? ", " + Words.count(diffuse, "diffuse observation") : "") + ")";
    }

    private List<String> paths() {
        StatePath filtered = filter.filtered();
        List<String> names = filtered.states().texts();
        List<Sparkline> lines = names.stream().map(name -> new Sparkline(counted(filtered.of(name)))).toList();
        int places = Math.max(SHORTEST_SPARKLINE, Math.min(SPARKLINE, Page.BODY - paths(names, lines, 0).width()));
        return paths(names, lines, places).lines();
    }

    /** Without the burn-in, as in every table. */
    private double[] counted(double[] path) {
        return Arrays.copyOfRange(path, Math.min(filter.options().burnIn(), path.length), path.length);
    }

    private static TextTable paths(List<String> names, List<Sparkline> lines, int places) {
        TextTable text = new TextTable().left("").left("").right("min").right("max").right("last");
        for (int k = 0; k < names.size(); k++) {
            Sparkline line = lines.get(k);
            text.row(names.get(k), line.blocks(places),
                    Numbers.decimals(line.min()), Numbers.decimals(line.max()), Numbers.decimals(line.last()));
        }
        return text;
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
