package org.betadrift.runtime.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.diagnostic.DiagnosticContext;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.Retain;
import org.betadrift.filter.Smoother;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.SmootherResult;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Provenance;
import org.betadrift.run.Recipe;
import org.betadrift.runtime.internal.Parts.Part;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a sample to a run, in the fixed order: initial state, R, Q, filter, smoother, diagnostics. One run, one thread. */
final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Recipe recipe;
    private final Sample sample;
    private final Parts parts;
    private final Monitor monitor;
    private final List<Provenance> provenance = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Pipeline(Recipe recipe, Sample sample, Parts parts, Monitor monitor) {
        this.recipe = recipe;
        this.sample = sample;
        this.parts = parts;
        this.monitor = monitor;
    }

    ExposureRun run() {
        SampleCheck.require(sample, recipe.filterOptions().burnIn());
        warnings.addAll(sample.warnings());
        List.of(parts.initial(), parts.observationNoise(), parts.stateNoise(), parts.engine()).forEach(this::requireTargets);

        Transitions transitions = Transitions.of(recipe.transition(), sample.states());
        EstimationContext context = EstimationContext.of(sample, transitions.beforeInitialState(), parts.engine().service()).withMonitor(monitor);
        monitor.progress(Double.NaN, "the initial state");
        InitialState initial = keep(parts.initial(),
                parts.initial().service().estimate(context.withOptions(parts.initial().options())));
        requireConvention(initial);
        Transition transition = transitions.after(initial, sample.states());
        context = context.withInitialState(initial).withTransition(transition);
        monitor.progress(Double.NaN, "the observation noise");
        Noise r = keep(parts.observationNoise(),
                parts.observationNoise().service().estimate(context.withOptions(parts.observationNoise().options())));
        context = context.withObservationNoise(r);
        monitor.progress(Double.NaN, "the state noise");
        Estimate<Noise> stateNoise = parts.stateNoise().service().estimate(context.withOptions(parts.stateNoise().options()));
        Noise q = keep(parts.stateNoise(), recipe.elapsed() ? ElapsedNoise.scaled(stateNoise, sample, transition) : stateNoise);

        StateSpaceModel model = StateSpaceModel.of(sample.states(), initial, transition, q, r);
        FilterResult filter = parts.engine().service().filter(model, sample, recipe.filterOptions(), monitor);
        note(parts.engine(), Optional.empty());
        warnings.addAll(filter.warnings());
        Optional<SmootherResult> smoothed = parts.smoother().map(part -> smooth(part, filter));
        Map<String, DiagnosticResult> diagnostics = diagnostics(filter);
        ExposureRun run = ExposureRun.of(recipe, filter, diagnostics, provenance, warnings);
        return smoothed.map(run::withSmoothed).orElse(run);
    }

    /** An engine would refuse it too, but only after everything has been estimated. */
    private void requireConvention(InitialState initial) {
        if (initial.hasDiffuse()) {
            recipe.filterOptions().convention().constant(1, 1);
        }
    }

    /** It says nothing of causality: the exposures of a run are the filtered ones, and smoothed ones never are causal. */
    private SmootherResult smooth(Part<Smoother> part, FilterResult filter) {
        monitor.progress(Double.NaN, "smoothing");
        SmootherResult smoothed = part.service().smooth(filter, SmootherOptions.defaults(), monitor);
        note(part, Optional.empty());
        return smoothed;
    }

    private Map<String, DiagnosticResult> diagnostics(FilterResult filter) {
        Map<String, DiagnosticResult> diagnostics = new LinkedHashMap<>();
        for (Part<Diagnostic> part : parts.diagnostics()) {
            monitor.progress(Double.NaN, "the diagnostics");
            diagnose(part, filter).ifPresent(result -> {
                diagnostics.put(part.info().name(), result);
                note(part, Optional.empty());
            });
        }
        return diagnostics;
    }

    private void requireTargets(Part<?> part) {
        if (sample.targets().size() > 1 && !part.info().multivariate()) {
            throw InvalidInputException.of("number of targets", sample.targets().size(),
                    part.info().role() + " " + part.info().name() + " takes one", "name one target");
        }
    }

    private <T> T keep(Part<?> part, Estimate<T> estimate) {
        note(part, Optional.of(estimate.causalFrom()));
        warnings.addAll(estimate.warnings());
        return estimate.value();
    }

    private void note(Part<?> part, Optional<CausalFrom> causalFrom) {
        provenance.add(new Provenance(part.info(), part.options().asMap(), causalFrom));
    }

    /** A diagnostic that fails does not fail the run; one that needs more than was kept is left out. */
    private Optional<DiagnosticResult> diagnose(Part<Diagnostic> part, FilterResult filter) {
        String name = part.info().name();
        try {
            return Optional.of(part.service().diagnose(DiagnosticContext.of(filter)));
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            Retain retain = filter.options().retain();
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
