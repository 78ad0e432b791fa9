package org.betadrift.it.guest;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;

/** Loaded only behind the gate: when its bundle is gone by then, it can't be. */
final class Late {
    private Late() { }

    static Estimate<Noise> estimate(double variance) {
        return Estimate.of(Noise.constant(Covariance.diagonal(variance)), CausalFrom.always());
    }
}
