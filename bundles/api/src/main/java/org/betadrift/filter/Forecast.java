package org.betadrift.filter;

import java.util.Objects;
import org.betadrift.model.InvalidInputException;

/** States and targets on h dates after the sample. Immutable. Indices: t = 0..h-1, i, j = target. */
public final class Forecast {
    private final StatePath states;
    private final int targets;
    private final double[] means;       // h x m
    private final double[] covariances; // h x m x m

    private Forecast(StatePath states, int targets, double[] means, double[] covariances) {
        this.states = Objects.requireNonNull(states, "states");
        this.targets = targets;
        this.means = means;
        this.covariances = covariances;
        int h = states.dates().size();
        if (means.length != h * targets || covariances.length != h * targets * targets) {
            throw InvalidInputException.of("number of forecasts", means.length, "there are " + h + " dates and " + targets + " targets",
                    "a forecaster fills every date");
        }
    }

    /**
     * For forecasters: the arrays are given away, not copied.
     *
     * @param states beta_n+t|n and its covariance, labelled PREDICTED
     * @param targets m
     * @param means of y, h x m
     * @param covariances of y, h x m x m
     */
    public static Forecast ofUnsafe(StatePath states, int targets, double[] means, double[] covariances) {
        return new Forecast(states, targets, means, covariances);
    }

    /** beta and P of the h dates, given the sample. */
    public StatePath states() {
        return states;
    }

    /** E(y_t,i | sample), in the units of y. */
    public double mean(int t, int i) {
        return means[t * targets + i];
    }

    /** Cov(y_t,i, y_t,j | sample) = H P H' + R. */
    public double covariance(int t, int i, int j) {
        return covariances[(t * targets + i) * targets + j];
    }

    /** Standard deviation of y_t,i. */
    public double standardDeviation(int t, int i) {
        return Math.sqrt(covariance(t, i, i));
    }

    /**
     * Half the width of the interval around the mean that holds y_t,i with probability {@code level} under the model.
     *
     * @param quantile of the standard normal at (1 + level) / 2, for example 1.959964 for 95 %
     */
    public double halfWidth(int t, int i, double quantile) {
        return quantile * standardDeviation(t, i);
    }
}
