package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Forecast;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.NumericalException;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.filter.Retain;
import org.betadrift.filter.Simulation;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.IllConditioned;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Equality constraints beyond the contract: weights that vary, rows that repeat, long series, what comes after the last date. */
class ConstraintTest {
    private static final int STATES = 3;

    static List<FilterEngine> engines() {
        return List.of(new UdEngine(), new CovarianceEngine());
    }

    private static Sample sample(int n, long seed) {
        Random random = new Random(seed);
        ReturnPanel.Builder panel = ReturnPanel.builder(IntStream.range(0, n).mapToObj(t -> LocalDate.of(1990, 1, 5).plusDays(t)).toList());
        double[][] x = new double[STATES][n];
        double[] y = new double[n];
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < STATES; i++) {
                x[i][t] = 0.02 * random.nextGaussian();
                y[t] += x[i][t] * (0.5 - 0.17 * i);
            }
            y[t] += 0.004 * random.nextGaussian();
        }
        for (int i = 0; i < STATES; i++) {
            panel.column("x" + i, x[i]);
        }
        return Sample.builder(panel.column("y", y).build()).target("y", List.of("x0", "x1", "x2")).build();
    }

    private static StateSpaceModel model(Sample sample, InitialState initial, double... q) {
        return StateSpaceModel.of(sample.states(), initial, Transition.randomWalk(STATES), Noise.constant(Covariance.diagonal(q)),
                Noise.constant(Covariance.diagonal(1.6e-5)));
    }

    private static InitialState known() {
        return InitialState.known(Vector.of(0.4, 0.4, 0.1), Covariance.diagonal(0.2, 0.1, 0.3));
    }

    private static StateConstraint row(String name, double value, double tolerance, double... weights) {
        return StateConstraint.of(name, Relation.EQUAL, Vector.of(weights), value, tolerance);
    }

    private static FilterResult filter(FilterEngine engine, StateSpaceModel model, Sample sample) {
        return engine.filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
    }

    private static SmootherResult smooth(FilterResult pass) {
        return new FixedIntervalSmoother().smooth(pass, SmootherOptions.defaults(), Monitor.NONE);
    }

    /** All dates as one Gaussian vector, conditioned on every row of constraints and y by full matrices: the states of all dates. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05})
    void weightsThatVaryBesideOneGaussianVector(double tolerance) {
        int n = 12;
        Sample sample = sample(n, 3);
        Random random = new Random(8);
        double[] weights = random.doubles(n * STATES, 0.1, 1).toArray();
        double[] values = random.doubles(n, 0.5, 1.5).toArray();
        StateConstraint moving = StateConstraint.varying("w0*x0+w1*x1+w2*x2=c", Relation.EQUAL, Matrix.of(n, STATES, weights), Vector.of(values), tolerance);
        StateConstraint second = row("x0-x2=0.2", 0.2, 0, 1, 0, -1);
        StateSpaceModel model = StateSpaceModel.of(sample.states(), known(), Transition.fixed(Matrix.of(3, 3, 0.98, 0.01, 0, 0, 0.95, 0, 0.02, 0, 1)),
                Noise.constant(Covariance.ofPacked(3, new double[] {4e-3, 1e-3, 3e-3, 0, -1e-3, 5e-3})), Noise.constant(Covariance.diagonal(1.6e-5)))
                .withConstraints(List.of(moving, second));
        Dense dense = new Dense(model, n);
        for (int t = 0; t < n; t++) {
            double[] h = {sample.h(t, 0, 0), sample.h(t, 0, 1), sample.h(t, 0, 2)};
            dense.see(t, new double[] {moving.weight(t, 0), moving.weight(t, 1), moving.weight(t, 2)}, values[t], tolerance * tolerance);
            dense.see(t, new double[] {1, 0, -1}, 0.2, 0);
            dense.see(t, h, sample.y(t, 0), 1.6e-5);
        }
        dense.condition();
        FilterResult pass = filter(new UdEngine(), model, sample);
        StatePath smoothed = smooth(pass).smoothed();
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < STATES; i++) {
                assertThat(smoothed.mean(t, i)).as("mean %s at t=%s", i, t).isCloseTo(dense.mean[t * STATES + i], Offset.offset(1e-9));
                for (int j = 0; j < STATES; j++) {
                    assertThat(smoothed.covariance(t, i, j)).as("covariance %s %s at t=%s", i, j, t)
                            .isCloseTo(dense.covariance[t * STATES + i][t * STATES + j], Offset.offset(1e-9));
                }
            }
        }
        for (int i = 0; i < STATES; i++) {
            assertThat(pass.filtered().mean(n - 1, i)).isCloseTo(dense.mean[(n - 1) * STATES + i], Offset.offset(1e-9));
        }
    }

    /** Prior of all dates, and all rows at once by Gaussian elimination with pivoting: no recursion through time. */
    private static final class Dense {
        private final double[] mean;
        private final double[][] covariance;
        private final List<double[]> rows = new ArrayList<>();
        private final List<double[]> values = new ArrayList<>(); // value, variance

        Dense(StateSpaceModel model, int n) {
            int size = n * STATES;
            mean = new double[size];
            covariance = new double[size][size];
            double[] b = model.initial().prior().mean().toArray();
            double[][] p = new double[STATES][STATES];
            for (int e = 0; e < STATES * STATES; e++) {
                p[e / STATES][e % STATES] = model.initial().prior().covariance().get(e / STATES, e % STATES);
            }
            Matrix transition = model.transition().matrix(0);
            for (int t = 0; t < n; t++) {
                double[] moved = new double[STATES];
                for (int i = 0; i < STATES; i++) {
                    for (int j = 0; j < STATES; j++) {
                        moved[i] += transition.get(i, j) * b[j];
                    }
                }
                b = moved;
                p = step(transition, p, model.stateNoise().at(t));
                System.arraycopy(b, 0, mean, t * STATES, STATES);
                for (int e = 0; e < STATES * STATES; e++) {
                    covariance[t * STATES + e / STATES][t * STATES + e % STATES] = p[e / STATES][e % STATES];
                }
                for (int s = 0; s < t; s++) {
                    for (int i = 0; i < STATES; i++) {
                        for (int j = 0; j < STATES; j++) {
                            double sum = 0; // Cov(beta_t, beta_s) = T Cov(beta_t-1, beta_s)
                            for (int l = 0; l < STATES; l++) {
                                sum += transition.get(i, l) * covariance[(t - 1) * STATES + l][s * STATES + j];
                            }
                            covariance[t * STATES + i][s * STATES + j] = sum;
                            covariance[s * STATES + j][t * STATES + i] = sum;
                        }
                    }
                }
            }
        }

        private static double[][] step(Matrix transition, double[][] p, Covariance q) {
            double[][] next = new double[STATES][STATES];
            for (int i = 0; i < STATES; i++) {
                for (int j = 0; j < STATES; j++) {
                    next[i][j] = q.get(i, j);
                    for (int e = 0; e < STATES * STATES; e++) {
                        next[i][j] += transition.get(i, e / STATES) * p[e / STATES][e % STATES] * transition.get(j, e % STATES);
                    }
                }
            }
            return next;
        }

        void see(int t, double[] h, double value, double variance) {
            double[] row = new double[mean.length];
            System.arraycopy(h, 0, row, t * STATES, STATES);
            rows.add(row);
            values.add(new double[] {value, variance});
        }

        void condition() {
            int m = rows.size();
            int size = mean.length;
            double[][] ch = new double[m][size]; // H C
            double[][] system = new double[m][m + 1 + size];
            for (int r = 0; r < m; r++) {
                for (int a = 0; a < size; a++) {
                    for (int b = 0; b < size; b++) {
                        ch[r][a] += rows.get(r)[b] * covariance[b][a];
                    }
                }
            }
            for (int r = 0; r < m; r++) {
                for (int s = 0; s < m; s++) {
                    system[r][s] = dot(ch[r], rows.get(s)) + (r == s ? values.get(r)[1] : 0);
                }
                system[r][m] = values.get(r)[0] - dot(rows.get(r), mean);
                System.arraycopy(ch[r], 0, system[r], m + 1, size);
            }
            solve(system);
            for (int a = 0; a < size; a++) {
                for (int r = 0; r < m; r++) {
                    mean[a] += ch[r][a] * system[r][m];
                    for (int b = 0; b < size; b++) {
                        covariance[a][b] -= ch[r][a] * system[r][m + 1 + b];
                    }
                }
            }
        }

        private static double dot(double[] a, double[] b) {
            return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
        }

        /** Gauss and Jordan: the columns after the square become its inverse times them. */
        private static void solve(double[][] a) {
            for (int c = 0; c < a.length; c++) {
                int pivot = c;
                for (int r = c; r < a.length; r++) {
                    pivot = Math.abs(a[r][c]) > Math.abs(a[pivot][c]) ? r : pivot;
                }
                double[] row = a[pivot];
                a[pivot] = a[c];
                a[c] = row;
                double divisor = row[c];
                for (int j = 0; j < row.length; j++) {
                    row[j] /= divisor;
                }
                for (int r = 0; r < a.length; r++) {
                    double factor = r == c ? 0 : a[r][c];
                    for (int j = 0; j < row.length && factor != 0; j++) {
                        a[r][j] -= factor * row[j];
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aRedundantRowChangesNothingAndIsNamed(FilterEngine engine) {
        Sample sample = sample(60, 1);
        StateConstraint sum = row("sum=1", 1, 0, 1, 1, 1);
        StateConstraint pair = row("0.1*x0+0.2*x1=0.3", 0.3, 0, 0.1, 0.2, 0);
        StateConstraint implied = row("0.3*x0+0.4*x1+0.2*x2=0.5", 0.1 * 3 + 0.2, 0, 0.1 + 0.2, 0.2 + 0.2, 0.2);
        StateSpaceModel free = model(sample, InitialState.diffuse(STATES), 1e-4, 2e-4, 1e-4);
        FilterResult two = filter(engine, free.withConstraints(List.of(sum, pair)), sample);
        FilterResult three = filter(engine, free.withConstraints(List.of(sum, pair, implied)), sample);
        assertThat(three.logLikelihood()).isEqualTo(two.logLikelihood());
        for (int t = 0; t < 60; t++) {
            for (int i = 0; i < STATES && t > 0; i++) {
                assertThat(three.filtered().mean(t, i)).isEqualTo(two.filtered().mean(t, i));
                assertThat(three.predicted().covariance(t, i, i)).isEqualTo(two.predicted().covariance(t, i, i));
            }
            assertThat(three.constraintInnovation(t, 2)).isNaN();
            assertThat(three.constraintVariance(t, 2)).isZero();
        }
        assertThat(three.warnings()).contains("constraint 0.3*x0+0.4*x1+0.2*x2=0.5 says nothing that sum=1 and 0.1*x0+0.2*x1=0.3 doesn't say, on every date");
        assertThat(two.warnings()).noneMatch(warning -> warning.contains("says nothing"));
        assertThat(two.diffuseObservations()).as("what two rows leave of three states").isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void contradictoryRowsAreNamedWithTheirDateBeforeAnythingRuns(FilterEngine engine) {
        Sample sample = sample(5, 1);
        StateSpaceModel free = model(sample, known(), 1e-4, 2e-4, 1e-4);
        StateConstraint sum = row("sum=1", 1, 0, 1, 1, 1);
        assertThatThrownBy(() -> filter(engine, free.withConstraints(List.of(sum, row("2*sum=1", 1, 0, 2, 2, 2))), sample))
                .isInstanceOf(InvalidInputException.class).hasMessage("constraints sum=1 and 2*sum=1 contradict each other on every date: "
                        + "take one of them out, or give one a tolerance, as in sum=1~0.01");
        double[] weights = {1, 0, 0, 1, 2, 0, 3, 3, 3, 1, 0, 0, 1, 0, 0};
        StateConstraint moving = StateConstraint.varying("w*x=0.5", Relation.EQUAL, Matrix.of(5, 3, weights), Vector.filled(5, 0.5), 0);
        assertThatThrownBy(() -> filter(engine, free.withConstraints(List.of(sum, moving)), sample))
                .isInstanceOf(InvalidInputException.class).hasMessageContaining("sum=1 and w*x=0.5 contradict each other on " + sample.date(2));
        assertThatThrownBy(() -> filter(engine, free.withConstraints(List.of(StateConstraint.of("x0>=0", Relation.AT_LEAST, Vector.of(1, 0, 0), 0, 0))), sample))
                .isInstanceOf(InvalidInputException.class).hasMessageContaining("x0>=0 is an inequality");
    }

    /**
     * Static states whose weighted sum is zero on every date, with weights that move: after some dates each of them is zero, and all that is
     * left to compare is rounding. From there on it is the model without them.
     */
    @ParameterizedTest
    @MethodSource("engines")
    void rowsThatHoldStaticStatesAtZero(FilterEngine engine) {
        int n = 60;
        Sample sample = sample(n, 6);
        double[] weights = new double[n * STATES];
        Random random = new Random(17);
        for (int t = 0; t < n; t++) {
            weights[t * STATES] = random.nextDouble();
            weights[t * STATES + 1] = 1 - weights[t * STATES];
        }
        StateConstraint average = StateConstraint.varying("average=0", Relation.EQUAL, Matrix.of(n, STATES, weights), Vector.filled(n, 0), 0);
        StateSpaceModel model = model(sample, known(), 0, 0, 1e-4);
        FilterResult held = filter(engine, model.withConstraints(List.of(average)), sample);
        SmootherResult smoothed = smooth(held);
        FilterResult zero = filter(engine, model.withConstraints(List.of(row("x0=0", 0, 0, 1, 0, 0), row("x1=0", 0, 0, 0, 1, 0))), sample);
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < 2; i++) {
                assertThat(smoothed.smoothed().mean(t, i)).isCloseTo(0, Offset.offset(1e-12));
                assertThat(smoothed.smoothed().covariance(t, i, i)).isCloseTo(0, Offset.offset(1e-12));
            }
            assertThat(smoothed.smoothed().mean(t, 2)).isCloseTo(smooth(zero).smoothed().mean(t, 2), Offset.offset(1e-10));
        }
        assertThat(held.filtered().covariance(n - 1, 2, 2)).isCloseTo(zero.filtered().covariance(n - 1, 2, 2), Offset.offset(1e-12));
        double value = engine.evaluator(sample, ModelTemplate.of(sample.states(), known(), Transition.randomWalk(STATES)).withConstraints(List.of(average)))
                .value(Covariance.diagonal(0, 0, 1e-4).toPacked(), new double[] {1.6e-5});
        assertThat(value).isCloseTo(held.logLikelihood(), Offset.offset(1e-9));
    }

    /** And what isn't rounding still contradicts. */
    @Test
    void rowsThatHoldStaticStatesElsewhereAreRefused() {
        Sample sample = sample(9, 6);
        double[] weights = new Random(17).doubles(9 * STATES, 0.1, 1).toArray();
        StateConstraint moving = StateConstraint.varying("moving=1e-6", Relation.EQUAL, Matrix.of(9, STATES, weights), Vector.filled(9, 1e-6), 0);
        assertThatThrownBy(() -> filter(new UdEngine(), model(sample, known(), 0, 0, 0).withConstraints(List.of(moving)), sample))
                .isInstanceOf(NumericalException.class).hasMessageContaining("gap of constraint moving=1e-6 on " + sample.date(3));
    }

    /** The model itself may exclude a row: a state that never moves and is known. */
    @Test
    void aRowTheModelLeavesNoRoomForIsNamedWithItsDate() {
        Sample sample = sample(5, 1);
        StateSpaceModel fixed = model(sample, InitialState.known(Vector.of(0.4, 0.4, 0.1), Covariance.scalar(3, 0)), 0, 0, 0);
        assertThatThrownBy(() -> filter(new UdEngine(), fixed.withConstraints(List.of(row("sum=1", 1, 0, 1, 1, 1))), sample))
                .isInstanceOf(NumericalException.class).hasMessageContaining("gap of constraint sum=1 on " + sample.date(0));
    }

    /** Whether or not Q moves the sum: of singular Q every row but the first is known already. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tenThousandDatesKeepTheSum(boolean singular) {
        int n = 10_000;
        Sample sample = sample(n, 17);
        double third = singular ? -1e-4 / 2 : 2e-5;
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.diffuse(STATES), Transition.randomWalk(STATES),
                Noise.constant(Covariance.ofPacked(3, new double[] {1e-4, third, 1e-4, third, third, 1e-4})), Noise.constant(Covariance.diagonal(1.6e-5)))
                .withConstraints(List.of(row("sum=1", 1, 0, 1, 1, 1), row("0.3*x0+0.7*x2=0.4", 0.4, 0, 0.3, 0, 0.7)));
        FilterResult pass = filter(new UdEngine(), model, sample);
        SmootherResult smoothed = smooth(pass);
        for (StatePath path : List.of(pass.predicted(), pass.filtered(), smoothed.smoothed())) {
            for (int t = path == pass.predicted() ? 1 : 0; t < n; t++) {
                assertThat(Math.abs(path.mean(t, 0) + path.mean(t, 1) + path.mean(t, 2) - 1)).as("%s t=%s", path.knows(), t).isLessThan(1e-12);
                assertThat(Math.abs(0.3 * path.mean(t, 0) + 0.7 * path.mean(t, 2) - 0.4)).as("%s t=%s", path.knows(), t).isLessThan(1e-12);
            }
        }
    }

    /** Said 500 times of constants, from a variance of 1e7: what substitution says once. */
    @ParameterizedTest
    @MethodSource("engines")
    void aConstraintOnConstantsSaidOnEveryDate(FilterEngine engine) {
        IllConditioned one = IllConditioned.known().get(7);
        assertThat(one.name()).startsWith("8 sum is one");
        int n = IllConditioned.DATES;
        double[][] x = new double[3][n];
        double[][] z = new double[2][n];
        double[] rest = new double[n];
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < 3; i++) {
                x[i][t] = one.h()[t][i];
            }
            z[0][t] = x[0][t] - x[2][t];
            z[1][t] = x[1][t] - x[2][t];
            rest[t] = one.y()[t] - x[2][t];
        }
        List<LocalDate> dates = IntStream.range(0, n).mapToObj(t -> LocalDate.of(2000, 1, 1).plusDays(t)).toList();
        Sample sample = Sample.builder(ReturnPanel.builder(dates).column("y", one.y()).column("x0", x[0]).column("x1", x[1]).column("x2", x[2]).build())
                .target("y", List.of("x0", "x1", "x2")).build();
        Sample substituted = Sample.builder(ReturnPanel.builder(dates).column("y", rest).column("z0", z[0]).column("z1", z[1]).build())
                .target("y", List.of("z0", "z1")).build();
        double kappa = 1e7; // N(0, kappa I) given sum = 1: mean 1/3, kappa (I - 1 1'/3)
        StateSpaceModel two = StateSpaceModel.of(substituted.states(), InitialState.known(Vector.of(1 / 3.0, 1 / 3.0),
                Covariance.ofPacked(2, new double[] {kappa * 2 / 3, -kappa / 3, kappa * 2 / 3})), Transition.randomWalk(2),
                Noise.constant(Covariance.scalar(2, 0)), one.model().observationNoise());
        FilterResult pass = filter(engine, one.model().withConstraints(List.of(row("sum=1", 1, 0, 1, 1, 1))), sample);
        FilterResult wanted = filter(new UdEngine(), two, substituted);
        assertThat(pass.logLikelihood()).isCloseTo(wanted.logLikelihood(), Offset.offset(1e-9));
        for (int t = 0; t < n; t++) {
            double tolerance = 1e-9 * (1 + Math.sqrt(wanted.filtered().covariance(t, 0, 0)));
            assertThat(pass.filtered().mean(t, 0)).as("t=%s", t).isCloseTo(wanted.filtered().mean(t, 0), Offset.offset(tolerance));
            assertThat(pass.filtered().covariance(t, 1, 1)).as("t=%s", t)
                    .isCloseTo(wanted.filtered().covariance(t, 1, 1), Offset.offset(1e-9 * wanted.filtered().covariance(t, 1, 1)));
            assertThat(Math.abs(pass.filtered().mean(t, 0) + pass.filtered().mean(t, 1) + pass.filtered().mean(t, 2) - 1)).isLessThan(1e-12);
        }
    }

    @Test
    void theCovarianceEngineHandsExactRowsOverAndKeepsTolerantOnes() {
        Sample sample = sample(40, 1);
        StateSpaceModel free = model(sample, known(), 1e-4, 2e-4, 1e-4);
        assertThat(filter(new CovarianceEngine(), free.withConstraints(List.of(row("sum=1", 1, 0, 1, 1, 1))), sample).warnings())
                .containsExactly("engine covariance handed over to ud, as there are exact constraints");
        StateSpaceModel tolerant = free.withConstraints(List.of(row("sum=1~0.02", 1, 0.02, 1, 1, 1)));
        FilterResult fast = filter(new CovarianceEngine(), tolerant, sample);
        FilterResult exact = filter(new UdEngine(), tolerant, sample);
        assertThat(fast.warnings()).isEmpty();
        assertThat(fast.logLikelihood()).isCloseTo(exact.logLikelihood(), Offset.offset(1e-9));
        assertThat(fast.constraintInnovation(7, 0)).isCloseTo(exact.constraintInnovation(7, 0), Offset.offset(1e-12)).isNotZero();
        assertThat(fast.constraintVariance(7, 0)).isCloseTo(exact.constraintVariance(7, 0), Offset.offset(1e-12));
    }

    /** Both engines' evaluators count what their filters count. */
    @ParameterizedTest
    @MethodSource("engines")
    void theLikelihoodOfATemplateIsThatGivenItsConstraints(FilterEngine engine) {
        Sample sample = sample(40, 1);
        StateSpaceModel free = model(sample, InitialState.diffuse(STATES), 1e-4, 2e-4, 1e-4);
        for (double tolerance : new double[] {0, 0.02}) {
            List<StateConstraint> rows = List.of(row("sum=1", 1, tolerance, 1, 1, 1));
            ModelTemplate template = ModelTemplate.of(free.states(), free.initial(), free.transition()).withConstraints(rows);
            LikelihoodEvaluator evaluator = engine.evaluator(sample, template);
            double value = evaluator.value(free.stateNoise().at(0).toPacked(), free.observationNoise().at(0).toPacked());
            assertThat(value).isCloseTo(filter(new UdEngine(), free.withConstraints(rows), sample).logLikelihood(), Offset.offset(1e-9));
            assertThat(Math.abs(value - filter(new UdEngine(), free, sample).logLikelihood())).isGreaterThan(0.1);
        }
    }

    @Test
    void retentionAndBurnInChangeNoNumber() {
        Sample sample = sample(40, 1);
        StateSpaceModel model = model(sample, InitialState.diffuse(STATES), 1e-4, 2e-4, 1e-4).withConstraints(List.of(row("sum=1", 1, 0, 1, 1, 1)));
        FilterResult all = filter(new UdEngine(), model, sample);
        for (Retain retain : Retain.values()) {
            FilterResult pass = new UdEngine().filter(model, sample, FilterOptions.defaults().withRetain(retain), Monitor.NONE);
            assertThat(pass.logLikelihood()).isEqualTo(all.logLikelihood());
            if (retain != Retain.FINAL) {
                assertThat(pass.constraintVariance(9, 0)).isEqualTo(all.constraintVariance(9, 0));
            } else {
                assertThatThrownBy(() -> pass.constraintVariance(9, 0)).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    /** A filter that runs on over dates without y; weights that vary stay as they were, and that is said. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05})
    void forecastsKeepConstraints(double tolerance) {
        Sample whole = sample(30, 5);
        int past = 25;
        ReturnPanel panel = ReturnPanel.builder(whole.dates()).column("y", whole.column("y")).column("x0", whole.column("x0")).column("x1", whole.column("x1"))
                .column("x2", whole.column("x2")).build();
        double[] y = whole.column("y");
        Sample known = Sample.builder(panel.first(past)).target("y", List.of("x0", "x1", "x2")).build();
        Arrays.fill(y, past, 30, Double.NaN);
        Transition t = Transition.ar1(Vector.of(0.9, 0.95, 1));
        List<StateConstraint> rows = List.of(row("sum=1", 1, tolerance, 1, 1, 1));
        StateSpaceModel model = StateSpaceModel.of(whole.states(), known(), t, Noise.constant(Covariance.diagonal(1e-3, 2e-3, 1e-3)),
                Noise.constant(Covariance.diagonal(1.6e-5))).withConstraints(rows);
        FilterResult on = filter(new UdEngine(), model, whole.withTargets(y));
        ReturnPanel future = ReturnPanel.builder(whole.dates().subList(past, 30)).column("x0", Arrays.copyOfRange(whole.column("x0"), past, 30))
                .column("x1", Arrays.copyOfRange(whole.column("x1"), past, 30)).column("x2", Arrays.copyOfRange(whole.column("x2"), past, 30)).build();
        Forecast forecast = new StandardForecaster().forecast(filter(new UdEngine(), model, known), future);
        for (int h = 0; h < 5; h++) {
            double sum = 0;
            for (int i = 0; i < STATES; i++) {
                sum += forecast.states().mean(h, i);
                assertThat(forecast.states().mean(h, i)).isCloseTo(on.predicted().mean(past + h, i), Offset.offset(1e-12));
                assertThat(forecast.states().covariance(h, i, 0)).isCloseTo(on.predicted().covariance(past + h, i, 0), Offset.offset(1e-14));
            }
            assertThat(Math.abs(sum - 1) < 1e-12).isEqualTo(tolerance == 0);
        }
        StateConstraint moving = StateConstraint.varying("w*x0+x1=1", Relation.EQUAL,
                Matrix.of(past, 3, IntStream.range(0, past * 3).mapToDouble(i -> i % 3 == 0 ? 1 + i : i % 3 == 1 ? 1 : 0).toArray()), Vector.filled(past, 1), 0);
        Forecast held = new StandardForecaster().forecast(filter(new UdEngine(), model.withConstraints(List.of(moving)), known), future);
        assertThat(held.warnings()).anyMatch(warning -> warning.contains("the constraint w*x0+x1=1 varies: it is carried on as on the last date"));
        assertThat((1 + 3.0 * (past - 1)) * held.states().mean(4, 0) + held.states().mean(4, 1)).isCloseTo(1, Offset.offset(1e-12));
    }

    /** Paths given y, and data drawn from the model, satisfy exact rows; their means are the smoother's. */
    @Test
    void drawsKeepConstraints() {
        int n = 15;
        Sample sample = sample(n, 5);
        StateConstraint sum = row("sum=1", 1, 0, 1, 1, 1);
        StateConstraint tolerant = row("x0-x1=0~0.1", 0, 0.1, 1, -1, 0);
        StateSpaceModel model = model(sample, known(), 4e-3, 2e-3, 1e-3).withConstraints(List.of(sum, tolerant));
        FilterResult pass = filter(new UdEngine(), model, sample);
        int draws = 4000;
        PosteriorPaths paths = new StandardSimulator().posterior(pass, draws, 7, Monitor.NONE);
        StatePath smoothed = smooth(pass).smoothed();
        double[] blank = new double[n];
        Arrays.fill(blank, Double.NaN);
        StatePath prior = smooth(filter(new UdEngine(), model, sample.withTargets(blank))).smoothed();
        double[][] means = new double[2][n * STATES];
        double[][] squares = new double[2][n * STATES];
        for (int d = 0; d < draws; d++) {
            Simulation simulation = new StandardSimulator().simulate(model, sample, 1000 + d);
            for (int t = 0; t < n; t++) {
                double posterior = 0;
                double simulated = 0;
                for (int i = 0; i < STATES; i++) {
                    double[] values = {paths.beta(d, t, i), simulation.beta(t, i)};
                    posterior += values[0];
                    simulated += values[1];
                    for (int of = 0; of < 2; of++) {
                        means[of][t * STATES + i] += values[of] / draws;
                        squares[of][t * STATES + i] += values[of] * values[of] / draws;
                    }
                }
                assertThat(posterior).isCloseTo(1, Offset.offset(1e-12));
                assertThat(simulated).isCloseTo(1, Offset.offset(1e-12));
            }
        }
        for (int of = 0; of < 2; of++) {
            StatePath wanted = of == 0 ? smoothed : prior;
            for (int at = 0; at < n * STATES; at++) {
                double deviation = wanted.standardDeviation(at / STATES, at % STATES);
                assertThat(means[of][at]).as("mean %s", at).isCloseTo(wanted.mean(at / STATES, at % STATES), Offset.offset(5 * deviation / Math.sqrt(draws)));
                assertThat(Math.sqrt(squares[of][at] - means[of][at] * means[of][at])).as("deviation %s", at)
                        .isCloseTo(deviation, Offset.offset(5 * deviation / Math.sqrt(2 * draws)));
            }
        }
        Simulation again = new StandardSimulator().simulate(model, sample, 1000);
        assertThat(again.beta(n - 1, 0)).isEqualTo(new StandardSimulator().simulate(model, sample, 1000).beta(n - 1, 0));
    }

    /** Q of a discount is what was added in the step, before the rows took their part. */
    @Test
    void aDiscountUnderConstraints() {
        Sample sample = sample(20, 5);
        StateConstraint tolerant = row("sum=1~0.1", 1, 0.1, 1, 1, 1);
        StateSpaceModel discount = StateSpaceModel.of(sample.states(), known(), Transition.randomWalk(STATES), Noise.discount(STATES, 0.95),
                Noise.constant(Covariance.diagonal(1.6e-5))).withConstraints(List.of(tolerant));
        FilterResult pass = filter(new UdEngine(), discount, sample);
        Noise same = Noise.varying(IntStream.range(0, 20).mapToObj(pass::stateNoise).toList());
        FilterResult given = filter(new UdEngine(), StateSpaceModel.of(sample.states(), known(), Transition.randomWalk(STATES), same,
                Noise.constant(Covariance.diagonal(1.6e-5))).withConstraints(List.of(tolerant)), sample);
        assertThat(given.logLikelihood()).isCloseTo(pass.logLikelihood(), Offset.offset(1e-9));
        StatePath smoothed = smooth(pass).smoothed();
        StatePath wanted = smooth(given).smoothed();
        // a discount looks back along P alone, another smoother than that of the Q it came to, but for the last date
        assertThat(smoothed.mean(19, 0)).isCloseTo(wanted.mean(19, 0), Offset.offset(1e-9));
    }
}
