package org.betadrift.filter.internal;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The user's own R_t, a variance a date from a column of the data: {@code series:COL}. A variance that is missing where y
 * is missing too is never used; it is written as its last value before (the first one there is, at the start).
 */
@Component(name = "org.betadrift.observation-noise.series")
@Designate(ocd = Ranking.class)
@Strategy(name = "series", description = "variances from a column of the data", causal = true, options = Options.VALUE)
public final class SeriesObservationNoise implements ObservationNoiseEstimator {
    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        Sample sample = context.sample();
        String column = context.options().text(Options.VALUE).replaceAll("^\\[(.*)]$", "$1");
        double[] variances = sample.column(column);
        int first = 0;
        while (first < variances.length - 1 && Double.isNaN(variances[first])) {
            first++;
        }
        double last = Double.NaN;
        for (int t = variances.length - 1; t >= 0; t--) {
            last = Double.isNaN(variances[t]) ? last : variances[t]; // ends as the first one there is
        }
        for (int t = 0; t < variances.length; t++) {
            if (Double.isNaN(variances[t]) && Double.isNaN(sample.y(t, 0))) {
                variances[t] = last;
            }
            if (!(variances[t] >= 0)) {
                throw InvalidInputException.of("observation noise " + column + " on " + sample.date(t), variances[t],
                        "a variance is there and not negative on every date with a target", "correct the column");
            }
            last = variances[t];
        }
        return Estimate.of(Noise.varying(variances), first == 0 ? CausalFrom.always() : CausalFrom.afterRows(sample, first + 1));
    }
}
