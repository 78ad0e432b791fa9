package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PathOptions;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.filter.Simulation;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;

/** Quantiles and means of the truncated posterior beside numeric integration, rejection and simulated truths. */
class TruncatedDrawsTest {
    private static final int DRAWS = 4000;

    private static PathResult estimate(StateSpaceModel model, Sample sample, int draws, long seed) {
        return new ConvexPath().estimate(model, sample, PathOptions.defaults().withDraws(draws, seed), Monitor.NONE);
    }

    /** The part of a density over a square that lies below x, for the quantiles a result gives: within 4 standard errors. */
    private static void requireQuantiles(PathResult result, int t, int k, boolean first, DoubleBinaryOperator density, double from, double to) {
        int steps = 1500;
        double width = (to - from) / steps;
        double[] marginal = new double[steps];
        double whole = 0;
        for (int i = 0; i < steps; i++) {
            for (int j = 0; j < steps; j++) {
                double x = from + (i + 0.5) * width;
                double other = from + (j + 0.5) * width;
                marginal[i] += first ? density.applyAsDouble(x, other) : density.applyAsDouble(other, x);
            }
            whole += marginal[i];
        }
        for (double level : new double[] {0.9, 0.5}) {
            for (double p : new double[] {(1 - level) / 2, (1 + level) / 2}) {
                double x = p < 0.5 ? result.band(t, k, level).lower() : result.band(t, k, level).upper();
                double below = 0;
                for (int i = 0; i < steps; i++) {
                    below += marginal[i] * Math.max(0, Math.min(1, (x - from) / width - i));
                }
                double error = Math.sqrt(p * (1 - p) / result.effectiveDraws(t, k));
                assertThat(below / whole).as("probability below the %s quantile of state %s at t=%s", p, k, t).isCloseTo(p, Offset.offset(4 * error + 1e-3));
            }
        }
    }

    private static double gauss(double x, double variance) {
        return Math.exp(-x * x / (2 * variance));
    }

    private static Sample ones(int n, int k, double... y) {
        ReturnPanel.Builder panel = ReturnPanel.builder(PathFixtures.weeks(n)).column("y", y);
        List<String> names = IntStream.range(0, k).mapToObj(i -> "x" + i).toList();
        for (int i = 0; i < k; i++) {
            panel.column(names.get(i), IntStream.range(0, n).mapToDouble(t -> 1).toArray());
        }
        return Sample.builder(panel.build()).target("y", names).build();
    }

    /** One truncated normal: N(0.3, 1) of which only what is above 1 is left. */
    @Test
    void oneTruncatedNormal() {
        Sample sample = ones(1, 1, Double.NaN);
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.of(0.3), Covariance.scalar(1, 0.7)), Transition.randomWalk(1),
                Noise.constant(Covariance.scalar(1, 0.3)), Noise.constant(Covariance.diagonal(1))).withConstraints(List.of(PathFixtures.on(1, 0, Relation.AT_LEAST, 1)));
        PathResult result = estimate(model, sample, DRAWS, 7);
        assertThat(result.mode().mean(0, 0)).isCloseTo(1, Offset.offset(1e-12));
        assertThat(result.effectiveDraws(0, 0)).isGreaterThan(DRAWS / 4.0);
        requireQuantiles(result, 0, 0, true, (x, other) -> x < 1 ? 0 : gauss(x - 0.3, 1), 0, 8);
    }

    /** Two dates of one exposure with y, one bound each; under a known and under a diffuse start. */
    @Test
    void twoDates() {
        Sample sample = ones(2, 1, -0.4, 0.9);
        List<StateConstraint> bounds = List.of(PathFixtures.on(1, 0, Relation.AT_LEAST, 0), PathFixtures.on(1, 0, Relation.AT_MOST, 0.6));
        for (InitialState start : List.of(InitialState.known(Vector.of(0.2), Covariance.scalar(1, 0.5)), InitialState.diffuse(1))) {
            StateSpaceModel model = StateSpaceModel.of(sample.states(), start, Transition.randomWalk(1), Noise.constant(Covariance.scalar(1, 0.1)),
                    Noise.constant(Covariance.diagonal(0.2))).withConstraints(bounds);
            PathResult result = estimate(model, sample, DRAWS, 8);
            DoubleBinaryOperator density = (a, b) -> a < 0 || b < 0 || a > 0.6 || b > 0.6 ? 0 : (start.hasDiffuse() ? 1 : gauss(a - 0.2, 0.6))
                    * gauss(b - a, 0.1) * gauss(-0.4 - a, 0.2) * gauss(0.9 - b, 0.2);
            requireQuantiles(result, 0, 0, true, density, -0.1, 0.7);
            requireQuantiles(result, 1, 0, false, density, -0.1, 0.7);
        }
    }

    /** |a| + |2 b| <= 1 on one date: the faces change with the signs. */
    @Test
    void grossLimit() {
        Sample sample = ones(1, 2, 0.5);
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.of(0.4, -0.1), Covariance.diagonal(0.3, 0.2)),
                Transition.randomWalk(2), Noise.constant(Covariance.diagonal(0.1, 0.05)), Noise.constant(Covariance.diagonal(0.2)))
                .withConstraints(List.of(StateConstraint.of("gross", Relation.GROSS_AT_MOST, Vector.of(1, 2), 1, 0)));
        PathResult result = estimate(model, sample, DRAWS, 9);
        DoubleBinaryOperator density = (a, b) -> Math.abs(a) + Math.abs(2 * b) > 1 ? 0
                : gauss(a - 0.4, 0.4) * gauss(b + 0.1, 0.25) * gauss(0.5 - a - b, 0.2);
        requireQuantiles(result, 0, 0, true, density, -1.1, 1.1);
        requireQuantiles(result, 0, 1, false, density, -1.1, 1.1);
    }

    /** A bound and a sum of two exposures, one of which has no noise after its start. */
    @Test
    void staticState() {
        Sample sample = ones(1, 2, 0.3);
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.of(0.1, 0.2), Covariance.diagonal(0.2, 0.3)),
                Transition.randomWalk(2), Noise.constant(Covariance.diagonal(0, 0.05)), Noise.constant(Covariance.diagonal(0.1)))
                .withConstraints(List.of(PathFixtures.on(2, 0, Relation.AT_LEAST, 0.15), StateConstraint.of("sum", Relation.AT_MOST, Vector.of(1, 1), 0.2, 0)));
        PathResult result = estimate(model, sample, DRAWS, 10);
        DoubleBinaryOperator density = (a, b) -> a < 0.15 || a + b > 0.2 ? 0 : gauss(a - 0.1, 0.2) * gauss(b - 0.2, 0.35) * gauss(0.3 - a - b, 0.1);
        requireQuantiles(result, 0, 0, true, density, -2.5, 2.5);
        requireQuantiles(result, 0, 1, false, density, -2.5, 2.5);
    }

    /** Prior paths that stay within the constraints: means and deviations as by throwing away those that don't, over several blocks. */
    @Test
    void agreesWithRejection() {
        int n = 45; // more dates than a block has
        Sample sample = PathFixtures.sample(n, 1, null, 0.01, 1);
        StateSpaceModel one = wandering(sample, 1, 0.5, 0.04, 1e-3);
        StateSpaceModel within = one.withConstraints(List.of(PathFixtures.on(1, 0, Relation.AT_LEAST, 0.3), PathFixtures.on(1, 0, Relation.AT_MOST, 0.9)));
        PathResult result = estimate(within, sample, DRAWS, 3);
        int kept = 0;
        double[] sum = new double[n];
        double[] squares = new double[n];
        for (long seed = 0; seed < 40_000; seed++) {
            double[] path = pathOf(one, sample, seed);
            if (IntStream.range(0, path.length).allMatch(t -> path[t] >= 0.3 && path[t] <= 0.9)) {
                kept++;
                for (int t = 0; t < n; t++) {
                    sum[t] += path[t];
                    squares[t] += path[t] * path[t];
                }
            }
        }
        assertThat(kept).isGreaterThan(2000);
        for (int t = 0; t < n; t += 4) {
            double mean = sum[t] / kept;
            double deviation = Math.sqrt(squares[t] / kept - mean * mean);
            double error = deviation * Math.sqrt(1.0 / kept + 1 / result.effectiveDraws(t, 0));
            assertThat(result.posteriorMean(t, 0)).as("mean at t=%s", t).isCloseTo(mean, Offset.offset(4.5 * error));
            double[] x = result.draws().orElseThrow().across(t, 0);
            double its = result.posteriorMean(t, 0);
            assertThat(Math.sqrt(Arrays.stream(x).map(v -> (v - its) * (v - its)).sum() / x.length)).as("deviation at t=%s", t).isCloseTo(deviation, Offset.offset(4.5 * error));
        }
    }

    private static double[] pathOf(StateSpaceModel model, Sample sample, long seed) {
        Simulation simulation = new StandardSimulator().simulate(model, sample, seed);
        return IntStream.range(0, sample.periods()).mapToDouble(t -> simulation.beta(t, 0)).toArray();
    }

    private static StateSpaceModel wandering(Sample sample, int k, double mean, double start, double q) {
        return StateSpaceModel.of(sample.states(), InitialState.known(Vector.filled(k, mean), Covariance.scalar(k, start)), Transition.randomWalk(k),
                Noise.constant(Covariance.scalar(k, q)), Noise.constant(Covariance.diagonal(1e-4)));
    }

    /**
     * 90 % bands of long-only weights that sum to one cover 87 to 93 % of the dates of funds whose true weights were drawn from that very
     * model; 200 funds with {@code -Pfull}.
     */
    @Test
    void ninetyPercentBandsCoverNinetyPercent() {
        int funds = Integer.getInteger("betadrift.cases", 60) >= 500 ? 200 : 40;
        int n = 60;
        int k = 4;
        Sample layout = PathFixtures.sample(n, k, null, 0.01, 0);
        StateSpaceModel model = wandering(layout, k, 1.0 / k, 0.1, 4e-3).withConstraints(PathFixtures.longOnly(k));
        PosteriorPaths truths = estimate(model, layout, 25 * funds, 11).draws().orElseThrow();
        int covered = 0;
        int all = 0;
        int crossed = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int fund = 0; fund < funds; fund++) {
            double[] truth = PathFixtures.path(truths, 25 * fund + 24);
            Sample sample = PathFixtures.sample(n, k, truth, 0.01, 100 + fund);
            PathResult result = estimate(model, sample, 400, fund);
            PathResult free = estimate(model.withConstraints(PathFixtures.longOnly(k).subList(0, 1)), sample, 100, fund);
            for (int t = 0; t < n; t++) {
                for (int i = 0; i < k; i++, all++) {
                    covered += result.band(t, i, 0.9).contains(truth[t * k + i]) ? 1 : 0;
                    crossed += free.band(t, i, 0.9).lower() < 0 ? 1 : 0;
                    least = Math.min(least, result.effectiveDraws(t, i));
                }
            }
        }
        System.out.printf("coverage of %d funds: %.4f; %.3f of the bands without bounds cross zero; least effective draws of 400: %.0f%n", funds, (double) covered / all,
                (double) crossed / all, least);
        assertThat((double) covered / all).isBetween(0.87, 0.93);
        assertThat((double) crossed / all).as("dates on which the bounds matter").isGreaterThan(0.2);
        assertThat(least).as("effective draws").isGreaterThan(60);
    }
}
