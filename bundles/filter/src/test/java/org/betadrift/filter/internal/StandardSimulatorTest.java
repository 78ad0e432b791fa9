package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.NumericalException;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.filter.Retain;
import org.betadrift.filter.Simulation;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.SmootherResult;
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
import org.betadrift.testkit.PathDistribution;
import org.betadrift.testkit.RandomCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of this simulator beyond its contract: longer samples beside the smoother, exact rows, seeds for ever. */
class StandardSimulatorTest {
    private static final StandardSimulator SIMULATOR = new StandardSimulator();
    private static final int DRAWS = 20_000;

    /** Kinds of models of three states; a missing date or two in each. */
    enum Kind {
        WALK(Transition.randomWalk(3), false), DIFFUSE_WALK(Transition.randomWalk(3), true),
        COUPLED(coupled(), false), DIFFUSE_COUPLED(coupled(), true),
        SINGULAR(Transition.ar1(Vector.of(0, 0.9, 1)), false), DIFFUSE_SINGULAR(Transition.ar1(Vector.of(0, 0.9, 1)), true),
        ONE_FOR_ALL(Transition.fixed(Matrix.of(3, 3, 0.5, 0.5, 0, 0.5, 0.5, 0, 0.5, 0.5, 0)), false);

        private final Transition transition;
        private final boolean diffuse;

        Kind(Transition transition, boolean diffuse) {
            this.transition = transition;
            this.diffuse = diffuse;
        }

        private static Transition coupled() {
            return Transition.fixed(Matrix.of(3, 3, 0.9, 0.2, 0, 0, 0.8, 0.1, -0.1, 0, 1)).withConstant(Vector.of(0.1, 0, -0.2));
        }

        StateSpaceModel model(Sample sample) {
            InitialState start = diffuse ? InitialState.diffuse(3) : InitialState.known(Vector.of(1, 0.5, 0), Covariance.ofPacked(3, 1, 0.3, 1, 0, 0.2, 0.5));
            // a full Q of rank two: the last state has no noise of its own
            return StateSpaceModel.of(sample.states(), start, transition, Noise.constant(Covariance.ofPacked(3, 0.02, 0.01, 0.03, 0, 0, 0)),
                    Noise.constant(Covariance.diagonal(0.5)));
        }
    }

    private static Sample sample(int n) {
        return sample(n, t -> t % 9 == 5 ? Double.NaN : StrictMath.sin(t));
    }

    private static Sample sample(int n, IntToDoubleFunction y) {
        ReturnPanel panel = ReturnPanel.builder(IntStream.range(0, n).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList())
                .column("y", IntStream.range(0, n).mapToDouble(y).toArray())
                .column("a", IntStream.range(0, n).mapToDouble(t -> StrictMath.cos(3 * t)).toArray())
                .column("b", IntStream.range(0, n).mapToDouble(t -> StrictMath.sin(5 * t + 1)).toArray())
                .column("c", IntStream.range(0, n).mapToDouble(t -> StrictMath.cos(7 * t + 2)).toArray()).build();
        return Sample.builder(panel).target("y", List.of("a", "b", "c")).build();
    }

    private static FilterResult filter(StateSpaceModel model, Sample sample) {
        return new UdEngine().filter(model, sample, FilterOptions.defaults().withRetain(Retain.MEANS), Monitor.NONE);
    }

    /** The smoother's means, covariances and lag-one covariances, each to five standard errors of 20,000 paths over 40 dates. */
    @ParameterizedTest
    @EnumSource
    void pathsAgreeWithTheSmoother(Kind kind) {
        Sample sample = sample(40);
        FilterResult pass = filter(kind.model(sample), sample);
        SmootherResult smoothed = new FixedIntervalSmoother().smooth(pass, SmootherOptions.defaults().withLagOneCovariances(), Monitor.NONE);
        PosteriorPaths paths = SIMULATOR.posterior(pass, DRAWS, 7, Monitor.NONE);
        double[][][] values = IntStream.range(0, 40).mapToObj(t -> IntStream.range(0, 3).mapToObj(k -> off(paths.across(t, k), smoothed.smoothed().mean(t, k)))
                .toArray(double[][]::new)).toArray(double[][][]::new);
        for (int t = 0; t < 40; t++) {
            for (int k = 0; k < 3; k++) {
                double variance = smoothed.smoothed().covariance(t, k, k);
                requireClose("mean " + k + " at t=" + t, sum(values[t][k]) / DRAWS, 0, Math.sqrt(variance / DRAWS));
                for (int l = 0; l < 3; l++) {
                    requireCovariance("covariance at t=" + t, values[t][k], values[t][l], smoothed.smoothed().covariance(t, k, l), variance,
                            smoothed.smoothed().covariance(t, l, l));
                    if (t + 1 < 40) {
                        requireCovariance("lag-one covariance at t=" + t, values[t][k], values[t + 1][l], smoothed.lagOneCovariance(t, k, l), variance,
                                smoothed.smoothed().covariance(t + 1, l, l));
                    }
                }
            }
        }
    }

    /** The same numbers of the smoother beside one Gaussian vector: what the paths were compared with is right. */
    @ParameterizedTest
    @EnumSource
    void theSmootherAgreesWithOneGaussianVector(Kind kind) {
        Sample sample = sample(14);
        StateSpaceModel model = kind.model(sample);
        PathDistribution expected = PathDistribution.posterior(model, sample);
        SmootherResult smoothed = new FixedIntervalSmoother().smooth(filter(model, sample), SmootherOptions.defaults().withLagOneCovariances(), Monitor.NONE);
        for (int t = 0; t < 14; t++) {
            for (int k = 0; k < 3; k++) {
                assertThat(smoothed.smoothed().mean(t, k)).as("mean %s at t=%s", k, t).isCloseTo(expected.mean(t, k), Offset.offset(1e-9));
                for (int l = 0; l < 3; l++) {
                    assertThat(smoothed.smoothed().covariance(t, k, l)).as("covariance %s, %s at t=%s", k, l, t)
                            .isCloseTo(expected.covariance(t, k, t, l), Offset.offset(1e-9));
                    if (t + 1 < 14) {
                        assertThat(smoothed.lagOneCovariance(t, k, l)).as("lag-one covariance %s, %s at t=%s", k, l, t)
                                .isCloseTo(expected.covariance(t, k, t + 1, l), Offset.offset(1e-9));
                    }
                }
            }
        }
    }

    private static double[] off(double[] values, double mean) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i] - mean).toArray();
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static void requireCovariance(String what, double[] a, double[] b, double expected, double varianceA, double varianceB) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        requireClose(what, sum / a.length, expected, Math.sqrt((varianceA * varianceB + expected * expected) / a.length));
    }

    private static void requireClose(String what, double is, double expected, double error) {
        assertThat(is).as(what).isCloseTo(expected, Offset.offset(5 * error + 1e-12));
    }

    /** A static state is the same number on every date of a path, not almost. */
    @Test
    void aStateWithoutNoiseNeverMoves() {
        Sample sample = sample(200);
        PosteriorPaths paths = SIMULATOR.posterior(filter(Kind.DIFFUSE_WALK.model(sample), sample), 70, 1, Monitor.NONE);
        for (int draw = 0; draw < 70; draw++) {
            assertThat(paths.path(draw, 2)).containsOnly(paths.beta(draw, 0, 2));
            assertThat(paths.path(draw, 0)).doesNotHaveDuplicates();
        }
    }

    /** An observation without noise holds on its date in every path, be it under a diffuse start and a general T. */
    @ParameterizedTest
    @EnumSource(names = {"WALK", "DIFFUSE_WALK", "DIFFUSE_COUPLED"})
    void exactRowsHoldInEveryPath(Kind kind) {
        Sample sample = sample(30);
        StateSpaceModel noisy = kind.model(sample);
        StateSpaceModel exact = StateSpaceModel.of(noisy.states(), noisy.initial(), noisy.transition(), Noise.constant(Covariance.scalar(3, 0.1)),
                Noise.varying(IntStream.range(0, 30).mapToDouble(t -> t % 2 == 0 ? 0 : 0.5).toArray()));
        PosteriorPaths paths = SIMULATOR.posterior(filter(exact, sample), 100, 3, Monitor.NONE);
        for (int draw = 0; draw < 100; draw++) {
            for (int t = 0; t < 30; t += 2) {
                double fitted = 0;
                for (int k = 0; k < 3; k++) {
                    fitted += sample.h(t, 0, k) * paths.beta(draw, t, k);
                }
                if (!Double.isNaN(sample.y(t, 0))) {
                    assertThat(fitted).as("draw %s at t=%s", draw, t).isCloseTo(sample.y(t, 0), Offset.offset(1e-12));
                }
            }
        }
    }

    /** Paths come in blocks: the borders are nowhere to be seen. */
    @Test
    void blocksOfPathsDontShow() {
        Sample sample = sample(12);
        FilterResult pass = filter(Kind.DIFFUSE_COUPLED.model(sample), sample);
        PosteriorPaths many = SIMULATOR.posterior(pass, 200, 5, Monitor.NONE);
        for (int draws : new int[] {1, 63, 64, 65, 129}) {
            PosteriorPaths few = SIMULATOR.posterior(pass, draws, 5, Monitor.NONE);
            assertThat(few.path(draws - 1, 1)).isEqualTo(many.path(draws - 1, 1));
        }
    }

    /** For ever: a user's seeds must mean tomorrow what they mean today. */
    @Test
    void numbersOfASeedAreFixed() {
        Sample sample = sample(20);
        Simulation simulation = SIMULATOR.simulate(Kind.COUPLED.model(sample), sample, 2024);
        PosteriorPaths paths = SIMULATOR.posterior(filter(Kind.DIFFUSE_COUPLED.model(sample), sample), 3, 2024, Monitor.NONE);
        assertThat(new double[] {simulation.beta(19, 0), simulation.y(19, 0)}).containsExactly(-2.215766913202101, 0.5803076563785496);
        // the forward pass may be rounded otherwise one day
        assertThat(new double[] {paths.beta(2, 0, 0), paths.beta(2, 19, 2)})
                .containsExactly(new double[] {0.1007331851081385, -1.634960760445395}, Offset.offset(1e-12));
    }

    /** Of three diffuse states T keeps one sum and y tells one more: of the first date something stays unknown, though of every later one nothing. */
    @Test
    void refusesPathsThatNobodyKnows() {
        Sample sample = sample(20);
        StateSpaceModel known = Kind.ONE_FOR_ALL.model(sample);
        FilterResult pass = filter(StateSpaceModel.of(known.states(), InitialState.diffuse(3), known.transition(), known.stateNoise(),
                known.observationNoise()), sample);
        assertThat(pass.filtered().last().get(0)).isFinite();
        assertThatThrownBy(() -> SIMULATOR.posterior(pass, 1, 1, Monitor.NONE)).isInstanceOf(InvalidInputException.class).hasMessage("variance of state a on "
                + "2020-01-03 is infinite, but the start is diffuse and y never tells of it: give it a known start or begin with a later date");
    }

    /** R between the targets of a date: the noise is y less H beta. */
    @Test
    void noisesOfTargetsAreCorrelated() {
        RandomCase one = RandomCase.of(4, 3, 300);
        StateSpaceModel model = one.model();
        Sample layout = one.sample();
        double[][] products = new double[3][3];
        int seeds = 60;
        for (int seed = 0; seed < seeds; seed++) {
            Simulation simulation = SIMULATOR.simulate(model, layout, seed);
            for (int t = 0; t < 300; t++) {
                double[] noise = new double[3];
                for (int i = 0; i < 3; i++) {
                    noise[i] = simulation.y(t, i);
                    for (int k = 0; k < layout.states().count(); k++) {
                        noise[i] -= layout.h(t, i, k) * simulation.beta(t, k);
                    }
                }
                for (int i = 0; i < 9; i++) {
                    products[i / 3][i % 3] += noise[i / 3] * noise[i % 3] / (300.0 * seeds);
                }
            }
        }
        Covariance r = model.observationNoise().at(0);
        for (int i = 0; i < 9; i++) {
            double error = r.variance(0) * Math.sqrt(2 / (300.0 * seeds));
            assertThat(products[i / 3][i % 3]).isCloseTo(r.get(i / 3, i % 3), Offset.offset(5 * error));
        }
    }

    @Test
    void fitsTheDatesThereAre() {
        Sample none = sample(0);
        assertThat(SIMULATOR.simulate(Kind.WALK.model(none), none, 1).sample().periods()).isZero();
        assertThat(SIMULATOR.posterior(filter(Kind.DIFFUSE_WALK.model(none), none), 4, 1, Monitor.NONE).draws()).isEqualTo(4);
        Sample one = sample(1);
        assertThat(SIMULATOR.posterior(filter(Kind.WALK.model(one), one), 4, 1, Monitor.NONE).path(3, 0)).hasSize(1);
    }

    @Test
    void errorsSayWhatToDo() {
        Sample sample = sample(2000);
        StateSpaceModel diffuse = Kind.DIFFUSE_WALK.model(sample);
        assertThatThrownBy(() -> SIMULATOR.simulate(diffuse, sample, 1)).isInstanceOf(InvalidInputException.class)
                .hasMessage("start of state a is diffuse, but nothing can be drawn from an infinite variance: give it a known or a stationary start");
        StateSpaceModel explosive = StateSpaceModel.of(sample.states(), Kind.WALK.model(sample).initial(), Transition.ar1(Vector.of(2, 1, 1)),
                diffuse.stateNoise(), diffuse.observationNoise());
        assertThatThrownBy(() -> SIMULATOR.simulate(explosive, sample, 1)).isInstanceOf(NumericalException.class)
                .hasMessageContaining("the simulated state a on 20").hasMessageContaining("overflow");
        FilterResult pass = filter(diffuse, sample);
        assertThatThrownBy(() -> SIMULATOR.posterior(pass, -2, 1, Monitor.NONE)).isInstanceOf(InvalidInputException.class)
                .hasMessage("number of draws is -2, but it counts paths: pass 0 or more");
        assertThatThrownBy(() -> SIMULATOR.posterior(pass, 1_000_000, 1, Monitor.NONE)).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("6000000000 numbers, more than an array holds: draw fewer paths at a time");
    }
}
