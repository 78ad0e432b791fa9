package org.betadrift.estimator.factorvol.internal;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Q_t = {@code scale} * (variance of residuals, at least {@code floor}) * I: the predecessor's rule of thumb, in which a variance of
 * returns stands for that of exposures. So {@code scale} is to be chosen: one over the mean square of a factor makes it a
 * variance of its exposure.
 *
 * <p>{@code residuals=ols}: s2 = e'e / (rows - K) of least squares on the {@code window} observations before t. {@code residuals=filter},
 * the predecessor's: variance, n - 1, of the innovations of the {@code window} observations up to t, of a first pass of the run's engine
 * with Q = {@code pilot} * I. It rests on y_t itself, so that likelihoods are not those of predictions; that is said. The first
 * dates: {@code start=expanding} takes all there are as soon as there are K + 2 (two innovations), {@code backfill} gives them what
 * the first whole window says.
 */
@Component(name = "org.betadrift.state-noise.rolling-residual-variance")
@Designate(ocd = RollingResidualStateNoise.Config.class)
@Strategy(name = "rolling-residual-variance", description = "scale * rolling variance of least squares (or filter) residuals, for every exposure",
        causal = true, options = {"window=20", "residuals=ols", "scale=1", "floor=0", "pilot=1e-4", "start=expanding", "alpha=static"})
public final class RollingResidualStateNoise implements StateNoiseEstimator {
    private static final String NAME = "rolling-residual-variance";
    /** More than states, for the first variance. */
    private static final int MORE = 2;

    /** PID {@code org.betadrift.state-noise.rolling-residual-variance}. */
    @ObjectClassDefinition(name = "betadrift state noise rolling-residual-variance", description = "Rolling variance of residuals, for every exposure")
    @interface Config {
        /** Default of the option {@code window}. */
        @AttributeDefinition(name = "Window", min = "2", description = "Observations in a window, unless a run says otherwise")
        int window() default 20;

        /** Default of the option {@code residuals}. */
        @AttributeDefinition(name = "Residuals", description = "ols, or filter: innovations of a first pass")
        String residuals() default "ols";

        /** Default of the option {@code scale}. */
        @AttributeDefinition(name = "Scale", min = "0", description = "Multiplies the variances, unless a run says otherwise")
        double scale() default 1;

        /** Default of the option {@code floor}. */
        @AttributeDefinition(name = "Floor", min = "0", description = "The least a variance may be, before the scale")
        double floor() default 0;

        /** Default of the option {@code pilot}. */
        @AttributeDefinition(name = "Pilot", min = "0", description = "Variance of the state noise of the first pass, where residuals are the filter's")
        double pilot() default 1e-4;

        /** Default of the option {@code start}. */
        @AttributeDefinition(name = "Start", description = "expanding, or backfill as in the predecessor")
        String start() default "expanding";

        /** Default of the option {@code alpha}. */
        @AttributeDefinition(name = "Alpha", description = "static: the intercept stays constant; free: it drifts as the exposures do")
        String alpha() default "static";

        /** {@code service.ranking}. */
        @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
        int service_ranking() default 0;
    }

    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        Options options = context.options();
        int window = options.whole("window", 2, Integer.MAX_VALUE);
        boolean ofFilter = options.oneOf("residuals", "ols", "filter").equals("filter");
        double scale = options.number("scale", 0, Double.MAX_VALUE);
        double floor = options.number("floor", 0, Double.MAX_VALUE);
        double pilot = options.number("pilot", 0, Double.MAX_VALUE);
        boolean expanding = options.oneOf("start", "expanding", "backfill").equals("expanding");
        StateVariances states = new StateVariances(context);
        Estimate<Noise> estimate = ofFilter ? ofFilter(context, window, expanding ? 2 : window, pilot, v -> states.diagonal(scale * Math.max(floor, v)))
                : ofLeastSquares(context, window, expanding, v -> states.diagonal(scale * Math.max(floor, v)));
        return states.warn(estimate, NAME);
    }

    /** Q from a variance of residuals. */
    private interface ToNoise {
        Covariance of(double variance);
    }

    private static Estimate<Noise> ofLeastSquares(EstimationContext context, int window, boolean expanding, ToNoise q) {
        Sample sample = context.sample();
        int k = Observed.levels(sample);
        if (window < k + MORE) {
            throw new OptionException("option window of " + NAME + " is " + window + ", but with " + k + (k == 1 ? " state" : " states")
                    + " it must be at least " + (k + MORE) + ", or next to nothing is left to explain");
        }
        int[] dates = Observed.dates(sample);
        int fewest = expanding ? k + MORE : window;
        requireDates(dates.length, fewest);
        return Lag.estimate(context, dates, fewest, false, NAME + ": Q", n -> {
            int first = Math.max(0, n - window);
            return q.of(new WindowRegression(sample, dates, first, n).squares() / (n - first - k));
        });
    }

    private static Estimate<Noise> ofFilter(EstimationContext context, int window, int fewest, double pilot, ToNoise q) {
        Sample sample = context.sample();
        int k = sample.states().count();
        double[] variances = new double[k];
        Arrays.fill(variances, 0, Observed.levels(sample), pilot);
        StateSpaceModel model = StateSpaceModel.of(sample.states(), context.initialState(), context.transition(),
                Noise.constant(Covariance.diagonal(variances)), context.observationNoise()).withConstraints(context.constraints());
        FilterResult pass = context.engine().filter(model, sample, FilterOptions.defaults(), context.monitor());
        Set<java.time.LocalDate> diffuse = pass.diffuseDates().stream().collect(Collectors.toSet());
        int[] dates = IntStream.of(Observed.dates(sample)).filter(t -> !diffuse.contains(sample.date(t))).toArray();
        requireDates(dates.length, fewest);
        return Lag.estimate(context, dates, fewest, true, NAME + ": Q",
                n -> q.of(Variance.of(i -> pass.innovation(dates[i], 0), Math.max(0, n - window), n)))
                .withWarning(NAME + ": Q of a date rests on its own innovation, so the log-likelihood is not one of predictions");
    }

    private static void requireDates(int there, int fewest) {
        if (there < fewest) {
            throw InvalidInputException.of("number of observations", there, NAME + " needs " + fewest + " for its first variance",
                    "give more data or a smaller window");
        }
    }
}
