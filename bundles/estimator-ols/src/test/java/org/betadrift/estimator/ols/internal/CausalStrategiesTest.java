package org.betadrift.estimator.ols.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Options;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.testkit.RandomCase;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.Test;

/** The strategies that read the past alone, on numbers worked by hand or another way. */
class CausalStrategiesTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-14);
    private static final String[] WINDOW = {"observations", "variance=100", "covariance=fixed", "slope-variance"};
    private static final String[] ROLLING = {"window=12", "floor=0", "start=expanding"};
    private static final String[] EWMA = {"lambda=0.94", "warmup=12", "floor=0"};

    // ---- ols-window

    /** What it finds on the first observations is what ols finds when there are no others. */
    @Test
    void olsWindowIsOlsOnTheFirstObservations() {
        Sample whole = Sample.builder(ReferenceCase.panel("A")).target("y", List.of("x1", "x2")).build();
        Estimate<InitialState> estimate = window(whole, Map.of());
        InitialState ols = new OlsInitialState(OlsStrategiesTest.config(100)).estimate(context(cut(whole, 8), new String[] {"variance=100"}, Map.of())).value();
        assertThat(estimate.value().prior()).isEqualTo(ols.prior());
        assertThat(estimate.causalFrom()).isEqualTo(CausalFrom.afterRows(whole, 8));
        assertThat(window(whole, Map.of("observations", "30", "variance", "7")).value().prior().covariance()).isEqualTo(Covariance.scalar(2, 7));
        InitialState byFit = new OlsCovarianceInitialState().estimate(context(cut(whole, 30), new String[] {"slope-variance"}, Map.of())).value();
        assertThat(window(whole, Map.of("observations", "30", "covariance", "ols")).value().prior()).isEqualTo(byFit.prior());
    }

    @Test
    void olsWindowCountsObservations() {
        Sample sample = ones(Double.NaN, 1, Double.NaN, 2, 3, Double.NaN, 6, 100);
        Estimate<InitialState> estimate = window(sample, Map.of());
        assertThat(estimate.value().prior().mean().get(0)).isCloseTo(3, ROUNDING); // (1 + 2 + 3 + 6) / 4
        assertThat(estimate.causalFrom()).isEqualTo(CausalFrom.afterRows(sample, 7));
        assertThatThrownBy(() -> window(ones(1, 2, 3), Map.of())).isInstanceOf(InvalidInputException.class)
                .hasMessage("number of observations is 3, but ols-window reads the first 4: give more data, or write ols-window:observations=...");
        assertThatThrownBy(() -> window(sample, Map.of("slope-variance", "1"))).isInstanceOf(OptionException.class)
                .hasMessageContaining("write covariance=ols");
    }

    // ---- ols-rolling

    /** With one factor of ones least squares is a mean. */
    @Test
    void rollingByHand() {
        double ofFirst = 42 / 27.0; // 1, 2, 4 about 7/3; then 2, 4, 0 about 2
        Sample sample = ones(1, 2, Double.NaN, 4, 0, 3);
        Estimate<Noise> estimate = rolling(sample, Map.of("window", "3", "start", "backfill"));
        assertThat(variances(estimate, 6)).containsExactly(new double[] {ofFirst, ofFirst, ofFirst, ofFirst, ofFirst, 8 / 3.0}, ROUNDING);
        assertThat(estimate.causalFrom()).isEqualTo(CausalFrom.afterRows(sample, 4));
        assertThat(estimate.warnings()).containsExactly("ols-rolling: R from 2020-01-03 to 2020-01-17 looks ahead, to the first 3 observations (until 2020-01-24)");
        assertThat(variances(rolling(sample, Map.of("window", "3", "floor", "2")), 6)).containsExactly(new double[] {2, 2, 2, 2, 2, 8 / 3.0}, ROUNDING);
    }

    /** Three observations in a window of four: two of their three parts are noise, three of the window's four will be. */
    @Test
    void anExpandingWindowHasTheExpectationOfAWholeOne() {
        Sample sample = ones(1, 2, 4, 0, 3);
        double three = 42 / 27.0 * (3 / 4.0) / (2 / 3.0);
        double four = (0.75 * 0.75 + 0.25 * 0.25 + 2.25 * 2.25 + 1.75 * 1.75) / 4; // about 7/4
        Estimate<Noise> estimate = rolling(sample, Map.of("window", "4"));
        assertThat(variances(estimate, 5)).containsExactly(new double[] {three, three, three, three, four}, ROUNDING);
        assertThat(estimate.causalFrom()).isEqualTo(CausalFrom.afterRows(sample, 3));
        assertThat(estimate.warnings()).singleElement().asString().contains("from 2020-01-03 to 2020-01-10 looks ahead");
    }

    /** Data A: numbers of our own numpy script. */
    @Test
    void rollingOnDataA() {
        Estimate<Noise> estimate = rolling(ReferenceCase.aSeed().sample(), Map.of("start", "backfill"));
        assertThat(new double[] {estimate.value().at(0).variance(0), estimate.value().at(12).variance(0), estimate.value().at(100).variance(0),
            estimate.value().at(515).variance(0)}).containsExactly(
                new double[] {2.3943966785545162e-05, 2.3943966785545162e-05, 1.5026592314508052e-05, 1.6921271859420002e-05}, Offset.offset(1e-17));
    }

    @Test
    void rollingRefusesWindowsThatExplainEverythingAndWarnsOfZeros() {
        assertThatThrownBy(() -> rolling(ones(1, 2, 3, 4), Map.of("window", "2"))).isInstanceOf(OptionException.class)
                .hasMessageContaining("option window of ols-rolling is 2, but with 1 state it must be at least 3");
        assertThatThrownBy(() -> rolling(ones(1, 2, 3), Map.of("start", "backfill"))).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("number of observations is 3, but ols-rolling needs 12");
        assertThat(rolling(ones(1, 1, 1, 1), Map.of("window", "3")).warnings().get(1))
                .isEqualTo("ols-rolling: R is zero on 4 dates (first on 2020-01-03), as nothing was left to explain before: give it a floor");
    }

    // ---- ewma

    /** y = 1, 3, 2, 6 about the mean before: squares 2, 0 and (6 - 2)^2 / (4 / 3) = 12. */
    @Test
    void ewmaByHand() {
        Sample sample = ones(1, 3, 2, Double.NaN, 6, 5);
        Estimate<Noise> estimate = ewma(sample, Map.of("lambda", "0.5", "warmup", "2"));
        assertThat(variances(estimate, 6)).containsExactly(new double[] {1, 1, 1, 1, 1, 6.5}, ROUNDING);
        assertThat(estimate.causalFrom()).isEqualTo(CausalFrom.afterRows(sample, 3));
        assertThat(estimate.warnings()).containsExactly("ewma: R from 2020-01-03 to 2020-01-10 looks ahead, to the first 3 observations (until 2020-01-17)");
        assertThatThrownBy(() -> ewma(ones(1, 2, 3), Map.of())).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("number of recursive residuals is 2, but ewma starts from the mean square of 12");
    }

    /** Against the formula of Brown, Durbin and Evans with a least squares on all observations before. */
    @Test
    void recursiveResidualsAreThoseOfTheFormula() {
        for (long seed = 0; seed < 20; seed++) {
            Sample sample = RandomCase.of(seed, 1, 30).withGaps().sample();
            int[] dates = LeastSquares.observedDates(sample, 0);
            int k = sample.states().count();
            double[] w = RecursiveResiduals.of(sample, 0);
            for (int i = 0; i < dates.length; i++) {
                if (i < k) {
                    assertThat(w[dates[i]]).isNaN();
                    continue;
                }
                LeastSquares before = LeastSquares.of(sample, 0, Arrays.copyOf(dates, i));
                double[] inverse = before.inverseCrossProduct();
                double v = sample.y(dates[i], 0);
                double f = 1;
                for (int a = 0; a < k; a++) {
                    v -= sample.h(dates[i], 0, a) * before.beta()[a];
                    for (int b = 0; b < k; b++) {
                        f += sample.h(dates[i], 0, a) * inverse[a * k + b] * sample.h(dates[i], 0, b);
                    }
                }
                assertThat(w[dates[i]]).as("seed %d, observation %d", seed, i).isCloseTo(v / Math.sqrt(f), Offset.offset(1e-10 * Math.abs(v)));
            }
        }
    }

    /** Their mean square is s2, as Brown, Durbin and Evans show. */
    @Test
    void recursiveResidualsAddUpToTheSquaresOfTheFit() {
        Sample sample = ReferenceCase.aSeed().sample();
        double sum = Arrays.stream(RecursiveResiduals.of(sample, 0)).filter(v -> !Double.isNaN(v)).map(v -> v * v).sum();
        double sse = Arrays.stream(LeastSquares.of(sample, 0).residuals()).map(v -> v * v).sum();
        assertThat(sum).isCloseTo(sse, Offset.offset(1e-12 * sse));
    }

    @Test
    void collinearFactorsLeaveRecursiveResidualsAlone() {
        RandomCase one = RandomCase.of(3, 1, 40);
        Sample plain = one.withCollinearFactors().sample();
        double[] w = RecursiveResiduals.of(plain, 0);
        assertThat(Arrays.stream(w).filter(Double::isNaN).count()).isEqualTo(plain.hasIntercept() ? 2 : 1);
    }

    private static Estimate<InitialState> window(Sample sample, Map<String, String> options) {
        return new OlsWindowInitialState().estimate(context(sample, WINDOW, options, "ols-window"));
    }

    private static Estimate<Noise> rolling(Sample sample, Map<String, String> options) {
        return new RollingOlsObservationNoise().estimate(context(sample, ROLLING, options, "ols-rolling"));
    }

    private static Estimate<Noise> ewma(Sample sample, Map<String, String> options) {
        return new EwmaObservationNoise().estimate(context(sample, EWMA, options, "ewma"));
    }

    private static double[] variances(Estimate<Noise> noise, int dates) {
        return IntStream.range(0, dates).mapToDouble(t -> noise.value().at(t).variance(0)).toArray();
    }

    private static Sample ones(double... y) {
        List<LocalDate> dates = IntStream.range(0, y.length).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
        double[] x = new double[y.length];
        Arrays.fill(x, 1);
        return Sample.builder(ReturnPanel.builder(dates).column("y", y).column("x", x).build()).target("y", List.of("x")).build();
    }

    private static Sample cut(Sample whole, int rows) {
        ReturnPanel.Builder panel = ReturnPanel.builder(whole.dates().subList(0, rows));
        for (String column : List.of("y", "x1", "x2")) {
            panel.column(column, Arrays.copyOf(whole.column(column), rows));
        }
        return Sample.builder(panel.build()).target("y", List.of("x1", "x2")).build();
    }

    private static EstimationContext context(Sample sample, String[] declared, Map<String, String> options) {
        return context(sample, declared, options, "ols");
    }

    private static EstimationContext context(Sample sample, String[] declared, Map<String, String> options, String owner) {
        return EstimationContext.of(sample, Transition.randomWalk(sample.states().count()), (model, s, o, monitor) -> {
            throw new AssertionError("least squares needs no filter");
        }).withOptions(Options.merge(owner, declared, Map.of(), options));
    }
}
