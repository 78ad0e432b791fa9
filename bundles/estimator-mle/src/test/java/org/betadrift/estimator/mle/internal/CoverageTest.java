package org.betadrift.estimator.mle.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PathOptions;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.filter.Simulation;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.StatePath;
import org.betadrift.filter.internal.ConvexPath;
import org.betadrift.filter.internal.CovarianceEngine;
import org.betadrift.filter.internal.FixedIntervalSmoother;
import org.betadrift.filter.internal.StandardSimulator;
import org.betadrift.filter.internal.UdEngine;
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

/**
 * How often 90 % bands hold the true exposure when Q and R come from {@code mle}, which they take for true: funds whose exposures are drawn
 * from the constrained model itself. 20 of them, 200 with {@code -Pfull}. The figures are printed. With the true Q and R bands cover what
 * they say, 87 to 93 % (90.2 under sum = 1, 89.5 under long-only). With estimated ones they don't: what is asserted there is that figures are no nonsense. Under sum = 1 alone it was
 * 82 % of 200 funds (asserted: 75 to 95), as Q is too small or zero in some of them. Under long-only it was 68 % (asserted: 55 to 95): paths
 * that may not leave the simplex wander less than their Q says, so an estimator that doesn't know the inequalities finds a Q too small.
 */
class CoverageTest {
    private static final int FUNDS = Integer.getInteger("betadrift.cases", 60) >= 500 ? 200 : 20;
    private static final int DATES = 120;
    private static final int FACTORS = 3;
    private static final double NOISE = 0.01;
    private static final double Z = 1.6448536269514722; // 95 % of a standard normal
    private static final FilterEngine SEARCH = new CovarianceEngine();

    private final Sample layout = sample(IntStream.range(0, DATES * FACTORS).mapToDouble(i -> Double.NaN).toArray(), 0);

    /** y of these exposures, n x K; NaN for a layout. */
    private static Sample sample(double[] beta, long seed) {
        Random factors = new Random(1000);
        Random noise = new Random(2000 + seed);
        List<LocalDate> dates = IntStream.range(0, DATES).mapToObj(t -> LocalDate.of(2015, 1, 2).plusWeeks(t)).toList();
        double[][] x = new double[FACTORS][DATES];
        double[] y = new double[DATES];
        for (int t = 0; t < DATES; t++) {
            y[t] = NOISE * noise.nextGaussian();
            for (int k = 0; k < FACTORS; k++) {
                x[k][t] = 0.02 * factors.nextGaussian();
                y[t] += x[k][t] * beta[t * FACTORS + k];
            }
        }
        ReturnPanel.Builder panel = ReturnPanel.builder(dates).column("y", y);
        List<String> names = new ArrayList<>();
        for (int k = 0; k < FACTORS; k++) {
            names.add("x" + k);
            panel.column("x" + k, x[k]);
        }
        return Sample.builder(panel.build()).target("y", names).build();
    }

    private static List<StateConstraint> sumToOne() {
        return List.of(StateConstraint.of("sum=1", Relation.EQUAL, Vector.filled(FACTORS, 1), 1, 0));
    }

    private static List<StateConstraint> longOnly() {
        List<StateConstraint> all = new ArrayList<>(sumToOne());
        for (int k = 0; k < FACTORS; k++) {
            double[] one = new double[FACTORS];
            one[k] = 1;
            all.add(StateConstraint.of("long-only", Relation.AT_LEAST, Vector.of(one), 0, 0));
        }
        return all;
    }

    private static StateSpaceModel model(Sample sample, Noise q, Noise r) {
        return StateSpaceModel.of(sample.states(), start(), Transition.randomWalk(FACTORS), q, r);
    }

    private static InitialState start() {
        return InitialState.known(Vector.filled(FACTORS, 1.0 / FACTORS), Covariance.scalar(FACTORS, 0.1));
    }

    private StateSpaceModel truth() {
        return model(layout, Noise.constant(Covariance.scalar(FACTORS, 4e-3)), Noise.constant(Covariance.diagonal(NOISE * NOISE)));
    }

    /** As a run does: Q and R know the equality only. */
    private static StateSpaceModel fitted(Sample sample) {
        JointNoise both = Strategies.mle(EstimationContext.of(sample, Transition.randomWalk(FACTORS), SEARCH).withInitialState(start())
                .withConstraints(sumToOne())).value();
        return model(sample, both.stateNoise(), both.observationNoise());
    }

    private static double coverage(String what, int covered, double width) {
        double part = (double) covered / (FUNDS * DATES * FACTORS);
        System.out.println(String.format(Locale.ROOT, "coverage of 90 %% bands, %d funds, %s: %.4f, mean width %.3f", FUNDS, what, part,
                width / (FUNDS * DATES * FACTORS)));
        return part;
    }

    @Test
    void longOnlyPaths() {
        ConvexPath estimator = new ConvexPath();
        int thinned = 25;
        PosteriorPaths truths = estimator.estimate(truth().withConstraints(longOnly()), layout, PathOptions.defaults().withDraws(thinned * FUNDS, 11), Monitor.NONE)
                .draws().orElseThrow();
        assertThat(longOnly("long-only, path, true Q and R", truths, thinned, sample -> model(sample, truth().stateNoise(), truth().observationNoise())))
                .isBetween(0.87, 0.93);
        assertThat(longOnly("long-only, path, Q and R by mle", truths, thinned, CoverageTest::fitted)).isBetween(0.55, 0.95);
    }

    private static double longOnly(String what, PosteriorPaths truths, int thinned, Function<Sample, StateSpaceModel> fit) {
        ConvexPath estimator = new ConvexPath();
        int covered = 0;
        double width = 0;
        for (int fund = 0; fund < FUNDS; fund++) {
            int draw = thinned * fund + thinned - 1;
            Sample sample = sample(IntStream.range(0, DATES * FACTORS).mapToDouble(i -> truths.beta(draw, i / FACTORS, i % FACTORS)).toArray(), fund);
            PathResult path = estimator.estimate(fit.apply(sample).withConstraints(longOnly()), sample, PathOptions.defaults().withDraws(400, fund), Monitor.NONE);
            for (int t = 0; t < DATES; t++) {
                for (int k = 0; k < FACTORS; k++) {
                    covered += path.band(t, k, 0.9).contains(truths.beta(draw, t, k)) ? 1 : 0;
                    width += path.band(t, k, 0.9).width();
                }
            }
        }
        return coverage(what, covered, width);
    }

    @Test
    void sumToOneSmoothed() {
        assertThat(sumToOne("sum = 1, smoother, true Q and R", sample -> model(sample, truth().stateNoise(), truth().observationNoise())))
                .isBetween(0.87, 0.93);
        assertThat(sumToOne("sum = 1, smoother, Q and R by mle", CoverageTest::fitted)).isBetween(0.75, 0.95);
    }

    private double sumToOne(String what, Function<Sample, StateSpaceModel> fit) {
        int covered = 0;
        double width = 0;
        for (int fund = 0; fund < FUNDS; fund++) {
            Simulation its = new StandardSimulator().simulate(truth().withConstraints(sumToOne()), layout, 100 + fund);
            Sample sample = sample(IntStream.range(0, DATES * FACTORS).mapToDouble(i -> its.beta(i / FACTORS, i % FACTORS)).toArray(), 500 + fund);
            StateSpaceModel model = fit.apply(sample).withConstraints(sumToOne());
            StatePath smoothed = new FixedIntervalSmoother().smooth(new UdEngine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE),
                    SmootherOptions.defaults(), Monitor.NONE).smoothed();
            for (int t = 0; t < DATES; t++) {
                for (int k = 0; k < FACTORS; k++) {
                    covered += Math.abs(its.beta(t, k) - smoothed.mean(t, k)) <= Z * smoothed.standardDeviation(t, k) ? 1 : 0;
                    width += 2 * Z * smoothed.standardDeviation(t, k);
                }
            }
        }
        return coverage(what, covered, width);
    }
}
