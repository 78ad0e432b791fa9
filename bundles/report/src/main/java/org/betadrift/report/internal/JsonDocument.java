package org.betadrift.report.internal;

import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Elapsed;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.run.Audit;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Provenance;
import org.betadrift.run.Reestimation;
import org.betadrift.run.StrategyInfo;

/** The document from top to bottom, in the order of its schema. */
final class JsonDocument {
    private final ExposureRun run;
    private final JsonOut out;

    JsonDocument(ExposureRun run, JsonOut out) {
        this.run = run;
        this.out = out;
    }

    void write(String version) throws IOException {
        JsonTables tables = new JsonTables(run, out);
        FilterResult filter = run.filter();
        Optional<Elapsed> elapsed = run.recipe().elapsed() ? Optional.of(Elapsed.of(run.sample().dates())) : Optional.empty();
        out.object(() -> {
            out.text("betadrift", version);
            out.object("run", this::run);
            out.object("model", new JsonModel(run.model(), constraints(), run.sample().targets(), elapsed, out)::write);
            out.object("likelihood", this::likelihood);
            estimation();
            if (!run.vintages().isEmpty()) {
                out.array("vintages", new JsonVintages(run, out)::write);
            }
            if (run.path().isPresent()) {
                out.object("path", new JsonPath(run, run.path().get(), out)::write);
            }
            tables.fit();
            tables.factors();
            out.object("series", new JsonSeries(filter, run.smoothed(), run.path(), elapsed, out)::write);
            if (filter.options().retain() == Retain.FINAL) {
                out.object("last", this::last);
            }
            out.array("diagnostics", this::diagnostics);
            JsonRestriction restriction = new JsonRestriction(run, out);
            if (restriction.isPresent()) {
                out.object("restriction", restriction::write);
            }
            if (run.unconstrained().isPresent()) {
                out.object("comparison", new JsonComparison(run, run.unconstrained().get(), out)::write);
            }
            if (run.audit().isPresent()) {
                Audit audit = run.audit().get();
                out.object("audit", new JsonAudit(audit, causalFrom(Optional.of(audit.claim())), lookAhead(), out)::write);
            }
            out.array("provenance", this::provenance);
            out.texts("warnings", run.warnings());
        });
        out.endLine();
    }

    /** Inequalities bind the path alone. */
    private List<StateConstraint> constraints() {
        return run.path().map(PathResult::model).orElse(run.model()).constraints();
    }

    private void run() throws IOException {
        Sample sample = run.sample();
        int observations = sample.observations();
        Set<String> factors = new LinkedHashSet<>();
        sample.targets().forEach(target -> factors.addAll(sample.factors(target)));
        out.texts("targets", sample.targets());
        out.texts("states", sample.states().texts());
        out.texts("factors", factors);
        out.text("from", date(0));
        out.text("to", date(sample.periods() - 1));
        out.integer("periods", sample.periods());
        out.integer("observations", observations);
        out.integer("missing", (long) sample.periods() * sample.targets().size() - observations);
        out.integer("burnIn", run.filter().options().burnIn());
        out.texts("data", sample.steps());
        pointInTime();
        out.text("retain", run.filter().options().retain().name().toLowerCase(Locale.ROOT));
    }

    private void pointInTime() throws IOException {
        if (run.recipe().pointInTime().isPresent()) {
            Reestimation when = run.recipe().pointInTime().get();
            out.object("pointInTime", () -> {
                out.text("every", when.every().toString());
                out.integer("minimumRows", when.minimumRows());
                out.integer("vintages", run.vintages().size());
            });
        } else {
            out.nothing("pointInTime");
        }
    }

    private List<String> lookAhead() {
        return run.provenance().stream().filter(part -> part.causalFrom().filter(CausalFrom::isNever).isPresent())
                .map(part -> part.strategy().role()).toList();
    }

    private void likelihood() throws IOException {
        FilterResult filter = run.filter();
        out.number("value", filter.logLikelihood());
        out.text("convention", filter.options().convention().toString());
        out.integer("observations", filter.observations());
        out.integer("diffuseObservations", filter.diffuseObservations());
        out.texts("diffuseDates", filter.diffuseDates().stream().map(LocalDate::toString).toList());
    }

    private void estimation() throws IOException {
        if (run.convergence().isPresent()) {
            out.object("estimation", new JsonEstimation(Parts.maximiser(run), run.convergence().get(), out)::write);
        } else {
            out.nothing("estimation");
        }
    }

    /** All there is of the states where only the last date was kept. */
    private void last() throws IOException {
        out.text("date", date(run.sample().periods() - 1));
        last("predicted", run.filter().predicted());
        last("filtered", run.filter().filtered());
    }

    private void last(String knows, StatePath path) throws IOException {
        int k = path.states().count();
        boolean present = !path.dates().isEmpty();
        out.vector(knows + "Mean", k, i -> present ? path.mean(0, i) : Double.NaN);
        out.matrix(knows + "Covariance", k, k, (i, j) -> present ? path.covariance(0, i, j) : Double.NaN);
    }

    private void diagnostics() throws IOException {
        for (Map.Entry<String, DiagnosticResult> entry : run.diagnostics().entrySet()) {
            DiagnosticResult result = entry.getValue();
            out.object(() -> {
                out.text("name", entry.getKey());
                out.text("status", result.status().toString());
                out.number("statistic", result.statistic());
                out.number("pValue", result.pValue());
                out.text("meaning", result.meaning());
            });
        }
    }

    private void provenance() throws IOException {
        for (Provenance part : run.provenance()) {
            StrategyInfo strategy = part.strategy();
            out.object(() -> {
                out.text("role", strategy.role());
                out.text("name", strategy.name());
                out.text("bundle", strategy.bundle());
                out.text("version", strategy.version());
                out.integer("serviceId", strategy.serviceId());
                out.integer("ranking", strategy.ranking());
                out.object("configuration", () -> {
                    for (Map.Entry<String, String> option : part.configuration().entrySet()) {
                        out.text(option.getKey(), option.getValue());
                    }
                });
                out.text("causalFrom", causalFrom(part.causalFrom()));
            });
        }
    }

    /** What is causal at every date is so from the first one. */
    private String causalFrom(Optional<CausalFrom> causalFrom) {
        return causalFrom.filter(c -> !c.isNever())
                .map(c -> c.firstDate().map(LocalDate::toString).orElseGet(() -> date(0)))
                .orElse(null);
    }

    private String date(int t) {
        return run.sample().periods() == 0 ? null : run.sample().date(t).toString();
    }
}
