package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.betadrift.filter.SmootherResult;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/** A smoothing, with lag-one covariances, beside the {@link ExactPosterior} of the same series. */
final class PosteriorComparison {
    private final SmootherResult smoothing;
    private final StateSpaceModel model;
    private final Sample sample;
    private final ExactPosterior exact;
    private final double tolerance;
    private final int k;

    /** @param tolerance a part of the deviation, or of the product of two */
    PosteriorComparison(SmootherResult smoothing, double tolerance) {
        this.smoothing = smoothing;
        this.tolerance = tolerance;
        model = smoothing.filter().model();
        sample = smoothing.filter().sample();
        exact = new ExactPosterior(model, sample);
        k = model.states().count();
    }

    void check() {
        for (int t = 0; t < sample.periods(); t++) {
            requireStates(t);
            requireErrors(t);
            if (t < sample.periods() - 1) {
                requireLagOne(t);
                requireStateNoise(t);
            }
        }
        for (int i = 0; i < k; i++) {
            assertThat(smoothing.r(sample.periods() - 1, i)).as("r on the last date").isZero();
            assertThat(smoothing.n(sample.periods() - 1, i, i)).as("N on the last date").isZero();
        }
    }

    private void requireStates(int t) {
        for (int i = 0; i < k; i++) {
            double wanted = exact.mean(t, i);
            requireClose("smoothed mean", t, smoothing.smoothed().mean(t, i), wanted, Math.abs(wanted) + deviation(t, i));
            for (int j = 0; j <= i; j++) {
                requireClose("smoothed covariance", t, smoothing.smoothed().covariance(t, i, j), exact.covariance(t, i, t, j),
                        deviation(t, i) * deviation(t, j));
            }
        }
    }

    private void requireLagOne(int t) {
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                requireClose("lag-one covariance", t, smoothing.lagOneCovariance(t, i, j), exact.covariance(t, i, t + 1, j),
                        deviation(t, i) * deviation(t + 1, j));
            }
        }
    }

    /** Rounding is seen beside 1 at least, the size of all these numbers: some deviations are zero. */
    private double deviation(int t, int i) {
        return 1 + Math.sqrt(exact.covariance(t, i, t, i));
    }

    private void requireErrors(int t) {
        List<Integer> seen = new ExactModel(model, sample).seen(t);
        double[] u = exact.u(t);
        double[][] d = exact.d(t);
        for (int a = 0; a < seen.size(); a++) {
            int i = seen.get(a);
            requireClose("u", t, smoothing.u(t, i), u[a], Math.abs(u[a]) + precision(t, i, d[a][a]));
            for (int b = 0; b < seen.size(); b++) {
                requireClose("D", t, smoothing.d(t, i, seen.get(b)), d[a][b], precision(t, i, d[a][a]) * precision(t, seen.get(b), d[b][b]));
            }
        }
        for (int i = 0; i < sample.targets().size(); i++) {
            if (!seen.contains(i)) {
                assertThat(smoothing.u(t, i)).as("u of a missing y").isNaN();
                assertThat(smoothing.d(t, i, i)).as("D of a missing y").isNaN();
                assertThat(smoothing.leaveOneOutResidual(t, i)).as("residual of a missing y").isNaN();
            }
        }
    }

    /** The unit of u, D^1/2. A y that nothing else determines has D = 0: rounding is seen beside R^-1. */
    private double precision(int t, int i, double d) {
        return Math.sqrt(d > 0 ? d : 1 / model.observationNoise().at(t).variance(i));
    }

    /** Q r = E(eta | y) and Q N Q = Q - Var(eta | y). */
    private void requireStateNoise(int t) {
        double[][] q = Dense.of(model.stateNoise().at(t + 1));
        int date = t;
        double[] r = Dense.times(q, Dense.fill(1, k, (a, b) -> smoothing.r(date, b))[0]);
        double[][] n = Dense.sandwich(q, Dense.fill(k, k, (a, b) -> smoothing.n(date, a, b)));
        double[] eta = exact.stateNoise(t);
        double[][] learnt = exact.stateNoiseLearnt(t);
        for (int i = 0; i < k; i++) {
            requireClose("Q r", t, r[i], eta[i], 1 + Math.abs(eta[i]));
            for (int j = 0; j < k; j++) {
                requireClose("Q N Q", t, n[i][j], learnt[i][j], 1);
            }
        }
    }

    private void requireClose(String what, int t, double is, double wanted, double unit) {
        if (Double.isNaN(wanted) ? !Double.isNaN(is) : !(Math.abs(is - wanted) <= tolerance * unit)) {
            throw new AssertionError(what + " at t=" + t + " is " + is + ", expected " + wanted + " (to " + tolerance + " of " + unit + ")");
        }
    }
}
