package org.betadrift.estimator.cholesky.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.internal.CovarianceEngine;
import org.betadrift.filter.internal.FixedIntervalSmoother;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;

/**
 * The CAPM of Petris, Petrone and Campagnoli (2009), 3.3.3: seed 003's model on its data, in percent, m0 = 0 and C0 = 1e7. By data of the
 * shared folder; skipped without it.
 */
class DlmBookTest {
    private static final double[] BOOK_V = {41.06, 0.01571, 24.23, -0.9504, 5.783, 39.2, -2.328, 3.376, 8.145, 39.29};
    private static final double[] BOOK_W = {8.153e-07, -3.172e-05, 0.001377, -4.267e-05, 0.001852, 0.002498, -6.649e-05, 0.002884, 0.003884, 0.006057};
    private static final double[] MLE_V = {41.03769, -0.01104, 24.23393, -0.99971, 5.78936, 39.2327, -2.38871, 3.41080, 8.1609, 39.347};
    private static final double[] MLE_W = {7.243e-06, 9.768e-05, 1.326e-03, 1.299e-04, 1.7641e-03, 2.3573e-03, 2.026e-04, 2.7510e-03, 3.6668e-03, 5.7297e-03};

    private final Sample sample = Cases.capm("data/capm_petris_monthly.csv", 100);
    private final InitialState vague = vague();

    private static InitialState vague() {
        double[] packed = new double[Covariance.size(8)];
        for (int k = 0; k < 8; k++) {
            packed[Covariance.index(k, k)] = 1e7;
        }
        return InitialState.known(Vector.of(new double[8]), Covariance.ofPacked(8, packed));
    }

    private static double[] q(double[] w) {
        double[] q = new double[Covariance.size(8)];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                q[Covariance.index(4 + i, 4 + j)] = w[Covariance.index(i, j)];
            }
        }
        return q;
    }

    private double at(double[] v, double[] w) {
        return Cases.context(sample, vague).evaluator(ModelTemplate.of(sample.states(), vague, Transition.randomWalk(8))).value(q(w), v);
    }

    @Test
    void ourMaximumIsAtLeastAsHighAsThePublishedOnes() {
        assertThat(at(BOOK_V, BOOK_W)).isCloseTo(-1607.608320, within(1e-6));
        assertThat(at(MLE_V, MLE_W)).isCloseTo(-1607.584432, within(1e-6));
        EstimationContext context = Cases.context(sample, vague);
        Estimate<JointNoise> best = Cases.run(context);
        assertThat(Cases.record(best).converged()).as(Cases.record(best).verdict()).isTrue();
        assertThat(Cases.logLikelihood(best)).isGreaterThanOrEqualTo(-1607.584383); // where L-BFGS-B ends from dlmMLE's
        assertThat(Cases.record(best).verdict()).contains("W of MARKET (rank 1 of 4) is singular");
        // the published place is the same but for what the data can't tell
        for (int i = 0; i < 4; i++) {
            String name = "V[" + sample.targets().get(i) + "]";
            double error = Cases.record(best).parameters().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow().standardError();
            assertThat(best.value().observationNoise().at(0).variance(i)).as(name).isCloseTo(MLE_V[Covariance.index(i, i)], within(0.02 * error));
        }
        // the log-likelihood's own value there is the filter's
        assertThat(at(best.value().observationNoise().at(0).toPacked(), Arrays.copyOf(inner(best.value().stateNoise().at(0)), 10)))
                .isCloseTo(Cases.logLikelihood(best), within(1e-8));
    }

    private static double[] inner(Covariance q) {
        double[] w = new double[10];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                w[Covariance.index(i, j)] = q.get(4 + i, 4 + j);
            }
        }
        return w;
    }

    /** Smoothed exposures at the book's values on three dates, to the digits printed. */
    @Test
    void smoothedExposuresAtTheBooksValues() {
        StateSpaceModel model = StateSpaceModel.of(sample.states(), vague, Transition.randomWalk(8), Noise.constant(Covariance.ofPacked(8, q(BOOK_W))),
                Noise.constant(Covariance.ofPacked(4, BOOK_V)));
        FilterResult filtered = new CovarianceEngine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
        SmootherResult smoothed = new FixedIntervalSmoother().smooth(filtered, SmootherOptions.defaults(), Monitor.NONE);
        requireMeans(smoothed, 0, 4, 0.7152, 0.4359, 0.7924, 0.6234);
        requireMeans(smoothed, 59, 4, 0.7128, 0.5369, 0.9285, 0.8356);
        requireMeans(smoothed, 119, 4, 0.7098, 0.6695, 1.1074, 1.1122);
        requireMeans(smoothed, 119, 0, 0.4237, -0.0314, -0.2838, 0.0616);
    }

    private static void requireMeans(SmootherResult smoothed, int t, int first, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(smoothed.smoothed().mean(t, first + i)).as("date %d, state %d", t, first + i).isCloseTo(expected[i], within(5.01e-5));
        }
    }
}
