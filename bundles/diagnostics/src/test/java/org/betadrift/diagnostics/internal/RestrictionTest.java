package org.betadrift.diagnostics.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.betadrift.diagnostic.DiagnosticContext;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.DiagnosticResult.Status;
import org.betadrift.diagnostic.Table;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.internal.UdEngine;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.run.ConstraintExpression;
import org.junit.jupiter.api.Test;

class RestrictionTest {
    /** Steps of three exposures that keep their sum. */
    private static final double[] Q = {4e-4, -3e-4, 5e-4, -1e-4, -2e-4, 3e-4};
    private static final double R = 1e-5;

    /** Exposures whose sum is {@code sums[t]}, else by Q, and a fund that has them. */
    private static Sample fund(Random random, double[] sums) {
        int n = sums.length;
        double[][] x = new double[3][n];
        double[] y = new double[n];
        double[] beta = {0.6, 0.3, 0.1};
        double l11 = Math.sqrt(Q[0]);
        double l21 = Q[1] / l11;
        double l22 = Math.sqrt(Q[2] - l21 * l21);
        for (int t = 0; t < n; t++) {
            double e1 = random.nextGaussian();
            double e2 = random.nextGaussian();
            double s1 = l11 * e1;
            double s2 = l21 * e1 + l22 * e2;
            beta[0] += s1;
            beta[1] += s2;
            beta[2] -= s1 + s2;
            for (int k = 0; k < 3; k++) {
                x[k][t] = 0.02 * random.nextGaussian();
                y[t] += (beta[k] + (k == 2 ? sums[t] - 1 : 0)) * x[k][t];
            }
            y[t] += Math.sqrt(R) * random.nextGaussian();
        }
        ReturnPanel.Builder panel = ReturnPanel.builder(IntStream.range(0, n).mapToObj(t -> LocalDate.of(2015, 1, 2).plusWeeks(t)).toList()).column("y", y);
        for (int k = 0; k < 3; k++) {
            panel.column("x" + (k + 1), x[k]);
        }
        return Sample.builder(panel.build()).target("y", List.of("x1", "x2", "x3")).build();
    }

    private static double[] ones(int n) {
        return IntStream.range(0, n).mapToDouble(t -> 1).toArray();
    }

    private static FilterResult filter(Sample sample, InitialState initial, List<StateConstraint> rows, double... q) {
        StateSpaceModel model = StateSpaceModel.of(sample.states(), initial, Transition.randomWalk(3), Noise.constant(Covariance.ofPacked(3, q)),
                Noise.constant(Covariance.diagonal(R))).withConstraints(rows);
        return new UdEngine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
    }

    private static List<StateConstraint> rows(Sample sample, String... words) {
        List<StateConstraint> rows = new ArrayList<>();
        for (String one : words) {
            rows.addAll(ConstraintExpression.parse(one).rows(sample));
        }
        return rows;
    }

    private static DiagnosticResult diagnose(FilterResult filter) {
        return new Restriction().diagnose(DiagnosticContext.of(filter).withEngine(new UdEngine()));
    }

    /** The statistic is what the best right side gains, which three likelihoods tell: they are quadratic in it. */
    @Test
    void theLevelIsALikelihoodRatio() {
        Sample sample = fund(new Random(4), ones(150));
        double[] full = {4e-4, 0, 5e-4, 0, 0, 3e-4};
        InitialState known = InitialState.known(Vector.of(0.5, 0.5, 0.5), Covariance.diagonal(0.3, 0.2, 0.1));
        for (InitialState start : List.of(InitialState.diffuse(3), known)) {
            for (double[] q : List.of(Q, full)) {
                for (String words : List.of("sum=1", "sum=1~0.05", "0.5*x1+2*x2=0.9")) {
                    StateConstraint row = rows(sample, words).get(0);
                    double here = filter(sample, start, List.of(row), q).logLikelihood();
                    double up = filter(sample, start, List.of(row.shifted(0.1)), q).logLikelihood();
                    double down = filter(sample, start, List.of(row.shifted(-0.1)), q).logLikelihood();
                    double slope = (up - down) / 0.2;
                    double curvature = -(up + down - 2 * here) / 0.01;
                    DiagnosticResult result = diagnose(filter(sample, start, List.of(row), q));
                    double statistic = slope * slope / curvature;
                    assertThat(result.statistic()).as(words).isCloseTo(statistic, within(1e-7 * (1 + statistic)));
                    Table levels = result.tables().get(1);
                    assertThat(levels.number(0, "shift")).isCloseTo(slope / curvature, within(1e-8));
                    assertThat(levels.number(0, "standardError")).isCloseTo(1 / Math.sqrt(curvature), within(1e-8));
                    double best = filter(sample, start, List.of(row.shifted(levels.number(0, "shift"))), q).logLikelihood();
                    assertThat(2 * (best - here)).isCloseTo(result.statistic(), within(1e-7 * (1 + statistic)));
                }
            }
        }
    }

    /** Two right sides together gain what both together do. */
    @Test
    void severalRows() {
        Sample sample = fund(new Random(5), ones(150));
        List<StateConstraint> two = rows(sample, "sum=1", "x1-x2=0.2~0.05");
        DiagnosticResult result = diagnose(filter(sample, InitialState.diffuse(3), two, Q));
        assertThat(result.tables().get(0).number(0, "degreesOfFreedom")).isEqualTo(2);
        double best = Double.NEGATIVE_INFINITY;
        double here = filter(sample, InitialState.diffuse(3), two, Q).logLikelihood();
        double[] d = {0, 0};
        for (int round = 0; round < 200; round++) { // coordinate by coordinate, exactly
            for (int i = 0; i < 2; i++) {
                double[] at = new double[3];
                for (int s = 0; s < 3; s++) {
                    double move = 0.1 * (s - 1);
                    at[s] = filter(sample, InitialState.diffuse(3), List.of(two.get(0).shifted(d[0] + (i == 0 ? move : 0)),
                            two.get(1).shifted(d[1] + (i == 1 ? move : 0))), Q).logLikelihood();
                }
                d[i] += 0.05 * (at[2] - at[0]) / -(at[2] + at[0] - 2 * at[1]);
                best = Math.max(best, at[1]);
            }
        }
        assertThat(2 * (best - here)).isCloseTo(result.statistic(), within(1e-6));
        assertThatThrownBy(() -> diagnose(filter(sample, InitialState.diffuse(3), List.of(), Q))).isInstanceOf(InvalidInputException.class);
    }

    /** Static exposures that moving weights hold at zero can't be held elsewhere: there is no other right side to test against. */
    @Test
    void rowsThatLeaveNoOtherRightSide() {
        Sample sample = fund(new Random(6), ones(60));
        double[] weights = new Random(2).doubles(180, 0.1, 1).toArray();
        StateConstraint zero = StateConstraint.varying("zero", StateConstraint.Relation.EQUAL, Matrix.of(60, 3, weights), Vector.filled(60, 0), 0);
        FilterResult filter = filter(sample, InitialState.diffuse(3), List.of(zero), 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> diagnose(filter)).isInstanceOf(InvalidInputException.class).hasMessageContaining("zero leaves no room for another right side on every date");
    }

    /** One that others imply has no right side of its own; one that they imply for a time can't be told apart. */
    @Test
    void redundantRows() {
        Sample sample = fund(new Random(6), ones(60));
        DiagnosticResult twice = diagnose(filter(sample, InitialState.diffuse(3), rows(sample, "sum=1", "2*x1+2*x2+2*x3=2"), Q));
        assertThat(twice.tables().get(0).number(0, "degreesOfFreedom")).isEqualTo(1);
        assertThat(twice.statistic()).isCloseTo(diagnose(filter(sample, InitialState.diffuse(3), rows(sample, "sum=1"), Q)).statistic(), within(1e-9));
        double[] weights = new double[180];
        for (int t = 0; t < 60; t++) {
            weights[3 * t] = 1;
            weights[3 * t + 1] = 1;
            weights[3 * t + 2] = t < 30 ? 1 : 2;
        }
        StateConstraint partly = StateConstraint.varying("partly", StateConstraint.Relation.EQUAL, Matrix.of(60, 3, weights), Vector.filled(60, 1), 0);
        FilterResult filter = filter(sample, InitialState.diffuse(3), List.of(rows(sample, "sum=1").get(0), partly), 4e-4, 0, 5e-4, 0, 0, 3e-4);
        assertThatThrownBy(() -> diagnose(filter)).isInstanceOf(InvalidInputException.class).hasMessageContaining("partly is implied by others on some dates only");
    }

    /** Where the constraint holds, 5 % of the funds are called suspicious, by either test. */
    @Test
    void size() {
        int level = 0;
        int path = 0;
        int funds = 1000;
        for (int seed = 0; seed < funds; seed++) {
            Sample sample = fund(new Random(1000 + seed), ones(150));
            Table tests = diagnose(filter(sample, InitialState.diffuse(3), rows(sample, "sum=1"), Q)).tables().get(0);
            level += tests.number(0, "pValue") < 0.05 ? 1 : 0;
            path += tests.number(1, "pValue") < 0.05 ? 1 : 0;
        }
        assertThat(level / (double) funds).as("level").isBetween(0.035, 0.065);
        assertThat(path / (double) funds).as("path").isBetween(0.02, 0.06);
    }

    /** Another level, or one for a while that comes back. */
    @Test
    void power() {
        Sample shifted = fund(new Random(7), IntStream.range(0, 200).mapToDouble(t -> 0.9).toArray());
        DiagnosticResult level = diagnose(filter(shifted, InitialState.diffuse(3), rows(shifted, "sum=1"), Q));
        assertThat(level.status()).isEqualTo(Status.CAUTION);
        assertThat(level.pValue()).isLessThan(1e-4);
        assertThat(level.meaning()).startsWith("the returns speak against the constraint sum=1: p = ").contains("; the returns would have it ", "lower (standard error ");
        assertThat(level.tables().get(1).number(0, "shift")).isCloseTo(-0.1, within(0.03));
        Sample forAWhile = fund(new Random(8), IntStream.range(0, 400).mapToDouble(t -> t < 200 ? 0.9 : 1.1).toArray());
        Table tests = diagnose(filter(forAWhile, InitialState.diffuse(3), rows(forAWhile, "sum=1"), Q)).tables().get(0);
        assertThat(tests.number(1, "pValue")).isLessThan(0.01);
        assertThat(tests.number(1, "pValue")).isLessThan(tests.number(0, "pValue"));
        Sample fine = fund(new Random(10), ones(200));
        DiagnosticResult none = diagnose(filter(fine, InitialState.diffuse(3), rows(fine, "sum=1"), Q));
        assertThat(none.status()).isEqualTo(Status.OK);
        assertThat(none.meaning()).startsWith("the returns don't speak against the constraint sum=1: the smallest p is ");
    }

    @Test
    void appliesToEqualitiesOnly() {
        Sample sample = fund(new Random(1), ones(20));
        DiagnosticContext free = DiagnosticContext.of(filter(sample, InitialState.diffuse(3), List.of(), Q));
        assertThat(new Restriction().appliesTo(free.withEngine(new UdEngine()))).isFalse();
        DiagnosticContext constrained = DiagnosticContext.of(filter(sample, InitialState.diffuse(3), rows(sample, "sum=1"), Q));
        assertThat(new Restriction().appliesTo(constrained)).isFalse();
        assertThat(new Restriction().appliesTo(constrained.withEngine(new UdEngine()))).isTrue();
    }

    /** Tables of the distributions, and both forms where they meet. */
    @Test
    void distributions() {
        assertThat(Distributions.chiSquaredTail(3.841458820694124, 1)).isCloseTo(0.05, within(1e-14));
        assertThat(Distributions.chiSquaredTail(9.487729036781154, 4)).isCloseTo(0.05, within(1e-14));
        assertThat(Distributions.chiSquaredTail(18.307038053275146, 10)).isCloseTo(0.05, within(1e-14));
        assertThat(Distributions.chiSquaredTail(0.0039321400000195, 1)).isCloseTo(0.95, within(1e-9));
        assertThat(Distributions.chiSquaredTail(50, 2)).isCloseTo(Math.exp(-25), within(1e-24));
        assertThat(Distributions.chiSquaredTail(0, 3)).isEqualTo(1);
        assertThat(Distributions.brownianExcursionTail(2.241402727604947)).isCloseTo(0.05, within(1e-7));
        assertThat(Distributions.brownianExcursionTail(1.5)).isCloseTo(Distributions.brownianExcursionTail(Math.nextUp(1.5)), within(1e-12));
        assertThat(Distributions.brownianExcursionTail(0.2)).isCloseTo(1, within(1e-12));
    }
}
