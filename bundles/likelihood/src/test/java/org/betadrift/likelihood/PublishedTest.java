package org.betadrift.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Sample;
import org.junit.jupiter.api.Test;

/** Published examples, by data of the shared folder; skipped without it. */
class PublishedTest {
    private static final int ALL = Integer.MAX_VALUE;

    private static InitialState vague(int k, double variance) {
        double[] packed = new double[k * (k + 1) / 2];
        for (int i = 0; i < k; i++) {
            packed[i * (i + 3) / 2] = variance;
        }
        return Cases.known(new double[k], packed);
    }

    private static Parameterisation everyState(Sample sample) {
        return Parameterisations.both(Parameterisations.diagonal(sample.states(), Set.of()), Parameterisations.observationNoise(sample.targets()));
    }

    /** Tsay, General Motors on the market: all published fits sit in a local maximum at Q = 0, 0.0058 lower. */
    @Test
    void tsayHasASecondMaximumThatIsBetter() {
        Sample gm = Sample.builder(Cases.shared("tsay_m_fac9003_monthly.csv", ALL,
                (panel, columns) -> List.of("GM", "SP5").forEach(name -> panel.column(name, columns.get(name)))).build())
                .target("GM", List.of("SP5")).intercept(true).build();
        Maximum best = Cases.maximise(Cases.likelihood(gm, Cases.randomWalk(gm, vague(2, 1e7)), everyState(gm)));
        assertThat(best.logLikelihood()).isCloseTo(-607.945823, within(1e-6));
        assertThat(best.theta()[0]).isZero();
        assertThat(Math.sqrt(best.theta()[1])).isCloseTo(0.01220, within(1e-5));
        assertThat(Math.sqrt(best.theta()[2])).isCloseTo(8.1252, within(1e-4));
        assertThat(best.convergence().verdict()).contains("Q[alpha] is exactly zero: alpha doesn't drift");
        assertThat(best.convergence().suggestion()).contains("alpha");
    }

    /** Zivot and Yollin, HAM1: alpha's drift is zero at the maximum, which the published one misses by little. */
    @Test
    void zivot() {
        Sample ham1 = Sample.builder(Cases.shared("managers_monthly.csv", ALL, (panel, columns) -> {
            double[] free = columns.get("US 3m TR");
            for (String name : List.of("HAM1", "SP500 TR")) {
                double[] x = columns.get(name).clone();
                for (int t = 0; t < x.length; t++) {
                    x[t] = 100 * (x[t] - free[t]);
                }
                panel.column(name.substring(0, 4), x);
            }
        }).build()).target("HAM1", List.of("SP50")).intercept(true).build();
        Maximum best = Cases.maximise(Cases.likelihood(ham1, Cases.randomWalk(ham1, vague(2, 1e7)), everyState(ham1)));
        assertThat(best.logLikelihood()).isCloseTo(-288.901334, within(1e-6));
        assertThat(best.theta()[0]).isZero();
        assertThat(Math.sqrt(best.theta()[1])).isCloseTo(0.055363, within(1e-6));
        assertThat(Math.sqrt(best.theta()[2])).isCloseTo(1.76639, within(1e-5));
    }

    /** Kim and Nelson, money growth: five states, counted from the 11th quarter on. */
    @Test
    void kimNelson() {
        Sample money = money(ALL);
        Sample first = money(10);
        ModelTemplate template = Cases.randomWalk(money, vague(5, 50));
        Likelihood likelihood = Likelihood.of(money, template, open -> new Without(new PlainEvaluator(money, open), new PlainEvaluator(first, open)),
                everyState(money));
        Maximum best = Cases.maximise(likelihood);
        assertThat(best.logLikelihood()).isCloseTo(-97.0924232, within(1e-7));
        double[] published = {0.1112, 0.0171, 0.2720, 0.0378, 0.0224, 0.3712};
        double[] own = {0.111236, 0.017119, 0.272033, 0.037757, 0.022416, 0.371245};
        for (int i = 0; i < 6; i++) {
            assertThat(Math.sqrt(best.theta()[i])).isCloseTo(published[i], within(6e-5)).isCloseTo(own[i], within(2e-6));
        }
    }

    private static Sample money(int rows) {
        List<String> factors = List.of("d_interest", "inflation", "surplus", "m1_growth_lag");
        return Sample.builder(Cases.shared("kim_nelson_tvp_money_growth.csv", rows, (panel, columns) -> columns.forEach(panel::column)).build())
                .target("m1_growth", factors).intercept(true).build();
    }

    /** The likelihood of what comes after a burn-in: of all less that of the first. */
    private static final class Without implements LikelihoodEvaluator {
        private final LikelihoodEvaluator all;
        private final LikelihoodEvaluator first;

        Without(LikelihoodEvaluator all, LikelihoodEvaluator first) {
            this.all = all;
            this.first = first;
        }

        @Override
        public double value(double[] q, double[] r) {
            return all.value(q, r) - first.value(q, r);
        }

        @Override
        public boolean hasScore() {
            return true;
        }

        @Override
        public double valueAndScore(double[] q, double[] r, double[] scoreQ, double[] scoreR) {
            double[] q2 = scoreQ.clone();
            double[] r2 = scoreR.clone();
            double value = all.valueAndScore(q, r, scoreQ, scoreR) - first.valueAndScore(q, r, q2, r2);
            Arrays.setAll(scoreQ, i -> scoreQ[i] - q2[i]);
            Arrays.setAll(scoreR, i -> scoreR[i] - r2[i]);
            return value;
        }
    }
}
