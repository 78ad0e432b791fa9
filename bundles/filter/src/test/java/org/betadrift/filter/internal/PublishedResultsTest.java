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
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers that books, papers and other programs print, on the data they were made from; skipped where the data aren't there. */
class PublishedResultsTest {
    static List<FilterEngine> engines() {
        return List.of(new UdEngine(), new CovarianceEngine());
    }

    /** Kim and Nelson (1999), ch. 3.4: money growth on five drifting coefficients, the likelihood from the 11th quarter on. */
    @ParameterizedTest
    @MethodSource("engines")
    void moneyGrowth(FilterEngine engine) throws IOException {
        SharedTable table = new SharedTable("kim_nelson_tvp_money_growth.csv");
        List<String> factors = List.of("d_interest", "inflation", "surplus", "m1_growth_lag");
        ReturnPanel.Builder panel = table.panel().column("y", table.column("m1_growth"));
        factors.forEach(factor -> panel.column(factor, table.column(factor)));
        Sample sample = Sample.builder(panel.build()).target("y", factors).intercept(true).build();
        FilterResult pass = engine.filter(walk(sample, known(new double[5], 50, 50, 50, 50, 50), squares(0.1112, 0.0171, 0.2720, 0.0378, 0.0224),
                Covariance.diagonal(0.3712 * 0.3712)), sample, FilterOptions.defaults().withBurnIn(10), Monitor.NONE);

        assertThat(pass.logLikelihood()).isCloseTo(-97.092423, Offset.offset(1e-5));
        SharedTable published = new SharedTable("kim_nelson_tvp_published_predicted_states.csv");
        assertThat(published.size()).isEqualTo(96);
        List<String> columns = List.of("b0", "b1_d_interest", "b2_inflation", "b3_surplus", "b4_m1_growth_lag");
        for (int k = 0; k < columns.size(); k++) {
            double[] wanted = published.column(columns.get(k));
            for (int i = 0; i < wanted.length; i++) {
                assertThat(pass.predicted().mean(i + 10, k)).as(columns.get(k) + " in " + published.label(i))
                        .isCloseTo(wanted[i], Offset.offset(2.5e-4));
            }
        }
    }

    /** Chan (2013), ex. 3.3: the hedge ratio of EWC in EWA, delta = 1e-4, Ve = 1e-3, nothing predicted into the first row. */
    @ParameterizedTest
    @MethodSource("engines")
    void hedgeRatio(FilterEngine engine) throws IOException {
        SharedTable table = new SharedTable("ewa_ewc_chan_daily.csv");
        int n = table.size();
        Sample sample = Sample.builder(table.panel().column("EWC", table.column("EWC")).column("EWA", table.column("EWA")).build())
                .target("EWC", List.of("EWA")).intercept(true).build();
        Covariance drift = Covariance.scalar(2, 1e-4 / (1 - 1e-4));
        Noise q = Noise.varying(IntStream.range(0, n).mapToObj(t -> t == 0 ? Covariance.scalar(2, 0) : drift).toList());
        FilterResult pass = engine.filter(StateSpaceModel.of(sample.states(), known(new double[2], 0, 0), Transition.randomWalk(2), q,
                Noise.constant(Covariance.diagonal(1e-3))), sample, FilterOptions.defaults(), Monitor.NONE);

        double[] slope = pass.filtered().of("EWA");
        double[] intercept = pass.filtered().of("alpha");
        assertThat(pass.innovation(0, 0)).isCloseTo(22.95, Offset.offset(1e-12));
        assertThat(Math.sqrt(pass.innovationCovariance(0, 0, 0))).isCloseTo(0.031623, Offset.offset(5e-7));
        assertThat(slope[0]).isZero();
        assertThat(pass.innovation(1, 0)).isCloseTo(22.78, Offset.offset(1e-12));
        assertThat(Math.sqrt(pass.innovationCovariance(1, 0, 0))).isCloseTo(0.16321337, Offset.offset(5e-9));
        assertThat(slope[1]).isCloseTo(1.36666624, Offset.offset(5e-9));
        double[] sorted = Arrays.stream(slope).sorted().toArray();
        assertThat((sorted[n / 2 - 1] + sorted[n / 2]) / 2).as("median slope").isCloseTo(1.04736740, Offset.offset(5e-9));
        assertThat(Arrays.stream(slope).average().orElseThrow()).as("mean slope").isCloseTo(1.08969304, Offset.offset(5e-9));
        assertThat(Arrays.stream(slope).filter(b -> b > 1).count()).as("rows with a slope above 1").isEqualTo(894);
        assertThat(IntStream.range(1, n).filter(t -> slope[t] > 1 != slope[t - 1] > 1).count()).as("crossings of 1").isEqualTo(54);
        assertThat(slope[n - 1]).isCloseTo(0.90249284, Offset.offset(5e-9));
        double[] means = {0.1440, 0.6336, 2.5795, 5.6350, 6.0380, 6.5851, 6.7748};
        for (int year = 2006; year <= 2012; year++) {
            String label = String.valueOf(year);
            double mean = IntStream.range(0, n).filter(t -> table.label(t).startsWith(label)).mapToDouble(t -> intercept[t]).average().orElseThrow();
            assertThat(mean).as("mean intercept of " + year).isCloseTo(means[year - 2006], Offset.offset(5e-5));
        }
        int peak = IntStream.range(0, n).reduce((a, b) -> intercept[b] > intercept[a] ? b : a).orElseThrow();
        assertThat(table.label(peak)).isEqualTo("2011-09-08");
        assertThat(intercept[peak]).isCloseTo(6.803488, Offset.offset(5e-7));
        assertThat(intercept[n - 1]).isCloseTo(6.767360, Offset.offset(5e-7));
        assertThat(IntStream.range(1, n).filter(t -> intercept[t] < intercept[t - 1]).count()).as("daily falls").isEqualTo(513);
        assertThat(IntStream.range(2, n).mapToDouble(t -> pass.innovation(t, 0) * pass.innovation(t, 0)).sum())
                .as("squared errors").isCloseTo(166.451355, Offset.offset(5e-7));
    }

    /** The salmon survival model of the MARSS package, at the parameters it prints; a known state before the first year. */
    @ParameterizedTest
    @MethodSource("engines")
    void salmonSurvival(FilterEngine engine) throws IOException {
        SharedTable table = new SharedTable("salmon_survival_cui.csv");
        double[] upwelling = table.column("CUI.apr");
        double mean = Arrays.stream(upwelling).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(upwelling).map(x -> (x - mean) * (x - mean)).sum() / (upwelling.length - 1));
        Sample sample = Sample.builder(table.panel().column("y", table.column("logit.s"))
                .column("cui", Arrays.stream(upwelling).map(x -> (x - mean) / deviation).toArray()).build())
                .target("y", List.of("cui")).intercept(true).build();
        FilterResult pass = engine.filter(walk(sample, known(new double[] {-3.34023, -0.05388}, 0, 0), new double[] {0.11264, 0.00564},
                Covariance.diagonal(0.15708)), sample, FilterOptions.defaults(), Monitor.NONE);
        assertThat(pass.logLikelihood()).isCloseTo(-40.038180, Offset.offset(5e-7));
    }

    /** Consumer prices on money: Q = 0 is least squares on the rows so far, as R's recursive residuals have it. */
    @ParameterizedTest
    @MethodSource("engines")
    void recursiveLeastSquares(FilterEngine engine) throws IOException {
        requireLeastSquares(engine, InitialState.diffuse(2));
    }

    /** The same with a huge variance for nothing known; the covariance form is off by more than a hundred there. */
    @ParameterizedTest
    @MethodSource("engines")
    void recursiveLeastSquaresFromAHugeVariance(FilterEngine engine) throws IOException {
        requireLeastSquares(engine, known(new double[2], 1e20, 1e20));
    }

    private static void requireLeastSquares(FilterEngine engine, InitialState initial) throws IOException {
        SharedTable table = new SharedTable("recursive_ls_cpi_m1.csv");
        Sample sample = Sample.builder(table.panel().column("cpi", table.column("cpi")).column("m1", table.column("m1")).build())
                .target("cpi", List.of("m1")).intercept(true).build();
        FilterResult pass = engine.filter(walk(sample, initial, new double[2], Covariance.diagonal(1)), sample, FilterOptions.defaults(), Monitor.NONE);
        double[] constant = table.column("R_beta_const");
        double[] slope = table.column("R_beta_m1");
        for (int t = 2; t < table.size(); t++) {
            assertThat(pass.filtered().mean(t, 0)).as("constant in " + table.label(t)).isCloseTo(constant[t], Offset.offset(1e-9));
            assertThat(pass.filtered().mean(t, 1)).as("slope in " + table.label(t)).isCloseTo(slope[t], Offset.offset(1e-9));
        }
        assertThat(pass.filtered().last().get(0)).isCloseTo(16.19416928, Offset.offset(5e-9));
        assertThat(pass.filtered().last().get(1)).isCloseTo(0.13307074, Offset.offset(5e-9));
    }

    /** Petris, Petrone and Campagnoli (2009), 3.3.3: four stocks on the market, V and W as printed, C0 = 1e7 I. */
    @ParameterizedTest
    @MethodSource("engines")
    void fourStocks(FilterEngine engine) throws IOException {
        SharedTable table = new SharedTable("capm_petris_monthly.csv");
        double[] free = table.column("RKFREE");
        ReturnPanel.Builder panel = table.panel();
        List<String> stocks = List.of("MOBIL", "IBM", "WEYER", "CITCRP");
        for (String name : List.of("MOBIL", "IBM", "WEYER", "CITCRP", "MARKET")) {
            double[] total = table.column(name);
            panel.column(name, IntStream.range(0, total.length).mapToDouble(t -> 100 * (total[t] - free[t])).toArray());
        }
        Sample.Builder builder = Sample.builder(panel.build()).intercept(true);
        stocks.forEach(stock -> builder.target(stock, List.of("MARKET")));
        Sample sample = builder.build();
        double[] v = {41.06, 0.01571, 24.23, -0.9504, 5.783, 39.2, -2.328, 3.376, 8.145, 39.29};
        double[] w = {8.153e-07, -3.172e-05, 0.001377, -4.267e-05, 0.001852, 0.002498, -6.649e-05, 0.002884, 0.003884, 0.006057};
        double[] q = new double[Covariance.size(8)];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                q[Covariance.index(4 + i, 4 + j)] = w[Covariance.index(i, j)];
            }
        }
        double[] c0 = new double[8];
        Arrays.fill(c0, 1e7);
        FilterResult pass = engine.filter(StateSpaceModel.of(sample.states(), known(new double[8], c0), Transition.randomWalk(8),
                Noise.constant(Covariance.ofPacked(8, q)), Noise.constant(Covariance.ofPacked(4, v))), sample, FilterOptions.defaults(), Monitor.NONE);
        assertThat(pass.logLikelihood()).isCloseTo(-1607.608320, Offset.offset(1e-6));
    }

    private static StateSpaceModel walk(Sample sample, InitialState initial, double[] q, Covariance r) {
        return StateSpaceModel.of(sample.states(), initial, Transition.randomWalk(q.length), Noise.constant(Covariance.diagonal(q)), Noise.constant(r));
    }

    private static InitialState known(double[] mean, double... variances) {
        return InitialState.known(Vector.of(mean), Covariance.diagonal(variances));
    }

    private static double[] squares(double... deviations) {
        return Arrays.stream(deviations).map(d -> d * d).toArray();
    }
}
