package org.betadrift.it.benchmarks;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.estimation.Options;
import org.betadrift.estimator.cholesky.internal.CholeskyJointNoise;
import org.betadrift.filter.internal.CovarianceEngine;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;

/** Who maximises the likelihood of V and W of several assets, exactly diffuse start. */
public enum AssetsFitter {
    /** The strategy as a run calls it: starts, modes, certificate, record. */
    CHOLESKY("betadrift cholesky", 1e-6, AssetsFitter::cholesky),
    /** Its own machinery for this. */
    JDEMETRA("JDemetra+ 3.5.0, Levenberg-Marquardt", 1e-2, JDemetraAssetsFit::of);

    final String title;
    /** Of the log-likelihood it may miss. */
    final double gap;
    private final Function<Sample, Supplier<double[]>> maker;

    AssetsFitter(String title, double gap, Function<Sample, Supplier<double[]>> maker) {
        this.title = title;
        this.gap = gap;
        this.maker = maker;
    }

    /** What depends on the data alone is done here; the supplier searches. @return V, then W of the factor, m x m by rows */
    Supplier<double[]> on(Sample sample) {
        return maker.apply(sample);
    }

    /** JDemetra+ would take minutes for ten assets. */
    boolean competesOn(Assets assets) {
        return this == CHOLESKY || assets == Assets.C;
    }

    /** As the strategy declares them. */
    private static Options options() {
        return Options.merge("cholesky", new String[] {"state=full", "alpha=static", "observation=full", "rank=1", "full", "diagonal", "zero", "low-rank",
            "shared", "uncorrelated", "starts=2", "seed=0", "start"}, Map.of(), Map.of());
    }

    private static Supplier<double[]> cholesky(Sample sample) {
        int states = sample.states().count();
        int m = sample.targets().size();
        CholeskyJointNoise strategy = new CholeskyJointNoise();
        Options options = options();
        return () -> {
            JointNoise noise = strategy.estimate(EstimationContext.of(sample, Transition.randomWalk(states), new CovarianceEngine())
                    .withInitialState(InitialState.diffuse(states)).withOptions(options)).value();
            Covariance v = noise.observationNoise().at(0);
            Covariance w = noise.stateNoise().at(0);
            double[] both = new double[2 * m * m];
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    both[i * m + j] = v.get(i, j);
                    both[m * m + i * m + j] = w.get(m + i, m + j);
                }
            }
            return both;
        };
    }
}
