package org.betadrift.it.benchmarks;

import java.util.function.DoubleSupplier;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.Smoother;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.StatePath;
import org.betadrift.filter.internal.CovarianceEngine;
import org.betadrift.filter.internal.FixedIntervalSmoother;
import org.betadrift.filter.internal.UdEngine;
import org.betadrift.model.Covariance;
import org.betadrift.model.StateSpaceModel;

/** betadrift, as a maximiser or a run calls it. */
final class Ours {
    private Ours() {
    }

    private static FilterEngine engine(String name) {
        return name.equals("ud") ? new UdEngine() : new CovarianceEngine();
    }

    static DoubleSupplier likelihood(String engine, Case one, boolean diffuse) {
        LikelihoodEvaluator evaluator = engine(engine).evaluator(one.sample, one.template(diffuse));
        double[] q = Covariance.scalar(one.states, Case.Q).toPacked();
        double[] r = {Case.R};
        return () -> evaluator.value(q, r);
    }

    static DoubleSupplier smoother(Case one) {
        FilterEngine engine = engine("ud");
        Smoother smoother = new FixedIntervalSmoother();
        StateSpaceModel model = one.template(true).complete(one.stateNoise(), one.observationNoise());
        return () -> {
            StatePath smoothed = smoother.smooth(engine.filter(model, one.sample, FilterOptions.defaults(), Monitor.NONE), SmootherOptions.defaults(),
                    Monitor.NONE).smoothed();
            double sum = 0;
            for (int t = 0; t < one.dates; t++) {
                sum += smoothed.mean(t, 0) + smoothed.covariance(t, 0, 0);
            }
            return sum;
        };
    }
}
