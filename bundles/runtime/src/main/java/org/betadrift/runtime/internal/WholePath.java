package org.betadrift.runtime.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Options;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PathEstimator;
import org.betadrift.filter.PathOptions;
import org.betadrift.filter.PathResult;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.run.ConstraintExpression;
import org.betadrift.run.Recipe;
import org.betadrift.runtime.internal.Parts.Part;

/** The path of a run under every constraint: by its model, which knows the equalities only, and with the options that a recipe gives. */
final class WholePath {
    /** Up to so many n K^2 a causal path, which is a problem on every date, is cheap: a few seconds. */
    private static final long CHEAP = 50_000;
    private static final String CAUSAL = "causal";
    private static final String DRAWS = "draws";

    private final Recipe recipe;
    private final Sample sample;
    private final Part<PathEstimator> part;

    WholePath(Recipe recipe, Sample sample, Part<PathEstimator> part) {
        this.recipe = recipe;
        this.sample = sample;
        this.part = part;
    }

    /** Before anything is estimated. @throws OptionException a value that isn't one */
    static void require(Options options) {
        draws(options);
        if (options.has(CAUSAL)) {
            options.oneOf(CAUSAL, "auto", "true", "false");
        }
    }

    /** An estimator that declares no draws makes none. */
    private static int draws(Options options) {
        int draws = options.has(DRAWS) ? options.whole(DRAWS, 0, Integer.MAX_VALUE) : 0;
        if (draws == 1) {
            throw new OptionException("option draws is 1, but a band needs at least 2: write 400, or 0 for none");
        }
        return draws;
    }

    private boolean causal(Options options) {
        String wanted = options.has(CAUSAL) ? options.text(CAUSAL) : "false";
        return wanted.equals("true") || wanted.equals("auto") && (long) sample.periods() * sample.states().count() * sample.states().count() <= CHEAP;
    }

    /** @param model the run's */
    PathResult estimate(StateSpaceModel model, Monitor monitor) {
        PathOptions options = PathOptions.defaults();
        options = causal(part.options()) ? options.withCausal() : options;
        int draws = draws(part.options());
        return estimate(model, draws == 0 ? options : options.withDraws(draws, recipe.seed()), monitor);
    }

    /** The mode alone: on its last date it is what a causal path has there. */
    PathResult mode(StateSpaceModel model, Monitor monitor) {
        return estimate(model, PathOptions.defaults(), monitor);
    }

    private PathResult estimate(StateSpaceModel model, PathOptions options, Monitor monitor) {
        monitor.progress(Double.NaN, "the path under the constraints");
        return part.service().estimate(model.withConstraints(Constraints.all(recipe, sample)), sample, options, monitor);
    }

    /** What a reader has to know, and what the estimator says. */
    List<String> warnings(PathResult path) {
        List<String> warnings = new ArrayList<>();
        if (!recipe.inequalities().isEmpty()) {
            String all = recipe.inequalities().stream().map(ConstraintExpression::toString).distinct().collect(Collectors.joining(", "));
            warnings.add("the initial state, Q and R come without the inequalities (" + all + "), which bind the path under the constraints only: an"
                    + " estimated Q may be too small for them, and the bands too narrow");
        }
        warnings.addAll(path.warnings());
        return warnings;
    }
}
