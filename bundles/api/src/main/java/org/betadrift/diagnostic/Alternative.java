package org.betadrift.diagnostic;

import java.util.Objects;
import org.betadrift.filter.FilterResult;
import org.betadrift.model.InvalidInputException;

/**
 * A wider model that holds the one of a pass as a special case, estimated on the same sample: its constraints hold on the first date only, and
 * its noises are free.
 *
 * @param filter its pass, of the same options
 * @param parameters how many parameters its noises have beyond those of the pass's model; 1 or more
 */
public record Alternative(FilterResult filter, int parameters) {
    /** Checks. */
    public Alternative {
        Objects.requireNonNull(filter, "filter");
        if (parameters < 1) {
            throw InvalidInputException.of("number of parameters", parameters, "a wider model has more", "pass 1 or more");
        }
    }
}
