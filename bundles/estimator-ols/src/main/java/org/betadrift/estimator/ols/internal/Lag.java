package org.betadrift.estimator.ols.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;

/**
 * R_t from numbers that are known after each observation: date t has what the observations before it say, so that R_t is there
 * before y_t is. The first dates, before which too few have been, have the first number there is: they look ahead, and that is said.
 * Several targets have numbers of their own, on the diagonal.
 */
final class Lag {
    private static final int DATES_BETWEEN_CALLS = 64;

    /**
     * What one target's observations say.
     *
     * @param observedDates indices of the dates on which it is present
     * @param fewest how many observations the first number needs, at least 1
     * @param afterObservations the variance after that many observations, {@code fewest} or more
     */
    record Rule(int[] observedDates, int fewest, IntToDoubleFunction afterObservations) { }

    private final EstimationContext context;
    private final Sample sample;
    private final double floor;
    private final String strategy;

    /** @param floor the least that R may be @param strategy for warnings */
    Lag(EstimationContext context, double floor, String strategy) {
        this.context = context;
        this.sample = context.sample();
        this.floor = floor;
        this.strategy = strategy;
    }

    /** @param rules one a target */
    Estimate<Noise> estimate(List<Rule> rules) {
        List<double[]> r = IntStream.range(0, rules.size()).mapToObj(i -> variances(rules.get(i), i, rules.size())).toList();
        CausalFrom causalFrom = rules.stream().map(rule -> CausalFrom.afterRows(sample, settled(rule) + 1)).reduce(CausalFrom::and).orElseThrow();
        Estimate<Noise> estimate = warn(Estimate.of(noise(r), causalFrom), rules, this::lookAhead);
        return warn(estimate, r, this::zeros);
    }

    private Noise noise(List<double[]> r) {
        return r.size() == 1 ? Noise.varying(r.get(0)) : Noise.varying(IntStream.range(0, sample.periods())
                .mapToObj(t -> Covariance.diagonal(r.stream().mapToDouble(its -> its[t]).toArray())).toList());
    }

    private double[] variances(Rule rule, int target, int targets) {
        double[] r = new double[sample.periods()];
        int before = 0;
        int known = -1;
        double variance = Double.NaN;
        for (int t = 0; t < r.length; t++) {
            if (t % DATES_BETWEEN_CALLS == 0) {
                context.monitor().progress((target + (double) t / r.length) / targets, "the observation noise");
            }
            int counted = Math.max(before, rule.fewest());
            if (counted != known) {
                variance = Math.max(floor, rule.afterObservations().applyAsDouble(counted));
                known = counted;
            }
            r[t] = variance;
            before += before < rule.observedDates().length && rule.observedDates()[before] == t ? 1 : 0;
        }
        return r;
    }

    private static int settled(Rule rule) {
        return rule.observedDates()[rule.fewest() - 1];
    }

    /** What is the same of all targets is said once, what isn't of each by its name. */
    private <T> Estimate<Noise> warn(Estimate<Noise> estimate, List<T> ofTargets, Function<T, String> words) {
        List<String> all = ofTargets.stream().map(words).toList();
        List<String> warnings = new ArrayList<>();
        if (all.stream().distinct().count() == 1) {
            warnings.add(all.get(0).isEmpty() ? "" : strategy + ": R " + all.get(0));
        } else {
            IntStream.range(0, all.size()).forEach(i -> warnings.add(all.get(i).isEmpty() ? "" : strategy + ": R of "
                    + sample.targets().get(i) + " " + all.get(i)));
        }
        Estimate<Noise> warned = estimate;
        for (String warning : warnings) {
            warned = warning.isEmpty() ? warned : warned.withWarning(warning);
        }
        return warned;
    }

    private String lookAhead(Rule rule) {
        int settled = settled(rule);
        return settled == 0 ? "" : (settled == 1 ? "on " + sample.date(0) : "from " + sample.date(0) + " to " + sample.date(settled - 1))
                + " looks ahead, to the first " + rule.fewest() + " observations (until " + sample.date(settled) + ")";
    }

    private String zeros(double[] r) {
        int[] zeros = IntStream.range(0, r.length).filter(t -> r[t] == 0).toArray();
        return zeros.length == 0 ? "" : "is zero on " + zeros.length + (zeros.length == 1 ? " date" : " dates") + " (first on "
                + sample.date(zeros[0]) + "), as nothing was left to explain before: give it a floor";
    }
}
