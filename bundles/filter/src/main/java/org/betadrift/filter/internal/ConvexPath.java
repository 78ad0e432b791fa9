package org.betadrift.filter.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.betadrift.estimation.Strategy;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PathEstimator;
import org.betadrift.filter.PathOptions;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.filter.StatePath;
import org.betadrift.filter.internal.path.Feasibility;
import org.betadrift.filter.internal.path.PathSolution;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The posterior mode as a convex problem of the whole path, see {@code org.betadrift.filter.internal.path}. */
@Component(name = "org.betadrift.path.path")
@Designate(ocd = Ranking.class)
@Strategy(name = "path", description = "the whole path under inequalities: posterior mode, shadow prices, bands of the truncated posterior", causal = true,
        multivariate = true, options = {"causal=auto", "draws=400"})
public final class ConvexPath implements PathEstimator {
    private static final double ENOUGH = 100;

    @Override
    public PathResult estimate(StateSpaceModel model, Sample sample, PathOptions options, Monitor monitor) {
        Fit.requireShape(model, sample);
        if (model.stateNoise().discount().isPresent()) {
            throw InvalidInputException.of("state noise", model.stateNoise(), "a path needs a covariance a date and a discount has none of its own",
                    "give what it came to in a filter, FilterResult.stateNoise(t)");
        }
        if (sample.periods() == 0) {
            throw InvalidInputException.of("number of dates", 0, "a path has at least one", "give a sample with dates");
        }
        PathSolution solution = new PathSolution(model, sample);
        solution.solve(monitor);
        PathResult.Builder result = PathResult.builder(model, sample)
                .mode(StatePath.ofUnsafe(StatePath.Knows.SMOOTHED, model.states(), sample.dates(), solution.mode(), null))
                .shadowPrices(solution.shadowPrices())
                .iterations(solution.iterations())
                .logDensityGivenUp(solution.logDensityGivenUp());
        if (options.causal()) {
            result.causal(StatePath.ofUnsafe(StatePath.Knows.FILTERED, model.states(), sample.dates(), solution.causal(monitor), null));
        }
        List<String> warnings = new ArrayList<>();
        if (solution.kktResidual() > PathSolution.OPTIMAL) {
            warnings.add(String.format(Locale.ROOT, "the path is optimal to %.2g only: scale the data, or write an inequality that leaves no room as an equality",
                    solution.kktResidual()));
        }
        if (options.draws() > 0) {
            warnings.addAll(draw(solution, result, model, sample, options, monitor));
        }
        result.warnings(warnings);
        return result.kktResidual(solution.kktResidual()).violation(solution.violation()).build();
    }

    @Override
    public void requireFeasible(List<StateConstraint> constraints, Sample sample) {
        Feasibility.require(constraints, sample);
    }

    /** @return warnings */
    private static List<String> draw(PathSolution solution, PathResult.Builder result, StateSpaceModel model, Sample sample, PathOptions options, Monitor monitor) {
        int k = model.states().count();
        long values = (long) options.draws() * sample.periods() * k;
        if (values > Integer.MAX_VALUE - 8) {
            throw InvalidInputException.of("number of draws", options.draws(), "with " + sample.periods() + " dates and " + k
                    + " states that is " + values + " numbers, more than an array holds", "draw fewer");
        }
        double[] beta = solution.draws(options.draws(), new NormalStream(options.seed(), 0), monitor);
        double[] effective = solution.effective(beta, options.draws());
        List<String> warnings = new ArrayList<>();
        int worst = 0;
        for (int i = 1; i < effective.length; i++) {
            worst = effective[i] < effective[worst] ? i : worst;
        }
        if (effective.length > 0 && effective[worst] < ENOUGH) {
            warnings.add("the " + options.draws() + " draws of " + model.states().names().get(worst % k) + " on " + sample.date(worst / k)
                    + " are worth " + Math.round(effective[worst]) + " independent ones: ask for more for bands to rely on");
        }
        if (solution.stuck() > 0) {
            warnings.add(Math.round(1e4 * solution.stuck()) / 100.0 + " % of the moves between draws were given up, in corners of the constraints");
        }
        result.draws(PosteriorPaths.ofUnsafe(model.states(), sample.dates(), options.draws(), beta), effective);
        return warnings;
    }
}
