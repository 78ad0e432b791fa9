package org.betadrift.runtime.internal;

import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;

/** Whether a sample can carry its states at all, whatever estimates them. */
final class SampleCheck {
    private SampleCheck() { }

    /** @throws InvalidInputException that names the factor, or says how many observations there are */
    static void require(Sample sample, int burnIn) {
        if (burnIn > 0 && burnIn >= sample.periods()) {
            throw InvalidInputException.of("burn-in", burnIn, "the sample has " + sample.periods() + " periods", "leave some to count");
        }
        requireObservationsAfter(sample, burnIn);
        int k = sample.states().count();
        if (sample.observations() < k) {
            throw InvalidInputException.of("number of observations", sample.observations(), "there are " + k + " states " + sample.states(),
                    "give more data or fewer factors");
        }
        for (int state = 0; state < k; state++) {
            if (!sample.isSlope(state)) {
                requireInformation(sample, state);
            }
        }
    }

    private static void requireObservationsAfter(Sample sample, int burnIn) {
        for (int t = burnIn; t < sample.periods(); t++) {
            for (int i = 0; i < sample.targets().size(); i++) {
                if (!Double.isNaN(sample.y(t, i))) {
                    return;
                }
            }
        }
        String targets = String.join(", ", sample.targets());
        throw burnIn == 0
                ? InvalidInputException.of("number of observations", 0, targets + " is missing on every date", "choose another target, or other dates")
                : InvalidInputException.of("number of observations after a burn-in of " + burnIn, 0, targets + " is missing on every date after it",
                        "shorten the burn-in, or give more data");
    }

    private static void requireInformation(Sample sample, int state) {
        String factor = sample.states().names().get(state).factor();
        int target = sample.target(state);
        boolean alpha = sample.hasIntercept() && factor.equals(org.betadrift.model.StateName.ALPHA);
        double first = Double.NaN;
        boolean constant = true;
        for (int t = 0; t < sample.periods() && constant; t++) {
            if (!Double.isNaN(sample.y(t, target))) {
                double x = sample.regressor(t, state);
                first = Double.isNaN(first) ? x : first;
                constant = x == first;
            }
        }
        if (constant && first == 0) {
            throw InvalidInputException.of("factor " + factor, "zero on every date with a target", "nothing can be learnt about its exposure",
                    "take it out");
        }
        if (constant && !alpha && sample.hasIntercept() && !Double.isNaN(first)) {
            throw InvalidInputException.of("factor " + factor, "constant (" + first + ")", "the intercept is constant too",
                    "take out one of them");
        }
    }
}
