package org.betadrift.filter;

import java.util.List;
import java.util.Objects;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * One forward pass. Immutable. Indices: t = date, i, j = target, k = state. Innovation, its covariance and gain of a
 * missing y are NaN; it adds nothing to a sum.
 */
public final class FilterResult {
    private final StateSpaceModel model;
    private final Sample sample;
    private final FilterOptions options;
    private final StatePath predicted;
    private final StatePath filtered;
    private final double[] innovations;             // n x m
    private final double[] innovationCovariances;   // n x m x m
    private final double[] standardizedInnovations; // n x m
    private final double[] gains;                   // n x K x m
    private final double[] logLikelihoods;          // n, in the convention of the options
    private final double logLikelihood;
    private final int diffuseObservations;
    private final List<String> warnings;

    private FilterResult(Builder b) {
        model = b.model;
        sample = b.sample;
        options = b.options;
        int n = sample.periods();
        int m = sample.targets().size();
        predicted = Objects.requireNonNull(b.predicted, "predicted states");
        filtered = Objects.requireNonNull(b.filtered, "filtered states");
        innovations = requireLength("innovations", b.innovations, n * m);
        innovationCovariances = requireLength("innovation covariances", b.innovationCovariances, n * m * m);
        standardizedInnovations = requireLength("standardized innovations", b.standardizedInnovations, n * m);
        gains = requireLength("gains", b.gains, n * model.states().count() * m);
        logLikelihoods = requireLength("log-likelihoods", b.logLikelihoods, n);
        diffuseObservations = b.diffuseObservations;
        warnings = List.copyOf(b.warnings);
        double sum = 0;
        for (int t = options.burnIn(); t < n; t++) {
            sum += logLikelihoods[t];
        }
        logLikelihood = sum;
    }

    private static double[] requireLength(String what, double[] array, int length) {
        if (array == null || array.length != length) {
            throw InvalidInputException.of("length of the " + what, array == null ? "nothing" : array.length, "it must be " + length,
                    "an engine fills every date");
        }
        return array;
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

    /** beta_t|t-1, P_t|t-1. */
    public StatePath predicted() {
        return predicted;
    }

    /** beta_t|t, P_t|t. */
    public StatePath filtered() {
        return filtered;
    }

    /** y~_t = y_t - H_t beta_t|t-1, in the units of y. */
    public double innovation(int t, int i) {
        return innovations[t * m() + i];
    }

    /** S_t = H_t P_t|t-1 H_t' + R_t. */
    public double innovationCovariance(int t, int i, int j) {
        return innovationCovariances[(t * m() + i) * m() + j];
    }

    /** S_t^-1/2 y~_t by the lower Cholesky factor: independent N(0, 1) under the model. */
    public double standardizedInnovation(int t, int i) {
        return standardizedInnovations[t * m() + i];
    }

    /** K_t = P_t|t-1 H_t' S_t^-1 (no extra T). */
    public double gain(int t, int k, int i) {
        return gains[(t * model.states().count() + k) * m() + i];
    }

    /** Contribution of date t in the convention of {@link #options()}; 0 where all of y is missing. */
    public double logLikelihood(int t) {
        return logLikelihoods[t];
    }

    /** The sum of the contributions after the burn-in. */
    public double logLikelihood() {
        return logLikelihood;
    }

    /** Cells of y that entered through an infinite variance. */
    public int diffuseObservations() {
        return diffuseObservations;
    }

    /** What the engine wants the user to know of this pass: sentences. */
    public List<String> warnings() {
        return warnings;
    }

    private int m() {
        return sample.targets().size();
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
        private int diffuseObservations;
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

        /** 0 unless said. */
        public Builder diffuseObservations(int cells) {
            diffuseObservations = cells;
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
