package org.betadrift.model;

/**
 * Name of one state. Its text is {@code FACTOR} with one target and {@code FACTOR:TARGET} with several; the intercept's
 * factor is {@link #ALPHA}.
 *
 * @param factor a factor's column name, or {@link #ALPHA}
 * @param target empty when the sample has one target
 */
public record StateName(String factor, String target) {
    /** The intercept. */
    public static final String ALPHA = "alpha";

    @Override
    public String toString() {
        return factor + (target.isEmpty() ? "" : ":" + target);
    }
}
