package org.betadrift.estimator.factorvol.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;

/**
 * A noise a date from one that is known after each of some dates that count. The first dates, before which too few have counted,
 * have the first one there is: they look ahead, and that is said.
 */
final class Lag {
    private static final int DATES_BETWEEN_CALLS = 64;

    private Lag() { }

    /**
     * @param counting indices of the dates that count, ascending, at least {@code fewest}
     * @param fewest how many the first noise needs, at least 1
     * @param itself whether a date counts for its own noise
     * @param what strategy and letter, for the warning, for example {@code "ewma: Q"}
     * @param after the noise after that many dates, {@code fewest} or more
     */
    static Estimate<Noise> estimate(EstimationContext context, int[] counting, int fewest, boolean itself, String what, IntFunction<Covariance> after) {
        Sample sample = context.sample();
        List<Covariance> noise = new ArrayList<>();
        int seen = 0;
        int known = -1;
        Covariance covariance = null;
        for (int t = 0; t < sample.periods(); t++) {
            if (t % DATES_BETWEEN_CALLS == 0) {
                context.monitor().progress((double) t / sample.periods(), what);
            }
            int before = seen;
            seen += seen < counting.length && counting[seen] == t ? 1 : 0;
            int count = Math.max(itself ? seen : before, fewest);
            covariance = count == known ? covariance : after.apply(count);
            known = count;
            noise.add(covariance);
        }
        int settled = counting[fewest - 1];
        Estimate<Noise> estimate = Estimate.of(Noise.varying(noise), CausalFrom.afterRows(sample, settled + 1));
        return settled == 0 ? estimate : estimate.withWarning(what + (settled == 1 ? " on " + sample.date(0) : " from " + sample.date(0) + " to "
                + sample.date(settled - 1)) + " looks ahead, to " + sample.date(settled));
    }
}
