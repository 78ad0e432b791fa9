package org.betadrift.runtime.internal;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.model.Elapsed;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;

/** Q that counts the days since the date before. */
final class ElapsedNoise {
    private ElapsedNoise() { }

    /** The same estimate, scaled; causal no sooner than the median distance is what it is at the end. */
    static Estimate<Noise> scaled(Estimate<Noise> stateNoise, Sample sample, Transition transition) {
        Elapsed elapsed = Elapsed.of(sample.dates());
        if (elapsed.isEven()) {
            return stateNoise;
        }
        CausalFrom settled = CausalFrom.afterRows(sample, elapsed.settled() + 1);
        Estimate<Noise> scaled = Estimate.of(stateNoise.value().times(elapsed.factors()), stateNoise.causalFrom().and(settled));
        for (String warning : stateNoise.warnings()) {
            scaled = scaled.withWarning(warning);
        }
        return transition.isIdentity() ? scaled
                : scaled.withWarning("elapsed days scale Q only: the transition applies once a date, however far the dates lie apart");
    }
}
