package org.betadrift.estimation;

import java.util.List;
import java.util.Objects;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.Transition;

/**
 * What an estimator may read: the sample, the transition, its options, an engine, and what stands left of it (initial
 * state, then R, then Q). Asking for what is not there yet is an InvalidInputException. Immutable.
 */
public final class EstimationContext {
    private final Sample sample;
    private final Transition transition;
    private final FilterEngine engine;
    private final Monitor monitor;
    private final Options options;
    private final InitialState initialState;
    private final Noise observationNoise;
    private final Noise stateNoise;
    private final List<StateConstraint> constraints;

    private EstimationContext(Sample sample, Transition transition, FilterEngine engine, Monitor monitor, Options options,
            InitialState initialState, Noise observationNoise, Noise stateNoise, List<StateConstraint> constraints) {
        this.sample = Objects.requireNonNull(sample, "sample");
        this.transition = Objects.requireNonNull(transition, "transition");
        this.engine = Objects.requireNonNull(engine, "engine");
        this.monitor = Objects.requireNonNull(monitor, "monitor");
        this.options = Objects.requireNonNull(options, "options");
        this.initialState = initialState;
        this.observationNoise = observationNoise;
        this.stateNoise = stateNoise;
        this.constraints = List.copyOf(constraints);
    }

    /** For the runtime and for tests of a strategy: nothing estimated yet, no options, nobody listening. */
    public static EstimationContext of(Sample sample, Transition transition, FilterEngine engine) {
        return new EstimationContext(sample, transition, engine, Monitor.NONE, Options.none("strategy"), null, null, null, List.of());
    }

    /** The same for another strategy. */
    public EstimationContext withOptions(Options effective) {
        return new EstimationContext(sample, transition, engine, monitor, effective, initialState, observationNoise, stateNoise, constraints);
    }

    /** The same with somebody listening. */
    public EstimationContext withMonitor(Monitor listener) {
        return new EstimationContext(sample, transition, engine, listener, options, initialState, observationNoise, stateNoise, constraints);
    }

    /** The same with T and c completed by what an estimator found. */
    public EstimationContext withTransition(Transition completed) {
        return new EstimationContext(sample, completed, engine, monitor, options, initialState, observationNoise, stateNoise, constraints);
    }

    /** The same, one step on. */
    public EstimationContext withInitialState(InitialState estimated) {
        return new EstimationContext(sample, transition, engine, monitor, options, estimated, observationNoise, stateNoise, constraints);
    }

    /** The same, one step on. */
    public EstimationContext withObservationNoise(Noise estimated) {
        return new EstimationContext(sample, transition, engine, monitor, options, initialState, estimated, stateNoise, constraints);
    }

    /** The same with Q given to an estimator of R. */
    public EstimationContext withStateNoise(Noise given) {
        return new EstimationContext(sample, transition, engine, monitor, options, initialState, observationNoise, given, constraints);
    }

    /** The same under these constraints. */
    public EstimationContext withConstraints(List<StateConstraint> rows) {
        return new EstimationContext(sample, transition, engine, monitor, options, initialState, observationNoise, stateNoise, rows);
    }

    /** y and H. */
    public Sample sample() {
        return sample;
    }

    /**
     * T and c. An estimator of the initial state sees c = 0 where exposures revert to the mean that it will find itself.
     */
    public Transition transition() {
        return transition;
    }

    /** The engine of the run. */
    public FilterEngine engine() {
        return engine;
    }

    /** To be called now and then by an estimator that takes long. */
    public Monitor monitor() {
        return monitor;
    }

    /** Effective: declared, configured, requested. */
    public Options options() {
        return options;
    }

    /** @throws InvalidInputException this estimator stands left of it */
    public InitialState initialState() {
        return present(initialState, "initial state");
    }

    /** @throws InvalidInputException this estimator stands left of it */
    public Noise observationNoise() {
        return present(observationNoise, "observation noise");
    }

    /** Q, for a joint estimator that fits R alone. @throws InvalidInputException none is given */
    public Noise stateNoise() {
        return present(stateNoise, "state noise");
    }

    /** What the exposures must satisfy, as {@link org.betadrift.model.StateSpaceModel#constraints}; empty where they are free. */
    public List<StateConstraint> constraints() {
        return constraints;
    }

    /**
     * The model as far as it stands: states, initial state, transition, constraints, and of Q and R what is given. What a joint estimator fits it
     * leaves open in the template it makes of this.
     *
     * @throws InvalidInputException there is no initial state yet
     */
    public ModelTemplate template() {
        ModelTemplate template = ModelTemplate.of(sample.states(), initialState(), transition).withConstraints(constraints);
        template = stateNoise == null ? template : template.withStateNoise(stateNoise);
        return observationNoise == null ? template : template.withObservationNoise(observationNoise);
    }

    /** The engine's workspace for the likelihood of what {@code template} leaves open. @throws InvalidInputException they don't fit */
    public LikelihoodEvaluator evaluator(ModelTemplate template) {
        return engine.evaluator(sample, template);
    }

    private static <T> T present(T value, String what) {
        if (value == null) {
            throw InvalidInputException.of(what, "not estimated yet", "the order is initial state, observation noise, state noise",
                    "choose the " + what + " too, or an estimator that needs only what stands left of it");
        }
        return value;
    }
}
