package org.betadrift.model;

/**
 * Name of one state. Its text is {@code FACTOR} with one target and {@code FACTOR:TARGET} with several; the intercept's
 * factor is {@link #ALPHA}, the slope of a local linear trend is {@code slope:FACTOR}.
 *
 * @param factor a factor's column name, or {@link #ALPHA}, or either after {@link #SLOPE}
 * @param target empty when the sample has one target
 */
public record StateName(String factor, String target) {
    /** The intercept. */
    public static final String ALPHA = "alpha";
    /** Before the factor whose exposure moves by this state. */
    public static final String SLOPE = "slope:";

    /** Of a level. */
    StateName slope() {
        return new StateName(SLOPE + factor, target);
    }

    /** Whether it is a slope. */
    public boolean isSlope() {
        return factor.startsWith(SLOPE);
    }

    @Override
    public String toString() {
        return factor + (target.isEmpty() ? "" : ":" + target);
    }
}
