package org.betadrift.estimation;

import java.util.Objects;
import java.util.Optional;
import org.betadrift.model.Noise;
import org.betadrift.model.Transition;

/** Q and R, and the transition when phi was estimated with them. Immutable. */
public final class JointNoise {
    private final Noise stateNoise;
    private final Noise observationNoise;
    private final Transition transition;

    private JointNoise(Noise stateNoise, Noise observationNoise, Transition transition) {
        this.stateNoise = Objects.requireNonNull(stateNoise, "stateNoise");
        this.observationNoise = Objects.requireNonNull(observationNoise, "observationNoise");
        this.transition = transition;
    }

    /** The transition stays as it was given. */
    public static JointNoise of(Noise stateNoise, Noise observationNoise) {
        return new JointNoise(stateNoise, observationNoise, null);
    }

    /** The same with an estimated transition. */
    public JointNoise withTransition(Transition estimated) {
        return new JointNoise(stateNoise, observationNoise, estimated);
    }

    /** Q. */
    public Noise stateNoise() {
        return stateNoise;
    }

    /** R. */
    public Noise observationNoise() {
        return observationNoise;
    }

    /** Empty when it was given. */
    public Optional<Transition> transition() {
        return Optional.ofNullable(transition);
    }
}
