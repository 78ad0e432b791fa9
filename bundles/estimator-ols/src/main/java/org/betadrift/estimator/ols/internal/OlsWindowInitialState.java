package org.betadrift.estimator.ols.internal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Mean = least squares on the first {@code observations} observations, {@value #OBSERVATIONS_A_STATE} a state unless said: causal
 * from the date of the last of them on. P_0|0 is {@code variance} times the identity, as of {@code ols}, or with
 * {@code covariance=ols} the s2 (X'X)^-1 of that regression. The filter sees those observations again; with a large variance that
 * is nothing, with {@code covariance=ols} they count twice, so leave them out by a burn-in. Of several targets each by itself, on
 * the first observations of its own.
 */
@Component(name = "org.betadrift.initial.ols-window")
@Designate(ocd = OlsWindowInitialState.Config.class)
@Strategy(name = "ols-window", description = "mean by least squares on the first observations only, 4 a state unless said", causal = true, multivariate = true,
        options = {OlsWindowInitialState.OBSERVATIONS, "variance=100", "covariance=fixed", OlsWindowInitialState.SLOPE_VARIANCE})
public final class OlsWindowInitialState implements InitialStateEstimator {
    static final String OBSERVATIONS = "observations";
    static final String SLOPE_VARIANCE = "slope-variance";
    static final int OBSERVATIONS_A_STATE = 4;

    /** PID {@code org.betadrift.initial.ols-window}. */
    @ObjectClassDefinition(name = "betadrift initial state ols-window", description = "Mean by least squares on the first observations only")
    @interface Config {
        /** Default of the option {@code observations}. */
        @AttributeDefinition(name = "Observations", min = "1", required = false, description = "How many of the first; 4 a state unless given")
        int observations();

        /** Default of the option {@code variance}. */
        @AttributeDefinition(name = "Variance", min = "0", description = "P0 is this times the identity, unless a run says otherwise")
        double variance() default 100;

        /** Default of the option {@code covariance}. */
        @AttributeDefinition(name = "Covariance", description = "fixed: P0 is the variance; ols: P0 is s2 (X'X)^-1")
        String covariance() default "fixed";

        /** {@code service.ranking}. */
        @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
        int service_ranking() default 0;
    }

    @Override
    public Estimate<InitialState> estimate(EstimationContext context) {
        Options options = context.options();
        Sample sample = context.sample();
        double variance = options.number("variance", 0, Double.MAX_VALUE);
        boolean ofTheFit = options.oneOf("covariance", "fixed", "ols").equals("ols");
        double slopeVariance = slopeVariance(context, ofTheFit);
        List<int[]> first = IntStream.range(0, sample.targets().size()).mapToObj(i -> firstDates(sample, i, options)).toList();
        List<LeastSquares> fits = IntStream.range(0, first.size()).mapToObj(i -> LeastSquares.of(sample, i, first.get(i))).toList();
        int k = sample.states().count();
        Covariance p = ofTheFit ? LeastSquaresCovariance.of(fits, sample, slopeVariance) : Covariance.scalar(k, variance);
        int last = first.stream().mapToInt(dates -> dates[dates.length - 1]).max().orElseThrow();
        Estimate<InitialState> estimate = Estimate.of(InitialState.known(LeastSquares.mean(fits, k), p), CausalFrom.afterRows(sample, last + 1));
        return Collinearity.warn(estimate, fits, "the initial mean is the least squares solution of smallest norm");
    }

    private static double slopeVariance(EstimationContext context, boolean ofTheFit) {
        if (!ofTheFit && context.options().has(SLOPE_VARIANCE)) {
            throw new OptionException("option slope-variance of ols-window is " + context.options().number(SLOPE_VARIANCE, 0, Double.MAX_VALUE)
                    + ", but P0 is the option variance throughout: take it out, or write covariance=ols");
        }
        return ofTheFit ? LeastSquaresCovariance.slopeVariance(context, SLOPE_VARIANCE, "ols-window") : 0;
    }

    private static int[] firstDates(Sample sample, int target, Options options) {
        int count = options.has(OBSERVATIONS) ? options.whole(OBSERVATIONS, 1, Integer.MAX_VALUE)
                : OBSERVATIONS_A_STATE * LeastSquares.levels(sample, target).length;
        int[] dates = LeastSquares.observedDates(sample, target);
        if (dates.length < count) {
            throw InvalidInputException.of("number of observations" + LeastSquares.ofTarget(sample, target), dates.length,
                    "ols-window reads the first " + count, "give more data, or write ols-window:observations=...");
        }
        return Arrays.copyOf(dates, count);
    }
}
