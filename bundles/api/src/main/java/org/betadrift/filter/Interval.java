package org.betadrift.filter;

import org.betadrift.model.InvalidInputException;

/**
 * Where a number lies with some probability; both ends belong to it.
 *
 * @param lower in the number's units
 * @param upper in the number's units, not below {@code lower}
 */
public record Interval(double lower, double upper) {
    /** @throws InvalidInputException the ends are the wrong way round */
    public Interval {
        if (lower > upper) {
            throw InvalidInputException.of("lower end", lower, "the upper one is " + upper, "exchange them");
        }
    }

    /**
     * The shortest interval that holds a Gaussian number with probability {@code level}: mean +- z standardDeviation, z the standard
     * normal quantile at (1 + level) / 2. NaN where the mean or the standard deviation is.
     *
     * @param standardDeviation not negative
     * @param level a probability, for example 0.95
     * @throws InvalidInputException the level isn't between 0 and 1, or the standard deviation is negative
     */
    public static Interval normal(double mean, double standardDeviation, double level) {
        if (standardDeviation < 0) {
            throw InvalidInputException.of("standard deviation", standardDeviation, "it is not negative", "pass the root of a variance");
        }
        double half = NormalQuantile.ofCentral(level) * standardDeviation;
        return new Interval(mean - half, mean + half);
    }

    /** upper - lower. */
    public double width() {
        return upper - lower;
    }

    /** Whether {@code value} lies in it; never so for NaN. */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }
}
