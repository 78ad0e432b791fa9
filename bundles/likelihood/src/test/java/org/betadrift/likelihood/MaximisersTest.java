package org.betadrift.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.betadrift.estimation.ConvergenceRecord.Profile;
import org.betadrift.estimation.ConvergenceRecord.Score;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.RandomCase;
import org.betadrift.testkit.ReferenceCase;
import org.betadrift.testkit.TextbookEngine;
import org.junit.jupiter.api.Test;

class MaximisersTest {
    private static final double BEST_OF_A = 1946.351470815654;
    private final Sample a = Cases.a();

    private Likelihood diagonal() {
        return Cases.likelihood(a);
    }

    @Test
    void bobyqaAndCmaEsEndWhereBfgsDoes() {
        for (Maximiser maximiser : List.of(Maximisers.bobyqa(), Maximisers.cmaEs())) {
            Maximum best = maximiser.maximise(diagonal(), Search.defaults(), Monitor.NONE);
            assertThat(best.logLikelihood()).isCloseTo(BEST_OF_A, within(1e-7));
            assertThat(best.theta()[0]).isCloseTo(0.0010601248804916104, within(1e-8));
            assertThat(best.convergence().converged()).isTrue();
        }
        Maximum zeros = Maximisers.bobyqa().maximise(Cases.likelihood(Cases.e("f001")), Search.defaults().withStarts(1), Monitor.NONE);
        assertThat(zeros.theta()).startsWith(0, 0, 0, 0);
        assertThat(zeros.convergence().converged()).isTrue();
    }

    @Test
    void oneParameterWithoutDerivatives() {
        Likelihood r = Cases.likelihood(a, Cases.diffuse(a).withStateNoise(Noise.constant(Covariance.diagonal(1e-3, 1e-4))),
                Parameterisations.observationNoise(a.targets()));
        double best = Cases.maximise(r).logLikelihood();
        assertThat(Maximisers.bobyqa().maximise(r, Search.defaults(), Monitor.NONE).logLikelihood()).isCloseTo(best, within(1e-7));
    }

    /** Near zero a logarithm has hardly a slope and bends upwards: the second start comes through there. */
    @Test
    void climbsOutOfFlatCountry() {
        Maximum best = Cases.maximise(Cases.likelihood(Cases.e("f151")));
        assertThat(best.convergence().verdict()).startsWith("a maximum, reached from 2 of 2 starts; Q[x1], Q[x3] and Q[x4] are exactly zero");
        assertThat(best.theta()[1]).isCloseTo(1.16709e-7, within(1e-11));
        assertThat(best.convergence().evaluations()).isLessThan(150);
    }

    /** The engine has a score, but none at the best scale: two passes do. */
    @Test
    void theScaleInTwoPasses() {
        for (Sample sample : List.of(a, Cases.e("f010"), Cases.e("f002"))) {
            Likelihood two = Likelihood.of(sample, Cases.diffuse(sample), open -> new WithoutBestScale(new PlainEvaluator(sample, open)),
                    Cases.diagonal(sample));
            Maximum best = Cases.maximise(two);
            Maximum inOne = Cases.maximise(Cases.likelihood(sample));
            assertThat(best.logLikelihood()).isCloseTo(inOne.logLikelihood(), within(1e-8));
            assertThat(best.convergence().verdict()).isEqualTo(inOne.convergence().verdict());
        }
    }

    /** What the first engines offered. */
    private record WithoutBestScale(LikelihoodEvaluator all) implements LikelihoodEvaluator {
        @Override
        public double value(double[] q, double[] r) {
            return all.value(q, r);
        }

        @Override
        public double squares() {
            return all.squares();
        }

        @Override
        public boolean hasScore() {
            return true;
        }

        @Override
        public double valueAndScore(double[] q, double[] r, double[] scoreQ, double[] scoreR) {
            return all.valueAndScore(q, r, scoreQ, scoreR);
        }
    }

    @Test
    void twiceTheSameBits() {
        Maximum first = Cases.maximise(Cases.likelihood(Cases.e("f010")));
        Maximum second = Cases.maximise(Cases.likelihood(Cases.e("f010")));
        assertThat(second.theta()).containsExactly(first.theta());
        assertThat(second.convergence().evaluations()).isEqualTo(first.convergence().evaluations());
    }

    @Test
    void withoutAScoreByDifferencesAndSaysSo() {
        Likelihood plain = Likelihood.of(a, Cases.diffuse(a), open -> new PlainEvaluator(a, open)::value, Cases.diagonal(a));
        Maximum best = Cases.maximise(plain);
        assertThat(best.convergence().score()).isEqualTo(Score.DIFFERENCES);
        assertThat(best.logLikelihood()).isCloseTo(BEST_OF_A, within(1e-4));
        assertThat(best.convergence().converged()).isTrue();
        assertThat(best.convergence().parameters()).allSatisfy(p -> assertThat(p.standardError()).isPositive());
    }

    @Test
    void endsWhenTheMonitorSaysSo() {
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() -> Maximisers.bfgs().maximise(diagonal(), Search.defaults(), (fraction, what) -> {
            if (calls.incrementAndGet() > 10) {
                throw new CancelledException(what);
            }
        })).isInstanceOf(CancelledException.class).hasMessageContaining("maximising the likelihood from");
    }

    /** In percent, and a factor in basis points: the same exposures, the same likelihood but for the units of y. */
    @Test
    void unitsDontMatter() {
        ReturnPanel panel = ReferenceCase.panel("A");
        double[] y = panel.column("y");
        double[] x1 = panel.column("x1");
        for (int t = 0; t < y.length; t++) {
            y[t] *= 1e6;
            x1[t] *= 1e-3;
        }
        Sample scaled = Sample.builder(panel.withColumn("y", y).withColumn("x1", x1)).target("y", List.of("x1", "x2")).build();
        Maximum best = Cases.maximise(Cases.likelihood(scaled));
        Maximum before = Cases.maximise(diagonal());
        assertThat(best.theta()[0]).isCloseTo(before.theta()[0] * 1e18, within(before.theta()[0] * 1e11));
        assertThat(best.theta()[1]).isCloseTo(before.theta()[1] * 1e12, within(before.theta()[1] * 1e5));
        assertThat(best.convergence().evaluations()).isCloseTo(before.convergence().evaluations(), within(8));
    }

    /** Q = L L': above the diagonal fit, and its gradient with respect to Q has no direction upwards left. */
    @Test
    void fullBeatsDiagonal() {
        Parameterisation full = Parameterisations.both(Parameterisations.full(a.states(), Set.of()), Parameterisations.observationNoise(a.targets()));
        Maximum best = Cases.maximise(Cases.likelihood(a, Cases.diffuse(a), full));
        assertThat(best.logLikelihood()).isGreaterThan(BEST_OF_A);
        assertThat(best.convergence().converged()).isTrue();
        Maximum again = Maximisers.bfgs().maximise(Cases.likelihood(a, Cases.diffuse(a), full), Search.defaults().withStarts(6), Monitor.NONE);
        assertThat(again.logLikelihood()).isCloseTo(best.logLikelihood(), within(1e-6));
    }

    @Test
    void scalarAndScaledAndTiedAreNested() {
        Parameterisation r = Parameterisations.observationNoise(a.targets());
        double scalar = Cases.maximise(Cases.likelihood(a, Cases.diffuse(a), Parameterisations.both(Parameterisations.scalar(a.states(), Set.of()), r)))
                .logLikelihood();
        double tied = Cases.maximise(Cases.likelihood(a, Cases.diffuse(a), Parameterisations.tied(Cases.diagonal(a), List.of("Q[x1]", "Q[x2]"))))
                .logLikelihood();
        double scaled = Cases.maximise(Cases.likelihood(a, Cases.diffuse(a),
                Parameterisations.both(Parameterisations.scaledFactorVol(a.states(), new double[] {1, 1}, Set.of()), r))).logLikelihood();
        double fixed = Cases.maximise(Cases.likelihood(a, Cases.diffuse(a), Parameterisations.fixed(Cases.diagonal(a), Map.of("Q[x1]", 0.0))))
                .logLikelihood();
        assertThat(tied).isCloseTo(scalar, within(1e-9));
        assertThat(scaled).isCloseTo(scalar, within(1e-9));
        assertThat(scalar).isLessThan(BEST_OF_A);
        assertThat(fixed).isCloseTo(1757.1825504766068 - Math.log(2 * Math.PI), within(1e-7)); // the reference's sub-model
    }

    /** phi beside the variances: at its best neither neighbour is better, and a random walk is the bound. */
    @Test
    void estimatesPhi() {
        ModelTemplate reverting = ModelTemplate.of(a.states(), InitialState.diffuse(2), Transition.ar1(Vector.of(0.9, 0.9)));
        Likelihood free = Cases.likelihood(a, reverting, Cases.diagonal(a)).withReversion(Reversion.common(a.states(), reverting.transition()));
        Maximum best = Cases.maximise(free);
        double phi = best.theta()[3];
        assertThat(free.names()).containsExactly("Q[x1]", "Q[x2]", "R", "phi");
        assertThat(best.convergence().converged()).as(best.convergence().verdict()).isTrue();
        for (double other : new double[] {phi - 0.002, Math.min(1, phi + 0.002)}) {
            ModelTemplate held = ModelTemplate.of(a.states(), InitialState.diffuse(2), Transition.ar1(Vector.of(other, other)));
            assertThat(Cases.maximise(Cases.likelihood(a, held, Cases.diagonal(a))).logLikelihood()).isLessThanOrEqualTo(best.logLikelihood() + 1e-9);
        }
        Maximum each = Cases.maximise(Cases.likelihood(a, reverting, Cases.diagonal(a)).withReversion(Reversion.each(a.states(), reverting.transition())));
        assertThat(each.theta()).hasSize(5);
        assertThat(each.logLikelihood()).isGreaterThanOrEqualTo(best.logLikelihood() - 1e-7);
        assertThatThrownBy(() -> Reversion.common(a.states(), Transition.randomWalk(2))).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no state reverts");
    }

    /** A stationary start has no score here: differences, and phi below one. */
    @Test
    void estimatesPhiFromAStationaryStart() {
        ModelTemplate reverting = ModelTemplate.of(a.states(), InitialState.stationary(2), Transition.ar1(Vector.of(0.9, 0.9)));
        Maximum best = Cases.maximise(Cases.likelihood(a, reverting, Cases.diagonal(a)).withReversion(Reversion.common(a.states(), reverting.transition())));
        assertThat(best.theta()[3]).isBetween(0.9, 1.0);
        assertThat(best.convergence().score()).isEqualTo(Score.DIFFERENCES);
    }

    @Test
    void profilesEndWhereTheLikelihoodHasFallen() {
        Maximum best = Maximisers.bfgs().maximise(diagonal(), Search.defaults().withProfiles(List.of("Q[x2]", "R")), Monitor.NONE);
        Profile q = best.convergence().profiles().get(0);
        assertThat(q.name()).isEqualTo("Q[x2]");
        for (double end : new double[] {q.lower(), q.upper()}) {
            double there = Cases.maximise(Cases.likelihood(a, Cases.diffuse(a), Parameterisations.fixed(Cases.diagonal(a), Map.of("Q[x2]", end)))).logLikelihood();
            assertThat(best.logLikelihood() - there).isCloseTo(1.9207, within(0.02));
        }
        assertThat(q.values()).isSorted();
        Profile r = best.convergence().profiles().get(1);
        double error = best.convergence().parameters().get(2).standardError();
        assertThat(r.upper() - r.lower()).isCloseTo(2 * 1.96 * error, within(0.2 * error));
        Profile zero = Maximisers.bfgs().maximise(Cases.likelihood(Cases.e("f002")), Search.defaults().withProfiles(List.of("Q[x3]")), Monitor.NONE)
                .convergence().profiles().get(0);
        assertThat(zero.lower()).isZero();
        assertThat(zero.upper()).isPositive();
        assertThatThrownBy(() -> Maximisers.bfgs().maximise(diagonal(), Search.defaults().withProfiles(List.of("Q")), Monitor.NONE))
                .hasMessageContaining("no parameter named Q");
    }

    /** Two targets, a known start, an engine that only filters. */
    @Test
    void severalTargets() {
        RandomCase two = RandomCase.of(4, 2, 60);
        Sample sample = two.sample();
        ModelTemplate template = ModelTemplate.of(sample.states(), two.initialState(), two.transition());
        LikelihoodEvaluator evaluator = (q, r) -> new TextbookEngine().filter(template.complete(Noise.constant(Covariance.ofPacked(sample.states().count(), q)),
                Noise.constant(Covariance.ofPacked(2, r))), sample, FilterOptions.defaults(), Monitor.NONE).logLikelihood();
        Likelihood likelihood = Likelihood.of(sample, template, open -> evaluator,
                Parameterisations.both(Parameterisations.scalar(sample.states(), Set.of()), Parameterisations.observationNoise(sample.targets())));
        Maximum best = Maximisers.bfgs().maximise(likelihood, Search.defaults().withStarts(1), Monitor.NONE);
        assertThat(best.theta()).hasSize(3);
        assertThat(best.convergence().gradientNorm()).isLessThan(0.1);
    }
}
