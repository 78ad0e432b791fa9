package org.betadrift.model;

import java.util.Arrays;

/** An immutable vector of finite doubles. */
public final class Vector {
    private final double[] values;

    private Vector(double[] values) {
        this.values = values;
    }

    /**
     * @param values copied
     * @throws InvalidInputException an element is NaN or infinite
     */
    public static Vector of(double... values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw InvalidInputException.of("element " + i, values[i], "it must be finite", "check the data");
            }
        }
        return new Vector(values.clone());
    }

    /** The same value {@code size} times. @throws InvalidInputException it isn't finite */
    public static Vector filled(int size, double value) {
        double[] v = new double[size];
        Arrays.fill(v, value);
        return of(v);
    }

    /** Number of elements. */
    public int size() {
        return values.length;
    }

    /** Element i, from 0. */
    public double get(int i) {
        return values[i];
    }

    /** A copy. */
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Vector v && Arrays.equals(values, v.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
