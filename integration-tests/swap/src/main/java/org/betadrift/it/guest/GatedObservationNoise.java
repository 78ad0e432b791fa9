package org.betadrift.it.guest;

import java.util.function.BooleanSupplier;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Noise;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** R = {@code variance}, once the test opens the gate: a run that sits inside a strategy for as long as the test likes. */
@Component(name = "org.betadrift.it.gated")
@Strategy(name = "gated", description = "a constant variance, when the gate opens", causal = true, options = {"variance", "listens=true"})
public final class GatedObservationNoise implements ObservationNoiseEstimator {
    private final BooleanSupplier gate;

    /** PID {@code org.betadrift.it.gated}. */
    @interface Config {
        /** Default of the option {@code variance}. */
        double variance() default 0.0001;
    }

    /** @param gate waits a moment, then says whether it is open */
    @Activate
    public GatedObservationNoise(@Reference(target = "(betadrift.it=gate)") BooleanSupplier gate, Config config) {
        this.gate = gate;
    }

    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        boolean listens = Boolean.parseBoolean(context.options().text("listens"));
        while (!gate.getAsBoolean()) {
            if (listens) {
                context.monitor().progress(Double.NaN, "waiting at the gate");
            }
        }
        return Late.estimate(context.options().number("variance", 0, Double.MAX_VALUE));
    }
}
