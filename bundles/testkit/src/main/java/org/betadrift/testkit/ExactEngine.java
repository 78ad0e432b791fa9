package org.betadrift.testkit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.NumericalException;
import org.betadrift.filter.StatePath.Knows;
import org.betadrift.model.ConstraintSystem;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;

/**
 * A filter by {@link ExactGaussian}: known, diffuse and mixed starts, several targets, any T, Q and R, constraints, right to the last
 * bit of a double and very slow. It counts what was foretold exactly as seen. To agree with.
 */
public final class ExactEngine implements FilterEngine {
    @Override
    public FilterResult filter(StateSpaceModel model, Sample sample, FilterOptions options, Monitor monitor) {
        TextbookEngine.requireFit(model, sample);
        model.constraints().stream().filter(row -> !row.isEquality()).forEach(row -> {
            throw InvalidInputException.of("constraint " + row, "an inequality", "a filter takes equalities", "take it out");
        });
        ConstraintSystem.of(model.constraints(), sample.dates());
        Pass pass = new Pass(new ExactModel(model, sample), options);
        for (int t = 0; t < sample.periods(); t++) {
            monitor.progress((double) t / sample.periods(), "filtering exactly");
            pass.step(t);
        }
        return pass.result();
    }

    /** One run over the dates. */
    private static final class Pass {
        private final ExactModel of;
        private final FilterOptions options;
        private final int k;
        private final int m;
        private final ExactGaussian state;
        private final double[] predictedMeans;
        private final double[] predictedCovariances;
        private final double[] filteredMeans;
        private final double[] filteredCovariances;
        private final double[] innovations;
        private final double[] innovationCovariances;
        private final double[] standardized;
        private final double[] gains;
        private final double[] logLikelihoods;
        private final double[] misses;
        private final double[] missVariances;
        private final List<Integer> diffuseDates = new ArrayList<>();
        private int observations;
        private int diffuseObservations;

        Pass(ExactModel of, FilterOptions options) {
            this.of = of;
            this.options = options;
            int n = of.sample.periods();
            k = of.k;
            m = of.m;
            state = of.start();
            predictedMeans = new double[n * k];
            predictedCovariances = new double[n * Covariance.size(k)];
            filteredMeans = new double[n * k];
            filteredCovariances = new double[n * Covariance.size(k)];
            innovations = missing(n * m);
            innovationCovariances = missing(n * m * m);
            standardized = missing(n * m);
            gains = missing(n * k * m);
            logLikelihoods = new double[n];
            misses = new double[n * of.model.constraints().size()];
            missVariances = new double[misses.length];
        }

        private static double[] missing(int length) {
            double[] array = new double[length];
            Arrays.fill(array, Double.NaN);
            return array;
        }

        void step(int t) {
            of.appendNext(state, t);
            state.keep(k, 2 * k);
            constrain(t);
            keep(t, predictedMeans, predictedCovariances);
            List<Integer> seen = of.seen(t);
            List<Integer> finite = seen.stream().filter(i -> !state.look(0, of.h(t, i), 0).infinite()).toList();
            if (!seen.isEmpty()) {
                keepInnovations(t, seen, finite);
            }
            // the noises of date t stand beside beta_t while its rows are seen one by one: a full R needs no more
            state.append(new double[m], Dense.of(of.r(t)));
            int infinite = 0;
            for (int i : seen) {
                ExactGaussian.Row row = state.observe(of.sample.y(t, i), of.rowWithNoise(t, i), 0);
                logLikelihoods[t] += row.logDensity();
                infinite += row.infinite() ? 1 : 0;
                if (finite.contains(i)) {
                    standardized[t * m + i] = row.redundant() ? 0 : row.innovation().doubleValue() / Math.sqrt(row.variance().doubleValue());
                }
            }
            state.keep(0, k);
            count(t, seen.size(), infinite);
            keep(t, filteredMeans, filteredCovariances);
        }

        private void constrain(int t) {
            List<StateConstraint> rows = of.model.constraints();
            for (int i = 0; i < rows.size(); i++) {
                StateConstraint row = rows.get(i);
                ExactGaussian.Row seen = state.observe(row.value(t), of.weights(row, t), row.tolerance() * row.tolerance());
                boolean says = !seen.redundant() && !seen.infinite();
                misses[t * rows.size() + i] = says ? -seen.innovation().doubleValue() : Double.NaN;
                missVariances[t * rows.size() + i] = seen.infinite() ? Double.NaN : seen.variance().doubleValue();
            }
        }

        private void count(int t, int seen, int infinite) {
            logLikelihoods[t] += options.convention().constant(seen, infinite) - LikelihoodConvention.FULL.constant(seen, infinite);
            if (infinite > 0) {
                diffuseDates.add(t);
            }
            if (t >= options.burnIn()) {
                observations += seen;
                diffuseObservations += infinite;
            }
        }

        /** y~, S and K of the rows whose S is finite, in the limit of the others' infinity. */
        private void keepInnovations(int t, List<Integer> seen, List<Integer> finite) {
            BigDecimal[][] p = ExactMatrix.fill(k, k, state::exactCovariance);
            BigDecimal[][] h = of.rows(t, seen);
            BigDecimal[][] s = ExactMatrix.plus(ExactMatrix.sandwich(h, p), of.noise(t, seen));
            BigDecimal[][] gain = ExactMatrix.times(ExactMatrix.times(p, ExactMatrix.transposed(h)), inverse(t, s));
            for (int a = 0; a < seen.size(); a++) {
                int i = seen.get(a);
                if (!finite.contains(i)) {
                    continue;
                }
                innovations[t * m + i] = state.look(of.sample.y(t, i), of.h(t, i), 0).innovation().doubleValue();
                for (int b = 0; b < seen.size(); b++) {
                    if (finite.contains(seen.get(b))) {
                        innovationCovariances[(t * m + i) * m + seen.get(b)] = s[a][b].doubleValue();
                    }
                }
                for (int j = 0; j < k; j++) {
                    gains[(t * k + j) * m + i] = gain[j][a].doubleValue();
                }
            }
        }

        private BigDecimal[][] inverse(int t, BigDecimal[][] s) {
            try {
                return ExactMatrix.inverse(s);
            } catch (ArithmeticException e) {
                throw new NumericalException(of.sample.date(t), "the determinant of S", 0, "give a positive observation noise");
            }
        }

        private void keep(int t, double[] means, double[] covariances) {
            for (int i = 0; i < k; i++) {
                means[t * k + i] = state.mean(i);
                for (int j = 0; j <= i; j++) {
                    covariances[t * Covariance.size(k) + Covariance.index(i, j)] = state.covariance(i, j);
                }
            }
        }

        FilterResult result() {
            return Retained.into(FilterResult.builder(of.model, of.sample, options)
                    .predicted(Retained.path(Knows.PREDICTED, of.model.states(), of.sample, options.retain(), predictedMeans, predictedCovariances))
                    .filtered(Retained.path(Knows.FILTERED, of.model.states(), of.sample, options.retain(), filteredMeans, filteredCovariances))
                    .innovations(innovations).innovationCovariances(innovationCovariances).standardizedInnovations(standardized)
                    .gains(gains).constraints(misses, missVariances).observations(observations).diffuseObservations(diffuseObservations)
                    .diffuseDates(diffuseDates.stream().mapToInt(Integer::intValue).toArray()), options, logLikelihoods).build();
        }
    }
}
