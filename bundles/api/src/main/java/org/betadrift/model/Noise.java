package org.betadrift.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Q or R through time: one covariance for every date, or one per date; or, for Q, a discount, which has none of its own. There is
 * no default noise. Q_t belongs to the predict INTO date t, R_t to date t.
 */
public final class Noise {
    private final int dimension;
    private final double[] packed; // one triangle, or one a date
    private final int periods;     // 0 = constant
    private final double discount; // NaN unless packed is empty

    private Noise(int dimension, double[] packed, int periods) {
        this(dimension, packed, periods, Double.NaN);
    }

    private Noise(int dimension, double[] packed, int periods, double discount) {
        this.dimension = dimension;
        this.packed = packed;
        this.periods = periods;
        this.discount = discount;
    }

    /**
     * A state noise that follows the filter: Q_t = (1 / delta - 1) T P_t-1|t-1 T', so that P_t|t-1 = T P_t-1|t-1 T' / delta; every
     * date takes off the share 1 - delta of what is known (West and Harrison 1997, 6.3). It has no covariance of its own:
     * {@link #at} and {@link #copyPacked} refuse. A state of infinite variance stays infinite, at 1 / delta of its weight.
     *
     * @param dimension K
     * @param delta above 0, at most 1; 1 is no noise at all
     * @throws InvalidInputException delta is something else
     */
    public static Noise discount(int dimension, double delta) {
        if (!(delta > 0 && delta <= 1)) {
            throw InvalidInputException.of("discount", delta, "it must be above 0 and at most 1", "0.9 to 0.999 is usual");
        }
        return new Noise(dimension, new double[0], 0, delta);
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
        if (isDiscount()) {
            throw InvalidInputException.of("state noise", this, "it follows the filter and has nothing to multiply",
                    "leave elapsed days out, or choose another state noise");
        }
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

    /** Whether every date has the same covariance; false for a discount. */
    public boolean isConstant() {
        return periods == 0 && !isDiscount();
    }

    /** delta of a {@link #discount(int, double)}; empty for a noise that has covariances. */
    public OptionalDouble discount() {
        return isDiscount() ? OptionalDouble.of(discount) : OptionalDouble.empty();
    }

    private boolean isDiscount() {
        return !Double.isNaN(discount);
    }

    /** Dates held; 0 when {@link #isConstant()}, and for a discount. */
    public int periods() {
        return periods;
    }

    /** The covariance of date t. @throws InvalidInputException it is a discount */
    public Covariance at(int t) {
        double[] row = new double[Covariance.size(dimension)];
        copyPacked(t, row);
        return Covariance.ofPacked(dimension, row);
    }

    /** Kernel door: writes the packed triangle of date t; no allocation. @throws InvalidInputException it is a discount */
    public void copyPacked(int t, double[] destination) {
        if (isDiscount()) {
            throw InvalidInputException.of("covariance of the state noise", this, "it follows the filter: (1 - " + discount + ") P_t|t-1",
                    "ask a filter result for its stateNoise(t)");
        }
        int size = Covariance.size(dimension);
        System.arraycopy(packed, isConstant() ? 0 : t * size, destination, 0, size);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Noise n && dimension == n.dimension && periods == n.periods && Arrays.equals(packed, n.packed)
                && Double.compare(discount, n.discount) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(packed) + Double.hashCode(discount);
    }

    @Override
    public String toString() {
        return isDiscount() ? "discount:" + discount : isConstant() ? at(0).toString() : dimension + " x " + dimension + " on " + periods + " dates";
    }
}
