package org.betadrift.estimation;

import java.util.Objects;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.Monitor;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
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

    private EstimationContext(Sample sample, Transition transition, FilterEngine engine, Monitor monitor, Options options,
            InitialState initialState, Noise observationNoise) {
        this.sample = Objects.requireNonNull(sample, "sample");
        this.transition = Objects.requireNonNull(transition, "transition");
        this.engine = Objects.requireNonNull(engine, "engine");
        this.monitor = Objects.requireNonNull(monitor, "monitor");
        this.options = Objects.requireNonNull(options, "options");
        this.initialState = initialState;
        this.observationNoise = observationNoise;
    }

    /** For the runtime and for tests of a strategy: nothing estimated yet, no options, nobody listening. */
    public static EstimationContext of(Sample sample, Transition transition, FilterEngine engine) {
        return new EstimationContext(sample, transition, engine, Monitor.NONE, Options.none("strategy"), null, null);
    }

    /** The same for another strategy. */
    public EstimationContext withOptions(Options effective) {
        return new EstimationContext(sample, transition, engine, monitor, effective, initialState, observationNoise);
    }

    /** The same with somebody listening. */
    public EstimationContext withMonitor(Monitor listener) {
        return new EstimationContext(sample, transition, engine, listener, options, initialState, observationNoise);
    }

    /** The same with T and c completed by what an estimator found. */
    public EstimationContext withTransition(Transition completed) {
        return new EstimationContext(sample, completed, engine, monitor, options, initialState, observationNoise);
    }

    /** The same, one step on. */
    public EstimationContext withInitialState(InitialState estimated) {
        return new EstimationContext(sample, transition, engine, monitor, options, estimated, observationNoise);
    }

    /** The same, one step on. */
    public EstimationContext withObservationNoise(Noise estimated) {
        return new EstimationContext(sample, transition, engine, monitor, options, initialState, estimated);
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

    private static <T> T present(T value, String what) {
        if (value == null) {
            throw InvalidInputException.of(what, "not estimated yet", "the order is initial state, observation noise, state noise",
                    "use an estimator that needs only what stands left of it");
        }
        return value;
    }
}
