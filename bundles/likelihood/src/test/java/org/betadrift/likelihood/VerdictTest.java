package org.betadrift.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.ConvergenceRecord.Parameter;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Covariance;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.junit.jupiter.api.Test;

/** Every kind of end has its sentence. */
class VerdictTest {
    private static Sample sample(double[] y, double[]... factors) {
        ReturnPanel.Builder panel = ReturnPanel.builder(IntStream.range(0, y.length).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList())
                .column("y", y);
        for (int k = 0; k < factors.length; k++) {
            panel.column("x" + (k + 1), factors[k]);
        }
        return Sample.builder(panel.build()).target("y", IntStream.rangeClosed(1, factors.length).mapToObj(k -> "x" + k).toList()).build();
    }

    private static double[] gaussian(Random random, int n, double deviation) {
        return random.doubles(n).map(ignored -> deviation * random.nextGaussian()).toArray();
    }

    @Test
    void everyVarianceZero() {
        ConvergenceRecord record = Cases.maximise(Cases.likelihood(Cases.e("f001"))).convergence();
        assertThat(record.converged()).isTrue();
        assertThat(record.verdict()).isEqualTo("a maximum, reached from 2 of 2 starts; every state variance is exactly zero: the exposures are constant");
        assertThat(record.suggestion()).startsWith("a regression says the same");
        assertThat(record.atZero()).containsExactly("Q[x1]", "Q[x2]", "Q[x3]", "Q[x4]");
        assertThat(record.parameters().subList(0, 4)).allSatisfy(p -> {
            assertThat(p.multiplier()).isNegative();
            assertThat(p.standardError()).isPositive();
            assertThat(p.standardErrorKind()).startsWith("one-sided");
        });
        // the derivatives at zero that the reference has
        assertThat(record.parameters().stream().map(Parameter::multiplier).limit(4).toList()).usingElementComparator((a, b) ->
                Math.abs(a - b) < 1e-4 * Math.abs(b) ? 0 : 1).containsExactly(-280238.08226862457, -35803.69138944661, -16767.373836046318, -60397.198922146345);
    }

    @Test
    void someZero() {
        ConvergenceRecord record = Cases.maximise(Cases.likelihood(Cases.e("f002"))).convergence();
        assertThat(record.verdict()).isEqualTo("a maximum, reached from 2 of 2 starts; Q[x3] is exactly zero: x3 doesn't drift");
        assertThat(record.suggestion()).isEqualTo("drop to constant beta for x3: the likelihood is the same with fewer parameters");
        assertThat(record.parameters()).allSatisfy(p -> assertThat(p.standardError()).isPositive());
    }

    /** y wanders with x and has no noise of its own: R is where a variance may be zero, too. */
    @Test
    void observationNoiseZero() {
        Random random = new Random(1);
        double[] x = gaussian(random, 200, 0.02);
        double beta = 1;
        double[] y = new double[200];
        for (int t = 0; t < y.length; t++) {
            beta += 0.1 * random.nextGaussian();
            y[t] = beta * x[t];
        }
        Maximum best = Cases.maximise(Cases.likelihood(sample(y, x)));
        assertThat(best.theta()[1]).isZero();
        assertThat(best.theta()[0]).isCloseTo(0.01, within(0.003));
        assertThat(best.convergence().converged()).isTrue();
        assertThat(best.convergence().verdict()).contains("R is exactly zero: the drift explains every return");
        assertThat(best.convergence().suggestion()).startsWith("hold some exposures constant");
        assertThat(best.convergence().parameters().get(1).multiplier()).isNegative();
    }

    @Test
    void exactCombination() {
        Random random = new Random(2);
        double[] x = gaussian(random, 100, 0.02);
        double[] z = gaussian(random, 100, 0.02);
        double[] y = IntStream.range(0, 100).mapToDouble(t -> 2 * x[t] - z[t]).toArray();
        ConvergenceRecord record = Cases.maximise(Cases.likelihood(sample(y, x, z))).convergence();
        assertThat(record.converged()).isFalse();
        assertThat(record.verdict()).startsWith("no maximum: the targets are an exact combination of the factors");
        assertThat(record.suggestion()).startsWith("take out a factor");
    }

    /**
     * Exposures that sum to one, by substitution: of diag(q) only its part that keeps the sum is seen, so that q of the first may grow
     * without end. A family of a stranger's.
     */
    @Test
    void unboundedDirection() {
        Map<String, double[]> d = Cases.columns("D.csv.gz");
        double[] last = d.get("x3");
        Sample sample = sample(less(d.get("y"), last), less(d.get("x1"), last), less(d.get("x2"), last));
        Parameterisation family = Parameterisations.both(new SumToOne(), Parameterisations.observationNoise(List.of("y")));
        Maximum best = Cases.maximise(Cases.likelihood(sample, Cases.diffuse(sample), family));
        ConvergenceRecord record = best.convergence();
        assertThat(best.logLikelihood()).isCloseTo(2177.67322667242, within(1e-4)); // the reference's, with its bound of e^8 on q1
        assertThat(record.converged()).isFalse();
        assertThat(record.verdict()).isEqualTo("no maximum: the likelihood keeps rising, ever less, as q1 grows without end");
        assertThat(record.suggestion()).startsWith("the likelihood is flat in the direction q1");
    }

    private static double[] less(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(t -> a[t] - b[t]).toArray();
    }

    /** The block of Q - Q 1 1' Q / 1' Q 1 for states 1 and 2, Q = diag(q1, q2, q3). */
    private static final class SumToOne implements Parameterisation {
        @Override
        public List<String> names() {
            return List.of("q1", "q2", "q3");
        }

        /** 0 / 0 is 0. */
        private static double share(double x, double[] theta) {
            double sum = theta[0] + theta[1] + theta[2];
            return sum == 0 ? 0 : x / sum;
        }

        @Override
        public void map(double[] theta, double[] q, double[] r) {
            q[0] = share(theta[0] * (theta[1] + theta[2]), theta);
            q[1] = -share(theta[0] * theta[1], theta);
            q[2] = share(theta[1] * (theta[0] + theta[2]), theta);
        }

        @Override
        public void pullBack(double[] theta, double[] g, double[] scoreR, double[] scoreTheta) {
            double a = share(theta[0], theta);
            double b = share(theta[1], theta);
            double square = g[0] * a * a + 2 * g[1] * a * b + g[2] * b * b;
            scoreTheta[0] = g[0] * (1 - 2 * a) - 2 * g[1] * b + square;
            scoreTheta[1] = g[2] * (1 - 2 * b) - 2 * g[1] * a + square;
            scoreTheta[2] = square;
        }

        @Override
        public boolean isVariance(int i) {
            return true;
        }

        @Override
        public double degree(int i) {
            return 1;
        }
    }

    /** Two states with the same regressor: only the sum of their variances is seen. */
    @Test
    void flatDirection() {
        double[] y = Cases.a().column("y");
        double[] x = Cases.a().column("x1");
        Sample sample = sample(y, x, x.clone());
        Likelihood likelihood = Cases.likelihood(sample, Cases.randomWalk(sample, Cases.known(new double[2], 1, 0, 1)), Cases.diagonal(sample));
        ConvergenceRecord record = Maximisers.bfgs().maximise(likelihood, Search.defaults().withStarts(1).withStart("both", 3e-4, 3e-4, 3e-5), Monitor.NONE)
                .convergence();
        assertThat(record.condition()).isInfinite();
        assertThat(record.verdict()).contains("it is flat in the direction Q[x1] up, Q[x2] down");
        assertThat(record.parameters()).allSatisfy(p -> {
            assertThat(p.standardError()).isNaN();
            assertThat(p.standardErrorKind()).startsWith("none: the likelihood is flat in the direction Q[x1] up, Q[x2] down");
        });
    }

    @Test
    void outOfBudget() {
        ConvergenceRecord record = Maximisers.bfgs().maximise(Cases.likelihood(Cases.a()), Search.defaults().withEvaluations(12), Monitor.NONE).convergence();
        assertThat(record.converged()).isFalse();
        assertThat(record.verdict()).startsWith("stopped after ").endsWith(" evaluations, before a maximum was reached");
    }

    /** Seed 002: with R held far too large the data ask for no drift at all. */
    @Test
    void atABound() {
        Sample a = Cases.a();
        Parameterisation q = Parameterisations.bounded(Parameterisations.scalar(a.states(), Set.of()), Map.of("q", new double[] {1e-8, 10}));
        Maximum best = Cases.maximise(Cases.likelihood(a, Cases.randomWalk(a, Cases.known(new double[2], 100, 0, 100))
                .withObservationNoise(Noise.constant(Covariance.diagonal(1))), q));
        assertThat(best.theta()).containsExactly(1e-8);
        assertThat(best.convergence().converged()).isTrue();
        assertThat(best.convergence().verdict()).contains("q sits at its lower bound 1.00e-08");
        assertThat(best.convergence().parameters().get(0).standardErrorKind()).isEqualTo("none: it sits at its bound");
    }

    /** A fund with two maxima 0.06 apart: a start that ends at the lower one is named. */
    @Test
    void severalMaxima() {
        Likelihood f111 = Cases.likelihood(Cases.e("f111"));
        ConvergenceRecord record = Maximisers.bfgs().maximise(f111, Search.defaults().withStarts(12).withSeed(5), Monitor.NONE).convergence();
        assertThat(record.starts()).isEqualTo(12);
        assertThat(record.modes().get(0).logLikelihood()).isEqualTo(record.modes().stream().mapToDouble(ConvergenceRecord.Mode::logLikelihood).max().orElseThrow());
        if (record.modes().size() > 1) {
            assertThat(record.verdict()).contains(" ended at another one, ");
        }
    }
}
