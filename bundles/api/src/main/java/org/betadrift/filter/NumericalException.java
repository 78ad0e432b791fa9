package org.betadrift.filter;

import java.time.LocalDate;
import java.util.Optional;
import org.betadrift.model.BetadriftException;

/** The computation failed on valid input, e.g. S = 0 while the innovation is not (exit code 1). */
public class NumericalException extends BetadriftException {
    private static final long serialVersionUID = 1L;
    private final LocalDate date;
    private final String quantity;
    private final double value;

    /**
     * @param date null when the failure has none
     * @param quantity what came out wrong
     * @param remedy what the caller may do
     */
    public NumericalException(LocalDate date, String quantity, double value, String remedy) {
        super(quantity + (date == null ? "" : " on " + date) + " is " + value + ": " + remedy, null);
        this.date = date;
        this.quantity = quantity;
        this.value = value;
    }

    /** Empty when the failure has no date. */
    public Optional<LocalDate> date() {
        return Optional.ofNullable(date);
    }

    /** What came out wrong. */
    public String quantity() {
        return quantity;
    }

    /** What it came out as. */
    public double value() {
        return value;
    }
}
