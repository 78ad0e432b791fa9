package org.betadrift.estimator.ols.internal;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * R_t = population variance of the residuals of least squares on the {@code window} observations before t, with an intercept if
 * the sample has one, and at least {@code floor}. With K states it is (window - K) / window of the variance it estimates, as in
 * the seed. Of several targets each has a regression of its own; between them R_t is zero.
 *
 * <p>The first dates: {@code start=expanding} takes all m observations before, as soon as there are K + 2 of them, times
 * (1 - K / window) / (1 - K / m), so that its expectation is that of a whole window; dates before have the first such number.
 * {@code start=backfill} is the seed's way: they have that of the first whole window. Both say which dates look ahead.
 */
@Component(name = "org.betadrift.observation-noise.ols-rolling")
@Designate(ocd = RollingOlsObservationNoise.Config.class)
@Strategy(name = "ols-rolling", description = "population variance of the least squares residuals on the observations before each date",
        causal = true, multivariate = true, options = {"window=12", "floor=0", "start=expanding"})
public final class RollingOlsObservationNoise implements ObservationNoiseEstimator {
    private static final String NAME = "ols-rolling";
    /** More than states, for the first variance. */
    private static final int MORE = 2;

    /** PID {@code org.betadrift.observation-noise.ols-rolling}. */
    @ObjectClassDefinition(name = "betadrift observation noise ols-rolling", description = "Variance of the least squares residuals on the observations before each date")
    @interface Config {
        /** Default of the option {@code window}. */
        @AttributeDefinition(name = "Window", min = "3", description = "Observations before a date that its variance rests on, unless a run says otherwise")
        int window() default 12;

        /** Default of the option {@code floor}. */
        @AttributeDefinition(name = "Floor", min = "0", description = "The least a variance may be, in squared units of the target")
        double floor() default 0;

        /** Default of the option {@code start}. */
        @AttributeDefinition(name = "Start", description = "expanding, or backfill as in the seed")
        String start() default "expanding";

        /** {@code service.ranking}. */
        @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
        int service_ranking() default 0;
    }

    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        Options options = context.options();
        Sample sample = context.sample();
        int window = options.whole("window", 1, Integer.MAX_VALUE);
        double floor = options.number("floor", 0, Double.MAX_VALUE);
        boolean expanding = options.oneOf("start", "expanding", "backfill").equals("expanding");
        Set<String> collinear = new LinkedHashSet<>();
        Estimate<Noise> estimate = new Lag(context, floor, NAME).estimate(IntStream.range(0, sample.targets().size())
                .mapToObj(i -> rule(sample, i, window, expanding, collinear)).toList());
        return collinear.isEmpty() ? estimate : estimate.withWarning("factors " + String.join(", ", collinear)
                + " are collinear in some windows: the residuals don't depend on how they share; drop one of them");
    }

    private static Lag.Rule rule(Sample sample, int target, int window, boolean expanding, Set<String> collinear) {
        int k = LeastSquares.levels(sample, target).length;
        if (window < k + MORE) {
            throw new OptionException("option window of " + NAME + " is " + window + ", but with " + k + (k == 1 ? " state" : " states")
                    + LeastSquares.ofTarget(sample, target) + " it must be at least " + (k + MORE) + ", or next to nothing is left to explain");
        }
        int fewest = expanding ? k + MORE : window;
        int[] dates = LeastSquares.observedDates(sample, target);
        if (dates.length < fewest) {
            throw InvalidInputException.of("number of observations" + LeastSquares.ofTarget(sample, target), dates.length,
                    NAME + " needs " + fewest + " for its first variance",
                    expanding ? "give more data or fewer factors" : "give more data or a smaller window");
        }
        return new Lag.Rule(dates, fewest, m -> {
            LeastSquares fit = LeastSquares.of(sample, target, Arrays.copyOfRange(dates, Math.max(0, m - window), m));
            collinear.addAll(fit.collinearStates());
            return fit.residualVariance() * (m < window ? (1 - (double) k / window) / (1 - (double) k / m) : 1);
        });
    }
}
