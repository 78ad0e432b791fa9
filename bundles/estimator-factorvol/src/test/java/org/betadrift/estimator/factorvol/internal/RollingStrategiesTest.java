package org.betadrift.estimator.factorvol.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Options;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.testkit.ReferenceCase;
import org.betadrift.testkit.TextbookEngine;
import org.junit.jupiter.api.Test;

/** The rolling strategies, on numbers worked by hand, by formula or from simulations. */
class RollingStrategiesTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-13);
    private static final String[] FACTOR_VOL = {"window=12", "scale=1", "floor=0", "start=expanding"};
    private static final String[] BETA = {"window=20", "mode=unbiased", "scale=1", "floor=0", "alpha=static"};
    private static final String[] RESIDUAL = {"window=20", "residuals=ols", "scale=1", "floor=0", "pilot=1e-4", "start=expanding", "alpha=static"};

    // ---- factor-vol-rolling

    /** a = 1, 3, 2, 4 and b = 0, 0, 6, 0: standard deviations of pairs sqrt(2), sqrt(1/2), sqrt(2) and 0, sqrt(18), sqrt(18). */
    @Test
    void factorVolByHand() {
        Sample sample = sample(new double[] {1, 1, 1, 1}, new double[] {1, 3, 2, 4}, new double[] {0, 0, 6, 0});
        double first = square(Math.sqrt(2) / 2);
        double second = square((Math.sqrt(0.5) + Math.sqrt(18)) / 2);
        double third = square((Math.sqrt(2) + Math.sqrt(18)) / 2);
        Estimate<Noise> estimate = factorVol(sample, Map.of("window", "2"));
        assertThat(variances(estimate, 4, 0)).containsExactly(new double[] {first, first, second, third}, ROUNDING);
        assertThat(estimate.causalFrom()).isEqualTo(CausalFrom.afterRows(sample, 2));
        assertThat(estimate.warnings()).containsExactly("factor-vol-rolling: R on 2020-01-03 looks ahead, to 2020-01-10");
        assertThat(variances(factorVol(sample, Map.of("window", "2", "scale", "0.1", "floor", "2")), 4, 0))
                .containsExactly(new double[] {0.2, 0.2, 0.1 * second, 0.1 * third}, ROUNDING);
        double three = square((1 + Math.sqrt(12)) / 2); // 1, 3, 2 about 2; 0, 0, 6 about 2
        assertThat(variances(factorVol(sample, Map.of("window", "3", "start", "backfill")), 3, 0)).containsExactly(new double[] {three, three, three}, ROUNDING);
    }

    @Test
    void factorVolNeedsFactors() {
        List<LocalDate> dates = dates(3);
        Sample alpha = Sample.builder(ReturnPanel.builder(dates).column("y", 1, 2, 3).build()).target("y", List.of()).intercept(true).build();
        assertThatThrownBy(() -> factorVol(alpha, Map.of())).isInstanceOf(InvalidInputException.class)
                .hasMessage("number of factors of y is 0, but factor-vol-rolling is made of their volatilities: name a factor");
    }

    // ---- rolling-beta-variance

    /** With x = +-s it is (mean of (b_2 - b_1)^2 - (s2_1 + s2_2) / (w s^2)) * 3 / (2 w - 1). */
    @Test
    void momentsOfOneFactorOfConstantSize() {
        int w = 5;
        double s = 0.2;
        Random random = new Random(11);
        double[] y = random.doubles(40, -1, 1).toArray();
        double[] x = random.ints(40, 0, 2).mapToDouble(sign -> sign == 0 ? s : -s).toArray();
        double[] beta = new double[36];
        double[] s2 = new double[36];
        for (int first = 0; first < 36; first++) {
            for (int i = first; i < first + w; i++) {
                beta[first] += y[i] * x[i] / (w * s * s);
            }
            for (int i = first; i < first + w; i++) {
                s2[first] += square(y[i] - beta[first] * x[i]) / (w - 1);
            }
        }
        double moment = 0;
        int pairs = 40 - 2 * w + 1;
        for (int first = 0; first < pairs; first++) {
            moment += (square(beta[first + w] - beta[first]) - (s2[first] + s2[first + w]) / (w * s * s)) / pairs;
        }
        assertThat(moment).isPositive();
        DriftMoments moments = new DriftMoments(sample(y, x), IntStream.range(0, 40).toArray(), w, new boolean[] {true}, Monitor.NONE);
        assertThat(moments.stateVariances()[0]).isCloseTo(moment * 3 / (2 * w - 1), Percentage.withPercentage(1e-9));
    }

    /**
     * The mean over many simulated samples is the truth, for two factors of unequal drift, one with fat tails, and a noise that triples
     * half-way; the seed's is not.
     */
    @Test
    void isUnbiasedWhereTheSeedsIsNot() {
        double[] truth = {4e-3, 1e-2};
        double noise = 4e-5;
        double[] mean = new double[2];
        double[] spread = new double[2];
        double seeds = 0;
        int samples = 300;
        Random random = new Random(5);
        for (int i = 0; i < samples; i++) {
            Sample sample = simulated(random, 200, truth, noise);
            Estimate<Noise> estimate = beta(sample, Map.of("window", "10"));
            assertThat(estimate.causalFrom().isNever()).isTrue();
            for (int k = 0; k < 2; k++) {
                double q = estimate.value().at(0).variance(k);
                mean[k] += q / samples;
                spread[k] += q * q / samples;
            }
            Estimate<Noise> seed = beta(sample, Map.of("window", "10", "mode", "seed"));
            seeds += seed.value().at(150).variance(0) / samples;
        }
        for (int k = 0; k < 2; k++) {
            double error = Math.sqrt((spread[k] - mean[k] * mean[k]) / samples);
            assertThat(mean[k]).as("mean of q%d, standard error %s", k, error).isCloseTo(truth[k], Offset.offset(3.5 * error));
            assertThat(error).isLessThan(0.05 * truth[k]);
        }
        assertThat(seeds).as("mean of the seed's").isGreaterThan(2 * truth[0]);
    }

    /** Where nothing drifts, it says so about every second time. */
    @Test
    void whereNothingDriftsItIsZeroAndSaysSo() {
        Random random = new Random(6);
        int zero = 0;
        for (int i = 0; i < 100; i++) {
            Sample sample = simulated(random, 120, new double[] {0, 0}, 4e-4);
            Estimate<Noise> estimate = beta(sample, Map.of());
            boolean none = estimate.value().at(0).variance(0) == 0;
            zero += none ? 1 : 0;
            assertThat(estimate.warnings().stream().anyMatch(w -> w.contains("rolling betas of") && w.contains("a"))).isEqualTo(none || estimate.value().at(0).variance(1) == 0);
        }
        assertThat(zero).isBetween(35, 75);
    }

    /** x = 1: betas are means of two, 1.5, 2.5, 3, 1.5, ...; the variance of two of them is half their difference squared. */
    @Test
    void theSeedsByHand() {
        Sample sample = sample(new double[] {1, 2, 3, 3, 0}, new double[] {1, 1, 1, 1, 1});
        Estimate<Noise> estimate = beta(sample, Map.of("window", "2", "mode", "seed"));
        assertThat(variances(estimate, 5, 0)).containsExactly(new double[] {0.5, 0.5, 0.5, 0.5, 0.125}, ROUNDING);
        assertThat(estimate.causalFrom()).isEqualTo(CausalFrom.afterRows(sample, 3));
        assertThat(estimate.warnings()).containsExactly("rolling-beta-variance: Q from 2020-01-03 to 2020-01-10 looks ahead, to 2020-01-17");
        assertThat(variances(beta(sample, Map.of("window", "2", "mode", "seed", "floor", "0.2", "scale", "10")), 5, 0))
                .containsExactly(new double[] {5, 5, 5, 5, 2}, ROUNDING);
    }

    @Test
    void alphaIsStaticUnlessSaid() {
        Random random = new Random(8);
        double[] y = random.doubles(60).toArray();
        double[] x = random.doubles(60).toArray();
        ReturnPanel panel = ReturnPanel.builder(dates(60)).column("y", y).column("a", x).build();
        Sample sample = Sample.builder(panel).target("y", List.of("a")).intercept(true).build();
        assertThat(beta(sample, Map.of("window", "8", "mode", "seed")).value().at(30).variance(0)).isZero();
        assertThat(beta(sample, Map.of("window", "8", "mode", "seed", "alpha", "free")).value().at(30).variance(0)).isPositive();
        assertThat(residual(sample, Map.of()).value().at(30).variance(0)).isZero();
        assertThat(residual(sample, Map.of()).value().at(30).variance(1)).isPositive();
    }

    @Test
    void rollingBetasRefuseWhatTheyCannotDo() {
        Sample few = sample(new double[] {1, 2, 3, 1}, new double[] {1, 2, 1, 2});
        assertThatThrownBy(() -> beta(few, Map.of())).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("number of pairs of windows is 0, but it takes 2 x 20 observations, there are 4");
        assertThatThrownBy(() -> beta(few, Map.of("mode", "seed"))).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("rolling-beta-variance needs 39");
        Sample collinear = sample(new double[] {1, 2, 3, 1, 2, 4}, new double[] {1, 2, 1, 2, 1, 2}, new double[] {2, 4, 2, 4, 2, 4});
        assertThatThrownBy(() -> beta(collinear, Map.of("window", "3"))).hasMessageContaining("in every one of them b is a combination of the others");
        assertThatThrownBy(() -> beta(collinear, Map.of("window", "2"))).isInstanceOf(OptionException.class).hasMessageContaining("it must be at least 3");
    }

    // ---- rolling-residual-variance

    /** x = 1: s2 is the sample variance of the window before. */
    @Test
    void leastSquaresResidualsByHand() {
        Sample sample = sample(new double[] {1, 2, 4, 0, 3}, new double[] {1, 1, 1, 1, 1});
        Estimate<Noise> estimate = residual(sample, Map.of("window", "3", "scale", "2"));
        double first = 2 * 7 / 3.0; // 1, 2, 4: (16 + 1 + 25) / 9 / 2
        assertThat(variances(estimate, 5, 0)).containsExactly(new double[] {first, first, first, first, 2 * 4}, ROUNDING); // 2, 4, 0
        assertThat(estimate.causalFrom()).isEqualTo(CausalFrom.afterRows(sample, 3));
    }

    /** With no drift, no doubt and no noise to share, the innovations are y - x. */
    @Test
    void filterResidualsByHand() {
        Sample sample = sample(new double[] {1, 2, 4, 0, 3}, new double[] {1, 1, 1, 1, 1});
        EstimationContext context = context("rolling-residual-variance", sample, RESIDUAL, Map.of("window", "2", "residuals", "filter", "pilot", "0", "start", "backfill"))
                .withInitialState(InitialState.known(org.betadrift.model.Vector.of(1), Covariance.scalar(1, 0)))
                .withObservationNoise(Noise.constant(Covariance.scalar(1, 1)));
        Estimate<Noise> estimate = new RollingResidualStateNoise().estimate(context);
        assertThat(variances(estimate, 5, 0)).containsExactly(new double[] {0.5, 0.5, 2, 8, 4.5}, ROUNDING);
        assertThat(estimate.causalFrom()).isEqualTo(CausalFrom.afterRows(sample, 2));
        assertThat(estimate.warnings()).hasSize(2).last().asString().contains("rests on its own innovation");
    }

    // ---- the predecessor's definitions

    /** Data A, windows of 20, filled back: numbers of our own numpy script of the predecessor's definitions. */
    @Test
    void areTheirDefinitionsOnDataA() {
        Sample sample = ReferenceCase.aSeed().sample();
        double[] betas = {0.009813616858775407, 0.004141763392595324, 0.009087525877484265, 0.003205653560429902, 0.000576342619885294, 0.0018225097624759857};
        Estimate<Noise> beta = beta(sample, Map.of("mode", "seed", "alpha", "free", "floor", "1e-8"));
        double[] vols = {9.687647395173082e-05, 9.687647395173082e-05, 9.27932253982765e-05, 0.0008533643237234162};
        Estimate<Noise> vol = factorVol(sample, Map.of("window", "20", "floor", "1e-6", "start", "backfill"));
        double[] residuals = {3.412139815719002e-05, 3.412139815719002e-05, 3.559263199092012e-05, 0.0002213345626541821};
        Estimate<Noise> residual = new RollingResidualStateNoise().estimate(context("rolling-residual-variance", sample, RESIDUAL,
                Map.of("residuals", "filter", "start", "backfill", "alpha", "free", "floor", "1e-8"))
                .withInitialState(InitialState.known(org.betadrift.model.Vector.of(0, 0), Covariance.scalar(2, 100)))
                .withObservationNoise(Noise.constant(Covariance.scalar(1, 1e-2))));
        int[] dates = {0, 19, 20, 515};
        for (int i = 0; i < 4; i++) {
            assertThat(vol.value().at(dates[i]).variance(0)).isCloseTo(vols[i], Percentage.withPercentage(1e-9));
            assertThat(residual.value().at(dates[i]).variance(1)).isCloseTo(residuals[i], Percentage.withPercentage(1e-7));
        }
        int[] betaDates = {39, 40, 515};
        for (int i = 0; i < 6; i++) {
            assertThat(beta.value().at(betaDates[i / 2]).variance(i % 2)).isCloseTo(betas[i], Percentage.withPercentage(1e-8));
        }
        assertThat(beta.value().at(0)).isEqualTo(beta.value().at(39));
    }

    private static Sample simulated(Random random, int n, double[] q, double noise) {
        double[] y = new double[n];
        double[][] x = new double[q.length][n];
        double[] beta = new double[q.length];
        for (int t = 0; t < n; t++) {
            y[t] = Math.sqrt(noise) * (t < n / 2 ? 1 : 3) * random.nextGaussian();
            for (int k = 0; k < q.length; k++) {
                beta[k] += Math.sqrt(q[k]) * random.nextGaussian();
                x[k][t] = 0.1 * random.nextGaussian() * (k == 1 && random.nextInt(4) == 0 ? 3 : 1);
                y[t] += beta[k] * x[k][t];
            }
        }
        return sample(y, x);
    }

    private static double square(double x) {
        return x * x;
    }

    private static double[] variances(Estimate<Noise> noise, int dates, int state) {
        return IntStream.range(0, dates).mapToDouble(t -> noise.value().at(t).variance(state)).toArray();
    }

    private static List<LocalDate> dates(int n) {
        return IntStream.range(0, n).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
    }

    private static Sample sample(double[] y, double[]... x) {
        ReturnPanel.Builder panel = ReturnPanel.builder(dates(y.length)).column("y", y);
        List<String> names = List.of("a", "b", "c").subList(0, x.length);
        for (int k = 0; k < x.length; k++) {
            panel.column(names.get(k), x[k]);
        }
        return Sample.builder(panel.build()).target("y", names).build();
    }

    private static Estimate<Noise> factorVol(Sample sample, Map<String, String> options) {
        return new FactorVolObservationNoise().estimate(context("factor-vol-rolling", sample, FACTOR_VOL, options));
    }

    private static Estimate<Noise> beta(Sample sample, Map<String, String> options) {
        return new RollingBetaStateNoise().estimate(context("rolling-beta-variance", sample, BETA, options));
    }

    private static Estimate<Noise> residual(Sample sample, Map<String, String> options) {
        return new RollingResidualStateNoise().estimate(context("rolling-residual-variance", sample, RESIDUAL, options));
    }

    private static EstimationContext context(String owner, Sample sample, String[] declared, Map<String, String> options) {
        return EstimationContext.of(sample, Transition.randomWalk(sample.states().count()), new TextbookEngine())
                .withOptions(Options.merge(owner, declared, Map.of(), options));
    }
}
