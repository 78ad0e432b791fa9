package org.betadrift.runtime.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.diagnostic.DiagnosticContext;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PathEstimator;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.Retain;
import org.betadrift.filter.Smoother;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Provenance;
import org.betadrift.run.Recipe;
import org.betadrift.runtime.internal.Parts.Part;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a sample to a run, in the fixed order: estimation, filter, smoother, path, diagnostics. One run, one thread. */
final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Recipe recipe;
    private final ReturnPanel panel;
    private final Sample sample;
    private final Parts parts;
    private final Monitor monitor;
    private final List<Provenance> provenance = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** @throws InvalidInputException the panel can't carry the recipe */
    Pipeline(Recipe recipe, ReturnPanel panel, Parts parts, Monitor monitor) {
        this.recipe = recipe;
        this.panel = panel;
        this.sample = recipe.sample(panel);
        this.parts = parts;
        this.monitor = monitor;
    }

    ExposureRun run() {
        Pass pass = pass();
        FilterResult filter = pass.filter();
        warnings.addAll(sample.warnings());
        warnings.addAll(pass.warnings());
        warnNeverKnown(filter);
        provenance.addAll(pass.provenance());
        note(parts.engine());
        Optional<SmootherResult> smoothed = parts.smoother().map(part -> smooth(part, filter));
        Optional<PathResult> path = parts.path().filter(part -> recipe.wantsPath()).map(part -> path(part, filter));
        Optional<ExposureRun> unconstrained = unconstrained();
        Map<String, DiagnosticResult> diagnostics = diagnostics(context(pass));
        ExposureRun run = ExposureRun.of(recipe, filter, diagnostics, provenance, warnings).withVintages(pass.vintages());
        run = smoothed.isPresent() ? run.withSmoothed(smoothed.get()) : run;
        run = path.isPresent() ? run.withPath(path.get()) : run;
        run = unconstrained.isPresent() ? run.withUnconstrained(unconstrained.get()) : run;
        return pass.convergence().isPresent() ? run.withConvergence(pass.convergence().get()) : run;
    }

    /** Predicted and filtered exposures, and nothing made of them. */
    Pass pass() {
        SampleCheck.require(sample, recipe.filterOptions().burnIn());
        Constraints.equalities(recipe, sample);
        parts.all().forEach(this::requireTargets);
        parts.path().ifPresent(part -> part.service().requireFeasible(Constraints.all(recipe, sample), sample));
        if (recipe.pointInTime().isPresent()) {
            return new PointInTime(recipe, panel, sample, parts, monitor).run();
        }
        Estimated estimated = new Estimation(recipe, sample, parts, monitor).run();
        FilterResult filter = parts.engine().service().filter(estimated.model(), sample, recipe.filterOptions(), monitor);
        List<String> all = new ArrayList<>(estimated.warnings());
        all.addAll(filter.warnings());
        return new Pass(filter, estimated.convergence(), List.of(), estimated.provenance(), all);
    }

    private Optional<ExposureRun> unconstrained() {
        if (!recipe.compareUnconstrained()) {
            return Optional.empty();
        }
        monitor.progress(Double.NaN, "the run without constraints");
        return Optional.of(new Pipeline(recipe.unconstrained(), panel, parts, monitor).run());
    }

    /** With a wider model to test the constraints against, where a comparison is asked for and there is one. */
    private DiagnosticContext context(Pass pass) {
        DiagnosticContext context = DiagnosticContext.of(pass.filter());
        if (!pass.vintages().isEmpty()) {
            return context; // no engine makes such a pass from one model
        }
        context = context.withEngine(parts.engine().service());
        if (!recipe.compareUnconstrained()) {
            return context;
        }
        monitor.progress(Double.NaN, "the test of the constraints");
        return new WiderModel(recipe, sample, parts, monitor).of(pass).map(context::withAlternative).orElse(context);
    }

    /** A diffuse start that the factors never end leaves exposures without values: never in silence. */
    private void warnNeverKnown(FilterResult filter) {
        StatePath path = filter.filtered();
        int last = path.dates().size() - 1;
        List<String> unknown = new ArrayList<>();
        for (int k = 0; k < path.states().count(); k++) {
            if (Double.isNaN(path.mean(last, k))) {
                unknown.add(path.states().texts().get(k));
            }
        }
        if (!unknown.isEmpty()) {
            warnings.add("still unknown on the last date: " + String.join(", ", unknown)
                    + "; the start is diffuse and the factors never tell these exposures apart: take out a factor, or begin from a known state");
        }
    }

    /** It says nothing of causality: the exposures of a run are the filtered ones, and smoothed ones never are causal. */
    private SmootherResult smooth(Part<Smoother> part, FilterResult filter) {
        monitor.progress(Double.NaN, "smoothing");
        SmootherResult smoothed = part.service().smooth(filter, SmootherOptions.defaults(), monitor);
        note(part);
        return smoothed;
    }

    /** Of the model that was filtered, and nothing of causality either: the causal path is as causal as the run. */
    private PathResult path(Part<PathEstimator> part, FilterResult filter) {
        WholePath whole = new WholePath(recipe, sample, part);
        PathResult path = whole.estimate(filter.model(), monitor);
        warnings.addAll(whole.warnings(path));
        note(part);
        return path;
    }

    /** The path alone, without draws, of a pass that {@link #pass} made. */
    Optional<PathResult> mode(FilterResult filter) {
        return parts.path().map(part -> new WholePath(recipe, sample, part).mode(filter.model(), monitor));
    }

    private Map<String, DiagnosticResult> diagnostics(DiagnosticContext context) {
        Map<String, DiagnosticResult> diagnostics = new LinkedHashMap<>();
        for (Part<Diagnostic> part : parts.diagnostics()) {
            monitor.progress(Double.NaN, "the diagnostics");
            diagnose(part, context).ifPresent(result -> {
                diagnostics.put(part.info().name(), result);
                note(part);
            });
        }
        return diagnostics;
    }

    private void requireTargets(Part<?> part) {
        if (sample.targets().size() > 1 && !part.info().multivariate()) {
            List<String> others = parts.takingSeveral(part.info().role());
            throw InvalidInputException.of("number of targets", sample.targets().size(), part.info().role() + " " + part.info().name() + " takes one",
                    "name one target" + (others.isEmpty() ? "" : ", or choose " + (others.size() == 1 ? "" : "one of ") + String.join(", ", others)));
        }
    }

    private void note(Part<?> part) {
        provenance.add(part.provenance(Optional.empty()));
    }

    /** A diagnostic that fails does not fail the run; one that needs more than was kept is left out. */
    private Optional<DiagnosticResult> diagnose(Part<Diagnostic> part, DiagnosticContext context) {
        String name = part.info().name();
        try {
            return part.service().appliesTo(context) ? Optional.of(part.service().diagnose(context)) : Optional.empty();
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            Retain retain = context.filter().options().retain();
            if (retain != Retain.ALL && (e instanceof IllegalStateException || e instanceof IndexOutOfBoundsException)) {
                warnings.add("diagnostic " + name + " is left out: it needs more than the pass kept (" + retain + ")");
                LOG.debug("diagnostic {} is left out", name, e);
                return Optional.empty();
            }
            LOG.warn("diagnostic {} failed: {}", name, e.toString());
            LOG.debug("diagnostic {} failed", name, e);
            return Optional.of(DiagnosticResult.of(DiagnosticResult.Status.FAIL, "it could not run: " + e.getMessage()));
        }
    }
}
