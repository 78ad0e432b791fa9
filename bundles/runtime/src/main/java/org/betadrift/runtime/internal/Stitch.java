package org.betadrift.runtime.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.filter.StatePath.Knows;
import org.betadrift.model.Covariance;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;

/**
 * One forward pass from the dates that several passes serve, each over more rows than the one before. Its Q and R, and T where
 * they differ, are those of the date; its initial state is the last pass's, as are its constraints, which know every date. Used once.
 */
final class Stitch {
    private final Sample sample;
    private final FilterOptions options;
    private final int m;
    private final int k;
    private final List<FilterResult> passes = new ArrayList<>();
    private final int[] serving; // index of the pass, by date

    Stitch(Sample sample, FilterOptions options) {
        this.sample = sample;
        this.options = options;
        m = sample.targets().size();
        k = sample.states().count();
        serving = new int[sample.periods()];
    }

    /** @param pass whose sums begin with the first date it serves; it serves from there to its end */
    void add(FilterResult pass, int from) {
        for (int t = from; t < pass.sample().periods(); t++) {
            serving[t] = passes.size();
        }
        passes.add(pass);
    }

    FilterResult result() {
        int n = sample.periods();
        double[] innovations = new double[n * m];
        double[] innovationCovariances = new double[n * m * m];
        double[] standardizedInnovations = new double[n * m];
        double[] gains = new double[n * k * m];
        double[] logLikelihoods = new double[n];
        int q = passes.get(0).model().constraints().size();
        double[] constraintInnovations = new double[n * q];
        double[] constraintVariances = new double[n * q];
        boolean all = options.retain() == Retain.ALL;
        for (int t = 0; t < n; t++) {
            FilterResult pass = passes.get(serving[t]);
            logLikelihoods[t] = pass.logLikelihood(t);
            for (int i = 0; i < q; i++) {
                constraintInnovations[t * q + i] = pass.constraintInnovation(t, i);
                constraintVariances[t * q + i] = pass.constraintVariance(t, i);
            }
            for (int i = 0; i < m; i++) {
                innovations[t * m + i] = pass.innovation(t, i);
                standardizedInnovations[t * m + i] = pass.standardizedInnovation(t, i);
                for (int j = 0; j < m; j++) {
                    innovationCovariances[(t * m + i) * m + j] = pass.innovationCovariance(t, i, j);
                }
                for (int s = 0; s < k && all; s++) {
                    gains[(t * k + s) * m + i] = pass.gain(t, s, i);
                }
            }
        }
        return FilterResult.builder(model(), sample, options)
                .predicted(path(Knows.PREDICTED, FilterResult::predicted, all)).filtered(path(Knows.FILTERED, FilterResult::filtered, all))
                .innovations(innovations).innovationCovariances(innovationCovariances).standardizedInnovations(standardizedInnovations)
                .gains(gains).logLikelihoods(logLikelihoods).constraints(constraintInnovations, constraintVariances)
                .observations(passes.stream().mapToInt(FilterResult::observations).sum())
                .diffuseObservations(passes.stream().mapToInt(FilterResult::diffuseObservations).sum())
                .diffuseDates(diffuseDates()).build();
    }

    private int[] diffuseDates() {
        return IntStream.range(0, serving.length)
                .filter(t -> passes.get(serving[t]).diffuseDates().contains(sample.date(t))).toArray();
    }

    private StatePath path(Knows knows, Function<FilterResult, StatePath> of, boolean covariances) {
        double[] means = new double[serving.length * k];
        double[] packed = covariances ? new double[serving.length * Covariance.size(k)] : null;
        for (int t = 0; t < serving.length; t++) {
            StatePath path = of.apply(passes.get(serving[t]));
            for (int i = 0; i < k; i++) {
                means[t * k + i] = path.mean(t, i);
                for (int j = 0; j <= i && covariances; j++) {
                    packed[t * Covariance.size(k) + Covariance.index(i, j)] = path.covariance(t, i, j);
                }
            }
        }
        return StatePath.ofUnsafe(knows, sample.states(), sample.dates(), means, packed);
    }

    private StateSpaceModel model() {
        StateSpaceModel last = passes.get(passes.size() - 1).model();
        return StateSpaceModel.of(last.states(), last.initial(), transition(last.transition()), noise(StateSpaceModel::stateNoise),
                noise(StateSpaceModel::observationNoise)).withConstraints(last.constraints());
    }

    private Noise noise(Function<StateSpaceModel, Noise> of) {
        Noise last = of.apply(passes.get(passes.size() - 1).model());
        boolean timeless = last.isConstant() || last.discount().isPresent();
        if (timeless && passes.stream().allMatch(pass -> of.apply(pass.model()).equals(last))) {
            return last;
        }
        List<Covariance> perDate = new ArrayList<>();
        for (int t = 0; t < serving.length; t++) {
            perDate.add(of.apply(passes.get(serving[t]).model()).at(t));
        }
        return Noise.varying(perDate);
    }

    /** T may vary by date, c may not: with another c on some dates it is the last pass's, T and all. */
    private Transition transition(Transition last) {
        List<Transition> its = passes.stream().map(pass -> pass.model().transition()).toList();
        if (its.stream().allMatch(last::equals) || !its.stream().allMatch(other -> other.constant().equals(last.constant()))) {
            return last;
        }
        List<Matrix> perDate = new ArrayList<>();
        for (int t = 0; t < serving.length; t++) {
            perDate.add(its.get(serving[t]).matrix(t));
        }
        return Transition.varying(perDate).withConstant(last.constant());
    }
}
