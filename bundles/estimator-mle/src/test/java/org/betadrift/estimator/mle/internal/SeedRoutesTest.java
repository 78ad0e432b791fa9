package org.betadrift.estimator.mle.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.testkit.ReferenceCase;
import org.betadrift.testkit.SharedFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Seed 002's variants. Of our simulated data the reference found the maxima by a grid and refined them. */
class SeedRoutesTest {
    /**
     * @param rOls R of least squares
     * @param q of Q = q I given that R
     * @param rGivenFactorVol R given Q of the factor volatilities
     * @param rThen R given q I
     * @param logLikelihoods of these three and of the joint maximum
     */
    record Data(Sample sample, double[] b0, double[] factorVol, double rOls, double q, double rGivenFactorVol, double rThen, double jointQ,
            double jointR, double[] logLikelihoods) { }

    static List<Data> data() {
        Sample a = Sample.builder(ReferenceCase.panel("A")).target("y", List.of("x1", "x2")).build();
        return List.of(
                new Data(a, new double[] {-0.0651142720604352, -0.24036874466457092}, new double[] {0.00025446864772170027, 0.00039344308902130367},
                        9.077791075696449e-05, 0.0003098265111392719, 2.755077936949207e-05, 2.7510323203831302e-05, 0.0005208580020863344,
                        2.6962863929837588e-05, new double[] {1816.7208731603503, 1935.2562041004453, 1937.013770900025, 1938.0026523571044}),
                new Data(present(), new double[] {1.2569559792635485, 0.3864585957583458, -0.6132790494648269},
                        new double[] {0.00047081376659771857, 0.00014803835620292482, 0.0002260807651995488}, 9.674169499990291e-05,
                        0.0005632753158890323, 3.752265574523086e-05, 3.630425363025952e-05, 0.0012024100430126907, 3.445172873317407e-05,
                        new double[] {1945.8534206269674, 2034.1375374852405, 2035.7888690873654, 2039.7644356401465}));
    }

    /** Rows of B that have a y. */
    private static Sample present() {
        ReturnPanel all = ReferenceCase.panel("B");
        double[] y = all.column("y");
        int[] rows = IntStream.range(0, y.length).filter(t -> !Double.isNaN(y[t])).toArray();
        ReturnPanel.Builder kept = ReturnPanel.builder(IntStream.of(rows).mapToObj(t -> all.dates().get(t)).toList());
        for (String name : List.of("y", "x1", "x2", "x3")) {
            double[] column = all.column(name);
            kept.column(name, IntStream.of(rows).mapToDouble(t -> column[t]).toArray());
        }
        return Sample.builder(kept.build()).target("y", List.of("x1", "x2", "x3")).build();
    }

    private static double best(Estimate<JointNoise> estimate) {
        return estimate.convergence().orElseThrow().modes().get(0).logLikelihood();
    }

    private static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-6 * expected));
    }

    @ParameterizedTest
    @MethodSource("data")
    void fiveVariants(Data one) {
        EstimationContext context = Strategies.asTheSeed(one.sample, one.b0);
        EstimationContext givenR = context.withObservationNoise(Noise.constant(Covariance.diagonal(one.rOls)));
        // Q = q I given R
        Estimate<JointNoise> q = Strategies.mleQ(givenR);
        assertClose(q.value().stateNoise().at(0).variance(0), one.q);
        assertThat(q.value().observationNoise()).isEqualTo(givenR.observationNoise());
        assertThat(best(q)).isCloseTo(one.logLikelihoods[0], within(1e-8));
        // R given Q
        Estimate<JointNoise> r = Strategies.mleR(context.withStateNoise(Noise.constant(Covariance.diagonal(one.factorVol))));
        assertClose(r.value().observationNoise().at(0).variance(0), one.rGivenFactorVol);
        assertThat(best(r)).isCloseTo(one.logLikelihoods[1], within(1e-8));
        // one after the other
        Estimate<JointNoise> route = Strategies.mleQThenR(givenR);
        assertClose(route.value().stateNoise().at(0).variance(1), one.q);
        assertClose(route.value().observationNoise().at(0).variance(0), one.rThen);
        assertThat(best(route)).isCloseTo(one.logLikelihoods[2], within(1e-5)); // not stationary in q, which the reference has to 1e-6
        assertThat(route.convergence().orElseThrow().verdict()).contains("two searches, one after the other", "the joint maximum is ", " higher");
        // both together
        Estimate<JointNoise> joint = Strategies.mle(context, "state=scalar");
        assertClose(joint.value().stateNoise().at(0).variance(0), one.jointQ);
        assertClose(joint.value().observationNoise().at(0).variance(0), one.jointR);
        assertThat(best(joint)).isCloseTo(one.logLikelihoods[3], within(1e-8));
        for (Estimate<JointNoise> each : List.of(q, r, route, joint)) {
            assertThat(each.causalFrom().isNever()).isTrue();
            assertThat(each.convergence().orElseThrow().converged()).isTrue();
            assertThat(each.warnings()).isEmpty();
        }
    }

    /** The seed's own data: with R held at 0.01 it concluded in silence that nothing drifts. */
    @Test
    void seedsOwnData() throws IOException {
        List<String[]> rows = Files.readAllLines(SharedFolder.file("data/bond_etf_weekly_returns.csv")).stream().map(line -> line.split(",")).toList();
        List<String[]> body = rows.subList(1, rows.size());
        ReturnPanel.Builder panel = ReturnPanel.builder(body.stream().map(row -> LocalDate.parse(row[0])).toList());
        for (String name : List.of("FPE", "PFF", "ICVT")) {
            int c = List.of(rows.get(0)).indexOf(name);
            panel.column(name, body.stream().mapToDouble(row -> Double.parseDouble(row[c])).toArray());
        }
        Sample fpe = Sample.builder(panel.build()).target("FPE", List.of("PFF", "ICVT")).build();
        EstimationContext context = Strategies.asTheSeed(fpe, 0.79226905, 0.04684371);
        Estimate<JointNoise> route = Strategies.mleQThenR(context.withObservationNoise(Noise.constant(Covariance.diagonal(1e-2))));
        assertThat(route.value().stateNoise().at(0).variance(0)).isEqualTo(1e-8);
        assertThat(route.value().observationNoise().at(0).variance(0)).isCloseTo(4.425e-5, within(2e-8));
        assertThat(best(route)).isCloseTo(1842.6597, within(1e-3));
        assertThat(route.convergence().orElseThrow().verdict()).isEqualTo("two searches, one after the other: q = 1.000e-08 with R held at 0.01000, "
                + "then R = 4.425e-05; q sits at its lower bound 1.000e-08, so that the exposures hardly move; the joint maximum is 164.2 higher, "
                + "at q = 0.002913 and R = 1.684e-05");
        assertThat(route.convergence().orElseThrow().suggestion()).isEqualTo("estimate both together: joint mle:state=scalar");
        assertThat(best(Strategies.mle(context))).isCloseTo(2035.9572, within(1e-4));
        assertThat(best(Strategies.mle(context, "state=scalar"))).isCloseTo(2006.8812, within(1e-4));
        assertThat(best(Strategies.mle(context, "state=scaled-factor-vol"))).isCloseTo(2002.53, within(1e-2));
    }
}
