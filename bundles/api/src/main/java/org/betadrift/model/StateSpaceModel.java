package org.betadrift.model;

import java.util.List;
import java.util.Objects;

/** A complete model: states, initial state, T, Q, R, and constraints where there are any. There is no half model and no default Q or R. y and H stay in the {@link Sample}. */
public final class StateSpaceModel {
    private final States states;
    private final InitialState initial;
    private final Transition transition;
    private final Noise stateNoise;
    private final Noise observationNoise;
    private final List<StateConstraint> constraints;

    private StateSpaceModel(States states, InitialState initial, Transition transition, Noise stateNoise, Noise observationNoise,
            List<StateConstraint> constraints) {
        this.states = Objects.requireNonNull(states, "states");
        this.transition = transition;
        this.stateNoise = stateNoise;
        this.observationNoise = Objects.requireNonNull(observationNoise, "observationNoise");
        if (observationNoise.discount().isPresent()) {
            throw InvalidInputException.of("observation noise", observationNoise, "only a state noise can be a discount", "give variances");
        }
        requireDimension("initial state", initial.dimension());
        requireDimension("transition", transition.dimension());
        requireDimension("state noise", stateNoise.dimension());
        this.constraints = List.copyOf(constraints);
        this.constraints.forEach(constraint -> requireDimension("constraint " + constraint, constraint.dimension()));
        this.initial = initial.isStationary() ? Equilibrium.of(states, transition, stateNoise) : initial;
    }

    private void requireDimension(String what, int is) {
        if (is != states.count()) {
            throw InvalidInputException.of("dimension of the " + what, is, "there are " + states.count() + " states " + states,
                    "give one entry a state");
        }
    }

    /**
     * @param initial K; a stationary one is worked out here
     * @param transition K x K
     * @param stateNoise Q, K x K
     * @param observationNoise R, m x m
     * @throws InvalidInputException a dimension is not K, a stationary start is asked of a T with a unit root, or R is a discount
     */
    public static StateSpaceModel of(States states, InitialState initial, Transition transition, Noise stateNoise, Noise observationNoise) {
        return new StateSpaceModel(states, initial, transition, stateNoise, observationNoise, List.of());
    }

    /**
     * The same under these constraints, instead of those it has.
     *
     * @param rows in any order; equal rows may be repeated
     * @throws InvalidInputException one isn't of dimension K
     */
    public StateSpaceModel withConstraints(List<StateConstraint> rows) {
        return new StateSpaceModel(states, initial, transition, stateNoise, observationNoise, rows);
    }

    /** The K states. */
    public States states() {
        return states;
    }

    /** {@code (beta_0|0, P_0|0)}, or diffuse; never stationary. */
    public InitialState initial() {
        return initial;
    }

    /** T and c. */
    public Transition transition() {
        return transition;
    }

    /** Q. */
    public Noise stateNoise() {
        return stateNoise;
    }

    /** R. */
    public Noise observationNoise() {
        return observationNoise;
    }

    /** The rows of A_t beta_t = c_t, and inequalities; empty where exposures are free. */
    public List<StateConstraint> constraints() {
        return constraints;
    }
}
