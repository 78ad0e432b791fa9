package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fund of bonds whose exposures sum to one, and assets whose betas average one; skipped where the data aren't there. */
class ConstraintOnRealDataTest {
    static List<FilterEngine> engines() {
        return List.of(new UdEngine(), new CovarianceEngine());
    }

    /** The constraint before y on every date, and out of the sum: 1880.93; after y the same sum would be 1908.08. */
    @ParameterizedTest
    @MethodSource("engines")
    void weightsOfAFundSumToOne(FilterEngine engine) throws IOException {
        FilterResult pass = fund(engine, 2.5e-5, 1e-3, 2e-4, 5e-4);
        assertThat(pass.logLikelihood()).isCloseTo(1880.93, Offset.offset(0.005));
        for (StatePath path : List.of(pass.predicted(), pass.filtered())) {
            for (int t = 0; t < pass.sample().periods(); t++) {
                assertThat(path.mean(t, 0) + path.mean(t, 1) + path.mean(t, 2)).isCloseTo(1, Offset.offset(1e-12));
                assertThat(Math.abs(path.mean(t, 0))).as("no exposure of a thousand").isLessThan(2);
            }
        }
    }

    /** What is largest where the constraint counts (Q = 0) is 81 worse for the fund than what is largest for it. */
    @ParameterizedTest
    @MethodSource("engines")
    void aConstraintThatCountedWouldPullEveryQToZero(FilterEngine engine) throws IOException {
        assertThat(fund(engine, 2.3e-5, 0.055, 2e-4, 0.05).logLikelihood()).isCloseTo(1944.8, Offset.offset(0.1));
        assertThat(fund(engine, 4.18e-5, 0, 0, 0).logLikelihood()).isCloseTo(1863.2, Offset.offset(0.1));
    }

    private static FilterResult fund(FilterEngine engine, double r, double... drifts) throws IOException {
        SharedTable table = new SharedTable("bond_etf_weekly_returns.csv");
        ReturnPanel.Builder panel = table.panel();
        List.of("FPE", "PFF", "ICVT", "HYG").forEach(column -> panel.column(column, table.column(column)));
        Sample sample = Sample.builder(panel.build()).target("FPE", List.of("PFF", "ICVT", "HYG")).build();
        Covariance drift = Covariance.diagonal(drifts);
        // the prior is that of the first date
        Noise q = Noise.varying(IntStream.range(0, sample.periods()).mapToObj(t -> t == 0 ? Covariance.scalar(3, 0) : drift).toList());
        StateSpaceModel free = StateSpaceModel.of(sample.states(), InitialState.known(Vector.filled(3, 0), Covariance.scalar(3, 1)),
                Transition.randomWalk(3), q, Noise.constant(Covariance.diagonal(r)));
        StateConstraint sum = StateConstraint.of("sum=1", Relation.EQUAL, Vector.filled(3, 1), 1, 0);
        return engine.filter(free.withConstraints(List.of(sum)), sample, FilterOptions.defaults(), Monitor.NONE);
    }

    /** Market-cap weights that drift: the betas of four stocks average one, exactly or within a tolerance. */
    @ParameterizedTest
    @MethodSource("engines")
    void betasOfAssetsAverageOne(FilterEngine engine) throws IOException {
        SharedTable table = new SharedTable("capm_petris_monthly.csv");
        List<String> stocks = List.of("MOBIL", "IBM", "WEYER", "CITCRP");
        int n = table.size();
        double[] riskFree = table.column("RKFREE");
        ReturnPanel.Builder panel = table.panel().column("MARKET", minus(table.column("MARKET"), riskFree));
        stocks.forEach(stock -> panel.column(stock, minus(table.column(stock), riskFree)));
        Sample.Builder builder = Sample.builder(panel.build()).intercept(true);
        stocks.forEach(stock -> builder.target(stock, List.of("MARKET")));
        Sample sample = builder.build();
        int k = sample.states().count();
        double[] packed = new double[Covariance.size(k)];
        for (int i = 4; i < k; i++) {
            for (int j = 4; j <= i; j++) {
                packed[Covariance.index(i, j)] = i == j ? 4e-3 : 1e-3;
            }
        }
        double[] noise = new double[Covariance.size(4)];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                noise[Covariance.index(i, j)] = i == j ? 3e-3 : 3e-4;
            }
        }
        StateSpaceModel free = StateSpaceModel.of(sample.states(), InitialState.diffuse(k), Transition.randomWalk(k),
                Noise.constant(Covariance.ofPacked(k, packed)), Noise.constant(Covariance.ofPacked(4, noise)));
        double[] weights = weights(table, stocks, n, k);
        FilterResult loose = pass(engine, free, sample, weights, 1e6);
        FilterResult soft = pass(engine, free, sample, weights, 0.05);
        FilterResult hard = pass(engine, free, sample, weights, 0);
        FilterResult without = engine.filter(free, sample, FilterOptions.defaults(), Monitor.NONE);
        double softGap = 0;
        double freeGap = 0;
        StatePath smoothed = new FixedIntervalSmoother().smooth(hard, SmootherOptions.defaults(), Monitor.NONE).smoothed();
        for (int t = 2; t < n; t++) {
            assertThat(gap(hard.filtered(), weights, t, k)).isLessThan(1e-12);
            assertThat(gap(hard.predicted(), weights, t, k)).isLessThan(1e-12);
            assertThat(gap(smoothed, weights, t, k)).isLessThan(1e-12);
            softGap = Math.max(softGap, gap(soft.filtered(), weights, t, k));
            freeGap = Math.max(freeGap, gap(without.filtered(), weights, t, k));
            for (int i = 0; i < k; i++) {
                assertThat(loose.filtered().mean(t, i)).isCloseTo(without.filtered().mean(t, i), Offset.offset(1e-8));
            }
        }
        assertThat(softGap).isBetween(1e-3, 0.2);
        assertThat(freeGap).isGreaterThan(2 * softGap);
        // the weights move, so the average of the second date tells of another infinite direction
        assertThat(hard.diffuseObservations()).isEqualTo(k - 2);
        assertThat(hard.observations()).isEqualTo(sample.observations());
    }

    private static FilterResult pass(FilterEngine engine, StateSpaceModel free, Sample sample, double[] weights, double tolerance) {
        StateConstraint average = StateConstraint.varying("avg=1", Relation.EQUAL, Matrix.of(sample.periods(), sample.states().count(), weights),
                Vector.filled(sample.periods(), 1), tolerance);
        return engine.filter(free.withConstraints(List.of(average)), sample, FilterOptions.defaults(), Monitor.NONE);
    }

    /** Values of one dollar in each at the start, before each month's return. */
    private static double[] weights(SharedTable table, List<String> stocks, int n, int k) {
        double[] value = {1, 1, 1, 1};
        double[] weights = new double[n * k];
        for (int t = 0; t < n; t++) {
            double all = Arrays.stream(value).sum();
            for (int i = 0; i < 4; i++) {
                weights[t * k + 4 + i] = value[i] / all;
                value[i] *= 1 + table.column(stocks.get(i))[t];
            }
        }
        return weights;
    }

    private static double gap(StatePath path, double[] weights, int t, int k) {
        return Math.abs(IntStream.range(4, k).mapToDouble(i -> weights[t * k + i] * path.mean(t, i)).sum() - 1);
    }

    private static double[] minus(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
    }
}
