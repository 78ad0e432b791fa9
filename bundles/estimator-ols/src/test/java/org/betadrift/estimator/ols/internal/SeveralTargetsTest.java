package org.betadrift.estimator.ols.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.Options;
import org.betadrift.model.Covariance;
import org.betadrift.model.GaussianState;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.Test;

/** Least squares of several targets: each by itself, and the covariances of what is left. */
class SeveralTargetsTest {
    private static final double NAN = Double.NaN;

    /** Common and own factors, cells missing here and there: every number is that of the target alone. */
    @Test
    void eachTargetIsAsIfAlone() {
        ReturnPanel panel = holes();
        Sample both = Sample.builder(panel).intercept(true).target("y", List.of("a", "b")).target("z", List.of("a")).build();
        Sample y = Sample.builder(panel).intercept(true).target("y", List.of("a", "b")).build();
        Sample z = Sample.builder(panel).intercept(true).target("z", List.of("a")).build();
        assertThat(both.states().texts()).containsExactly("alpha:y", "alpha:z", "a:y", "a:z", "b:y");

        GaussianState joint = new OlsCovarianceInitialState().estimate(context(both, "full")).value().prior();
        GaussianState ofY = new OlsCovarianceInitialState().estimate(context(y, "full")).value().prior();
        GaussianState ofZ = new OlsCovarianceInitialState().estimate(context(z, "full")).value().prior();
        int[] placesOfY = {0, 2, 4};
        int[] placesOfZ = {1, 3};
        assertPart(joint, placesOfY, ofY);
        assertPart(joint, placesOfZ, ofZ);
        for (int i : placesOfY) {
            for (int j : placesOfZ) {
                assertThat(joint.covariance().get(i, j)).isZero();
            }
        }
        GaussianState plain = new OlsInitialState(OlsStrategiesTest.config(100)).estimate(context(both, "full")).value().prior();
        assertThat(plain.mean()).isEqualTo(joint.mean());
        assertThat(plain.covariance()).isEqualTo(Covariance.scalar(5, 100));

        Covariance r = r(both, "full").value().at(0);
        assertThat(r.variance(0)).isEqualTo(r(y, "full").value().at(0).variance(0));
        assertThat(r.variance(1)).isEqualTo(r(z, "full").value().at(0).variance(0));
        assertThat(r(both, "diagonal").value().at(0)).isEqualTo(Covariance.diagonal(r.variance(0), r.variance(1)));
    }

    private static void assertPart(GaussianState joint, int[] places, GaussianState alone) {
        for (int i = 0; i < places.length; i++) {
            assertThat(joint.mean().get(places[i])).isEqualTo(alone.mean().get(i));
            for (int j = 0; j < places.length; j++) {
                assertThat(joint.covariance().get(places[i], places[j])).isEqualTo(alone.covariance().get(i, j));
            }
        }
    }

    /** Rolling ones too: each target's diagonal is what it has alone, also where the two settle on different dates. */
    @Test
    void variancesByDateAreThoseOfTheTargetAlone() {
        ReturnPanel panel = holes();
        Sample both = Sample.builder(panel).intercept(true).target("y", List.of("a", "b")).target("z", List.of("a")).build();
        Sample y = Sample.builder(panel).intercept(true).target("y", List.of("a", "b")).build();
        Sample z = Sample.builder(panel).intercept(true).target("z", List.of("a")).build();
        for (ObservationNoiseEstimator strategy : List.of(new RollingOlsObservationNoise(), new EwmaObservationNoise())) {
            Estimate<Noise> joint = strategy.estimate(byDate(both));
            Estimate<Noise> ofY = strategy.estimate(byDate(y));
            Estimate<Noise> ofZ = strategy.estimate(byDate(z));
            for (int t = 0; t < both.periods(); t++) {
                assertThat(joint.value().at(t)).isEqualTo(Covariance.diagonal(ofY.value().at(t).variance(0), ofZ.value().at(t).variance(0)));
            }
            assertThat(joint.causalFrom()).isEqualTo(ofZ.causalFrom()); // z begins late
            assertThat(joint.warnings()).containsExactly(ofY.warnings().get(0).replace(": R ", ": R of y "),
                    ofZ.warnings().get(0).replace(": R ", ": R of z "));
        }
        Sample alike = Sample.builder(panel).target("y", List.of("a", "b")).target("a", List.of("b")).build();
        Sample shorter = Sample.builder(panel).target("z", List.of("a")).target("y", List.of("a")).build();
        assertThat(new EwmaObservationNoise().estimate(byDate(alike)).warnings()).hasSize(2);
        assertThat(new RollingOlsObservationNoise().estimate(byDate(shorter)).warnings()).hasSize(2);
        Sample same = Sample.builder(panel).target("b", List.of("a")).target("a", List.of("b")).build();
        assertThat(new EwmaObservationNoise().estimate(byDate(same)).warnings()).singleElement().asString().startsWith("ewma: R from 2020-01-03");
    }

    @Test
    void eachTargetsFirstObservationsAreItsOwn() {
        ReturnPanel panel = holes();
        Sample both = Sample.builder(panel).target("y", List.of("a", "b")).target("z", List.of("a")).build();
        Estimate<InitialState> joint = window(both);
        Estimate<InitialState> z = window(Sample.builder(panel).target("z", List.of("a")).build());
        Estimate<InitialState> y = window(Sample.builder(panel).target("y", List.of("a", "b")).build());
        assertThat(joint.value().prior().mean()).isEqualTo(Vector.of(y.value().prior().mean().get(0), z.value().prior().mean().get(0),
                y.value().prior().mean().get(1)));
        assertThat(joint.causalFrom()).isEqualTo(z.causalFrom()).isNotEqualTo(y.causalFrom());
    }

    private static Estimate<InitialState> window(Sample sample) {
        return new OlsWindowInitialState().estimate(context(sample, "full").withOptions(Options.merge("ols-window",
                new String[] {"variance=100", "covariance=fixed"}, Map.of(), Map.of())));
    }

    private static EstimationContext byDate(Sample sample) {
        return context(sample, "full").withOptions(Options.merge("by date",
                new String[] {"window=12", "floor=0", "start=expanding", "lambda=0.94", "warmup=12"}, Map.of(), Map.of()));
    }

    /** Over the dates on which both are present, with their means there. */
    @Test
    void aCovarianceIsOfTheDatesThatBothHave() {
        Sample both = Sample.builder(holes()).intercept(true).target("y", List.of("a", "b")).target("z", List.of("a")).build();
        List<LeastSquares> fits = LeastSquares.ofEach(both);
        double[] e = fits.get(0).residualsByDate();
        double[] f = fits.get(1).residualsByDate();
        int[] dates = IntStream.range(0, e.length).filter(t -> !Double.isNaN(e[t] + f[t])).toArray();
        assertThat(dates).hasSizeLessThan(fits.get(0).observations()).hasSizeLessThan(fits.get(1).observations());
        double meanE = IntStream.of(dates).mapToDouble(t -> e[t]).average().orElseThrow();
        double meanF = IntStream.of(dates).mapToDouble(t -> f[t]).average().orElseThrow();
        double expected = IntStream.of(dates).mapToDouble(t -> e[t] * f[t]).average().orElseThrow() - meanE * meanF;
        Estimate<Noise> r = r(both, "full");
        assertThat(r.value().at(0).get(1, 0)).isCloseTo(expected, Offset.offset(1e-15));
        assertThat(expected).isGreaterThan(1e-6);
        assertThat(r.warnings()).isEmpty();
    }

    /** Data C: where nothing is missing R is E'E / n of the four regressions, by the normal equations. */
    @Test
    void fourAssets() {
        Sample.Builder builder = Sample.builder(ReferenceCase.panel("C")).intercept(true);
        List.of("y1", "y2", "y3", "y4").forEach(target -> builder.target(target, List.of("x")));
        Sample sample = builder.build();
        int n = sample.periods();
        double[] x = sample.column("x");
        double meanX = Arrays.stream(x).average().orElseThrow();
        double varX = Arrays.stream(x).map(v -> (v - meanX) * (v - meanX)).average().orElseThrow();
        double[][] e = new double[4][n];
        for (int i = 0; i < 4; i++) {
            double[] y = sample.column("y" + (i + 1));
            double meanY = Arrays.stream(y).average().orElseThrow();
            double beta = IntStream.range(0, n).mapToDouble(t -> (x[t] - meanX) * (y[t] - meanY)).average().orElseThrow() / varX;
            for (int t = 0; t < n; t++) {
                e[i][t] = y[t] - meanY - beta * (x[t] - meanX);
            }
        }
        Covariance r = r(sample, "full").value().at(0);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                double[] a = e[i];
                double[] b = e[j];
                double expected = IntStream.range(0, n).mapToDouble(t -> a[t] * b[t]).average().orElseThrow();
                assertThat(r.get(i, j)).as(i + ", " + j).isCloseTo(expected, Offset.offset(1e-15));
            }
        }
    }

    /**
     * y and z move together on the first third, z and w on the second, y and w against each other on the last: no covariance matrix
     * says all three, so the correlations are those of the few dates that have all, and the variances stay.
     */
    @Test
    void covariancesThatDontFitTogether() {
        Random random = new Random(3);
        int n = 100;
        double[][] columns = new double[3][n];
        double[] common = random.doubles(n, -1, 1).toArray();
        for (int t = 0; t < n; t++) {
            int missing = t >= 90 ? -1 : t / 30;
            for (int i = 0; i < 3; i++) {
                double sign = missing == 1 && i == 2 ? -1 : 1;
                columns[i][t] = i == missing ? NAN : t >= 90 ? random.nextGaussian() : sign * common[t] + 0.01 * random.nextGaussian();
            }
        }
        Sample sample = Sample.builder(ReturnPanel.builder(weeks(n)).column("y", columns[0]).column("z", columns[1]).column("w", columns[2])
                .column("a", random.doubles(n, -1, 1).toArray()).build()).target("y", List.of("a")).target("z", List.of("a")).target("w", List.of("a"))
                .build();
        Estimate<Noise> r = r(sample, "full");
        assertThat(r.warnings()).singleElement().asString().contains("don't fit together", "the 10 dates on which all targets are present");
        Covariance diagonal = r(sample, "diagonal").value().at(0);
        List<LeastSquares> fits = LeastSquares.ofEach(sample);
        for (int i = 0; i < 3; i++) {
            assertThat(r.value().at(0).variance(i)).isEqualTo(diagonal.variance(i));
        }
        double[] e = Arrays.copyOfRange(fits.get(0).residualsByDate(), 90, n);
        double[] f = Arrays.copyOfRange(fits.get(1).residualsByDate(), 90, n);
        double correlation = r.value().at(0).get(1, 0) / Math.sqrt(diagonal.variance(0)) / Math.sqrt(diagonal.variance(1));
        assertThat(correlation).isCloseTo(correlation(e, f), Offset.offset(1e-12));

        double[] noneInCommon = sample.column("w");
        Arrays.fill(noneInCommon, 90, n, NAN);
        assertThatThrownBy(() -> r(sample.withTargets(sample.column("y"), sample.column("z"), noneInCommon), "full"))
                .isInstanceOf(InvalidInputException.class).hasMessageContaining("number of dates with all of y, z, w is 0")
                .hasMessageContaining("ols:covariance=diagonal");
    }

    @Test
    void targetsThatNeverMeetHaveNoCovariance() {
        double[] early = {1, 3, 2, 5, NAN, NAN, NAN, NAN};
        double[] late = {NAN, NAN, NAN, NAN, 2, 1, 4, 3};
        Sample sample = Sample.builder(ReturnPanel.builder(weeks(8)).column("y", early).column("z", late).column("a", 1, 2, 1, 3, 1, 2, 1, 3).build())
                .target("y", List.of("a")).target("z", List.of("a")).build();
        assertThatThrownBy(() -> r(sample, "full")).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("number of dates with both y and z is 0").hasMessageContaining("ols:covariance=diagonal");
        assertThat(r(sample, "diagonal").value().at(0).get(1, 0)).isZero();
        Sample once = sample.withTargets(new double[] {1, 3, 2, 5, 7, NAN, NAN, NAN}, late);
        assertThatThrownBy(() -> r(once, "full")).hasMessageContaining("number of dates with both y and z is 1, but the covariance of what 1 state leaves needs more than 1");
        assertThat(r(sample.withTargets(new double[] {1, 3, 2, 5, 7, 1, 2, NAN}, late), "full").value().at(0).get(1, 0)).isNotZero();
    }

    @Test
    void messagesNameTheTarget() {
        Sample short1 = Sample.builder(ReturnPanel.builder(weeks(4)).column("y", 1, 2, 3, 5).column("z", NAN, 2, NAN, NAN).column("a", 1, 2, 1, 3)
                .column("b", 2, 2, 1, 1).build()).target("y", List.of("a")).target("z", List.of("a", "b")).build();
        assertThatThrownBy(() -> new OlsInitialState(OlsStrategiesTest.config(100)).estimate(context(short1, "full")))
                .hasMessageContaining("number of observations of z is 1").hasMessageContaining("[a:z, b:z]");
        Sample twice = Sample.builder(ReturnPanel.builder(weeks(4)).column("y", 1, 2, 3, 5).column("z", 4, 2, 1, 2).column("a", 1, 2, 1, 3)
                .column("twice", 2, 4, 2, 6).build()).target("y", List.of("a", "twice")).target("z", List.of("twice", "a")).build();
        assertThat(new OlsInitialState(OlsStrategiesTest.config(100)).estimate(context(twice, "full")).warnings()).singleElement().asString()
                .contains("factors a, twice of y, z are collinear");
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = IntStream.range(0, a.length).mapToDouble(t -> (a[t] - meanA) * (b[t] - meanB)).sum();
        double aa = Arrays.stream(a).map(v -> (v - meanA) * (v - meanA)).sum();
        double bb = Arrays.stream(b).map(v -> (v - meanB) * (v - meanB)).sum();
        return ab / Math.sqrt(aa * bb);
    }

    private static ReturnPanel holes() {
        Random random = new Random(5);
        int n = 60;
        double[][] columns = new double[4][n];
        for (int t = 0; t < n; t++) {
            double common = random.nextGaussian();
            columns[2][t] = random.nextGaussian();
            columns[3][t] = random.nextGaussian();
            columns[0][t] = t % 7 == 3 ? NAN : 0.01 + columns[2][t] - columns[3][t] + 0.1 * common + 0.05 * random.nextGaussian();
            columns[1][t] = t < 10 ? NAN : 0.5 * columns[2][t] + 0.1 * common + 0.1 * random.nextGaussian();
        }
        return ReturnPanel.builder(weeks(n)).column("y", columns[0]).column("z", columns[1]).column("a", columns[2]).column("b", columns[3]).build();
    }

    private static List<LocalDate> weeks(int n) {
        return IntStream.range(0, n).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
    }

    private static Estimate<Noise> r(Sample sample, String covariance) {
        return new OlsObservationNoise().estimate(context(sample, covariance));
    }

    private static EstimationContext context(Sample sample, String covariance) {
        return EstimationContext.of(sample, Transition.randomWalk(sample.states().count()), (model, s, o, monitor) -> {
            throw new AssertionError("least squares needs no filter");
        }).withOptions(Options.merge("ols", new String[] {"variance=100", "covariance=full"}, Map.of(), Map.of("covariance", covariance)));
    }
}
