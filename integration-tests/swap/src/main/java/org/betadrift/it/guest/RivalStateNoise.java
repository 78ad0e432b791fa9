package org.betadrift.it.guest;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** A second {@code factor-vol}, told from the first by its numbers: Q = {@code level} * I. Behind the first unless configured. */
@Component(name = "org.betadrift.it.rival")
@Strategy(name = "factor-vol", description = "level * I", options = "level")
public final class RivalStateNoise implements StateNoiseEstimator {
    /** PID {@code org.betadrift.it.rival}. */
    @interface Config {
        /** Default of the option {@code level}. */
        double level() default 0.5;

        /** {@code service.ranking}. */
        int service_ranking() default -1;
    }

    /** @param config goes into the service properties */
    @Activate
    public RivalStateNoise(Config config) { }

    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        double level = context.options().number("level", 0, Double.MAX_VALUE);
        return Estimate.of(Noise.constant(Covariance.scalar(context.sample().states().count(), level)), CausalFrom.always());
    }
}
