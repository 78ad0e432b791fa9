package org.betadrift.filter.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.NumericalException;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.filter.StatePath.Knows;
import org.betadrift.model.Covariance;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/** Drives a {@link Kernel} over the dates of a sample and keeps what it is told to. One use, one thread. */
final class ForwardPass {
    private static final int DATES_BETWEEN_CALLS = 4096;

    private final StateSpaceModel model;
    private final Sample sample;
    private final FilterOptions options;
    private final int n;
    private final int k;
    private final int size;
    private final boolean keepsMeans;
    private final boolean keepsAll;
    private final Rows rows;
    private final ConstraintRows constraints;
    private final ConstraintInnovations constraintInnovations;
    private final Innovations innovations;
    private final double[] predictedMeans;
    private final double[] predictedCovariances;
    private final double[] filteredMeans;
    private final double[] filteredCovariances;
    private final double[] logLikelihoods;
    private final double seenConstant;
    private final double diffuseConstant;
    private double logLikelihood;
    private int observations;
    private int diffuseObservations;
    private int[] diffuseDates = {};
    private int redundant;
    private int firstRedundant;
    private int failed = -1;
    private int failedConstraint = -1;

    /** @throws org.betadrift.model.InvalidInputException the convention has no number for a diffuse start, or as {@link ConstraintRows} */
    ForwardPass(StateSpaceModel model, Sample sample, FilterOptions options) {
        this.model = model;
        this.sample = sample;
        this.options = options;
        n = sample.periods();
        k = model.states().count();
        size = Covariance.size(k);
        keepsAll = options.retain() == Retain.ALL;
        keepsMeans = options.retain() != Retain.FINAL;
        rows = new Rows(sample, model.observationNoise());
        constraints = new ConstraintRows(model, sample.dates());
        constraintInnovations = new ConstraintInnovations(n, constraints.count(), keepsMeans && constraints.count() > 0);
        innovations = new Innovations(rows, sample, k, keepsMeans, keepsAll);
        int dates = keepsMeans ? n : Math.min(n, 1);
        predictedMeans = new double[dates * k];
        filteredMeans = new double[dates * k];
        predictedCovariances = keepsAll ? new double[n * size] : new double[size];
        filteredCovariances = keepsAll ? new double[n * size] : new double[size];
        logLikelihoods = keepsMeans ? new double[n] : null;
        seenConstant = options.convention().constant(1, 0);
        diffuseConstant = model.initial().hasDiffuse() ? options.convention().constant(1, 1) : 0;
    }

    /** @return false when the kernel refused a row: {@link #failed} says when */
    boolean run(Kernel kernel, Monitor monitor) {
        for (int t = 0; t < n; t++) {
            if (t % DATES_BETWEEN_CALLS == 0) {
                monitor.progress((double) t / n, "filtering");
            }
            boolean copies = keepsMeans || t == n - 1;
            kernel.predict(t);
            if (!constrain(kernel, t)) {
                failed = t;
                return false;
            }
            if (copies) {
                copy(kernel, t, predictedMeans, predictedCovariances);
            }
            if (!see(kernel, t)) {
                failed = t;
                return false;
            }
            kernel.settle(constraints, t);
            if (copies) {
                copy(kernel, t, filteredMeans, filteredCovariances);
            }
        }
        return true;
    }

    /** The constraints of date t: they count in no sum, whatever becomes of them. */
    private boolean constrain(Kernel kernel, int t) {
        for (int i = 0; i < constraints.count(); i++) {
            if (!constraints.says(t, i)) {
                continue;
            }
            Kernel.Outcome outcome = constraints.apply(kernel, t, i);
            if (outcome == Kernel.Outcome.IMPOSSIBLE) {
                failedConstraint = i;
                return false;
            }
            constraintInnovations.keep(kernel, t, i, outcome);
        }
        kernel.settle(constraints, t);
        return true;
    }

    private void copy(Kernel kernel, int t, double[] means, double[] covariances) {
        int date = keepsMeans ? t : 0;
        kernel.copyMean(means, date * k);
        boolean last = t == n - 1 && !keepsMeans;
        if (keepsAll || last) {
            kernel.copyCovariance(covariances, keepsAll ? t * size : 0);
        }
        requireFinite(kernel, t, means, date * k, keepsAll || last ? covariances : null, keepsAll ? t * size : 0);
    }

    /** The rows of date t, one after the other. */
    private boolean see(Kernel kernel, int t) {
        double sum = 0;
        boolean diffuse = false;
        int count = rows.read(t);
        boolean counts = t >= options.burnIn();
        innovations.begin(kernel, t);
        for (int row = 0; row < count; row++) {
            Kernel.Outcome outcome = kernel.update(rows.y(row), rows.h(), row * k, rows.r(row));
            double v = kernel.innovation();
            double s = kernel.innovationVariance();
            switch (outcome) {
                case SEEN -> {
                    // log p(y_t | past) = -1/2 (log 2 pi + log S_t + y~_t^2 / S_t)
                    sum += seenConstant - 0.5 * (Math.log(s) + v * (v / s));
                    observations += counts ? 1 : 0;
                }
                case DIFFUSE -> {
                    // -1/2 (log 2 pi + log S_inf,t): Durbin and Koopman (2012), 7.2.2
                    sum += diffuseConstant - 0.5 * Math.log(s);
                    observations += counts ? 1 : 0;
                    diffuseObservations += counts ? 1 : 0;
                    diffuse = true;
                }
                case REDUNDANT -> {
                    firstRedundant = redundant++ == 0 ? t : firstRedundant;
                }
                default -> {
                    return false;
                }
            }
            innovations.keep(kernel, t, row, outcome, v, s);
        }
        innovations.end(t);
        if (!Double.isFinite(sum)) {
            throw new NumericalException(sample.date(t), "the log-likelihood", sum, "the numbers overflow, scale the data");
        }
        if (diffuse) {
            diffuseDates = Arrays.copyOf(diffuseDates, diffuseDates.length + 1);
            diffuseDates[diffuseDates.length - 1] = t;
        }
        if (keepsMeans) {
            logLikelihoods[t] = sum;
        }
        logLikelihood += counts ? sum : 0;
        return true;
    }

    /** A transition may blow a state up where no observation is there to notice. */
    private void requireFinite(Kernel kernel, int t, double[] means, int meansAt, double[] covariances, int covariancesAt) {
        double zero = 0; // or NaN
        for (int i = 0, at = covariancesAt; i < k; at += ++i + 1) {
            zero += 0 * means[meansAt + i];
            zero += covariances == null ? 0 : 0 * covariances[at];
        }
        if (zero != 0) {
            refuse(kernel, t, means, meansAt, covariances, covariancesAt);
        }
    }

    private void refuse(Kernel kernel, int t, double[] means, int meansAt, double[] covariances, int covariancesAt) {
        boolean mayBeNaN = kernel.hasInfinite();
        for (int i = 0; i < k; i++) {
            double variance = covariances == null ? 0 : covariances[covariancesAt + Covariance.index(i, i)];
            if (isWrong(means[meansAt + i], mayBeNaN) || isWrong(variance, mayBeNaN)) {
                throw new NumericalException(sample.date(t), "the variance of state " + model.states().names().get(i), variance,
                        "the numbers overflow, choose a smaller transition or scale the data");
            }
        }
    }

    private static boolean isWrong(double x, boolean mayBeNaN) {
        return mayBeNaN ? Double.isInfinite(x) : !Double.isFinite(x);
    }

    /** Date of the row the kernel refused. */
    int failed() {
        return failed;
    }

    /** Index of the constraint the kernel refused; -1 when it was an observation. */
    int failedConstraint() {
        return failedConstraint;
    }

    /** @param more sentences of the engine */
    FilterResult result(List<String> more) {
        List<String> warnings = new ArrayList<>(more);
        warnings.addAll(constraints.warnings());
        if (redundant > 0) {
            warnings.add(redundant + (redundant == 1 ? " observation adds" : " observations add")
                    + " nothing, as the model without noise had foretold " + (redundant == 1 ? "it" : "them") + " exactly (first on "
                    + sample.date(firstRedundant) + ")");
        }
        List<java.time.LocalDate> dates = keepsMeans || n == 0 ? sample.dates() : List.of(sample.date(n - 1));
        boolean covariances = options.retain() != Retain.MEANS;
        FilterResult.Builder result = FilterResult.builder(model, sample, options);
        constraintInnovations.into(result);
        return innovations.into(result)
                .predicted(StatePath.ofUnsafe(Knows.PREDICTED, model.states(), dates, predictedMeans, covariances ? predictedCovariances : null))
                .filtered(StatePath.ofUnsafe(Knows.FILTERED, model.states(), dates, filteredMeans, covariances ? filteredCovariances : null))
                .logLikelihoods(logLikelihoods)
                .logLikelihood(logLikelihood)
                .observations(observations)
                .diffuseObservations(diffuseObservations)
                .diffuseDates(diffuseDates)
                .warnings(warnings)
                .build();
    }
}
