package org.betadrift.diagnostics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.diagnostic.DiagnosticContext;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.Table;
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
import org.betadrift.testkit.TextbookEngine;
import org.junit.jupiter.api.Test;

/** Both tables of several targets with cells missing here and there. */
class SeveralTargetsTest {
    private static final double NAN = Double.NaN;
    private static final int BURN_IN = 5;

    /** Nothing ties them together, so every row is that of the target alone; only the log-likelihood is that of both. */
    @Test
    void independentTargetsHaveTheirOwnRows() {
        ReturnPanel panel = panel();
        FilterResult both = pass(Sample.builder(panel).intercept(true).target("y", List.of("a", "b")).target("z", List.of("a")).build(), 0);
        FilterResult y = pass(Sample.builder(panel).intercept(true).target("y", List.of("a", "b")).build(), 0);
        FilterResult z = pass(Sample.builder(panel).intercept(true).target("z", List.of("a")).build(), 0);

        Table fit = table(new FitSummary(), both);
        assertThat(IntStream.range(0, 2).mapToObj(row -> fit.text(row, "target"))).containsExactly("y", "z");
        String[] own = {"finalRmse", "meanRmse", "totalSse", "meanGainNorm", "meanDriftNorm"};
        assertRow(fit, 0, table(new FitSummary(), y), 0, own);
        assertRow(fit, 1, table(new FitSummary(), z), 0, own);
        assertThat(fit.text(0, "observations")).isEqualTo("30"); // of 35 dates after the burn-in
        assertThat(fit.text(1, "observations")).isEqualTo("20");
        assertThat(fit.number(0, "cumulativeLogLikelihood")).isEqualTo(fit.number(1, "cumulativeLogLikelihood"))
                .isCloseTo(y.logLikelihood() + z.logLikelihood(), Offset.offset(1e-9));

        Table factors = table(new FactorDynamics(), both);
        assertThat(IntStream.range(0, 5).mapToObj(row -> factors.text(row, "target") + "/" + factors.text(row, "factor")))
                .containsExactly("y/alpha", "y/a", "y/b", "z/alpha", "z/a");
        String[] all = {"averageBeta", "betaStd", "finalBeta", "betaZScore", "minBeta", "maxBeta", "driftVolatility", "meanGain",
            "averageContribution", "finalContribution"};
        for (int row = 0; row < 5; row++) {
            assertRow(factors, row, table(new FactorDynamics(), row < 3 ? y : z), row < 3 ? row : row - 3, all);
        }
    }

    /** Tied together by R: one-step errors of a target are counted where it is present, whatever the other does. */
    @Test
    void tiedTargetsAreCountedCellByCell() {
        Sample sample = Sample.builder(panel()).intercept(true).target("y", List.of("a", "b")).target("z", List.of("a")).build();
        FilterResult pass = pass(sample, 0.005);
        Table fit = table(new FitSummary(), pass);
        for (int i = 0; i < 2; i++) {
            int target = i;
            double[] present = IntStream.range(BURN_IN, sample.periods()).filter(t -> !Double.isNaN(sample.y(t, target)))
                    .mapToDouble(t -> pass.innovation(t, target)).toArray();
            double sse = Arrays.stream(present).map(e -> e * e).sum();
            assertThat(present).doesNotContain(NAN);
            assertThat(fit.number(i, "totalSse")).isCloseTo(sse, Offset.offset(1e-12));
            assertThat(fit.number(i, "meanRmse")).isCloseTo(Math.sqrt(sse / present.length), Offset.offset(1e-12));
            assertThat(fit.number(i, "finalRmse")).isEqualTo(Math.abs(present[present.length - 1]));
        }
        assertThat(sample.y(sample.periods() - 1, 0)).isNaN(); // the last of y is not on the last date
        double[] white = IntStream.range(0, 2 * sample.periods()).mapToDouble(c -> pass.standardizedInnovation(c / 2, c % 2))
                .filter(e -> !Double.isNaN(e)).toArray();
        assertThat(white).hasSize(sample.observations());
        double total = IntStream.range(0, sample.periods()).mapToDouble(t -> squareOfTheDate(pass, t)).sum();
        assertThat(Arrays.stream(white).map(e -> e * e).sum()).isCloseTo(total, Offset.offset(1e-9));
    }

    /** v' S^-1 v over the cells of one date that are there. */
    private static double squareOfTheDate(FilterResult pass, int t) {
        double v0 = pass.innovation(t, 0);
        double v1 = pass.innovation(t, 1);
        double s00 = pass.innovationCovariance(t, 0, 0);
        double s11 = pass.innovationCovariance(t, 1, 1);
        double s10 = pass.innovationCovariance(t, 1, 0);
        if (Double.isNaN(v0) || Double.isNaN(v1)) {
            return Double.isNaN(v0) ? Double.isNaN(v1) ? 0 : v1 * v1 / s11 : v0 * v0 / s00;
        }
        return (v0 * v0 * s11 - 2 * v0 * v1 * s10 + v1 * v1 * s00) / (s00 * s11 - s10 * s10);
    }

    private static void assertRow(Table joint, int row, Table alone, int itsRow, String... keys) {
        for (String key : keys) {
            assertThat(joint.number(row, key)).as(key + " of row " + row).isCloseTo(alone.number(itsRow, key), Offset.offset(1e-12));
        }
    }

    private static Table table(Diagnostic diagnostic, FilterResult pass) {
        DiagnosticResult result = diagnostic.diagnose(DiagnosticContext.of(pass));
        assertThat(result.status()).isEqualTo(DiagnosticResult.Status.OK);
        return result.tables().get(0);
    }

    private static FilterResult pass(Sample sample, double covariance) {
        int k = sample.states().count();
        int m = sample.targets().size();
        double[] r = m == 1 ? new double[] {0.01} : new double[] {0.01, covariance, 0.01};
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.filled(k, 0), Covariance.scalar(k, 1)),
                Transition.randomWalk(k), Noise.constant(Covariance.scalar(k, 1e-3)), Noise.constant(Covariance.ofPacked(m, r)));
        return new TextbookEngine().filter(model, sample, FilterOptions.defaults().withBurnIn(BURN_IN), Monitor.NONE);
    }

    private static ReturnPanel panel() {
        Random random = new Random(9);
        int n = 40;
        double[][] columns = new double[4][n];
        for (int t = 0; t < n; t++) {
            columns[2][t] = random.nextGaussian();
            columns[3][t] = random.nextGaussian();
            columns[0][t] = t % 8 == 7 ? NAN : columns[2][t] - columns[3][t] + 0.1 * random.nextGaussian();
            columns[1][t] = t < 20 ? NAN : 0.5 * columns[2][t] + 0.1 * random.nextGaussian();
        }
        List<LocalDate> dates = IntStream.range(0, n).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
        return ReturnPanel.builder(dates).column("y", columns[0]).column("z", columns[1]).column("a", columns[2]).column("b", columns[3]).build();
    }
}
