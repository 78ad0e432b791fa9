package org.betadrift.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.betadrift.model.InvalidInputException;

/** The periods that rows are aggregated to. */
public enum Frequency {
    /** As in the file. */
    NONE,
    /** Weeks ending on Friday, dated by it. */
    WEEKLY,
    /** Calendar months, dated by their last day. */
    MONTHLY;

    /** The name users write. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidInputException that lists the frequencies */
    public static Frequency parse(String text) {
        List<String> names = Arrays.stream(values()).map(Frequency::toString).toList();
        int i = names.indexOf(text);
        if (i < 0) {
            throw InvalidInputException.unknown("frequency", text, names);
        }
        return values()[i];
    }
}
