package org.betadrift.diagnostics.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.diagnostic.DiagnosticContext;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.Table;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.filter.StatePath.Knows;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.Test;

/** The two tables on data A in seed 002's configuration, against an independent program (numbers our own), and a case by hand. */
class SeedTablesTest {
    private static final Offset<Double> CLOSE = Offset.offset(1e-9);

    @Test
    void fitSummary() {
        Table fit = table(new FitSummary(), reference(ReferenceCase.aSeed()));
        assertThat(fit.text(0, "dateRange")).isEqualTo("2015-06-05 → 2025-04-18");
        assertThat(fit.text(0, "observations")).isEqualTo("516");
        assertThat(fit.number(0, "finalRmse")).isCloseTo(0.0013637414900400102, CLOSE);
        assertThat(fit.number(0, "meanRmse")).isCloseTo(0.006033846262773564, CLOSE);
        assertThat(fit.number(0, "totalSse")).isCloseTo(0.018786167172957845, CLOSE);
        assertThat(fit.number(0, "cumulativeLogLikelihood")).isCloseTo(1815.4626968536504, CLOSE);
        assertThat(fit.number(0, "meanGainNorm")).isCloseTo(3.6162812971345137, CLOSE);
        assertThat(fit.number(0, "meanDriftNorm")).isCloseTo(0.02371142474202208, CLOSE);
    }

    @Test
    void factorDynamics() {
        Table factors = table(new FactorDynamics(), reference(ReferenceCase.aSeed()));
        assertRow(factors, 0, "x1", 0.03586307417409562, 0.39759644988863496, -0.5136266124319351, -1.382028654330139, -1.4878711234590094,
                0.7318334034871747, 0.1346824318964026, 0.17251120241144338, -0.0006044094579083096, 0.019251211992438882);
        assertRow(factors, 1, "x2", -0.15196194514898478, 0.1674245488061724, -0.40644626440426823, -1.5199940574419601, -0.4478109259329742,
                1.7548115999041856, 0.11380261275776656, 0.227231475299844, -0.00021323738867080866, 0.017846227620240077);
    }

    private static void assertRow(Table table, int row, String factor, double... expected) {
        assertThat(table.text(row, "factor")).isEqualTo(factor);
        String[] keys = {"averageBeta", "betaStd", "finalBeta", "betaZScore", "minBeta", "maxBeta", "driftVolatility", "meanGain",
            "averageContribution", "finalContribution"};
        for (int i = 0; i < keys.length; i++) {
            assertThat(table.number(row, keys[i])).as("%s %s", factor, keys[i]).isCloseTo(expected[i], CLOSE);
        }
    }

    /** Four dates, y missing on the last, one date of burn-in: worked out by hand. */
    @Test
    void burnInAndMissingValues() {
        FilterResult pass = byHand(1);
        Table fit = table(new FitSummary(), pass);
        assertThat(fit.text(0, "dateRange")).isEqualTo("2020-01-10 → 2020-01-24");
        assertThat(fit.text(0, "observations")).isEqualTo("2");
        assertThat(fit.number(0, "totalSse")).isEqualTo(25.0);       // 3^2 + 4^2
        assertThat(fit.number(0, "meanRmse")).isEqualTo(Math.sqrt(12.5));
        assertThat(fit.number(0, "finalRmse")).isEqualTo(4.0);       // of -4, the last there is
        assertThat(fit.number(0, "cumulativeLogLikelihood")).isEqualTo(-5.0);
        assertThat(fit.number(0, "meanGainNorm")).isEqualTo(3.0);    // (2 + 4) / 2
        assertThat(fit.number(0, "meanDriftNorm")).isEqualTo(1.0);   // (2 + 0) / 2

        Table factors = table(new FactorDynamics(), pass);
        assertThat(factors.number(0, "averageBeta")).isCloseTo(8.0 / 3, CLOSE);  // 4, 2, 2
        assertThat(factors.number(0, "finalBeta")).isEqualTo(2.0);
        assertThat(factors.number(0, "averageContribution")).isEqualTo(5.0);     // 4 * 2, 2 * 1; the last factor is missing
        assertThat(factors.number(0, "finalContribution")).isEqualTo(2.0);
    }

    @Test
    void aBurnInThatLeavesNothingIsAFailureWithAMeaning() {
        DiagnosticResult result = new FitSummary().diagnose(DiagnosticContext.of(byHand(4)));
        assertThat(result.status()).isEqualTo(DiagnosticResult.Status.FAIL);
        assertThat(result.meaning()).isEqualTo("the burn-in leaves no date");
    }

    /** Of two states a diffuse start leaves nothing finite on the first date, and one of them only later: worked out by hand. */
    @Test
    void aDiffuseStartIsLeftOutAndCounted() {
        List<LocalDate> dates = IntStream.range(0, 4).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
        ReturnPanel panel = ReturnPanel.builder(dates).column("y", 1, 2, 3, 4).column("a", 1, 2, 3, 4).column("b", 1, 1, 1, 2).build();
        Sample sample = Sample.builder(panel).target("y", List.of("a", "b")).build();
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.diffuse(2), Transition.randomWalk(2),
                Noise.constant(Covariance.diagonal(1, 1)), Noise.constant(Covariance.diagonal(1)));
        double nan = Double.NaN;
        FilterResult pass = FilterResult.builder(model, sample, FilterOptions.defaults())
                .predicted(StatePath.ofUnsafe(Knows.PREDICTED, sample.states(), dates, new double[8], new double[12]))
                .filtered(StatePath.ofUnsafe(Knows.FILTERED, sample.states(), dates, new double[] {nan, nan, 1, nan, 2, 5, 4, 7}, new double[12]))
                .innovations(new double[] {nan, nan, 3, -4}).innovationCovariances(new double[4]).standardizedInnovations(new double[] {nan, nan, 1, 1})
                .gains(new double[] {nan, nan, nan, nan, 3, 4, 0, 2}).logLikelihoods(new double[] {0, 0, -1, -1})
                .diffuseObservations(2).diffuseDates(0, 1).build();

        DiagnosticResult summary = new FitSummary().diagnose(DiagnosticContext.of(pass));
        assertThat(summary.meaning()).isEqualTo("one-step errors of 3.54 (root mean square) over 2 observations; the diffuse start takes 2 more, which have none");
        Table fit = summary.tables().get(0);
        assertThat(fit.number(0, "totalSse")).isEqualTo(25.0);
        assertThat(fit.number(0, "meanGainNorm")).isEqualTo(3.5);                   // (5 + 2) / 2
        assertThat(fit.number(0, "meanDriftNorm")).isEqualTo(Math.sqrt(8));         // (2, 2) on the last date alone

        DiagnosticResult dynamics = new FactorDynamics().diagnose(DiagnosticContext.of(pass));
        assertThat(dynamics.meaning()).isEqualTo("filtered exposures of 2 states; the diffuse start leaves out the first dates: 1 of a, 2 of b");
        Table factors = dynamics.tables().get(0);
        assertThat(factors.number(0, "averageBeta")).isCloseTo(7.0 / 3, CLOSE);     // 1, 2, 4
        assertThat(factors.number(1, "averageBeta")).isEqualTo(6.0);                // 5, 7
        assertThat(factors.number(1, "minBeta")).isEqualTo(5.0);
        assertThat(factors.number(1, "averageContribution")).isEqualTo(9.5);        // 5 * 1, 7 * 2
    }

    /** A slope is no exposure: it counts in no norm, and contributes nothing itself. */
    @Test
    void slopesHaveARowButNoPartInNorms() {
        List<LocalDate> dates = IntStream.range(0, 2).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
        Sample sample = Sample.builder(ReturnPanel.builder(dates).column("y", 1, 2).column("x", 1, 2).build()).target("y", List.of("x")).slopes(true).build();
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.of(0, 0), Covariance.diagonal(1, 1)),
                Transition.localLinearTrend(sample.states()), Noise.constant(Covariance.diagonal(1, 1)), Noise.constant(Covariance.diagonal(1)));
        StatePath path = StatePath.ofUnsafe(Knows.FILTERED, sample.states(), dates, new double[] {1, 10, 3, 20}, new double[6]);
        FilterResult pass = FilterResult.builder(model, sample, FilterOptions.defaults()).predicted(path).filtered(path)
                .innovations(new double[] {1, 1}).innovationCovariances(new double[] {1, 1}).standardizedInnovations(new double[] {1, 1})
                .gains(new double[] {2, 100, 4, 100}).logLikelihoods(new double[2]).build();
        Table fit = table(new FitSummary(), pass);
        assertThat(fit.number(0, "meanGainNorm")).isEqualTo(3.0);
        assertThat(fit.number(0, "meanDriftNorm")).isEqualTo(2.0);
        Table factors = table(new FactorDynamics(), pass);
        assertThat(factors.text(1, "factor")).isEqualTo("slope:x");
        assertThat(factors.number(1, "finalBeta")).isEqualTo(20.0);
        assertThat(factors.number(1, "averageContribution")).isZero();
    }

    /** The runtime leaves a diagnostic out that finds too little kept. */
    @Test
    void lessRetentionIsAnIllegalState() {
        FilterResult all = byHand(0);
        FilterResult means = FilterResult.builder(all.model(), all.sample(), FilterOptions.defaults().withRetain(Retain.MEANS))
                .predicted(StatePath.ofUnsafe(Knows.PREDICTED, all.model().states(), all.sample().dates(), new double[4], null))
                .filtered(StatePath.ofUnsafe(Knows.FILTERED, all.model().states(), all.sample().dates(), new double[4], null))
                .innovations(new double[4]).innovationCovariances(new double[4]).standardizedInnovations(new double[4]).logLikelihoods(new double[4]).build();
        for (Diagnostic diagnostic : List.of(new FitSummary(), new FactorDynamics())) {
            assertThatThrownBy(() -> diagnostic.diagnose(DiagnosticContext.of(means))).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("told to retain MEANS");
        }
    }

    private static Table table(Diagnostic diagnostic, FilterResult pass) {
        DiagnosticResult result = diagnostic.diagnose(DiagnosticContext.of(pass));
        assertThat(result.status()).isEqualTo(DiagnosticResult.Status.OK);
        return result.tables().get(0);
    }

    private static FilterResult byHand(int burnIn) {
        List<LocalDate> dates = IntStream.range(0, 4).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
        ReturnPanel panel = ReturnPanel.builder(dates).column("y", 1, 2, 3, Double.NaN).column("x", 9, 2, 1, Double.NaN).build();
        Sample sample = Sample.builder(panel).target("y", List.of("x")).build();
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.of(0), Covariance.diagonal(1)),
                Transition.randomWalk(1), Noise.constant(Covariance.diagonal(1)), Noise.constant(Covariance.diagonal(1)));
        double[] variances = {1, 1, 1, 1};
        return FilterResult.builder(model, sample, FilterOptions.defaults().withBurnIn(burnIn))
                .predicted(StatePath.ofUnsafe(Knows.PREDICTED, sample.states(), dates, new double[] {0, 7, 4, 2}, variances))
                .filtered(StatePath.ofUnsafe(Knows.FILTERED, sample.states(), dates, new double[] {7, 4, 2, 2}, variances))
                .innovations(new double[] {100, 3, -4, Double.NaN}).innovationCovariances(variances)
                .standardizedInnovations(new double[] {100, 3, -4, Double.NaN}).gains(new double[] {50, 2, -4, Double.NaN})
                .logLikelihoods(new double[] {-100, -2, -3, 0}).build();
    }

    /** The reference case's own pass, from its numbers: no engine needed. */
    private static FilterResult reference(ReferenceCase c) {
        int n = c.sample().periods();
        return FilterResult.builder(c.model(), c.sample(), FilterOptions.defaults())
                .predicted(path(c, Knows.PREDICTED, "pred")).filtered(path(c, Knows.FILTERED, "filt"))
                .innovations(c.expected().get("v")).innovationCovariances(c.expected().get("S"))
                .standardizedInnovations(c.expected().get("v_std"))
                .gains(IntStream.range(0, 2 * n).mapToDouble(i -> c.expected().get("gain_" + i % 2)[i / 2]).toArray())
                .logLikelihoods(c.expected().get("loglik")).build();
    }

    private static StatePath path(ReferenceCase c, Knows knows, String kind) {
        int n = c.sample().periods();
        String[] packed = {"P_" + kind + "_0_0", "P_" + kind + "_1_0", "P_" + kind + "_1_1"};
        return StatePath.ofUnsafe(knows, c.model().states(), c.sample().dates(),
                IntStream.range(0, 2 * n).mapToDouble(i -> c.expected().get("a_" + kind + "_" + i % 2)[i / 2]).toArray(),
                IntStream.range(0, 3 * n).mapToDouble(i -> c.expected().get(packed[i % 3])[i / 3]).toArray());
    }
}
