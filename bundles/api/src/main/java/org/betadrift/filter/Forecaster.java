package org.betadrift.filter;

import org.betadrift.model.ReturnPanel;
import org.osgi.annotation.versioning.ConsumerType;

/** Service: beta and y after the last date. Stateless, thread-safe, deterministic. */
@ConsumerType
public interface Forecaster {
    /**
     * @param filter a pass of any retention; Q_t and R_t that vary are carried on as they were on the last date, a discount by
     *     {@link FilterResult#nextStateNoise}
     * @param future the h dates after the sample's last, and a column for each of its factors; other columns are ignored
     * @throws org.betadrift.model.InvalidInputException a factor is absent or missing, a date is not later than the sample's
     *     last, or a state still has an infinite variance
     */
    Forecast forecast(FilterResult filter, ReturnPanel future);
}
