package org.betadrift.estimation;

import java.util.Collection;
import org.betadrift.model.InvalidInputException;

/** An option of a strategy is unknown, missing or out of range. */
public class OptionException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    /** @param message one line that names the option and its strategy */
    public OptionException(String message) {
        super(message);
    }

    static OptionException undeclared(String owner, String key, Collection<String> declared) {
        if (key.equals(Options.VALUE)) {
            return new OptionException(owner + " takes no value: " + (declared.isEmpty() ? "write its name alone"
                    : "its options are " + String.join(", ", declared) + ", written " + owner + ":KEY=..."));
        }
        return new OptionException("no option named " + key + " of " + owner + ": " + present(key, declared));
    }

    static OptionException wrong(String owner, String key, String value, String rule) {
        return new OptionException("option " + key + " of " + owner + " is " + value + ", but " + rule);
    }
}
