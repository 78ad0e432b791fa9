package org.betadrift.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Q or R through time: one covariance for every date, or one per date. There is no default noise. Q_t belongs to the
 * predict INTO date t, R_t to date t.
 */
public final class Noise {
    private final int dimension;
    private final double[] packed; // one triangle, or one a date
    private final int periods;     // 0 = constant

    private Noise(int dimension, double[] packed, int periods) {
        this.dimension = dimension;
        this.packed = packed;
        this.periods = periods;
    }

    /** The same at every date. */
    public static Noise constant(Covariance covariance) {
        return new Noise(covariance.dimension(), covariance.toPacked(), 0);
    }

    /**
     * @param perDate n covariances of one dimension, in date order
     * @throws InvalidInputException there is none, or their dimensions differ
     */
    public static Noise varying(List<Covariance> perDate) {
        if (perDate.isEmpty()) {
            throw InvalidInputException.of("number of covariances", 0, "a noise needs one a date", "pass n of them");
        }
        int dimension = perDate.get(0).dimension();
        int size = Covariance.size(dimension);
        double[] packed = new double[perDate.size() * size];
        for (int t = 0; t < perDate.size(); t++) {
            double[] row = perDate.get(t).toPacked();
            if (row.length != size) {
                throw InvalidInputException.of("dimension at t=" + t, perDate.get(t).dimension(), "it is " + dimension + " at t=0",
                        "pass covariances of one dimension");
            }
            System.arraycopy(row, 0, packed, t * size, size);
        }
        return new Noise(dimension, packed, perDate.size());
    }

    /**
     * @param variances one a date, for a noise of dimension one
     * @throws InvalidInputException there is none, or one is negative or not finite
     */
    public static Noise varying(double... variances) {
        return varying(Arrays.stream(variances).mapToObj(Covariance::diagonal).toList());
    }

    /**
     * The same noise counted {@code factors[t]} times on date t, for dates at unequal distances.
     *
     * @param factors n, finite and not negative
     * @throws InvalidInputException a wrong number of dates, or a factor is negative or not finite
     */
    public Noise times(double... factors) {
        if (!isConstant() && factors.length != periods) {
            throw InvalidInputException.of("number of factors", factors.length, "the noise has " + periods + " dates", "pass one a date");
        }
        List<Covariance> perDate = new ArrayList<>();
        for (int t = 0; t < factors.length; t++) {
            if (!(factors[t] >= 0) || Double.isInfinite(factors[t])) {
                throw InvalidInputException.of("factor at t=" + t, factors[t], "it must be finite and not negative", "check the dates");
            }
            double[] row = at(t).toPacked();
            for (int i = 0; i < row.length; i++) {
                row[i] *= factors[t];
            }
            perDate.add(Covariance.ofPacked(dimension, row));
        }
        return varying(perDate);
    }

    /** K for Q, m for R. */
    public int dimension() {
        return dimension;
    }

    /** Whether every date has the same covariance. */
    public boolean isConstant() {
        return periods == 0;
    }

    /** Dates held; 0 when {@link #isConstant()}. */
    public int periods() {
        return periods;
    }

    /** The covariance of date t. */
    public Covariance at(int t) {
        double[] row = new double[Covariance.size(dimension)];
        copyPacked(t, row);
        return Covariance.ofPacked(dimension, row);
    }

    /** Kernel door: writes the packed triangle of date t; no allocation. */
    public void copyPacked(int t, double[] destination) {
        int size = Covariance.size(dimension);
        System.arraycopy(packed, isConstant() ? 0 : t * size, destination, 0, size);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Noise n && dimension == n.dimension && periods == n.periods && Arrays.equals(packed, n.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        return isConstant() ? at(0).toString() : dimension + " x " + dimension + " on " + periods + " dates";
    }
}
