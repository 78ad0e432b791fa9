package org.betadrift.filter;

import java.time.LocalDate;
import java.util.List;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.States;
import org.betadrift.model.Vector;

/**
 * K states on n dates, labelled with what they know. Immutable. NaN where a diffuse start leaves nothing finite: the mean
 * of a state of infinite variance, and its covariances.
 */
public final class StatePath {
    /** What a state at t has seen: the dates before t, those up to and including t, or every date of the sample. */
    public enum Knows { PREDICTED, FILTERED, SMOOTHED }

    private final Knows knows;
    private final States states;
    private final int k;
    private final List<LocalDate> dates;
    private final double[] means;       // n x K
    private final double[] covariances; // n packed triangles, or null

    private StatePath(Knows knows, States states, List<LocalDate> dates, double[] means, double[] covariances) {
        this.knows = knows;
        this.states = states;
        k = states.count();
        this.dates = List.copyOf(dates);
        this.means = means;
        this.covariances = covariances;
        requireLength("means", means, dates.size() * states.count());
        if (covariances != null) {
            requireLength("covariances", covariances, dates.size() * Covariance.size(states.count()));
        }
    }

    private static void requireLength(String what, double[] array, int length) {
        if (array.length != length) {
            throw InvalidInputException.of("length of the " + what, array.length, "it must be " + length, "an engine fills every date");
        }
    }

    /**
     * For engines: no copy, the arrays are given away and never written to again.
     *
     * @param dates those that were kept
     * @param means n x K
     * @param covariances n packed K x K triangles; null when they weren't kept
     */
    public static StatePath ofUnsafe(Knows knows, States states, List<LocalDate> dates, double[] means, double[] covariances) {
        return new StatePath(knows, states, dates, means, covariances);
    }

    /** The label. */
    public Knows knows() {
        return knows;
    }

    /** The K states. */
    public States states() {
        return states;
    }

    /** n; with {@link Retain#FINAL} the last one only. */
    public List<LocalDate> dates() {
        return dates;
    }

    /** Mean of a state on date t. */
    public double mean(int t, int state) {
        return means[t * k + state];
    }

    /** Whether covariances were kept. */
    public boolean hasCovariances() {
        return covariances != null;
    }

    /** Covariance of two states on date t. @throws IllegalStateException covariances weren't kept */
    public double covariance(int t, int i, int j) {
        if (covariances == null) {
            throw new IllegalStateException("covariances weren't kept: filter with Retain.ALL");
        }
        return covariances[t * Covariance.size(k) + Covariance.index(i, j)];
    }

    /** Standard deviation of a state on date t. @throws IllegalStateException covariances weren't kept */
    public double standardDeviation(int t, int state) {
        return Math.sqrt(covariance(t, state, state));
    }

    /** One state through time, by name; a copy. */
    public double[] of(String state) {
        int s = states.index(state);
        double[] path = new double[dates.size()];
        for (int t = 0; t < path.length; t++) {
            path[t] = mean(t, s);
        }
        return path;
    }

    /** All states on the last date. @throws InvalidInputException one has an infinite variance there */
    public Vector last() {
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            v[i] = mean(dates.size() - 1, i);
        }
        return Vector.of(v);
    }
}
