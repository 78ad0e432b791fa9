package org.betadrift.estimator.factorvol.internal;

import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Q from how rolling betas move, diagonal, times {@code scale}.
 *
 * <p>{@code mode=unbiased}: one Q, by {@link DriftMoments}: what betas of adjacent windows differ by beyond their estimation
 * noise, which is right for random walks whatever the window. It reads the whole sample.
 *
 * <p>{@code mode=seed}: Q_t = variance, n - 1, of the last {@code window} betas, each of the {@code window} observations before its
 * date: the predecessor's. Their windows overlap and their noise counts as drift, so it is no estimate of Q (with w = 20 it is 1.4 q
 * and more for the noise); kept to repeat its numbers. The first 2 w - 2 dates are filled back, which is said.
 */
@Component(name = "org.betadrift.state-noise.rolling-beta-variance")
@Designate(ocd = RollingBetaStateNoise.Config.class)
@Strategy(name = "rolling-beta-variance", description = "what rolling betas of adjacent windows differ by beyond their noise", causal = true,
        options = {"window=20", "mode=unbiased", "scale=1", "floor=0", "alpha=static"})
public final class RollingBetaStateNoise implements StateNoiseEstimator {
    private static final String NAME = "rolling-beta-variance";

    /** PID {@code org.betadrift.state-noise.rolling-beta-variance}. */
    @ObjectClassDefinition(name = "betadrift state noise rolling-beta-variance", description = "What rolling betas of adjacent windows differ by beyond their noise")
    @interface Config {
        /** Default of the option {@code window}. */
        @AttributeDefinition(name = "Window", min = "2", description = "Observations in a window, unless a run says otherwise")
        int window() default 20;

        /** Default of the option {@code mode}. */
        @AttributeDefinition(name = "Mode", description = "unbiased, or seed: the raw variance of overlapping windows")
        String mode() default "unbiased";

        /** Default of the option {@code scale}. */
        @AttributeDefinition(name = "Scale", min = "0", description = "Multiplies the variances, unless a run says otherwise")
        double scale() default 1;

        /** Default of the option {@code floor}. */
        @AttributeDefinition(name = "Floor", min = "0", description = "The least a variance may be, before the scale")
        double floor() default 0;

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
        Sample sample = context.sample();
        int k = Observed.levels(sample);
        int window = options.whole("window", 2, Integer.MAX_VALUE);
        boolean unbiased = options.oneOf("mode", "unbiased", "seed").equals("unbiased");
        double scale = options.number("scale", 0, Double.MAX_VALUE);
        double floor = options.number("floor", 0, Double.MAX_VALUE);
        StateVariances states = new StateVariances(context);
        if (window <= k) {
            throw new OptionException("option window of " + NAME + " is " + window + ", but with " + k + (k == 1 ? " state" : " states")
                    + " it must be at least " + (k + 1));
        }
        int[] dates = Observed.dates(sample);
        Estimate<Noise> estimate = unbiased ? moments(context, dates, window, states, scale, floor) : seed(context, dates, window, states, scale, floor);
        if (!context.transition().isIdentity()) {
            estimate = estimate.withWarning(NAME + " takes the exposures for random walks, whatever the transition");
        }
        return states.warn(estimate, NAME);
    }

    private static Estimate<Noise> moments(EstimationContext context, int[] dates, int window, StateVariances states, double scale, double floor) {
        Sample sample = context.sample();
        boolean[] moves = new boolean[Observed.levels(sample)];
        for (int i = 0; i < moves.length; i++) {
            moves[i] = states.moves(i);
        }
        DriftMoments moments = new DriftMoments(sample, dates, window, moves, context.monitor());
        double[] q = moments.stateVariances();
        for (int i = 0; i < q.length; i++) {
            q[i] = scale * Math.max(floor, q[i]);
        }
        Estimate<Noise> estimate = Estimate.of(Noise.constant(states.diagonal(q)), CausalFrom.never());
        List<String> atZero = moments.atZero();
        if (!atZero.isEmpty()) {
            estimate = estimate.withWarning(NAME + ": rolling betas of " + String.join(", ", atZero)
                    + " differ by no more than their noise, so nothing says that they drift");
        }
        return moments.skipped() == 0 ? estimate : estimate.withWarning(NAME + ": " + moments.skipped()
                + " pairs of windows are left out, as factors are collinear there");
    }

    private static Estimate<Noise> seed(EstimationContext context, int[] dates, int window, StateVariances states, double scale, double floor) {
        Sample sample = context.sample();
        int fewest = 2 * window - 1;
        if (dates.length < fewest) {
            throw InvalidInputException.of("number of observations", dates.length, NAME + " needs " + fewest + " for its first variance",
                    "give more data or a smaller window");
        }
        int k = sample.states().count();
        double[][] betas = new double[Observed.levels(sample)][dates.length + 1]; // by number of observations before
        for (int m = window; m <= dates.length; m++) {
            WindowRegression fit = new WindowRegression(sample, dates, m - window, m);
            if (fit.collinearState() >= 0) {
                throw InvalidInputException.of("factor " + sample.states().texts().get(fit.collinearState()) + " on the " + window + " observations up to "
                        + sample.date(dates[m - 1]), "collinear", "betas need factors that differ", "drop it, or take a larger window");
            }
            for (int i = 0; i < betas.length; i++) {
                betas[i][m] = fit.coefficient(i);
            }
        }
        return Lag.estimate(context, dates, fewest, false, NAME + ": Q", n -> states.diagonal(IntStream.range(0, k)
                .mapToDouble(i -> i < betas.length ? scale * Math.max(floor, Variance.of(m -> betas[i][m], n - window + 1, n + 1)) : 0).toArray()));
    }
}
