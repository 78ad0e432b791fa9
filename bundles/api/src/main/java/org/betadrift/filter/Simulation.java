package org.betadrift.filter;

import java.util.Objects;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;

/** A simulated data set and the truth behind it. Immutable. Indices: t = date, i = target, k = state. */
public final class Simulation {
    private final Sample layout;
    private final double[] y;    // n x m
    private final double[] beta; // n x K

    private Simulation(Sample layout, double[] y, double[] beta) {
        this.layout = Objects.requireNonNull(layout, "layout");
        this.y = y;
        this.beta = beta;
        if (y.length != layout.periods() * layout.targets().size() || beta.length != layout.periods() * layout.states().count()) {
            throw InvalidInputException.of("number of simulated values", y.length, "there are " + layout.periods() + " dates",
                    "a simulator fills every date");
        }
    }

    /**
     * For simulators: the arrays are given away, not copied.
     *
     * @param y n x m, NaN where the layout's is
     * @param beta n x K
     */
    public static Simulation ofUnsafe(Sample layout, double[] y, double[] beta) {
        return new Simulation(layout, y, beta);
    }

    /** Dates, factors and missing cells. */
    public Sample layout() {
        return layout;
    }

    /** Simulated y of target i on date t; NaN where the layout's is missing. */
    public double y(int t, int i) {
        return y[t * layout.targets().size() + i];
    }

    /** The true state k on date t. */
    public double beta(int t, int k) {
        return beta[t * layout.states().count() + k];
    }

    /** The layout with the simulated y in the place of its own. */
    public Sample sample() {
        double[][] columns = new double[layout.targets().size()][layout.periods()];
        for (int i = 0; i < columns.length; i++) {
            for (int t = 0; t < columns[i].length; t++) {
                columns[i][t] = y(t, i);
            }
        }
        return layout.withTargets(columns);
    }
}
