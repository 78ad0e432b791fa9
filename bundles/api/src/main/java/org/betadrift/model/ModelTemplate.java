package org.betadrift.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A model whose Q, R or both are still open: what a likelihood is a function of. Only {@link #complete} makes a
 * {@link StateSpaceModel}, so there is no model with a default Q or R. Immutable.
 */
public final class ModelTemplate {
    private final States states;
    private final InitialState initial;
    private final Transition transition;
    private final Noise stateNoise;
    private final Noise observationNoise;
    private final List<StateConstraint> constraints;

    private ModelTemplate(States states, InitialState initial, Transition transition, Noise stateNoise, Noise observationNoise,
            List<StateConstraint> constraints) {
        this.states = Objects.requireNonNull(states, "states");
        this.initial = Objects.requireNonNull(initial, "initial");
        this.transition = Objects.requireNonNull(transition, "transition");
        this.stateNoise = stateNoise;
        this.observationNoise = observationNoise;
        this.constraints = List.copyOf(constraints);
    }

    /** Q and R are open. */
    public static ModelTemplate of(States states, InitialState initial, Transition transition) {
        return new ModelTemplate(states, initial, transition, null, null, List.of());
    }

    /** Fixes Q. */
    public ModelTemplate withStateNoise(Noise q) {
        return new ModelTemplate(states, initial, transition, q, observationNoise, constraints);
    }

    /** Fixes R. */
    public ModelTemplate withObservationNoise(Noise r) {
        return new ModelTemplate(states, initial, transition, stateNoise, r, constraints);
    }

    /** The same under these constraints, instead of those it has. */
    public ModelTemplate withConstraints(List<StateConstraint> rows) {
        return new ModelTemplate(states, initial, transition, stateNoise, observationNoise, rows);
    }

    /** The K states. */
    public States states() {
        return states;
    }

    /** Known, diffuse, or stationary: then it follows Q. */
    public InitialState initial() {
        return initial;
    }

    /** T and c. */
    public Transition transition() {
        return transition;
    }

    /** Q; empty while open. */
    public Optional<Noise> stateNoise() {
        return Optional.ofNullable(stateNoise);
    }

    /** R; empty while open. */
    public Optional<Noise> observationNoise() {
        return Optional.ofNullable(observationNoise);
    }

    /** As {@link StateSpaceModel#constraints}. */
    public List<StateConstraint> constraints() {
        return constraints;
    }

    /** The model with these, whatever is fixed. @throws InvalidInputException as {@link StateSpaceModel#of} */
    public StateSpaceModel complete(Noise q, Noise r) {
        return StateSpaceModel.of(states, initial, transition, q, r).withConstraints(constraints);
    }
}
