package org.betadrift.estimator.cholesky.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.internal.CovarianceEngine;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.run.ConstraintExpression;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.Test;

class StrategyTest {
    private final Sample c = Cases.c();
    private final Sample twoFactors = Cases.simulated(3, 200, 2, 1, 0, 11);

    private static double[] column(Sample sample, String name) {
        return sample.column(name);
    }

    @Test
    void widerFamiliesAreNoLower() {
        double full = Cases.logLikelihood(Cases.run(c));
        double diagonal = Cases.logLikelihood(Cases.run(c, "state=diagonal"));
        double rankOne = Cases.logLikelihood(Cases.run(c, "state=low-rank"));
        double rankTwo = Cases.logLikelihood(Cases.run(c, "state=low-rank", "rank=2"));
        double still = Cases.logLikelihood(Cases.run(c, "state=zero"));
        double constrained = Cases.logLikelihood(Cases.run(c, "uncorrelated=y1/y2,y1/y4"));
        double uncorrelated = Cases.logLikelihood(Cases.run(c, "observation=diagonal"));
        assertThat(full).isGreaterThan(diagonal + 1).isGreaterThan(constrained + 0.1);
        assertThat(diagonal).isGreaterThan(still + 1);
        assertThat(constrained).isGreaterThan(uncorrelated + 1);
        // the optimum is of rank one: the narrow family has it, the wider one no more
        assertThat(rankOne).isCloseTo(full, within(1e-6));
        assertThat(rankTwo).isCloseTo(full, within(1e-6));
    }

    /** The average of the betas, within a tolerance: what is maximised is the filter's log-likelihood given it. */
    @Test
    void constraintsAreKept() {
        EstimationContext context = Cases.context(c, InitialState.diffuse(c.states().count()))
                .withConstraints(ConstraintExpression.parse("0.25*x:y1+0.25*x:y2+0.25*x:y3+0.25*x:y4=1~0.02").rows(c));
        Estimate<JointNoise> estimate = Cases.run(context);
        StateSpaceModel model = StateSpaceModel.of(c.states(), context.initialState(), context.transition(), estimate.value().stateNoise(),
                estimate.value().observationNoise());
        FilterResult with = new CovarianceEngine().filter(model.withConstraints(context.constraints()), c, FilterOptions.defaults(), Monitor.NONE);
        FilterResult without = new CovarianceEngine().filter(model, c, FilterOptions.defaults(), Monitor.NONE);
        assertThat(Cases.logLikelihood(estimate)).isCloseTo(with.logLikelihood(), within(1e-8));
        assertThat(Math.abs(with.logLikelihood() - without.logLikelihood())).isGreaterThan(0.1);
    }

    @Test
    void sharedBlocksLieBetween() {
        double full = Cases.logLikelihood(Cases.run(twoFactors));
        Estimate<JointNoise> shared = Cases.run(twoFactors, "state=shared");
        assertThat(full).isGreaterThan(Cases.logLikelihood(shared));
        assertThat(Cases.logLikelihood(shared)).isGreaterThan(Cases.logLikelihood(Cases.run(twoFactors, "state=zero")));
        assertThat(Cases.record(shared).converged()).as(Cases.record(shared).verdict()).isTrue();
        assertThat(Cases.record(shared).method()).startsWith("decoupled");
        Covariance q = shared.value().stateNoise().at(0);
        double ratio = q.variance(6) / q.variance(3);
        assertThat(q.get(7, 8)).isCloseTo(ratio * q.get(4, 5), within(1e-10 * Cases.largest(q)));
    }

    @Test
    void oneBlockMayBeZeroAndAnotherFull() {
        Estimate<JointNoise> estimate = Cases.run(twoFactors, "full=x1", "zero=x2", "uncorrelated=[y1]/[y3]");
        Covariance q = estimate.value().stateNoise().at(0);
        assertThat(q.variance(3)).isPositive();
        for (int k = 6; k < 9; k++) {
            assertThat(q.variance(k)).isZero();
        }
        assertThat(estimate.value().observationNoise().at(0).get(2, 0)).isZero();
        assertThat(Cases.record(estimate).parameters()).extracting(ConvergenceRecord.Parameter::name).doesNotContain("V[y3,y1]", "W[x2:y1]").contains("V[y2,y1]", "W[x1:y1]");
    }

    /** What is said of a W is true of its shape: one held at a rank, and a diagonal one with zeros, have no further directions to speak of. */
    @Test
    void saysOnlyWhatWasLookedAt() {
        ConvergenceRecord lowRank = Cases.record(Cases.run(twoFactors, "low-rank=x1", "zero=x2"));
        assertThat(lowRank.verdict()).contains("W of x1 (rank 1 of 3) is singular");
        assertThat(lowRank.notes()).anyMatch(note -> note.startsWith("W of x1 (rank 1 of 3) is singular as low-rank asks")).noneMatch(note -> note.contains("would lower"));
        ConvergenceRecord found = Cases.record(Cases.run(c, "state=low-rank", "rank=2"));
        assertThat(found.notes()).anyMatch(note -> note.startsWith("W of x (rank 1 of 4) is singular: the exposures drift in fewer directions"));
        ConvergenceRecord diagonal = Cases.record(Cases.run(c, "state=diagonal"));
        assertThat(diagonal.atZero()).isNotEmpty();
        assertThat(diagonal.verdict()).contains(diagonal.atZero().get(0) + " is exactly zero: this exposure doesn't drift").doesNotContain("singular");
        assertThat(diagonal.notes()).noneMatch(note -> note.contains("singular"));
    }

    /** Simulated without drift: W ends exactly at zero for most, and the record says so. */
    @Test
    void withoutDriftInTruthWIsOftenZero() {
        int zero = 0;
        for (int seed = 0; seed < 6; seed++) {
            Estimate<JointNoise> estimate = Cases.run(Cases.simulated(2, 150, 1, 0, 0, seed), "state=diagonal");
            ConvergenceRecord record = Cases.record(estimate);
            assertThat(record.converged()).as("seed %d: %s", seed, record.verdict()).isTrue();
            Covariance q = estimate.value().stateNoise().at(0);
            for (ConvergenceRecord.Parameter p : record.parameters()) {
                assertThat(p.atZero()).as("seed %d, %s", seed, p).isEqualTo(p.name().startsWith("W") && p.value() == 0);
                if (p.atZero()) {
                    assertThat(p.multiplier()).isNegative();
                    assertThat(p.standardError()).isNaN();
                }
            }
            if (q.variance(2) == 0 && q.variance(3) == 0) {
                zero++;
                assertThat(record.verdict()).contains("W of x1 is exactly zero");
                assertThat(record.suggestion()).contains("regression");
            }
        }
        assertThat(zero).isBetween(1, 5);
    }

    /** With no drift V's maximum is known: the residuals' products over n - 2. */
    @Test
    void withoutStateNoiseVIsThatOfLeastSquares() {
        Estimate<JointNoise> still = Cases.run(c, "state=zero");
        double[][] s = Residuals.of(c).factor();
        double[][] v = Dense.square(s);
        Covariance its = still.value().observationNoise().at(0);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                assertThat(its.get(i, j)).isCloseTo(v[i][j], within(1e-9 * Cases.largest(its)));
            }
        }
        // d2 LL / dlog sd^2 of n - 2 residuals: Var(s^2) = 2 sigma^4 / (n - 2)
        ConvergenceRecord.Parameter first = Cases.record(still).parameters().get(0);
        assertThat(first.standardError()).isCloseTo(first.value() * Math.sqrt(2.0 / 118), within(1e-5 * first.value()));
        assertThat(first.standardErrorKind()).isEqualTo("observed information");
    }

    @Test
    void alphaMayDrift() {
        Estimate<JointNoise> free = Cases.run(c, "alpha=free");
        assertThat(Cases.logLikelihood(free)).isGreaterThanOrEqualTo(Cases.logLikelihood(Cases.run(c)) - 1e-7);
        assertThat(Cases.record(free).parameters()).extracting(ConvergenceRecord.Parameter::name).contains("W[alpha:y1]");
    }

    @Test
    void oneTargetIsTheSimplestCase() {
        Sample one = Sample.builder(ReferenceCase.panel("B")).target("y", List.of("x1", "x2", "x3")).intercept(true).build();
        Estimate<JointNoise> estimate = Cases.run(one);
        // mle's diagonal optimum: each W is one by one
        assertThat(Cases.logLikelihood(estimate)).isCloseTo(2046.843569091546, within(1e-7));
        assertThat(Cases.record(estimate).parameters()).extracting(ConvergenceRecord.Parameter::name).containsExactly("V", "W[x1]", "W[x2]", "W[x3]");
    }

    /** Missing cells, and a known start: the general path. */
    @Test
    void missingCells() {
        Sample ragged = Cases.simulated(3, 200, 1, 1, 0.1, 4);
        Estimate<JointNoise> estimate = Cases.run(ragged);
        ConvergenceRecord record = Cases.record(estimate);
        assertThat(record.converged()).as(record.verdict()).isTrue();
        assertThat(record.method()).startsWith("general");
        assertThat(record.notes()).anyMatch(note -> note.startsWith("without drift (every W zero)"));
        double[] p0 = new double[Covariance.size(6)];
        for (int k = 0; k < 6; k++) {
            p0[Covariance.index(k, k)] = 10;
        }
        EstimationContext known = Cases.context(ragged, InitialState.known(Vector.of(0, 0, 0, 1, 1, 1), Covariance.ofPacked(6, p0)));
        assertThat(Cases.record(Cases.run(known)).converged()).isTrue();
    }

    @Test
    void modesNameTheirStarts() {
        ConvergenceRecord record = Cases.record(Cases.run(Cases.simulated(10, 300, 1, 10, 0, 5), "starts=3"));
        assertThat(record.starts()).isEqualTo(4);
        assertThat(record.modes().stream().flatMap(mode -> mode.starts().stream())).containsExactlyInAnyOrder("no drift", "s = 0.01", "s = 1", "random 1");
        assertThat(record.modes().get(0).parameters()).hasSameSizeAs(record.parameters());
    }

    /** A start at the optimum, given as a user writes it. */
    @Test
    void aStartOfNumbers() {
        Estimate<JointNoise> best = Cases.run(c, "state=low-rank");
        double[][] v = new double[4][4];
        double[] b = new double[4];
        Covariance q = best.value().stateNoise().at(0);
        for (int i = 0; i < 4; i++) {
            b[i] = q.get(4 + i, 4) / Math.sqrt(q.variance(4));
            for (int j = 0; j < 4; j++) {
                v[i][j] = best.value().observationNoise().at(0).get(i, j);
            }
        }
        double[][] l = Dense.cholesky(v);
        StringBuilder start = new StringBuilder("start=");
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                start.append(l[i][j]).append(',');
            }
        }
        start.append(b[0]).append(',').append(b[1]).append(',').append(b[2]).append(',').append(b[3]);
        Estimate<JointNoise> again = Cases.run(c, "state=low-rank", start.toString());
        assertThat(Cases.record(again).notes()).contains("your start alone reaches this maximum");
        assertThat(Cases.record(again).modes().get(0).starts()).contains("yours");
        assertThatThrownBy(() -> Cases.run(c, "start=1,2,3")).isInstanceOf(InvalidInputException.class).hasMessageContaining("there are 20 Cholesky entries");
        assertThatThrownBy(() -> Cases.run(c, "start=0")).isInstanceOf(InvalidInputException.class).hasMessageContaining("singular");
    }

    /** A V that is all but zero: there is nothing to climb from, and no maximum of minus infinity. */
    @Test
    void aStartWithoutALikelihood() {
        ConvergenceRecord record = Cases.record(Cases.run(c, "start=1e-30"));
        assertThat(record.converged()).isTrue();
        assertThat(record.verdict()).contains("reached from 3 of 4 starts (yours got stuck before any)");
        assertThat(record.notes()).contains("at your start the likelihood has no value");
        assertThat(record.modes()).allMatch(mode -> Double.isFinite(mode.logLikelihood()));
        assertThat(record.starts()).isEqualTo(4);
        assertThat(record.startsAgreeing()).isEqualTo(3);
    }

    /** An engine that only filters: values and differences, and the record says what that lacks. */
    @Test
    void worksWithoutAScore() {
        FilterEngine filters = new FilterEngine() {
            @Override
            public FilterResult filter(StateSpaceModel model, Sample sample, FilterOptions options, Monitor monitor) {
                return new CovarianceEngine().filter(model, sample, options, monitor);
            }
        };
        Sample small = Cases.simulated(2, 100, 1, 1, 0, 2);
        EstimationContext context = EstimationContext.of(small, Transition.randomWalk(4), filters).withInitialState(InitialState.diffuse(4));
        Estimate<JointNoise> slow = Cases.run(context, "starts=1");
        assertThat(Cases.logLikelihood(slow)).isCloseTo(Cases.logLikelihood(Cases.run(small)), within(1e-5));
        assertThat(Cases.record(slow).score()).isEqualTo(ConvergenceRecord.Score.DIFFERENCES);
        assertThat(slow.warnings()).anyMatch(warning -> warning.contains("the engine has no score"));
    }

    @Test
    void refusesAnAssetWithoutData() {
        double[] none = new double[c.periods()];
        Arrays.fill(none, Double.NaN);
        Sample empty = c.withTargets(column(c, "y1"), none, column(c, "y3"), column(c, "y4"));
        assertThatThrownBy(() -> Cases.run(empty)).isInstanceOf(InvalidInputException.class)
                .hasMessage("number of returns of y2 is 0, but every asset needs some: leave y2 out");
        double[] two = none.clone();
        two[3] = 0.01;
        two[4] = 0.02;
        Sample few = c.withTargets(column(c, "y1"), two, column(c, "y3"), column(c, "y4"));
        assertThatThrownBy(() -> Cases.run(few)).hasMessageContaining("number of returns of y2 is 2, but it has 2 exposures");
    }

    @Test
    void refusesCollinearAssets() {
        double[] sum = new double[c.periods()];
        for (int t = 0; t < sum.length; t++) {
            sum[t] = 0.5 * c.y(t, 0) - 2 * c.y(t, 1) + 0.3;
        }
        Sample collinear = c.withTargets(column(c, "y1"), column(c, "y2"), column(c, "y3"), sum);
        assertThatThrownBy(() -> Cases.run(collinear)).isInstanceOf(InvalidInputException.class)
                .hasMessage("residual of y4 is an exact combination of others (0.5000 x y1, -2.000 x y2), but then V is singular and the likelihood has no maximum: "
                        + "leave one of them out, or use observation=diagonal");
        double[] market = column(c, "x");
        Sample factor = c.withTargets(column(c, "y1"), market, column(c, "y3"), column(c, "y4"));
        assertThatThrownBy(() -> Cases.run(factor, "observation=diagonal")).hasMessageContaining("residual variance of y2 is 0");
    }

    /** With gaps nothing shows it before: the search finds that there is no maximum. */
    @Test
    void saysWhenTheLikelihoodHasNoMaximum() {
        double[] sum = new double[c.periods()];
        for (int t = 0; t < sum.length; t++) {
            sum[t] = t % 7 == 3 ? Double.NaN : c.y(t, 0) - c.y(t, 1);
        }
        Sample collinear = c.withTargets(column(c, "y1"), column(c, "y2"), column(c, "y3"), sum);
        Estimate<JointNoise> estimate = Cases.run(collinear, "starts=1");
        assertThat(Cases.record(estimate).converged()).isFalse();
        assertThat(Cases.record(estimate).verdict()).contains("the likelihood keeps rising as V becomes singular");
        assertThat(Cases.record(estimate).suggestion()).contains("leave out a target");
        assertThat(estimate.warnings()).anyMatch(warning -> warning.startsWith("the estimate is no maximum: the likelihood keeps rising"));
    }

    /** A random walk without noise: V's maximum is zero. */
    @Test
    void aVOfZeroIsAMaximumToo() {
        Random random = new Random(8);
        double[] walk = new double[200];
        double[] x = new double[200];
        for (int t = 0; t < walk.length; t++) {
            walk[t] = (t == 0 ? 0 : walk[t - 1]) + random.nextGaussian();
            x[t] = random.nextGaussian();
        }
        Sample sample = Cases.sample(ReturnPanel.builder(Cases.months(200)).column("y", walk).column("x", x).build(), List.of("y"), List.of("x"));
        Estimate<JointNoise> estimate = Cases.run(sample, "alpha=free", "zero=x");
        ConvergenceRecord record = Cases.record(estimate);
        assertThat(record.converged()).as(record.verdict()).isTrue();
        assertThat(record.verdict()).contains("V is all but singular");
        assertThat(record.suggestion()).startsWith("hold some exposures constant");
        assertThat(estimate.value().observationNoise().at(0).variance(0)).isLessThan(1e-4);
    }

    @Test
    void refusesMoreParametersThanObservations() {
        Sample wide = Cases.simulated(10, 14, 1, 1, 0, 1);
        assertThatThrownBy(() -> Cases.run(wide, "alpha=free")).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("number of free parameters is 165, but the sample has only 140 returns");
        Sample wider = Cases.simulated(20, 14, 1, 1, 0, 1);
        assertThatThrownBy(() -> Cases.run(wider)).isInstanceOf(InvalidInputException.class).hasMessageContaining("number of assets is 20, but the dates leave only 12");
        assertThat(Cases.record(Cases.run(wider, "observation=diagonal", "state=low-rank")).parameters()).isNotEmpty();
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        assertThatThrownBy(() -> Cases.run(c, "full=z")).isInstanceOf(InvalidInputException.class).hasMessageContaining("no factor named z").hasMessageContaining("alpha, x");
        assertThatThrownBy(() -> Cases.run(c, "full=x", "zero=x")).hasMessageContaining("name each factor once");
        assertThatThrownBy(() -> Cases.run(c, "uncorrelated=y1/y9")).hasMessageContaining("no target named y9");
        assertThatThrownBy(() -> Cases.run(c, "uncorrelated=y1")).hasMessageContaining("pairs");
        assertThatThrownBy(() -> Cases.run(c, "state=ful")).hasMessageContaining("one of full, diagonal");
    }
}
