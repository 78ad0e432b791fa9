package org.betadrift.filter;

import org.betadrift.model.ReturnPanel;
import org.osgi.annotation.versioning.ConsumerType;

/** Service: beta and y after the last date. Stateless, thread-safe, deterministic. */
@ConsumerType
public interface Forecaster {
    /**
     * beta_n+h|n = c + T beta_n+h-1|n, P = T P T' + Q, y = H beta, S = H P H' + R, from the last filtered state. Each future date
     * is one step, whatever the calendar says. Constraints hold on future dates too: what is foretold of a date is given those up to it.
     * T, Q, R and constraints that vary are carried on as they were on the last date (a
     * discount by {@link FilterResult#nextStateNoise}), which {@link Forecast#warnings} says.
     *
     * @param filter a pass of any retention; a pass without covariances of its last date is made again
     * @param future the h dates after the sample's last, and a column for each of its factors; other columns are ignored. alpha
     *     needs none. What will be is a scenario: the forecast takes it for given
     * @return h dates; none for no dates
     * @throws org.betadrift.model.InvalidInputException a factor is absent, or missing on a date; a date is not later than the
     *     sample's last; a state still has an infinite variance
     * @throws NumericalException the numbers overflow, with the date
     */
    Forecast forecast(FilterResult filter, ReturnPanel future);
}
