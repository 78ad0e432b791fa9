package org.betadrift.estimator.factorvol.internal;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Q = {@code scale} * diag(population variance of each factor), as in seed 002: a rule of thumb, since a variance of
 * returns stands for a variance of exposures. alpha stays static (its regressor does not vary). A slope of a local linear
 * trend has {@code slope} times the variance of its exposure, 0 unless given: the trend is a straight line then, and a
 * warning says so. It looks ahead. Dates on which a factor is missing don't count.
 */
@Component(name = "org.betadrift.state-noise.factor-vol", immediate = true)
@Designate(ocd = FactorVolStateNoise.Config.class)
@Strategy(name = "factor-vol", description = "scale * population variance of each factor, on the diagonal", multivariate = true,
        options = {"scale", FactorVolStateNoise.SLOPE})
public final class FactorVolStateNoise implements StateNoiseEstimator {
    static final String SLOPE = "slope";

    /** PID {@code org.betadrift.state-noise.factor-vol}. */
    @ObjectClassDefinition(name = "betadrift state noise factor-vol", description = "scale * population variance of each factor, on the diagonal")
    @interface Config {
        /** Default of the option {@code scale}. */
        @AttributeDefinition(name = "Scale", min = "0", description = "Multiplies the variances, unless a run says otherwise")
        double scale() default 1;

        /** {@code service.ranking}. */
        @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
        int service_ranking() default 0;
    }

    /** @throws InvalidInputException the configured scale is negative or not finite */
    @Activate
    public FactorVolStateNoise(Config config) {
        if (!(config.scale() >= 0) || Double.isInfinite(config.scale())) {
            throw InvalidInputException.of("scale of org.betadrift.state-noise.factor-vol", config.scale(), "it must be finite and not negative",
                    "correct the configuration");
        }
    }

    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        double scale = context.options().number("scale", 0, Double.MAX_VALUE);
        double slope = context.options().has(SLOPE) ? context.options().number(SLOPE, 0, Double.MAX_VALUE) : 0;
        Sample sample = context.sample();
        if (context.options().has(SLOPE) && !sample.hasSlopes()) {
            throw new OptionException("option slope of factor-vol is " + slope
                    + ", but there are no slopes: take it out, or choose transition local-linear-trend");
        }
        double[] variances = new double[sample.states().count()];
        for (int k = 0; k < variances.length; k++) {
            variances[k] = sample.isSlope(k) ? slope * variances[level(sample, k)] : scale * populationVariance(sample, k);
            if (!Double.isFinite(variances[k])) {
                throw InvalidInputException.of("variance of factor " + sample.states().names().get(k), variances[k], "it must be finite",
                        "scale the data");
            }
        }
        Estimate<Noise> estimate = Estimate.of(Noise.constant(Covariance.diagonal(variances)), CausalFrom.never());
        return sample.hasSlopes() && !context.options().has(SLOPE)
                ? estimate.withWarning("factor-vol leaves every slope constant: write factor-vol:slope=X to give it X times the variance of its exposure")
                : estimate;
    }

    /** The exposure that moves by this slope; it comes before it. */
    private static int level(Sample sample, int slope) {
        return sample.states().texts().indexOf(sample.states().texts().get(slope).substring(StateName.SLOPE.length()));
    }

    private static double populationVariance(Sample sample, int state) {
        double mean = 0;
        int n = 0;
        for (int t = 0; t < sample.periods(); t++) {
            double x = sample.regressor(t, state);
            if (!Double.isNaN(x)) {
                n++;
                mean += (x - mean) / n;
            }
        }
        double sum = 0;
        for (int t = 0; t < sample.periods(); t++) {
            double x = sample.regressor(t, state);
            if (!Double.isNaN(x)) {
                sum += (x - mean) * (x - mean);
            }
        }
        return n == 0 ? 0 : sum / n;
    }
}
