package org.betadrift.filter;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.betadrift.model.InvalidInputException;

/**
 * States and targets on h dates after the sample, given the sample, the future factors and the model: what Q, R and T don't know
 * of themselves is in no variance. Immutable. Indices: t = 0..h-1, i, j = target, k = state.
 *
 * <p>Covariances are those of one date. For the joint distribution over the dates (of a sum over them, say) filter the sample
 * extended by missing y, and draw paths with a {@link Simulator}.
 */
public final class Forecast {
    private final StatePath states;
    private final List<String> targets;
    private final double[] means;       // h x m
    private final double[] covariances; // h x m x m
    private final List<String> warnings;

    private Forecast(StatePath states, List<String> targets, double[] means, double[] covariances, List<String> warnings) {
        this.states = Objects.requireNonNull(states, "states");
        this.targets = List.copyOf(targets);
        this.means = means;
        this.covariances = covariances;
        this.warnings = List.copyOf(warnings);
        int h = states.dates().size();
        int m = this.targets.size();
        requireLength("means", means, h * m);
        requireLength("covariances", covariances, h * m * m);
        if (!states.hasCovariances()) {
            throw InvalidInputException.of("covariances of the states", "nothing", "an interval needs them", "a forecaster gives them");
        }
    }

    private static void requireLength(String what, double[] array, int length) {
        if (array.length != length) {
            throw InvalidInputException.of("length of the " + what, array.length, "it must be " + length, "a forecaster fills every date");
        }
    }

    /**
     * For forecasters: the arrays are given away, not copied.
     *
     * @param states beta_n+t|n and its covariance, labelled PREDICTED
     * @param targets the m names
     * @param means of y, h x m
     * @param covariances of y, h x m x m
     * @param warnings what the user should know of it: sentences
     * @throws InvalidInputException an array has a wrong length, or the states have no covariances
     */
    public static Forecast ofUnsafe(StatePath states, List<String> targets, double[] means, double[] covariances, List<String> warnings) {
        return new Forecast(states, targets, means, covariances, warnings);
    }

    /** The h dates. */
    public List<LocalDate> dates() {
        return states.dates();
    }

    /** The m targets, in the sample's order. */
    public List<String> targets() {
        return targets;
    }

    /** beta and P of the h dates, given the sample. */
    public StatePath states() {
        return states;
    }

    /** E(y_t,i | sample) = h_t,i' beta_n+t|n, in the units of y. */
    public double mean(int t, int i) {
        return means[t * targets.size() + i];
    }

    /** Cov(y_t,i, y_t,j | sample) = H P H' + R. */
    public double covariance(int t, int i, int j) {
        return covariances[(t * targets.size() + i) * targets.size() + j];
    }

    /** Standard deviation of y_t,i. */
    public double standardDeviation(int t, int i) {
        return Math.sqrt(covariance(t, i, i));
    }

    /**
     * Where y_t,i lies with probability {@code level} under the model.
     *
     * @param level for example 0.95
     * @throws InvalidInputException the level isn't between 0 and 1
     */
    public Interval interval(int t, int i, double level) {
        return Interval.normal(mean(t, i), standardDeviation(t, i), level);
    }

    /**
     * Where state k lies on date t with probability {@code level} under the model.
     *
     * @param level for example 0.95
     * @throws InvalidInputException the level isn't between 0 and 1
     */
    public Interval stateInterval(int t, int k, double level) {
        return Interval.normal(states.mean(t, k), states.standardDeviation(t, k), level);
    }

    /** What the forecaster wants the user to know: sentences. */
    public List<String> warnings() {
        return warnings;
    }
}
