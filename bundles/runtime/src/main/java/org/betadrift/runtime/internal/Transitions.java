package org.betadrift.runtime.internal;

import java.util.List;
import java.util.Map;
import org.betadrift.estimation.Options;
import org.betadrift.model.Matrix;
import org.betadrift.model.States;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.run.Choice;
import org.betadrift.run.StrategyNotFoundException;

/** T from a choice. A transition is a value, not a strategy: nothing is estimated. */
final class Transitions {
    private static final List<String> NAMES = List.of("random-walk", "ar1", "fixed", "fixed-matrix");

    private Transitions() { }

    /** @throws org.betadrift.model.InvalidInputException an unknown name (lists the names) or numbers that don't fit the states */
    static Transition of(Choice choice, States states) {
        int k = states.count();
        boolean valued = !choice.name().equals("random-walk");
        if (!NAMES.contains(choice.name())) {
            throw new StrategyNotFoundException("Transition", choice.name(), NAMES);
        }
        Options options = Options.merge(choice.name(), valued ? new String[] {Options.VALUE} : new String[0], Map.of(), choice.options());
        String what = "the states " + states;
        return switch (choice.name()) {
            case "ar1" -> Transition.ar1(Vector.filled(k, options.number(Options.VALUE, -1, 1)));
            case "fixed" -> Transition.fixed(Matrix.diagonal(options.numbers(Options.VALUE, k, what)));
            case "fixed-matrix" -> Transition.fixed(options.matrix(Options.VALUE, k, what));
            default -> Transition.randomWalk(k);
        };
    }
}
