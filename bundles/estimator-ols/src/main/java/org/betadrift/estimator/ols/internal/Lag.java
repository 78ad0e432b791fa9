package org.betadrift.estimator.ols.internal;

import java.util.function.IntToDoubleFunction;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;

/**
 * R_t from a number that is known after each observation: date t has what the observations before it say, so that R_t is there
 * before y_t is. The first dates, before which too few have been, have the first number there is: they look ahead, and that is said.
 */
final class Lag {
    private static final int DATES_BETWEEN_CALLS = 64;

    private Lag() { }

    /**
     * @param fewest how many observations the first number needs, at least 1
     * @param afterObservations the variance after that many observations, {@code fewest} or more
     * @param floor the least that R may be
     * @param strategy for warnings
     */
    static Estimate<Noise> estimate(EstimationContext context, int[] observedDates, int fewest, double floor, String strategy,
            IntToDoubleFunction afterObservations) {
        Sample sample = context.sample();
        double[] r = new double[sample.periods()];
        int before = 0;
        int known = -1;
        double variance = Double.NaN;
        for (int t = 0; t < r.length; t++) {
            if (t % DATES_BETWEEN_CALLS == 0) {
                context.monitor().progress((double) t / r.length, "the observation noise");
            }
            int counted = Math.max(before, fewest);
            if (counted != known) {
                variance = Math.max(floor, afterObservations.applyAsDouble(counted));
                known = counted;
            }
            r[t] = variance;
            before += before < observedDates.length && observedDates[before] == t ? 1 : 0;
        }
        int settled = observedDates[fewest - 1];
        Estimate<Noise> estimate = Estimate.of(Noise.varying(r), CausalFrom.afterRows(sample, settled + 1));
        if (settled > 0) {
            estimate = estimate.withWarning(strategy + ": R " + (settled == 1 ? "on " + sample.date(0) : "from " + sample.date(0) + " to "
                    + sample.date(settled - 1)) + " looks ahead, to the first " + fewest + " observations (until " + sample.date(settled) + ")");
        }
        return warnOfZeros(estimate, r, sample, strategy);
    }

    private static Estimate<Noise> warnOfZeros(Estimate<Noise> estimate, double[] r, Sample sample, String strategy) {
        int zeros = 0;
        int first = -1;
        for (int t = 0; t < r.length; t++) {
            first = r[t] == 0 && zeros++ == 0 ? t : first;
        }
        return zeros == 0 ? estimate : estimate.withWarning(strategy + ": R is zero on " + zeros + (zeros == 1 ? " date" : " dates") + " (first on "
                + sample.date(first) + "), as nothing was left to explain before: give it a floor");
    }
}
