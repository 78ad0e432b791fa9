package org.betadrift.estimator.ols.internal;

import java.util.stream.IntStream;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.ObservationNoiseEstimator;
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
 * R_t = exponentially weighted mean square of the {@link RecursiveResiduals} before t: with w_1, w_2, ... those residuals, V = mean
 * square of the first {@code warmup}, then V = lambda V + (1 - lambda) w^2 with each more (RiskMetrics 1996), and R_t = V before
 * y_t, at least {@code floor}. The dates until the warm-up is over have its mean square: they look ahead, and that is said. Of several targets
 * each has residuals and variances of its own; between them R_t is zero.
 */
@Component(name = "org.betadrift.observation-noise.ewma")
@Designate(ocd = EwmaObservationNoise.Config.class)
@Strategy(name = "ewma", description = "exponentially weighted mean square of the recursive least squares residuals before each date", causal = true,
        multivariate = true, options = {"lambda=0.94", "warmup=12", "floor=0"})
public final class EwmaObservationNoise implements ObservationNoiseEstimator {
    /** PID {@code org.betadrift.observation-noise.ewma}. */
    @ObjectClassDefinition(name = "betadrift observation noise ewma", description = "Exponentially weighted mean square of recursive least squares residuals")
    @interface Config {
        /** Default of the option {@code lambda}. */
        @AttributeDefinition(name = "Lambda", min = "0", max = "1", description = "Weight of what was before, unless a run says otherwise")
        double lambda() default 0.94;

        /** Default of the option {@code warmup}. */
        @AttributeDefinition(name = "Warm-up", min = "1", description = "Residuals whose mean square is the first variance")
        int warmup() default 12;

        /** Default of the option {@code floor}. */
        @AttributeDefinition(name = "Floor", min = "0", description = "The least a variance may be, in squared units of the target")
        double floor() default 0;

        /** {@code service.ranking}. */
        @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
        int service_ranking() default 0;
    }

    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        Options options = context.options();
        Sample sample = context.sample();
        double lambda = options.number("lambda", 0, 1);
        int warmup = options.whole("warmup", 1, Integer.MAX_VALUE);
        double floor = options.number("floor", 0, Double.MAX_VALUE);
        return new Lag(context, floor, "ewma").estimate(IntStream.range(0, sample.targets().size())
                .mapToObj(i -> rule(sample, i, lambda, warmup)).toList());
    }

    private static Lag.Rule rule(Sample sample, int target, double lambda, int warmup) {
        int[] dates = LeastSquares.observedDates(sample, target);
        double[] w = RecursiveResiduals.of(sample, target);
        double[] after = new double[dates.length + 1]; // V after that many observations
        int residuals = 0;
        int fewest = 0;
        double v = 0;
        for (int i = 0; i < dates.length; i++) {
            double square = w[dates[i]] * w[dates[i]];
            if (!Double.isNaN(square)) {
                residuals++;
                v = residuals <= warmup ? v + square / warmup : lambda * v + (1 - lambda) * square;
                fewest = residuals == warmup ? i + 1 : fewest;
            }
            after[i + 1] = v;
        }
        if (fewest == 0) {
            throw InvalidInputException.of("number of recursive residuals" + LeastSquares.ofTarget(sample, target), residuals,
                    "ewma starts from the mean square of " + warmup + ", and the first of the " + dates.length + " observations decide the exposures",
                    "give more data or a smaller warmup");
        }
        return new Lag.Rule(dates, fewest, m -> after[m]);
    }
}
