package org.betadrift.filter.internal;

import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.States;
import org.betadrift.model.Transition;

/** Whether a model and a sample belong together: what everyone checks before it begins. */
final class Fit {
    private Fit() { }

    /** For a filter. @throws InvalidInputException that says what doesn't fit; or an inequality */
    static void require(StateSpaceModel model, Sample sample) {
        requireShape(model, sample);
        model.constraints().forEach(ConstraintRows::requireEquality);
    }

    /** The same under any constraints. */
    static void requireShape(StateSpaceModel model, Sample sample) {
        requireStates(model.states(), sample);
        requireObservationNoise(model.observationNoise(), sample);
        requireDates("state noise", model.stateNoise().periods(), sample);
        requireTransition(model.transition(), sample);
        for (StateConstraint constraint : model.constraints()) {
            requireDates("constraint " + constraint, constraint.periods(), sample);
        }
    }

    static void requireStates(States states, Sample sample) {
        if (!states.equals(sample.states())) {
            throw InvalidInputException.of("states of the model", states, "the sample has " + sample.states(), "build both from one recipe");
        }
    }

    static void requireObservationNoise(Noise noise, Sample sample) {
        int m = sample.targets().size();
        if (noise.dimension() != m) {
            throw InvalidInputException.of("dimension of the observation noise", noise.dimension(),
                    m == 1 ? "there is one target" : "there are " + m + " targets", "give one variance a target");
        }
        requireDates("observation noise", noise.periods(), sample);
    }

    static void requireTransition(Transition transition, Sample sample) {
        requireDates("transition", transition.periods(), sample);
    }

    /** @param dates 0 = the same on every date */
    static void requireDates(String what, int dates, Sample sample) {
        if (dates != 0 && dates != sample.periods()) {
            throw InvalidInputException.of("number of dates of the " + what, dates, "the sample has " + sample.periods(), "give one a date");
        }
    }
}
