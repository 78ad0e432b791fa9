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

/** From a sample to a run, in the fixed order: initial state, R, Q, filter, diagnostics. One run, one thread. */
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

        Transition transition = Transitions.of(recipe.transition(), sample.states());
        EstimationContext context = EstimationContext.of(sample, transition, parts.engine().service()).withMonitor(monitor);
        monitor.progress(Double.NaN, "the initial state");
        InitialState initial = keep(parts.initial(),
                parts.initial().service().estimate(context.withOptions(parts.initial().options())));
        context = context.withInitialState(initial);
        monitor.progress(Double.NaN, "the observation noise");
        Noise r = keep(parts.observationNoise(),
                parts.observationNoise().service().estimate(context.withOptions(parts.observationNoise().options())));
        context = context.withObservationNoise(r);
        monitor.progress(Double.NaN, "the state noise");
        Noise q = keep(parts.stateNoise(),
                parts.stateNoise().service().estimate(context.withOptions(parts.stateNoise().options())));

        StateSpaceModel model = StateSpaceModel.of(sample.states(), initial, transition, q, r);
        FilterResult filter = parts.engine().service().filter(model, sample, recipe.filterOptions(), monitor);
        note(parts.engine(), Optional.empty());
        warnings.addAll(filter.warnings());

        Map<String, DiagnosticResult> diagnostics = new LinkedHashMap<>();
        for (Part<Diagnostic> part : parts.diagnostics()) {
            monitor.progress(Double.NaN, "the diagnostics");
            diagnostics.put(part.info().name(), diagnose(part, filter));
            note(part, Optional.empty());
        }
        return ExposureRun.of(recipe, filter, diagnostics, provenance, warnings);
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

    /** A diagnostic that fails does not fail the run. */
    private static DiagnosticResult diagnose(Part<Diagnostic> part, FilterResult filter) {
        try {
            return part.service().diagnose(DiagnosticContext.of(filter));
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("diagnostic {} failed: {}", part.info().name(), e.toString());
            LOG.debug("diagnostic {} failed", part.info().name(), e);
            return DiagnosticResult.of(DiagnosticResult.Status.FAIL, "it could not run: " + e.getMessage());
        }
    }
}
