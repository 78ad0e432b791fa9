package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.NumericalException;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of this engine beyond its contract, over seeded random cases; the seed is the test's name. */
class CovarianceEnginePropertiesTest {
    private static final CovarianceEngine ENGINE = new CovarianceEngine();

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    /** A random sample and model: 1 to 5 states, 40 dates, a tenth of y missing. */
    private record Case(double[][] x, double[] y, double[] mean, double[] p0, double[] q, double r) {
        static Case of(long seed) {
            Random random = new Random(seed);
            int k = 1 + random.nextInt(5);
            int n = 40;
            double[][] x = IntStream.range(0, k).mapToObj(i -> random.doubles(n, -0.05, 0.05).toArray()).toArray(double[][]::new);
            double[] y = IntStream.range(0, n).mapToDouble(t -> random.nextInt(10) == 0 ? Double.NaN : 0.02 * random.nextGaussian()).toArray();
            return new Case(x, y, random.doubles(k, -1, 1).toArray(), random.doubles(k, 0.1, 2).toArray(), random.doubles(k, 0, 1e-3).toArray(),
                    random.nextDouble(1e-5, 1e-3));
        }

        Sample sample() {
            ReturnPanel.Builder panel = ReturnPanel.builder(dates(y.length)).column("y", y);
            String[] names = IntStream.range(0, x.length).mapToObj(i -> "x" + i).toArray(String[]::new);
            for (int i = 0; i < x.length; i++) {
                panel.column(names[i], x[i]);
            }
            return Sample.builder(panel.build()).target("y", List.of(names)).build();
        }

        FilterResult filter() {
            return filter(Transition.randomWalk(x.length), FilterOptions.defaults());
        }

        FilterResult filter(Transition transition, FilterOptions options) {
            Sample sample = sample();
            return ENGINE.filter(StateSpaceModel.of(sample.states(), InitialState.known(Vector.of(mean), Covariance.diagonal(p0)), transition,
                    Noise.constant(Covariance.diagonal(q)), Noise.constant(Covariance.diagonal(r))), sample, options, Monitor.NONE);
        }
    }

    /** Q = 0 is recursive least squares: the last state is the ridge regression of everything seen, worked out directly. */
    @ParameterizedTest
    @MethodSource("seeds")
    void withoutStateNoiseItIsRegression(long seed) {
        Case one = Case.of(seed);
        int k = one.x.length;
        FilterResult pass = new Case(one.x, one.y, one.mean, one.p0, new double[k], one.r).filter();
        // (P0^-1 + X'X / r) beta = P0^-1 b0 + X'y / r
        double[][] a = new double[k][k + 1];
        for (int i = 0; i < k; i++) {
            a[i][i] = 1 / one.p0[i];
            a[i][k] = one.mean[i] / one.p0[i];
            for (int t = 0; t < one.y.length; t++) {
                if (!Double.isNaN(one.y[t])) {
                    for (int j = 0; j < k; j++) {
                        a[i][j] += one.x[i][t] * one.x[j][t] / one.r;
                    }
                    a[i][k] += one.x[i][t] * one.y[t] / one.r;
                }
            }
        }
        double[] beta = solve(a);
        for (int i = 0; i < k; i++) {
            assertThat(pass.filtered().last().get(i)).isCloseTo(beta[i], Offset.offset(1e-9));
        }
    }

    /** The general T gives what the fast path gives. */
    @ParameterizedTest
    @MethodSource("seeds")
    void denseTransitionAgreesWithTheFastPath(long seed) {
        Case one = Case.of(seed);
        int k = one.x.length;
        double[] almost = Matrix.identity(k).toArray();
        almost[0] = Math.nextUp(1.0);
        double dense = one.filter(Transition.fixed(Matrix.of(k, k, almost)), FilterOptions.defaults()).logLikelihood();
        assertClose(dense, one.filter().logLikelihood(), 100);
    }

    @Test
    void anImpossibleObservationIsNamedWithItsDate() {
        Case certain = new Case(new double[][] {{0.1, 0.1}}, new double[] {1, 2}, new double[] {0}, new double[] {0}, new double[] {0}, 0);
        assertThatThrownBy(certain::filter).isInstanceOfSatisfying(NumericalException.class, e -> {
            assertThat(e.date()).contains(LocalDate.of(2020, 1, 3));
            assertThat(e.value()).isEqualTo(1);
        }).hasMessageContaining("the innovation on 2020-01-03 is 1.0: the model foretells this observation without any doubt (S = 0)");
        Case huge = new Case(new double[][] {{1e200}}, new double[] {1}, new double[] {0}, new double[] {1e200}, new double[] {0}, 1);
        assertThatThrownBy(huge::filter).isInstanceOf(NumericalException.class).hasMessageContaining("Infinity");
    }

    @Test
    void refusesWhatIsNotItsBusiness() {
        Case one = Case.of(1);
        Sample sample = one.sample();
        int k = one.x.length;
        Noise q = Noise.constant(Covariance.scalar(k, 1));
        Noise r = Noise.constant(Covariance.scalar(1, 1));
        InitialState known = InitialState.known(Vector.of(one.mean), Covariance.scalar(k, 1));
        Transition walk = Transition.randomWalk(k);
        assertRefused(StateSpaceModel.of(sample.states(), known, walk, q, Noise.constant(Covariance.scalar(2, 1))), sample, "dimension of the observation noise");
        assertRefused(StateSpaceModel.of(sample.states(), known, walk, q, Noise.varying(1, 2, 3)), sample, "dates of the observation noise is 3");
        assertRefused(StateSpaceModel.of(sample.states(), known, Transition.varying(List.of(Matrix.identity(k))), q, r), sample,
                "dates of the transition is 1");
    }

    private static void assertRefused(StateSpaceModel model, Sample sample, String words) {
        assertThatThrownBy(() -> ENGINE.filter(model, sample, FilterOptions.defaults(), Monitor.NONE)).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(words);
    }

    private static List<LocalDate> dates(int n) {
        return IntStream.range(0, n).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
    }

    private static void assertClose(double actual, double expected, double unit) {
        assertThat(actual).isCloseTo(expected, Offset.offset(1e-10 * unit));
    }

    /** Gauss with row pivots; the last column is the right side. */
    private static double[] solve(double[][] a) {
        int k = a.length;
        for (int c = 0; c < k; c++) {
            int best = c;
            for (int i = c; i < k; i++) {
                best = Math.abs(a[i][c]) > Math.abs(a[best][c]) ? i : best;
            }
            double[] row = a[best];
            a[best] = a[c];
            a[c] = row;
            for (int i = 0; i < k; i++) {
                double f = i == c ? 0 : a[i][c] / a[c][c];
                for (int j = 0; j <= k; j++) {
                    a[i][j] -= f * row[j];
                }
            }
        }
        return IntStream.range(0, k).mapToDouble(i -> a[i][k] / a[i][i]).toArray();
    }
}
