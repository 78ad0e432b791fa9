package org.betadrift.testkit;

import java.util.Arrays;
import java.util.List;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.Sample;
import org.betadrift.model.States;

/** Throws away what {@link Retain} says, after a pass that kept everything. */
final class Retained {
    private Retained() { }

    static StatePath path(StatePath.Knows knows, States states, Sample sample, Retain retain, double[] means, double[] covariances) {
        int n = sample.periods();
        int k = states.count();
        if (retain == Retain.FINAL && n > 0) {
            return StatePath.ofUnsafe(knows, states, List.of(sample.date(n - 1)), Arrays.copyOfRange(means, (n - 1) * k, n * k),
                    Arrays.copyOfRange(covariances, (n - 1) * Covariance.size(k), n * Covariance.size(k)));
        }
        return StatePath.ofUnsafe(knows, states, sample.dates(), means, retain == Retain.MEANS ? null : covariances);
    }

    /** The terms, and their sum for a result that drops them. */
    static FilterResult.Builder into(FilterResult.Builder result, FilterOptions options, double[] logLikelihoods) {
        double sum = 0;
        for (int t = options.burnIn(); t < logLikelihoods.length; t++) {
            sum += logLikelihoods[t];
        }
        return result.logLikelihoods(logLikelihoods).logLikelihood(sum);
    }
}
