package org.betadrift.runtime.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.betadrift.estimation.Options;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.States;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.run.Choice;
import org.betadrift.run.StrategyNotFoundException;

/**
 * T and c from a choice. A transition is a value, not a strategy: nothing is estimated. Mean reversion without a mean goes
 * to the initial state's, so it is complete only when that is known.
 */
final class Transitions {
    private static final String MEAN_REVERTING = "mean-reverting";
    private static final List<String> NAMES = List.of("random-walk", "ar1", MEAN_REVERTING, "local-linear-trend", "fixed", "fixed-matrix");
    private static final List<String> WITHOUT_VALUE = List.of("random-walk", "local-linear-trend");
    private static final String PHI = "phi";
    private static final String MEAN = "mean";

    private final Transition transition;
    private final Vector phi; // of a mean reversion whose mean is the initial state's; else null

    private Transitions(Transition transition, Vector phi) {
        this.transition = transition;
        this.phi = phi;
    }

    /** @throws InvalidInputException an unknown name (lists the names) or numbers that don't fit the states */
    static Transitions of(Choice choice, States states) {
        int k = states.count();
        boolean valued = !WITHOUT_VALUE.contains(choice.name());
        if (!NAMES.contains(choice.name())) {
            throw new StrategyNotFoundException("Transition", choice.name(), NAMES);
        }
        Options options = Options.merge(choice.name(), valued ? new String[] {Options.VALUE} : new String[0], Map.of(), choice.options());
        String what = "the states " + states;
        return switch (choice.name()) {
            case "ar1" -> complete(Transition.ar1(speeds(options, Options.VALUE, states)));
            case MEAN_REVERTING -> meanReverting(options.text(Options.VALUE), states);
            case "local-linear-trend" -> complete(Transition.localLinearTrend(states));
            case "fixed" -> complete(Transition.fixed(Matrix.diagonal(options.numbers(Options.VALUE, k, what))));
            case "fixed-matrix" -> complete(Transition.fixed(options.matrix(Options.VALUE, k, what)));
            default -> complete(Transition.randomWalk(k));
        };
    }

    private static Transitions complete(Transition transition) {
        return new Transitions(transition, null);
    }

    /** @param text {@code PHI} or {@code PHI:MEAN} */
    private static Transitions meanReverting(String text, States states) {
        String[] phiAndMean = text.split(":", 2);
        Options options = Options.merge(MEAN_REVERTING, new String[] {PHI, MEAN}, Map.of(),
                phiAndMean.length == 1 ? Map.of(PHI, phiAndMean[0]) : Map.of(PHI, phiAndMean[0], MEAN, phiAndMean[1]));
        Vector phi = speeds(options, PHI, states);
        return options.has(MEAN) ? complete(Transition.meanReverting(phi, each(options, MEAN, states))) : new Transitions(Transition.ar1(phi), phi);
    }

    /** Each in [-1, 1]: beyond that exposures explode. */
    private static Vector speeds(Options options, String key, States states) {
        Vector phi = each(options, key, states);
        for (int k = 0; k < phi.size(); k++) {
            if (Math.abs(phi.get(k)) > 1) {
                throw InvalidInputException.of("phi of " + states.names().get(k), phi.get(k), "it must lie in [-1.0, 1.0]",
                        "exposures explode beyond; T of any numbers is fixed:a,b,...");
            }
        }
        return phi;
    }

    /** One number for all states, or one for each. */
    private static Vector each(Options options, String key, States states) {
        double[] numbers = options.numbers(key);
        return numbers.length == 1 ? Vector.filled(states.count(), numbers[0])
                : Vector.of(options.numbers(key, states.count(), "the states " + states));
    }

    /** What an estimator of the initial state may see: c = 0 where it follows from its result. */
    Transition beforeInitialState() {
        return transition;
    }

    /** @throws InvalidInputException the mean is the initial state's, and that has none */
    Transition after(InitialState initial, States states) {
        if (phi == null) {
            return transition;
        }
        List<String> without = new ArrayList<>();
        for (int k = 0; k < states.count(); k++) {
            if (initial.isStationary() || initial.isDiffuse(k)) {
                without.add(states.texts().get(k));
            }
        }
        if (!without.isEmpty()) {
            throw InvalidInputException.of("mean of transition mean-reverting", "not given",
                    "the " + (initial.isStationary() ? "stationary" : "diffuse") + " initial state of " + String.join(", ", without) + " has none to revert to",
                    "write mean-reverting:PHI:MEAN, or choose initial known or ols");
        }
        return Transition.meanReverting(phi, initial.prior().mean());
    }
}
