package com.acme.ewma;

import java.util.ArrayList;
import java.util.List;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.osgi.service.component.annotations.Component;

/** Q_t = diag(mean square of each factor before t, weights falling by lambda); alpha stays static. */
@Component
@Strategy(name = "ewma", description = "exponentially weighted factor variances", causal = true, options = "lambda=0.94")
public final class EwmaStateNoise implements StateNoiseEstimator {
    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        Sample sample = context.sample();
        double lambda = context.options().number("lambda", 0, 1);
        double[] q = new double[sample.states().count()];
        List<Covariance> perDate = new ArrayList<>();
        for (int t = 0; t < sample.periods(); t++) {
            perDate.add(Covariance.diagonal(q));
            for (int k = sample.hasIntercept() ? 1 : 0; k < q.length; k++) {
                double x = sample.regressor(t, k);
                q[k] = Double.isNaN(x) ? q[k] : lambda * q[k] + (1 - lambda) * x * x;
            }
        }
        return Estimate.of(Noise.varying(perDate), CausalFrom.always());
    }
}
