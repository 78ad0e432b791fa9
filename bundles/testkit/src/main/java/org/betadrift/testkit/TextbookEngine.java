package org.betadrift.testkit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.NumericalException;
import org.betadrift.filter.StatePath.Knows;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * The Kalman filter with full matrices, one formula a line (Durbin and Koopman 2012, 4.3; the covariance in Joseph's form),
 * any number of targets, a known initial state. Slow and plain: for tests of what needs a pass, and to agree with.
 */
public final class TextbookEngine implements FilterEngine {
    @Override
    public FilterResult filter(StateSpaceModel model, Sample sample, FilterOptions options, Monitor monitor) {
        requireFit(model, sample);
        if (model.initial().hasDiffuse()) {
            throw InvalidInputException.of("initial state", "diffuse", "the textbook engine needs a known one", "give a prior");
        }
        if (!model.constraints().isEmpty()) {
            throw InvalidInputException.of("constraints", model.constraints(), "the textbook engine takes none", "use another engine");
        }
        Pass pass = new Pass(model, sample, options);
        for (int t = 0; t < sample.periods(); t++) {
            monitor.progress((double) t / sample.periods(), "filtering by the book");
            pass.predict(t);
            pass.update(t);
        }
        return pass.result();
    }

    /** What every engine checks. */
    static void requireFit(StateSpaceModel model, Sample sample) {
        if (!model.states().equals(sample.states())) {
            throw InvalidInputException.of("states of the model", model.states(), "the sample has " + sample.states(),
                    "build both from one recipe");
        }
        if (model.observationNoise().dimension() != sample.targets().size()) {
            throw InvalidInputException.of("dimension of the observation noise", model.observationNoise().dimension(),
                    "there are " + sample.targets().size() + " targets", "give one row a target");
        }
        for (Noise noise : new Noise[] {model.stateNoise(), model.observationNoise()}) {
            if (noise.periods() != 0 && noise.periods() != sample.periods()) {
                throw InvalidInputException.of("number of dates of a noise", noise.periods(), "the sample has " + sample.periods(),
                        "give one covariance a date");
            }
        }
    }

    /** One run over the dates. */
    private static final class Pass {
        private final StateSpaceModel model;
        private final Sample sample;
        private final FilterOptions options;
        private final int k;
        private final int m;
        private double[] beta;
        private double[][] p;
        private final double[] predictedMeans;
        private final double[] predictedCovariances;
        private final double[] filteredMeans;
        private final double[] filteredCovariances;
        private final double[] innovations;
        private final double[] innovationCovariances;
        private final double[] standardized;
        private final double[] gains;
        private final double[] logLikelihoods;

        Pass(StateSpaceModel model, Sample sample, FilterOptions options) {
            this.model = model;
            this.sample = sample;
            this.options = options;
            int n = sample.periods();
            k = model.states().count();
            m = sample.targets().size();
            beta = model.initial().prior().mean().toArray();
            p = Dense.of(model.initial().prior().covariance());
            predictedMeans = new double[n * k];
            predictedCovariances = new double[n * Covariance.size(k)];
            filteredMeans = new double[n * k];
            filteredCovariances = new double[n * Covariance.size(k)];
            innovations = missing(n * m);
            innovationCovariances = missing(n * m * m);
            standardized = missing(n * m);
            gains = missing(n * k * m);
            logLikelihoods = new double[n];
        }

        private static double[] missing(int length) {
            double[] all = new double[length];
            Arrays.fill(all, Double.NaN);
            return all;
        }

        /** beta = c + T_t beta, P = T_t P T_t' + Q_t, or T_t P T_t' / delta. */
        void predict(int t) {
            double[][] transition = Dense.of(model.transition().matrix(t));
            double[] moved = Dense.times(transition, beta);
            beta = IntStream.range(0, k).mapToDouble(i -> moved[i] + model.transition().constant().get(i)).toArray();
            double[][] before = Dense.sandwich(transition, p);
            double[][] discounted = model.stateNoise().discount().isEmpty() ? null
                    : Dense.fill(k, k, (i, j) -> before[i][j] / model.stateNoise().discount().getAsDouble());
            p = discounted == null ? Dense.plus(before, Dense.of(model.stateNoise().at(t))) : discounted;
            keep(t, predictedMeans, predictedCovariances);
        }

        /** By the targets that are present on date t. */
        void update(int t) {
            int[] seen = IntStream.range(0, m).filter(i -> !Double.isNaN(sample.y(t, i))).toArray();
            if (seen.length > 0) {
                update(t, seen);
            }
            keep(t, filteredMeans, filteredCovariances);
        }

        private void update(int t, int[] seen) {
            double[][] h = Dense.fill(seen.length, k, (i, j) -> sample.h(t, seen[i], j));
            Covariance all = model.observationNoise().at(t);
            double[][] r = Dense.fill(seen.length, seen.length, (i, j) -> all.get(seen[i], seen[j]));
            double[] fitted = Dense.times(h, beta);
            // y~ = y - H beta, S = H P H' + R = L L', K = P H' S^-1
            double[] v = IntStream.range(0, seen.length).mapToDouble(i -> sample.y(t, seen[i]) - fitted[i]).toArray();
            double[][] s = Dense.plus(Dense.sandwich(h, p), r);
            double[][] l = Dense.cholesky(s);
            double[][] hp = Dense.times(h, p);
            double[][] gain = Dense.fill(k, seen.length, (i, j) -> 0);
            for (int i = 0; i < k; i++) {
                int state = i;
                double[] row = IntStream.range(0, seen.length).mapToDouble(j -> hp[j][state]).toArray();
                gain[i] = Dense.backward(l, Dense.forward(l, row));
            }
            // beta = beta + K y~, P = (I - K H) P (I - K H)' + K R K'
            double[] step = Dense.times(gain, v);
            beta = IntStream.range(0, k).mapToDouble(i -> beta[i] + step[i]).toArray();
            p = Dense.plus(Dense.sandwich(Dense.identityMinus(Dense.times(gain, h)), p), Dense.sandwich(gain, r));
            // log p = -1/2 (m log 2 pi + log |S| + z'z), z = L^-1 y~
            double[] z = Dense.forward(l, v);
            double logLikelihood = options.convention().constant(seen.length, 0);
            for (int i = 0; i < seen.length; i++) {
                logLikelihood -= Math.log(l[i][i]) + 0.5 * z[i] * z[i];
            }
            if (!Double.isFinite(logLikelihood)) {
                throw new NumericalException(sample.date(t), "the innovation variance S", s[0][0], "it must be positive and finite");
            }
            logLikelihoods[t] = logLikelihood;
            for (int i = 0; i < seen.length; i++) {
                innovations[t * m + seen[i]] = v[i];
                standardized[t * m + seen[i]] = z[i];
                for (int j = 0; j < seen.length; j++) {
                    innovationCovariances[(t * m + seen[i]) * m + seen[j]] = s[i][j];
                }
                for (int j = 0; j < k; j++) {
                    gains[(t * k + j) * m + seen[i]] = gain[j][i];
                }
            }
        }

        private void keep(int t, double[] means, double[] covariances) {
            for (int i = 0; i < k; i++) {
                means[t * k + i] = beta[i];
                for (int j = 0; j <= i; j++) {
                    covariances[t * Covariance.size(k) + Covariance.index(i, j)] = (p[i][j] + p[j][i]) / 2;
                }
            }
        }

        FilterResult result() {
            return Retained.into(FilterResult.builder(model, sample, options)
                    .predicted(Retained.path(Knows.PREDICTED, model.states(), sample, options.retain(), predictedMeans, predictedCovariances))
                    .filtered(Retained.path(Knows.FILTERED, model.states(), sample, options.retain(), filteredMeans, filteredCovariances))
                    .innovations(innovations).innovationCovariances(innovationCovariances).standardizedInnovations(standardized)
                    .gains(gains), options, logLikelihoods).build();
        }
    }
}
