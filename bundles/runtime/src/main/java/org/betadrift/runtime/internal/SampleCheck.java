package org.betadrift.runtime.internal;

import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateName;

/** Whether a sample can carry its states at all, whatever estimates them. */
final class SampleCheck {
    private SampleCheck() { }

    /** @throws InvalidInputException that names the factor, or says how many observations there are */
    static void require(Sample sample, int burnIn) {
        if (burnIn > 0 && burnIn >= sample.periods()) {
            throw InvalidInputException.of("burn-in", burnIn, "the sample has " + sample.periods() + " periods", "leave some to count");
        }
        requireObservations(sample);
        requireObservationsAfter(sample, burnIn);
        for (int i = 0; i < sample.targets().size(); i++) {
            requireAsManyAsStates(sample, i);
        }
        for (int state = 0; state < sample.states().count(); state++) {
            if (!sample.isSlope(state)) {
                requireInformation(sample, state);
            }
        }
    }

    /** Of each target: one that is never there has exposures that nothing tells of. */
    private static void requireObservations(Sample sample) {
        List<String> missing = targets(sample).filter(i -> observations(sample, i, 0) == 0).mapToObj(sample.targets()::get).toList();
        if (!missing.isEmpty()) {
            boolean only = sample.targets().size() == 1;
            throw InvalidInputException.of("number of observations" + (only ? "" : " of " + String.join(", ", missing)), 0,
                    (only ? missing.get(0) : missing.size() == 1 ? "it" : "each") + " is missing on every date",
                    only ? "choose another target, or other dates" : "take out what has no data, or choose other dates");
        }
    }

    private static void requireObservationsAfter(Sample sample, int burnIn) {
        if (targets(sample).allMatch(i -> observations(sample, i, burnIn) == 0)) {
            throw InvalidInputException.of("number of observations after a burn-in of " + burnIn, 0,
                    String.join(", ", sample.targets()) + " is missing on every date after it", "shorten the burn-in, or give more data");
        }
    }

    private static void requireAsManyAsStates(Sample sample, int target) {
        List<String> states = IntStream.range(0, sample.states().count()).filter(k -> sample.target(k) == target)
                .mapToObj(sample.states().texts()::get).toList();
        int observations = observations(sample, target, 0);
        if (observations < states.size()) {
            throw InvalidInputException.of("number of observations" + (sample.targets().size() == 1 ? "" : " of " + sample.targets().get(target)),
                    observations, "there are " + states.size() + " states " + states, "give more data or fewer factors");
        }
    }

    private static IntStream targets(Sample sample) {
        return IntStream.range(0, sample.targets().size());
    }

    private static int observations(Sample sample, int target, int from) {
        return (int) IntStream.range(from, sample.periods()).filter(t -> !Double.isNaN(sample.y(t, target))).count();
    }

    private static void requireInformation(Sample sample, int state) {
        String factor = sample.states().names().get(state).factor();
        int target = sample.target(state);
        String what = "factor " + factor + (sample.targets().size() == 1 ? "" : " of " + sample.targets().get(target));
        boolean alpha = sample.hasIntercept() && factor.equals(StateName.ALPHA);
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
            throw InvalidInputException.of(what, "zero on every date with a target", "nothing can be learnt about its exposure",
                    "take it out");
        }
        if (constant && !alpha && sample.hasIntercept() && !Double.isNaN(first)) {
            throw InvalidInputException.of(what, "constant (" + first + ")", "the intercept is constant too",
                    "take out one of them");
        }
    }
}
