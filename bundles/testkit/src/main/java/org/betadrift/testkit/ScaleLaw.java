package org.betadrift.testkit;

import org.betadrift.model.InvalidInputException;

/**
 * What a number does when the series it is estimated from is multiplied by c: it is multiplied by a power of c, or there is
 * no such law, for a reason. Immutable.
 */
public final class ScaleLaw {
    private final int power;
    private final boolean present;

    private ScaleLaw(int power, boolean present) {
        this.power = power;
        this.present = present;
    }

    /** It is multiplied by c^power; 0 says that it doesn't depend on these units. */
    public static ScaleLaw power(int power) {
        return new ScaleLaw(power, true);
    }

    /** Nothing is checked. @param reason a sentence for the reader of the test */
    public static ScaleLaw none(String reason) {
        if (reason.isBlank()) {
            throw InvalidInputException.of("reason", "blank", "a missing law has one", "write a sentence");
        }
        return new ScaleLaw(0, false);
    }

    boolean isPresent() {
        return present;
    }

    /** @param times how often the number carries the unit */
    double factor(double c, int times) {
        return Math.pow(c, power * times);
    }
}
