package org.betadrift.filter.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.betadrift.estimation.Strategy;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.NumericalException;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The Kalman filter in covariance form for one target: checks that model and sample fit, drives the
 * {@link CovarianceKernel} over the dates, and packs what it saw. O(n K^2) for a random walk, O(n K^3) otherwise.
 */
@Component(name = "org.betadrift.engine.covariance")
@Designate(ocd = Ranking.class)
@Strategy(name = "covariance", description = "Kalman filter in covariance form, one target, known initial state", causal = true)
public final class CovarianceEngine implements FilterEngine {
    private static final int DATES_BETWEEN_CALLS = 4096;
    private static final double DIGITS_AT_RISK = 1e10;

    @Override
    public FilterResult filter(StateSpaceModel model, Sample sample, FilterOptions options, Monitor monitor) {
        requireFit(model, sample);
        int n = sample.periods();
        int k = model.states().count();
        int size = Covariance.size(k);
        double constant = options.convention().constant(1, 0);

        double[] predictedMeans = new double[n * k];
        double[] predictedCovariances = new double[n * size];
        double[] filteredMeans = new double[n * k];
        double[] filteredCovariances = new double[n * size];
        double[] innovations = new double[n];
        double[] innovationVariances = new double[n];
        double[] standardized = new double[n];
        double[] gains = new double[n * k];
        double[] logLikelihoods = new double[n];

        CovarianceKernel kernel = new CovarianceKernel(model);
        double[] h = new double[k];
        double[] r = new double[1];
        double worst = 0;
        for (int t = 0; t < n; t++) {
            if (t % DATES_BETWEEN_CALLS == 0) {
                monitor.progress((double) t / n, "filtering");
            }
            kernel.predict(t);
            kernel.copyState(predictedMeans, t * k, predictedCovariances, t * size);
            double y = sample.y(t, 0);
            if (Double.isNaN(y)) {
                innovations[t] = Double.NaN;
                innovationVariances[t] = Double.NaN;
                standardized[t] = Double.NaN;
                Arrays.fill(gains, t * k, (t + 1) * k, Double.NaN);
            } else {
                for (int i = 0; i < k; i++) {
                    h[i] = sample.h(t, 0, i);
                }
                model.observationNoise().copyPacked(t, r);
                if (!kernel.update(y, h, r[0])) {
                    throw impossible(sample, t, kernel);
                }
                double v = kernel.innovation();
                double s = kernel.innovationVariance();
                worst = Math.max(worst, s / r[0]);
                innovations[t] = v;
                innovationVariances[t] = s;
                standardized[t] = v / Math.sqrt(s);
                kernel.copyGain(gains, t * k);
                // log p(y_t | past) = -1/2 (log 2 pi + log S_t + y~_t^2 / S_t)
                logLikelihoods[t] = constant - 0.5 * (Math.log(s) + v * v / s);
                if (!Double.isFinite(logLikelihoods[t])) {
                    throw new NumericalException(sample.date(t), "the log-likelihood", logLikelihoods[t], "the numbers overflow, scale the data");
                }
            }
            kernel.copyState(filteredMeans, t * k, filteredCovariances, t * size);
        }
        requireFinite(model, sample, predictedMeans, predictedCovariances);
        requireFinite(model, sample, filteredMeans, filteredCovariances);
        return FilterResult.builder(model, sample, options)
                .predicted(StatePath.ofUnsafe(StatePath.Knows.PREDICTED, model.states(), sample.dates(), predictedMeans, predictedCovariances))
                .filtered(StatePath.ofUnsafe(StatePath.Knows.FILTERED, model.states(), sample.dates(), filteredMeans, filteredCovariances))
                .innovations(innovations)
                .innovationCovariances(innovationVariances)
                .standardizedInnovations(standardized)
                .gains(gains)
                .logLikelihoods(logLikelihoods)
                .warnings(warnings(worst))
                .build();
    }

    /** In straight line where it applies; no allocation per call but with a stationary start. */
    @Override
    public LikelihoodEvaluator evaluator(Sample sample, ModelTemplate template) {
        Noise anyQ = Noise.constant(Covariance.scalar(template.states().count(), 1));
        Noise anyR = Noise.constant(Covariance.scalar(1, 1));
        StateSpaceModel some = template.complete(template.stateNoise().orElse(anyQ), template.observationNoise().orElse(anyR));
        requireFit(some, sample);
        return CovarianceEvaluator.of(sample, template, some);
    }

    /**
     * The covariance form subtracts: about as many digits go as S is larger than R. Beyond {@link #DIGITS_AT_RISK} too few
     * are left for the log-likelihood's usual six.
     *
     * @param worst largest S_t / R_t; with R = 0 the ratio says nothing, as an exact observation is not a small noise
     */
    private static List<String> warnings(double worst) {
        return worst > DIGITS_AT_RISK && !Double.isInfinite(worst) ? List.of(String.format(Locale.ROOT,
                "engine covariance loses digits: the innovation variance is up to %.0e times the observation noise; choose a smaller initial variance",
                worst)) : List.of();
    }

    /** A transition may blow a state up where no observation is there to notice. */
    private static void requireFinite(StateSpaceModel model, Sample sample, double[] means, double[] covariances) {
        int k = model.states().count();
        for (int t = 0; t < sample.periods(); t++) {
            for (int i = 0; i < k; i++) {
                double variance = covariances[t * Covariance.size(k) + Covariance.index(i, i)];
                if (!Double.isFinite(means[t * k + i]) || !Double.isFinite(variance)) {
                    throw new NumericalException(sample.date(t), "the variance of state " + model.states().names().get(i), variance,
                            "the numbers overflow, choose a smaller transition or scale the data");
                }
            }
        }
    }

    private static NumericalException impossible(Sample sample, int t, CovarianceKernel kernel) {
        double s = kernel.innovationVariance();
        if (s > 0 && Double.isFinite(s)) {
            return new NumericalException(sample.date(t), "the innovation", kernel.innovation(), "the numbers overflow, scale the data");
        }
        return new NumericalException(sample.date(t), "the innovation variance S", s, s < 0
                ? "too few digits are left beside a huge variance, choose a smaller initial variance or transition"
                : "it must be positive and finite, give a larger observation noise or scale the data");
    }

    private static void requireFit(StateSpaceModel model, Sample sample) {
        if (sample.targets().size() != 1) {
            throw InvalidInputException.of("number of targets", sample.targets().size(), "engine covariance filters one", "name one target");
        }
        if (model.initial().hasDiffuse()) {
            throw InvalidInputException.of("initial state", "diffuse", "engine covariance needs a known one", "choose initial ols or known");
        }
        if (!model.states().equals(sample.states())) {
            throw InvalidInputException.of("states of the model", model.states(), "the sample has " + sample.states(), "build both from one recipe");
        }
        if (model.observationNoise().dimension() != 1) {
            throw InvalidInputException.of("dimension of the observation noise", model.observationNoise().dimension(),
                    "there is one target", "give one variance a date");
        }
        requireDates("state noise", model.stateNoise(), sample);
        requireDates("observation noise", model.observationNoise(), sample);
    }

    private static void requireDates(String what, Noise noise, Sample sample) {
        if (!noise.isConstant() && noise.periods() != sample.periods()) {
            throw InvalidInputException.of("number of dates of the " + what, noise.periods(), "the sample has " + sample.periods(),
                    "give one covariance a date");
        }
    }
}
