package org.betadrift.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.Table;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.SmootherResult;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/** Everything a run found, and who found it. Immutable; api and JDK types only, so it outlives the bundles that made it. */
public final class ExposureRun {
    private final Recipe recipe;
    private final FilterResult filter;
    private final SmootherResult smoothed; // null = not asked for
    private final PathResult path; // null = not asked for
    private final Map<String, DiagnosticResult> diagnostics;
    private final List<Provenance> provenance;
    private final List<String> warnings;
    private final ConvergenceRecord convergence; // null = nothing was maximised
    private final List<Vintage> vintages;
    private final Audit audit; // null = not asked for
    private final ExposureRun unconstrained; // null = not asked for

    private ExposureRun(Recipe recipe, FilterResult filter, SmootherResult smoothed, PathResult path,
            Map<String, DiagnosticResult> diagnostics, List<Provenance> provenance, List<String> warnings, ConvergenceRecord convergence,
            List<Vintage> vintages, Audit audit, ExposureRun unconstrained) {
        this.recipe = Objects.requireNonNull(recipe, "recipe");
        this.filter = Objects.requireNonNull(filter, "filter");
        this.smoothed = smoothed;
        this.path = path;
        this.diagnostics = Collections.unmodifiableMap(new LinkedHashMap<>(diagnostics));
        this.provenance = List.copyOf(provenance);
        this.warnings = List.copyOf(warnings);
        this.convergence = convergence;
        this.vintages = List.copyOf(vintages);
        this.audit = audit;
        this.unconstrained = unconstrained;
    }

    /**
     * For the runtime.
     *
     * @param diagnostics by name, in report order
     * @param provenance in order of use
     * @param warnings sentences, in the order they arose
     */
    public static ExposureRun of(Recipe recipe, FilterResult filter, Map<String, DiagnosticResult> diagnostics, List<Provenance> provenance,
            List<String> warnings) {
        return new ExposureRun(recipe, filter, null, null, diagnostics, provenance, warnings, null, List.of(), null, null);
    }

    /** For the runtime: the same with the backward pass. */
    public ExposureRun withSmoothed(SmootherResult backward) {
        return new ExposureRun(recipe, filter, Objects.requireNonNull(backward, "backward"), path, diagnostics, provenance, warnings, convergence,
                vintages, audit, unconstrained);
    }

    /** For the runtime: the same with the path under every constraint. */
    public ExposureRun withPath(PathResult whole) {
        return new ExposureRun(recipe, filter, smoothed, Objects.requireNonNull(whole, "whole"), diagnostics, provenance, warnings, convergence,
                vintages, audit, unconstrained);
    }

    /** For the runtime: the same with the story of its maximisation. */
    public ExposureRun withConvergence(ConvergenceRecord record) {
        return new ExposureRun(recipe, filter, smoothed, path, diagnostics, provenance, warnings, Objects.requireNonNull(record, "record"), vintages,
                audit, unconstrained);
    }

    /** For the runtime: the same, put together from estimations at several dates. */
    public ExposureRun withVintages(List<Vintage> estimations) {
        return new ExposureRun(recipe, filter, smoothed, path, diagnostics, provenance, warnings, convergence, estimations, audit, unconstrained);
    }

    /** For the runtime: the same, tested for look-ahead. */
    public ExposureRun withAudit(Audit result) {
        return new ExposureRun(recipe, filter, smoothed, path, diagnostics, provenance, warnings, convergence, vintages,
                Objects.requireNonNull(result, "result"), unconstrained);
    }

    /** For the runtime: the same, beside the run of its recipe without constraints. */
    public ExposureRun withUnconstrained(ExposureRun free) {
        return new ExposureRun(recipe, filter, smoothed, path, diagnostics, provenance, warnings, convergence, vintages, audit,
                Objects.requireNonNull(free, "free"));
    }

    /** What was asked for. */
    public Recipe recipe() {
        return recipe;
    }

    /** y and H. */
    public Sample sample() {
        return filter.sample();
    }

    /** The estimated model, under the equalities only ({@link #path} has every constraint); of a point-in-time run see {@link #vintages}. */
    public StateSpaceModel model() {
        return filter.model();
    }

    /** The forward pass. */
    public FilterResult filter() {
        return filter;
    }

    /** The backward pass, where the recipe asked for it. It knows the whole sample: never causal. */
    public Optional<SmootherResult> smoothed() {
        return Optional.ofNullable(smoothed);
    }

    /**
     * The whole path under every constraint, inequalities included, where the recipe has some or asks for it. Its model is the run's with
     * all constraints; that of {@link #filter} has the equalities only, and so have the estimators seen no others.
     */
    public Optional<PathResult> path() {
        return Optional.ofNullable(path);
    }

    /** By diagnostic name, in report order. */
    public Map<String, DiagnosticResult> diagnostics() {
        return diagnostics;
    }

    /** A table of any diagnostic, by name; empty when no diagnostic made one. */
    public Optional<Table> table(String name) {
        List<Table> all = new ArrayList<>();
        diagnostics.values().forEach(d -> all.addAll(d.tables()));
        return all.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /**
     * The estimations of a point-in-time run, oldest first; empty for any other. The forward pass is put together from them: what is
     * predicted and filtered on a date comes from the vintage that serves it, filtered with its model over all rows up to the date. So
     * do Q and R of the model, date by date; the initial state and the transition are the latest vintage's. The rows that the first vintage was
     * estimated on are burn-in: they are in the pass, but in no sum, and the log-likelihood is the sum of one-step log scores after them.
     * Don't smooth such a pass: its states don't follow from one model. The next predicted state after the last date does follow
     * from the latest.
     */
    public List<Vintage> vintages() {
        return vintages;
    }

    /** The test for look-ahead, where {@link ExposureService#audit} made the run. */
    public Optional<Audit> audit() {
        return Optional.ofNullable(audit);
    }

    /**
     * The run of {@link Recipe#unconstrained} by the same strategies, where the recipe asked for it. Its log-likelihood isn't comparable
     * with this one's: what a start leaves open, and so what y is foretold from, isn't the same. The diagnostic {@code restriction} compares like with like.
     */
    public Optional<ExposureRun> unconstrained() {
        return Optional.ofNullable(unconstrained);
    }

    /** What the joint strategy's maximisation did, the latest vintage's; empty where nothing was maximised. */
    public Optional<ConvergenceRecord> convergence() {
        return Optional.ofNullable(convergence);
    }

    /**
     * In order of use: initial state, R, Q, joint strategy, the engine of its likelihoods where that is another one than the run's,
     * engine, smoother, path estimator, diagnostics.
     */
    public List<Provenance> provenance() {
        return provenance;
    }

    /** Of predicted and filtered numbers: all estimates together. */
    public CausalFrom causalFrom() {
        return provenance.stream().flatMap(p -> p.causalFrom().stream()).reduce(CausalFrom.always(), CausalFrom::and);
    }

    /** Sentences, in the order they arose. */
    public List<String> warnings() {
        return warnings;
    }
}
