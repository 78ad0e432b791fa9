package org.betadrift.estimator.factorvol.internal;

import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * R_t = {@code scale} * (mean over the target's factors of their standard deviation, n - 1, on the {@code window} dates up to t)^2, at
 * least {@code floor} before the scale: the predecessor's rule of thumb, kept to repeat its numbers. It is in units of factors, not
 * of y, and knows nothing of how well they explain it: without a {@code scale} R is far too large for a fund that follows its
 * factors. Dates on which a factor is missing don't count. The first dates: {@code start=expanding} takes all there are from the
 * second on, {@code backfill} gives them what the first whole window says.
 */
@Component(name = "org.betadrift.observation-noise.factor-vol-rolling")
@Designate(ocd = FactorVolObservationNoise.Config.class)
@Strategy(name = "factor-vol-rolling", description = "scale * squared mean of the factors' rolling standard deviations", causal = true,
        multivariate = true, options = {"window=12", "scale=1", "floor=0", "start=expanding"})
public final class FactorVolObservationNoise implements ObservationNoiseEstimator {
    private static final String NAME = "factor-vol-rolling";

    /** PID {@code org.betadrift.observation-noise.factor-vol-rolling}. */
    @ObjectClassDefinition(name = "betadrift observation noise factor-vol-rolling", description = "Scale * squared mean of the factors' rolling standard deviations")
    @interface Config {
        /** Default of the option {@code window}. */
        @AttributeDefinition(name = "Window", min = "2", description = "Observations in a window, unless a run says otherwise")
        int window() default 12;

        /** Default of the option {@code scale}. */
        @AttributeDefinition(name = "Scale", min = "0", description = "Multiplies the variances, unless a run says otherwise")
        double scale() default 1;

        /** Default of the option {@code floor}. */
        @AttributeDefinition(name = "Floor", min = "0", description = "The least a variance may be, before the scale")
        double floor() default 0;

        /** Default of the option {@code start}. */
        @AttributeDefinition(name = "Start", description = "expanding, or backfill as in the predecessor")
        String start() default "expanding";

        /** {@code service.ranking}. */
        @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
        int service_ranking() default 0;
    }

    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        Options options = context.options();
        Sample sample = context.sample();
        int window = options.whole("window", 2, Integer.MAX_VALUE);
        double scale = options.number("scale", 0, Double.MAX_VALUE);
        double floor = options.number("floor", 0, Double.MAX_VALUE);
        int fewest = options.oneOf("start", "expanding", "backfill").equals("expanding") ? 2 : window;
        List<int[]> factors = IntStream.range(0, sample.targets().size()).mapToObj(i -> factorsOf(sample, i)).toList();
        int[] dates = IntStream.range(0, sample.periods()).filter(t -> factors.stream().flatMapToInt(IntStream::of)
                .noneMatch(k -> Double.isNaN(sample.regressor(t, k)))).toArray();
        if (dates.length < fewest) {
            throw InvalidInputException.of("number of dates with every factor", dates.length, NAME + " needs " + fewest + " for its first variance",
                    "give more data" + (fewest > 2 ? " or a smaller window" : ""));
        }
        return Lag.estimate(context, dates, fewest, true, NAME + ": R", n -> Covariance.diagonal(factors.stream()
                .mapToDouble(its -> scale * Math.max(floor, square(meanDeviation(sample, its, dates, Math.max(0, n - window), n)))).toArray()));
    }

    private static double square(double x) {
        return x * x;
    }

    private static int[] factorsOf(Sample sample, int target) {
        int[] its = IntStream.range(0, sample.states().count())
                .filter(k -> sample.target(k) == target && !sample.isSlope(k) && !Observed.isAlpha(sample, k)).toArray();
        if (its.length == 0) {
            throw InvalidInputException.of("number of factors of " + sample.targets().get(target), 0, NAME + " is made of their volatilities", "name a factor");
        }
        return its;
    }

    private static double meanDeviation(Sample sample, int[] factors, int[] dates, int first, int last) {
        double sum = 0;
        for (int k : factors) {
            sum += Math.sqrt(Variance.of(i -> sample.regressor(dates[i], k), first, last));
        }
        return sum / factors.length;
    }
}
