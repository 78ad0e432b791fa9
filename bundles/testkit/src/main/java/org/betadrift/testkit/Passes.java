package org.betadrift.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.filter.StatePath.Knows;
import org.betadrift.model.Covariance;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/** Passes for services that are handed one. */
final class Passes {
    private Passes() { }

    /** The same pass with less retained. */
    static FilterResult retaining(Retain retain, FilterResult all) {
        Sample sample = all.sample();
        int n = sample.periods();
        int m = sample.targets().size();
        FilterResult.Builder less = FilterResult.builder(all.model(), sample, all.options().withRetain(retain))
                .predicted(retaining(retain, all.predicted())).filtered(retaining(retain, all.filtered())).logLikelihood(all.logLikelihood());
        return retain == Retain.FINAL ? less.build()
                : less.innovations(IntStream.range(0, n * m).mapToDouble(i -> all.innovation(i / m, i % m)).toArray())
                .innovationCovariances(IntStream.range(0, n * m * m).mapToDouble(i -> all.innovationCovariance(i / m / m, i / m % m, i % m)).toArray())
                .standardizedInnovations(IntStream.range(0, n * m).mapToDouble(i -> all.standardizedInnovation(i / m, i % m)).toArray())
                .logLikelihoods(IntStream.range(0, n).mapToDouble(all::logLikelihood).toArray()).build();
    }

    private static StatePath retaining(Retain retain, StatePath path) {
        int k = path.states().count();
        int from = retain == Retain.FINAL ? path.dates().size() - 1 : 0;
        double[] means = IntStream.range(from * k, path.dates().size() * k).mapToDouble(i -> path.mean(i / k, i % k)).toArray();
        double[] covariances = new double[Covariance.size(k)];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                covariances[Covariance.index(i, j)] = path.covariance(path.dates().size() - 1, i, j);
            }
        }
        return StatePath.ofUnsafe(path.knows(), path.states(), path.dates().subList(from, path.dates().size()), means,
                retain == Retain.FINAL ? covariances : null);
    }

    /** A pass of which nothing but model and sample is known: every number is NaN, as after a diffuse start without y. */
    static FilterResult unknown(StateSpaceModel model, Sample sample) {
        return FilterResult.builder(model, sample, FilterOptions.defaults().withRetain(Retain.FINAL))
                .predicted(unknown(Knows.PREDICTED, model, sample)).filtered(unknown(Knows.FILTERED, model, sample)).build();
    }

    private static StatePath unknown(Knows knows, StateSpaceModel model, Sample sample) {
        int n = sample.periods();
        double[] means = new double[Math.min(1, n) * model.states().count()];
        double[] covariances = new double[Math.min(1, n) * Covariance.size(model.states().count())];
        Arrays.fill(means, Double.NaN);
        Arrays.fill(covariances, Double.NaN);
        return StatePath.ofUnsafe(knows, model.states(), n == 0 ? List.of() : List.of(sample.date(n - 1)), means, covariances);
    }
}
