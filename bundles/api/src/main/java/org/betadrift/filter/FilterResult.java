package org.betadrift.filter;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * One forward pass. Immutable. Indices: t = date, i, j = target, k = state. Innovation, its covariance and gain are NaN
 * where y is missing, which adds nothing to a sum, and where y enters through an infinite variance. What
 * {@link Retain} dropped is an IllegalStateException that says so.
 */
public final class FilterResult {
    private final StateSpaceModel model;
    private final Sample sample;
    private final int m;
    private final int k;
    private final FilterOptions options;
    private final StatePath predicted;
    private final StatePath filtered;
    private final double[] innovations;             // n x m
    private final double[] innovationCovariances;   // n x m x m
    private final double[] standardizedInnovations; // n x m
    private final double[] gains;                   // n x K x m
    private final double[] logLikelihoods;          // n, in the convention of the options
    private final double[] constraintInnovations;   // n x constraints
    private final double[] constraintVariances;     // n x constraints
    private final double logLikelihood;
    private final int observations;
    private final int diffuseObservations;
    private final int[] diffuseDates;
    private final List<String> warnings;

    private FilterResult(Builder b) {
        model = b.model;
        sample = b.sample;
        options = b.options;
        int n = sample.periods();
        m = sample.targets().size();
        k = model.states().count();
        boolean all = options.retain() == Retain.ALL;
        boolean means = options.retain() != Retain.FINAL;
        predicted = requirePath("predicted states", b.predicted, n);
        filtered = requirePath("filtered states", b.filtered, n);
        innovations = requireLength("innovations", means, b.innovations, n * m);
        innovationCovariances = requireLength("innovation covariances", means, b.innovationCovariances, n * m * m);
        standardizedInnovations = requireLength("standardized innovations", means, b.standardizedInnovations, n * m);
        gains = requireLength("gains", all, b.gains, n * k * m);
        logLikelihoods = requireLength("log-likelihoods", means, b.logLikelihoods, n);
        int rows = model.constraints().size();
        constraintInnovations = requireLength("innovations of the constraints", means && rows > 0, b.constraintInnovations, n * rows);
        constraintVariances = requireLength("variances of the constraints", means && rows > 0, b.constraintVariances, n * rows);
        observations = b.observations < 0 ? sample.observations() : b.observations;
        diffuseObservations = b.diffuseObservations;
        diffuseDates = b.diffuseDates.clone();
        warnings = List.copyOf(b.warnings);
        logLikelihood = logLikelihoods == null ? b.logLikelihood : sumAfter(options.burnIn(), logLikelihoods);
    }

    private static double sumAfter(int burnIn, double[] terms) {
        double sum = 0;
        for (int t = burnIn; t < terms.length; t++) {
            sum += terms[t];
        }
        return sum;
    }

    private StatePath requirePath(String what, StatePath path, int n) {
        Objects.requireNonNull(path, what);
        int kept = options.retain() == Retain.FINAL ? Math.min(n, 1) : n;
        if (path.dates().size() != kept || path.hasCovariances() != (options.retain() != Retain.MEANS)) {
            throw InvalidInputException.of("number of dates of the " + what, path.dates().size(),
                    "with " + options.retain() + " there are " + kept, "an engine keeps what it is told to");
        }
        return path;
    }

    private static double[] requireLength(String what, boolean kept, double[] array, int length) {
        if (kept && (array == null || array.length != length)) {
            throw InvalidInputException.of("length of the " + what, array == null ? "nothing" : array.length, "it must be " + length,
                    "an engine fills every date");
        }
        return kept ? array : null;
    }

    /** For engines. */
    public static Builder builder(StateSpaceModel model, Sample sample, FilterOptions options) {
        return new Builder(model, sample, options);
    }

    /** The model of the pass. */
    public StateSpaceModel model() {
        return model;
    }

    /** The y and H of the pass. */
    public Sample sample() {
        return sample;
    }

    /** How the pass was run. */
    public FilterOptions options() {
        return options;
    }

    /** beta_t|t-1, P_t|t-1; where the model has constraints, given those of date t too. */
    public StatePath predicted() {
        return predicted;
    }

    /** beta_t|t, P_t|t. */
    public StatePath filtered() {
        return filtered;
    }

    /**
     * Q_t of the step into date t: the model's, or what its discount came to, (1 / delta - 1) T P_t-1|t-1 T'.
     *
     * @throws InvalidInputException with a discount: a state has an infinite variance still
     * @throws IllegalStateException with a discount: the covariance of that date wasn't kept
     */
    public Covariance stateNoise(int t) {
        return model.stateNoise().discount().isEmpty() ? model.stateNoise().at(t) : new Discounted(this).into(t);
    }

    /**
     * Q of every step after the last date, to forecast with: the model's as it was on the last date, or with a discount
     * (1 / delta - 1) T P_n-1|n-1 T', constant however far ahead (West and Harrison 1997, 6.3).
     *
     * @throws InvalidInputException with a discount: a state has an infinite variance still
     * @throws IllegalStateException with a discount: the covariance of the last date wasn't kept
     */
    public Covariance nextStateNoise() {
        return model.stateNoise().discount().isEmpty() ? model.stateNoise().at(Math.max(0, sample.periods() - 1)) : new Discounted(this).next();
    }

    /** y~_t = y_t - H_t beta_t|t-1, in the units of y. */
    public double innovation(int t, int i) {
        return kept(innovations, "innovations")[t * m + i];
    }

    /** S_t = H_t P_t|t-1 H_t' + R_t. */
    public double innovationCovariance(int t, int i, int j) {
        return kept(innovationCovariances, "innovation covariances")[(t * m + i) * m + j];
    }

    /** S_t^-1/2 y~_t by the lower Cholesky factor: independent N(0, 1) under the model. */
    public double standardizedInnovation(int t, int i) {
        return kept(standardizedInnovations, "standardized innovations")[t * m + i];
    }

    /** K_t = P_t|t-1 H_t' S_t^-1 (no extra T). */
    public double gain(int t, int k, int i) {
        return kept(gains, "gains")[(t * this.k + k) * m + i];
    }

    /**
     * How far date t was foretold to miss row i of {@link StateSpaceModel#constraints}, a_t'beta - c_t, given y up to t-1 and the rows
     * before row i on date t: what tells whether the data agree with a restriction. NaN where it says nothing new
     * ({@link #constraintVariance} is 0), or takes its part of an infinite variance (NaN as well).
     */
    public double constraintInnovation(int t, int i) {
        return constraint(constraintInnovations, t, i);
    }

    /** Variance of {@link #constraintInnovation}: a_t'P a_t plus the squared tolerance. */
    public double constraintVariance(int t, int i) {
        return constraint(constraintVariances, t, i);
    }

    private double constraint(double[] array, int t, int i) {
        int rows = model.constraints().size();
        Objects.checkIndex(i, rows);
        return kept(array, "innovations of constraints")[t * rows + i];
    }

    /** Contribution of date t in the convention of {@link #options()}; 0 where all of y is missing. */
    public double logLikelihood(int t) {
        return kept(logLikelihoods, "log-likelihoods of single dates")[t];
    }

    /** The sum of the contributions after the burn-in: log p(y), given the constraints where there are any. */
    public double logLikelihood() {
        return logLikelihood;
    }

    /** Observed cells of y that count in the log-likelihood: after the burn-in, without those an exact model had foretold. */
    public int observations() {
        return observations;
    }

    /** Of {@link #observations}: those that entered through an infinite variance. */
    public int diffuseObservations() {
        return diffuseObservations;
    }

    /** The dates on which a cell of y entered through an infinite variance, burn-in or not. */
    public List<LocalDate> diffuseDates() {
        return Arrays.stream(diffuseDates).mapToObj(sample::date).toList();
    }

    /** What the engine wants the user to know of this pass: sentences. */
    public List<String> warnings() {
        return warnings;
    }

    private double[] kept(double[] array, String what) {
        if (array == null) {
            throw new IllegalStateException(what + " weren't kept: the pass was told to retain " + options.retain());
        }
        return array;
    }

    /** For engines: every array is given away, not copied. Not thread-safe. */
    public static final class Builder {
        private final StateSpaceModel model;
        private final Sample sample;
        private final FilterOptions options;
        private StatePath predicted;
        private StatePath filtered;
        private double[] innovations;
        private double[] innovationCovariances;
        private double[] standardizedInnovations;
        private double[] gains;
        private double[] logLikelihoods;
        private double[] constraintInnovations;
        private double[] constraintVariances;
        private double logLikelihood;
        private int observations = -1;
        private int diffuseObservations;
        private int[] diffuseDates = {};
        private List<String> warnings = List.of();

        private Builder(StateSpaceModel model, Sample sample, FilterOptions options) {
            this.model = Objects.requireNonNull(model, "model");
            this.sample = Objects.requireNonNull(sample, "sample");
            this.options = Objects.requireNonNull(options, "options");
        }

        /** beta_t|t-1, P_t|t-1. */
        public Builder predicted(StatePath path) {
            predicted = path;
            return this;
        }

        /** beta_t|t, P_t|t. */
        public Builder filtered(StatePath path) {
            filtered = path;
            return this;
        }

        /** y~, n x m. */
        public Builder innovations(double[] values) {
            innovations = values;
            return this;
        }

        /** S, n x m x m. */
        public Builder innovationCovariances(double[] values) {
            innovationCovariances = values;
            return this;
        }

        /** S^-1/2 y~, n x m. */
        public Builder standardizedInnovations(double[] values) {
            standardizedInnovations = values;
            return this;
        }

        /** K, n x K x m. */
        public Builder gains(double[] values) {
            gains = values;
            return this;
        }

        /** @param contributions n, in the convention of the options, every date (the burn-in too) */
        public Builder logLikelihoods(double[] contributions) {
            logLikelihoods = contributions;
            return this;
        }

        /**
         * Of a model with constraints; an engine that leaves them out can't build a result.
         *
         * @param misses a_t'beta - c_t, n x rows
         * @param variances n x rows
         */
        public Builder constraints(double[] misses, double[] variances) {
            constraintInnovations = misses;
            constraintVariances = variances;
            return this;
        }

        /** @param sum after the burn-in; read with {@link Retain#FINAL} only */
        public Builder logLikelihood(double sum) {
            logLikelihood = sum;
            return this;
        }

        /** Every observed cell of the sample unless said. */
        public Builder observations(int cells) {
            observations = cells;
            return this;
        }

        /** 0 unless said. */
        public Builder diffuseObservations(int cells) {
            diffuseObservations = cells;
            return this;
        }

        /** @param indices of dates on which a cell entered through an infinite variance, ascending; none unless said */
        public Builder diffuseDates(int... indices) {
            diffuseDates = indices;
            return this;
        }

        /** None unless said. */
        public Builder warnings(List<String> sentences) {
            warnings = sentences;
            return this;
        }

        /** @throws InvalidInputException a part is missing or has a wrong length */
        public FilterResult build() {
            return new FilterResult(this);
        }
    }
}
