package org.betadrift.runtime.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.Monitor;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.run.Provenance;
import org.betadrift.run.Recipe;
import org.betadrift.runtime.internal.Parts.Part;

/** From a sample to a model, in the fixed order: initial state, R, Q, then what a joint strategy makes of them. Used once. */
final class Estimation {
    private final Recipe recipe;
    private final Sample sample;
    private final Parts parts;
    private final Monitor monitor;
    private final List<StateConstraint> constraints;
    private final StateSpaceModel start; // null = none
    private final List<Provenance> provenance = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private ConvergenceRecord convergence;

    Estimation(Recipe recipe, Sample sample, Parts parts, Monitor monitor) {
        this(recipe, sample, parts, monitor, Constraints.equalities(recipe, sample), null);
    }

    /**
     * @param constraints instead of the recipe's
     * @param start whose noises a joint strategy that is given neither may begin from; null for none
     */
    Estimation(Recipe recipe, Sample sample, Parts parts, Monitor monitor, List<StateConstraint> constraints, StateSpaceModel start) {
        this.constraints = constraints;
        this.start = start;
        this.recipe = recipe;
        this.sample = sample;
        this.parts = parts;
        this.monitor = monitor;
    }

    Estimated run() {
        Transitions transitions = Transitions.of(recipe.transition(), sample.states());
        EstimationContext context = EstimationContext.of(sample, transitions.beforeInitialState(), parts.engine().service()).withMonitor(monitor)
                .withConstraints(constraints);
        monitor.progress(Double.NaN, "the initial state");
        InitialState initial = keep(parts.initial(), parts.initial().service().estimate(context.withOptions(parts.initial().options())));
        requireConvention(initial);
        Transition transition = transitions.after(initial, sample.states());
        context = context.withInitialState(initial).withTransition(transition);

        Optional<Noise> r = Optional.empty();
        if (parts.observationNoise().isPresent()) {
            Part<ObservationNoiseEstimator> part = parts.observationNoise().get();
            monitor.progress(Double.NaN, "the observation noise");
            r = Optional.of(keep(part, part.service().estimate(context.withOptions(part.options()))));
            context = context.withObservationNoise(r.get());
        }
        Optional<Noise> q = Optional.empty();
        if (parts.stateNoise().isPresent()) {
            Part<StateNoiseEstimator> part = parts.stateNoise().get();
            monitor.progress(Double.NaN, "the state noise");
            Estimate<Noise> estimate = part.service().estimate(context.withOptions(part.options()));
            q = Optional.of(keep(part, recipe.elapsed() ? ElapsedNoise.scaled(estimate, sample, transition) : estimate));
            context = context.withStateNoise(q.get());
        }
        StateSpaceModel model = parts.joint().isPresent() ? joint(parts.joint().get(), context)
                : StateSpaceModel.of(sample.states(), initial, transition, q.orElseThrow(), r.orElseThrow()).withConstraints(context.constraints());
        return new Estimated(model, r, q, Optional.ofNullable(convergence), List.copyOf(provenance), List.copyOf(warnings));
    }

    /** Both noises, and the transition where phi was estimated with them. */
    private StateSpaceModel joint(Part<JointNoiseEstimator> part, EstimationContext before) {
        monitor.progress(Double.NaN, "both noises");
        Optional<Part<FilterEngine>> searchEngine = parts.searchEngine()
                .filter(engine -> engine.info().multivariate() || sample.targets().size() == 1);
        EstimationContext context = begin(searchEngine.map(engine -> with(engine.service(), before)).orElse(before));
        Estimate<JointNoise> estimate = part.service().estimate(context.withOptions(part.options()));
        JointNoise both = keep(part, estimate);
        searchEngine.ifPresent(engine -> note(engine, Optional.empty()));
        convergence = estimate.convergence().orElse(null);
        if (recipe.filterOptions().burnIn() > 0) {
            warnings.add(part.info().name() + " counts every date: the burn-in of " + recipe.filterOptions().burnIn()
                    + " leaves dates out of sums and tables, not out of the estimation");
        }
        parts.observationNoise().ifPresent(given -> tell(part, "R", "observation noise " + given.info().name(),
                both.observationNoise().equals(context.observationNoise())));
        parts.stateNoise().ifPresent(given -> tell(part, "Q", "state noise " + given.info().name(), both.stateNoise().equals(context.stateNoise())));
        return StateSpaceModel.of(sample.states(), context.initialState(), both.transition().orElse(context.transition()),
                both.stateNoise(), both.observationNoise()).withConstraints(context.constraints());
    }

    private EstimationContext begin(EstimationContext context) {
        return start == null || parts.observationNoise().isPresent() || parts.stateNoise().isPresent() ? context
                : context.withObservationNoise(start.observationNoise()).withStateNoise(start.stateNoise());
    }

    /** A given noise may be where a strategy begins; one that is not used as it was given is never so in silence. */
    private void tell(Part<JointNoiseEstimator> part, String noise, String given, boolean asGiven) {
        if (!asGiven) {
            warnings.add(noise + " is what " + part.info().name() + " found, not the " + given + " that it was given");
        }
    }

    /** The same context with the engine made for searches. */
    private EstimationContext with(FilterEngine engine, EstimationContext context) {
        EstimationContext with = EstimationContext.of(sample, context.transition(), engine).withMonitor(monitor)
                .withInitialState(context.initialState()).withConstraints(context.constraints());
        with = parts.observationNoise().isPresent() ? with.withObservationNoise(context.observationNoise()) : with;
        return parts.stateNoise().isPresent() ? with.withStateNoise(context.stateNoise()) : with;
    }

    /** An engine would refuse it too, but only after everything has been estimated. */
    private void requireConvention(InitialState initial) {
        if (initial.hasDiffuse()) {
            recipe.filterOptions().convention().constant(1, 1);
        }
    }

    private <T> T keep(Part<?> part, Estimate<T> estimate) {
        note(part, Optional.of(estimate.causalFrom()));
        warnings.addAll(estimate.warnings());
        return estimate.value();
    }

    private void note(Part<?> part, Optional<CausalFrom> causalFrom) {
        provenance.add(part.provenance(causalFrom));
    }
}
