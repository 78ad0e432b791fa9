package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PathOptions;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.SharedFolder;
import org.junit.jupiter.api.Test;

class ConvexPathTest {
    private static final PathOptions DEFAULTS = PathOptions.defaults();

    private static PathResult estimate(StateSpaceModel model, Sample sample, PathOptions options) {
        return new ConvexPath().estimate(model, sample, options, Monitor.NONE);
    }

    private static StateSpaceModel wandering(Sample sample, InitialState start, double q, double r) {
        int k = sample.states().count();
        return StateSpaceModel.of(sample.states(), start, Transition.randomWalk(k), Noise.constant(Covariance.scalar(k, q)),
                Noise.constant(Covariance.diagonal(r)));
    }

    /** Real data, 12 strategies: feasible to 1e-9 on every date, optimal to 1e-8, for slow and fast exposures, causal too. */
    @Test
    void fundsOfFundsLongOnly() {
        Sample sample = PathFixtures.edhec(SharedFolder.file("data/edhec_monthly.csv"));
        int k = sample.states().count();
        for (double q : new double[] {1e-4, 1e-3, 1e-2}) {
            for (InitialState start : List.of(InitialState.diffuse(k), InitialState.known(Vector.filled(k, 1.0 / k), Covariance.scalar(k, 0.1)))) {
                PathResult result = estimate(wandering(sample, start, q, 2e-5).withConstraints(PathFixtures.longOnly(k)), sample, DEFAULTS);
                assertThat(PathFixtures.violation(result)).as("violation at q = %s", q).isLessThan(1e-9);
                assertThat(result.kktResidual()).as("residual at q = %s", q).isLessThan(1e-8);
                assertThat(result.logDensityGivenUp()).isGreaterThan(1);
            }
        }
        PathResult causal = estimate(wandering(sample, InitialState.diffuse(k), 1e-3, 2e-5).withConstraints(PathFixtures.longOnly(k)), sample, DEFAULTS.withCausal());
        assertThat(causal.kktResidual()).as("of the worst date").isLessThan(1e-8);
        assertThat(causal.violation()).isLessThan(1e-9);
        assertThat(causal.causal().orElseThrow().mean(0, 0)).as("before y tells of every strategy").isNaN();
        assertThat(causal.causal().orElseThrow().mean(sample.periods() - 1, 3)).isCloseTo(causal.mode().mean(sample.periods() - 1, 3), Offset.offset(1e-10));
    }

    /** 516 weeks of 5 factors, the mode and the causal path, under long-only, a gross limit, and with a static alpha. */
    @Test
    void fiveHundredWeeks() {
        int n = 516;
        int k = 5;
        Sample sample = PathFixtures.sample(n, k, PathFixtures.weights(n, k, 1), 0.005, 1);
        StateSpaceModel model = wandering(sample, InitialState.diffuse(k), 4e-4, 2.5e-5);
        PathResult result = estimate(model.withConstraints(PathFixtures.longOnly(k)), sample, DEFAULTS.withCausal());
        assertThat(PathFixtures.violation(result)).isLessThan(1e-9);
        assertThat(result.kktResidual()).isLessThan(1e-8);
        List<StateConstraint> gross = List.of(PathFixtures.longOnly(k).get(0),
                StateConstraint.of("gross <= 1.05", Relation.GROSS_AT_MOST, Vector.filled(k, 1), 1.05, 0));
        PathResult second = estimate(model.withConstraints(gross), sample, DEFAULTS);
        assertThat(second.kktResidual()).isLessThan(1e-8);
        double priced = 0;
        for (int t = 0; t < n; t++) {
            double sum = 0;
            for (int i = 0; i < k; i++) {
                sum += Math.abs(second.mode().mean(t, i));
            }
            assertThat(sum).as("gross at t=%s", t).isLessThan(1.05 + 1e-9);
            assertThat(sum < 1.05 - 1e-6 && second.shadowPrice(t, 1) > 1e-6).as("a price where it doesn't bind, at t=%s", t).isFalse();
            priced += second.shadowPrice(t, 1);
        }
        assertThat(priced).isPositive();
    }

    /** What a date pays: the log density gained when its bound alone is released a little. */
    @Test
    void shadowPricesAreDerivatives() {
        int n = 120;
        int k = 4;
        Sample sample = PathFixtures.sample(n, k, PathFixtures.weights(n, k, 3), 0.008, 3);
        StateSpaceModel model = wandering(sample, InitialState.diffuse(k), 4e-4, 6.4e-5);
        PathResult result = estimate(model.withConstraints(PathFixtures.longOnly(k)), sample, DEFAULTS);
        int tried = 0;
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < k; i++) {
                if (result.shadowPrice(t, 1 + i) > 0.3 && tried++ < 6) {
                    double step = 1e-5;
                    double gained = released(model, sample, t, i, -step) - released(model, sample, t, i, step);
                    assertThat(result.shadowPrice(t, 1 + i)).as("price of state %s at t=%s", i, t).isCloseTo(gained / (2 * step), Offset.offset(1e-3 * result.shadowPrice(t, 1 + i)));
                }
            }
        }
        assertThat(tried).isGreaterThan(3);
    }

    /** Minus what is given up when the bound of one state on one date is another. */
    private static double released(StateSpaceModel model, Sample sample, int t, int state, double bound) {
        int n = sample.periods();
        int k = sample.states().count();
        List<StateConstraint> constraints = new ArrayList<>(PathFixtures.longOnly(k));
        double[] w = new double[n * k];
        double[] values = new double[n];
        for (int s = 0; s < n; s++) {
            w[s * k + state] = 1;
            values[s] = s == t ? bound : 0;
        }
        constraints.set(1 + state, StateConstraint.varying("one date", Relation.AT_LEAST, Matrix.of(n, k, w), Vector.of(values), 0));
        return -estimate(model.withConstraints(constraints), sample, DEFAULTS).logDensityGivenUp();
    }

    /** Hard equality and long-only on the real path: the equality-only path has negative weights, clipping it is another path. */
    @Test
    void isNotClipping() {
        int n = 120;
        int k = 4;
        Sample sample = PathFixtures.sample(n, k, PathFixtures.weights(n, k, 3), 0.008, 3);
        StateSpaceModel model = wandering(sample, InitialState.diffuse(k), 4e-4, 6.4e-5);
        PathResult free = estimate(model.withConstraints(PathFixtures.longOnly(k).subList(0, 1)), sample, DEFAULTS);
        PathResult mode = estimate(model.withConstraints(PathFixtures.longOnly(k)), sample, DEFAULTS);
        double apart = 0;
        for (int t = 0; t < n; t++) {
            double kept = 0;
            for (int i = 0; i < k; i++) {
                kept += Math.max(0, free.mode().mean(t, i));
            }
            for (int i = 0; i < k; i++) {
                apart = Math.max(apart, Math.abs(Math.max(0, free.mode().mean(t, i)) / kept - mode.mode().mean(t, i)));
            }
        }
        assertThat(apart).isGreaterThan(0.01);
        assertThat(mode.logDensityGivenUp()).isPositive();
    }

    /** Equalities alone: the mode is the mean of the smoother that takes them as rows, exact and with a tolerance, weights by date too. */
    @Test
    void equalitiesAloneAreTheConditionedSmoother() {
        int n = 120;
        int k = 4;
        Sample sample = PathFixtures.sample(n, k, PathFixtures.weights(n, k, 3), 0.008, 3);
        double[] w = new double[n * k];
        double[] right = new double[n];
        for (int i = 0; i < w.length; i++) {
            w[i] = 1 + 0.5 * Math.sin(i);
        }
        Arrays.setAll(right, t -> 0.5 + 0.1 * Math.cos(t));
        StateConstraint sum = PathFixtures.longOnly(k).get(0);
        StateConstraint soft = StateConstraint.varying("soft", Relation.EQUAL, Matrix.of(n, k, w), Vector.of(right), 0.05);
        StateConstraint hard = StateConstraint.varying("hard", Relation.EQUAL, Matrix.of(n, k, w), Vector.of(right), 0);
        for (InitialState start : List.of(InitialState.diffuse(k), InitialState.known(Vector.filled(k, 1.0 / k), Covariance.scalar(k, 0.1)))) {
            for (List<StateConstraint> rows : List.of(List.of(sum), List.of(sum, soft), List.of(sum, hard))) {
                StateSpaceModel model = wandering(sample, start, 4e-4, 6.4e-5).withConstraints(rows);
                StatePath smoothed = new FixedIntervalSmoother().smooth(new UdEngine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE),
                        SmootherOptions.defaults(), Monitor.NONE).smoothed();
                PathResult result = estimate(model, sample, DEFAULTS);
                for (int t = 0; t < n; t++) {
                    for (int i = 0; i < k; i++) {
                        assertThat(result.mode().mean(t, i)).as("%s of state %s at t=%s", rows, i, t).isCloseTo(smoothed.mean(t, i), Offset.offset(1e-8));
                    }
                }
                assertThat(result.logDensityGivenUp()).isZero();
            }
        }
    }

    /**
     * Q within what sum=1 leaves, as maximum likelihood with state=full has it: the sum never moves, so one date says it for all; and a bound that binds nearly
     * everywhere. The same path has a Q with a step of the sum, which the equality takes out again.
     */
    @Test
    void noiseWithinTheEquality() {
        int n = 400;
        int k = 3;
        Sample sample = PathFixtures.sample(n, k, PathFixtures.weights(n, k, 5), 0.003, 5);
        double[] within = {0.0002917, -0.0001479, 0.000128, -0.0001438, 0.0000199, 0.0001239};
        double[] wider = within.clone();
        for (int i = 0; i < wider.length; i++) {
            wider[i] += 1e-3;
        }
        List<StateConstraint> rows = List.of(PathFixtures.longOnly(k).get(0), PathFixtures.on(k, 2, Relation.AT_MOST, 0.2), PathFixtures.on(k, 1, Relation.AT_LEAST, 0.45));
        List<PathResult> results = new ArrayList<>();
        for (double[] q : List.of(within, wider)) {
            StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.diffuse(k), Transition.randomWalk(k),
                    Noise.constant(Covariance.ofPacked(k, q)), Noise.constant(Covariance.diagonal(9e-6))).withConstraints(rows);
            PathResult result = estimate(model, sample, DEFAULTS.withCausal());
            assertThat(result.kktResidual()).isLessThan(1e-8);
            assertThat(result.violation()).isLessThan(1e-9);
            assertThat(result.warnings()).isEmpty();
            results.add(result);
        }
        int binds = 0;
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < k; i++) {
                assertThat(results.get(0).mode().mean(t, i)).isCloseTo(results.get(1).mode().mean(t, i), Offset.offset(1e-6));
                assertThat(results.get(0).causal().orElseThrow().mean(t, i)).isCloseTo(results.get(1).causal().orElseThrow().mean(t, i), Offset.offset(1e-6));
            }
            binds += results.get(0).shadowPrice(t, 1) > 1e-3 || results.get(0).shadowPrice(t, 2) > 1e-3 ? 1 : 0;
        }
        assertThat(binds).isGreaterThan(5);
        double all = 0;
        for (int t = 0; t < n; t++) {
            all += results.get(1).shadowPrice(t, 0);
            assertThat(results.get(0).shadowPrice(t, 0)).as("shared by the dates").isEqualTo(results.get(0).shadowPrice(0, 0));
        }
        assertThat(n * results.get(0).shadowPrice(0, 0)).as("what all dates together would pay").isCloseTo(all, Offset.offset(1e-3 * Math.abs(all) + 1e-6));
    }

    /** A state that never moves can't follow a bound that does: the message says which bound, and when. */
    @Test
    void saysWhatNoPathSatisfies() {
        int n = 10;
        Sample sample = PathFixtures.sample(n, 1, new double[n], 0.01, 1);
        StateSpaceModel still = StateSpaceModel.of(sample.states(), InitialState.diffuse(1), Transition.randomWalk(1),
                Noise.constant(Covariance.scalar(1, 0)), Noise.constant(Covariance.diagonal(1e-4)));
        double[] ones = new double[n];
        double[] at = new double[n];
        for (int t = 0; t < n; t++) {
            ones[t] = 1;
            at[t] = t < 5 ? 1 : 2;
        }
        StateConstraint equal = StateConstraint.varying("beta = 1, then 2", Relation.EQUAL, Matrix.of(n, 1, ones), Vector.of(at), 0);
        assertThatThrownBy(() -> estimate(still.withConstraints(List.of(equal)), sample, DEFAULTS)).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("beta = 1, then 2");
        double[] below = new double[n];
        for (int t = 0; t < n; t++) {
            below[t] = t < 5 ? 1.5 : 9;
        }
        StateConstraint least = StateConstraint.varying("beta >= 1, then 2", Relation.AT_LEAST, Matrix.of(n, 1, ones), Vector.of(at), 0);
        StateConstraint most = StateConstraint.varying("beta <= 1.5, then 9", Relation.AT_MOST, Matrix.of(n, 1, ones), Vector.of(below), 0);
        assertThatThrownBy(() -> estimate(still.withConstraints(List.of(least, most)), sample, DEFAULTS)).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no path of this model satisfies it");
        StateSpaceModel sure = StateSpaceModel.of(sample.states(), InitialState.known(Vector.of(0.5), Covariance.scalar(1, 0)), Transition.randomWalk(1),
                Noise.constant(Covariance.scalar(1, 0)), Noise.constant(Covariance.diagonal(1e-4)));
        assertThatThrownBy(() -> estimate(sure.withConstraints(List.of(PathFixtures.on(1, 0, Relation.AT_LEAST, 1))), sample, DEFAULTS))
                .isInstanceOf(InvalidInputException.class).hasMessageContaining("nothing in the model can move it");
    }

    /** Draws need room. */
    @Test
    void saysWhenThereIsNoRoomForDraws() {
        int k = 2;
        Sample sample = PathFixtures.sample(10, k, PathFixtures.weights(10, k, 1), 0.01, 1);
        List<StateConstraint> pinned = List.of(PathFixtures.on(k, 0, Relation.AT_LEAST, 0.5), PathFixtures.on(k, 0, Relation.AT_MOST, 0.5));
        StateSpaceModel model = wandering(sample, InitialState.diffuse(k), 1e-3, 1e-4).withConstraints(pinned);
        assertThat(estimate(model, sample, DEFAULTS).mode().mean(4, 0)).isCloseTo(0.5, Offset.offset(1e-9));
        assertThatThrownBy(() -> estimate(model, sample, DEFAULTS.withDraws(10, 1))).isInstanceOf(InvalidInputException.class).hasMessageContaining("as an equality");
    }
}
