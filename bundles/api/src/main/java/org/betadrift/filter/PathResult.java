package org.betadrift.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * A path under constraints. Immutable. Indices: t = date, k = state, c = constraint, in the model's order. Three different
 * numbers of one exposure, each with its name: {@link #mode} and {@link #causal} are posterior modes; {@link #posteriorMean} and
 * {@link #band} are mean and quantiles of the truncated posterior, from draws. Where a constraint binds the mode lies on it and
 * the mean doesn't, and a mode may lie outside a band.
 */
public final class PathResult {
    private final StateSpaceModel model;
    private final Sample sample;
    private final StatePath mode;
    private final StatePath causal;
    private final double[] shadowPrices;  // n x C
    private final double kktResidual;
    private final double violation;
    private final int iterations;
    private final double logDensityGivenUp;
    private final PosteriorPaths draws;
    private final double[] effectiveDraws; // n x K
    private final List<String> warnings;

    private PathResult(Builder b) {
        model = b.model;
        sample = b.sample;
        mode = requirePath("mode", Objects.requireNonNull(b.mode, "mode"));
        causal = b.causal == null ? null : requirePath("causal path", b.causal);
        shadowPrices = requireLength("shadow prices", b.shadowPrices, sample.periods() * model.constraints().size());
        kktResidual = b.kktResidual;
        violation = b.violation;
        iterations = b.iterations;
        logDensityGivenUp = b.logDensityGivenUp;
        draws = b.draws;
        effectiveDraws = draws == null ? null : requireLength("effective draws", b.effectiveDraws, sample.periods() * model.states().count());
        warnings = List.copyOf(b.warnings);
    }

    private StatePath requirePath(String what, StatePath path) {
        if (path.dates().size() != sample.periods() || !path.states().equals(model.states())) {
            throw InvalidInputException.of("number of dates of the " + what, path.dates().size(), "there are " + sample.periods(),
                    "an estimator fills every date");
        }
        return path;
    }

    private static double[] requireLength(String what, double[] array, int length) {
        if (array == null || array.length != length) {
            throw InvalidInputException.of("length of the " + what, array == null ? "nothing" : array.length, "it must be " + length,
                    "an estimator fills every date");
        }
        return array;
    }

    /** For estimators. */
    public static Builder builder(StateSpaceModel model, Sample sample) {
        return new Builder(model, sample);
    }

    /** Whose path it is. */
    public StateSpaceModel model() {
        return model;
    }

    /** Its data. */
    public Sample sample() {
        return sample;
    }

    /** The posterior mode given every date, {@code mean(t, k)} of the path; no covariances. Never causal. */
    public StatePath mode() {
        return mode;
    }

    /** On each date the end of the posterior mode given the dates up to and including it; empty unless asked for. */
    public Optional<StatePath> causal() {
        return Optional.ofNullable(causal);
    }

    /**
     * What constraint c costs on date t: the log posterior density of the mode gained per unit by which it is released there, in units
     * of 1 / (a'beta); of an equality per unit of c_t, with its sign. 0 where it doesn't bind; the derivative holds for small releases.
     * Where several rows say the same (a bound on a state that never moves) only their sum is determined. A soft equality has none:
     * NaN.
     */
    public double shadowPrice(int t, int c) {
        return shadowPrices[t * model.constraints().size() + c];
    }

    /**
     * How far from optimal the mode can be, free of units: the largest of the gradient of the Lagrangian in units of standard
     * deviations of the state noise, and of every price times slack, in units of log density.
     */
    public double kktResidual() {
        return kktResidual;
    }

    /** The largest violation of a constraint by the mode (and the causal path, if any), in units of a'beta; 0 when there is none. */
    public double violation() {
        return violation;
    }

    /** Newton steps to the mode. */
    public int iterations() {
        return iterations;
    }

    /** How much higher the log posterior density would be at the mode without the inequalities; not negative. */
    public double logDensityGivenUp() {
        return logDensityGivenUp;
    }

    /** Paths from the truncated posterior, every one within the constraints; a Markov chain in its order. Empty unless asked for. */
    public Optional<PosteriorPaths> draws() {
        return Optional.ofNullable(draws);
    }

    /**
     * Where state k lies on date t with probability {@code level}: quantiles of the truncated posterior, equal tails. Q, R and T are
     * taken for true. Not Gaussian: no constraint is crossed.
     *
     * @throws IllegalStateException no draws were asked for
     * @throws InvalidInputException the level isn't between 0 and 1
     */
    public Interval band(int t, int k, double level) {
        if (!(level > 0 && level < 1)) {
            throw InvalidInputException.of("level", level, "it is a probability", "pass a number between 0 and 1");
        }
        double[] sorted = drawn().across(t, k);
        Arrays.sort(sorted);
        return new Interval(quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2));
    }

    /** Linear between order statistics (Hyndman and Fan 1996, type 7). */
    private static double quantile(double[] sorted, double p) {
        double at = p * (sorted.length - 1);
        int below = (int) at;
        return below + 1 < sorted.length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    /** The mean of state k on date t in the truncated posterior. @throws IllegalStateException no draws were asked for */
    public double posteriorMean(int t, int k) {
        double sum = 0;
        for (double value : drawn().across(t, k)) {
            sum += value;
        }
        return sum / drawn().draws();
    }

    /** How many independent draws the draws of state k on date t are worth. @throws IllegalStateException no draws were asked for */
    public double effectiveDraws(int t, int k) {
        drawn();
        return effectiveDraws[t * model.states().count() + k];
    }

    private PosteriorPaths drawn() {
        if (draws == null) {
            throw new IllegalStateException("no draws were asked for: estimate with PathOptions.withDraws(number, seed)");
        }
        return draws;
    }

    /** What the estimator wants the user to know: sentences. */
    public List<String> warnings() {
        return warnings;
    }

    /** For estimators: every array is given away, not copied. Not thread-safe. */
    public static final class Builder {
        private final StateSpaceModel model;
        private final Sample sample;
        private StatePath mode;
        private StatePath causal;
        private double[] shadowPrices;
        private double kktResidual;
        private double violation;
        private int iterations;
        private double logDensityGivenUp;
        private PosteriorPaths draws;
        private double[] effectiveDraws;
        private List<String> warnings = List.of();

        private Builder(StateSpaceModel model, Sample sample) {
            this.model = Objects.requireNonNull(model, "model");
            this.sample = Objects.requireNonNull(sample, "sample");
        }

        /** Given every date. */
        public Builder mode(StatePath path) {
            mode = path;
            return this;
        }

        /** None unless given. */
        public Builder causal(StatePath path) {
            causal = path;
            return this;
        }

        /** n x constraints. */
        public Builder shadowPrices(double[] values) {
            shadowPrices = values;
            return this;
        }

        /** Free of units. */
        public Builder kktResidual(double value) {
            kktResidual = value;
            return this;
        }

        /** In units of a'beta. */
        public Builder violation(double value) {
            violation = value;
            return this;
        }

        /** Newton steps. */
        public Builder iterations(int count) {
            iterations = count;
            return this;
        }

        /** Not negative. */
        public Builder logDensityGivenUp(double value) {
            logDensityGivenUp = value;
            return this;
        }

        /** @param effective n x K; none unless given */
        public Builder draws(PosteriorPaths paths, double[] effective) {
            draws = paths;
            effectiveDraws = effective;
            return this;
        }

        /** None unless said. */
        public Builder warnings(List<String> sentences) {
            warnings = sentences;
            return this;
        }

        /** @throws InvalidInputException a part is missing or has a wrong length */
        public PathResult build() {
            return new PathResult(this);
        }
    }
}
