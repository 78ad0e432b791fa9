package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PathEstimator;
import org.betadrift.filter.PathOptions;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.filter.StatePath;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;

/**
 * What every PathEstimator keeps: the mode and the prices of short series of any model, beside one Gaussian vector with full matrices and
 * an ascent in the multipliers, and laws of causality, units, redundancy and draws. A failure names its case.
 */
public abstract class PathEstimatorContract {
    private static final int DATES = 5;
    private static final double TOLERANCE = 1e-8;
    private static final double ASCENT = 1e-7; // it ends when it moves less
    private static final long SEED = 20240105;
    private static final PathOptions DEFAULTS = PathOptions.defaults();

    private PathEstimator estimator;

    /** The estimator under test. */
    protected abstract PathEstimator strategy();

    /** As in {@code @Strategy(multivariate = ...)}: half of the cases have several targets then. */
    protected boolean multivariate() {
        return false;
    }

    /** Cases a law is tried on. */
    protected int cases() {
        return 24;
    }

    /** Draws of a law on draws. */
    protected int draws() {
        return 2000;
    }

    /** Without a constraint it is the mean given every date. */
    @Test
    final void isTheSmoothedMeanWithoutConstraints() {
        Laws.forEach(every(), one -> {
            PathDistribution exact = PathDistribution.posterior(one.model(), one.sample());
            PathResult result = estimate(one, List.of(), DEFAULTS);
            requirePath(one, result.mode(), exact, exact::mean);
            assertThat(result.logDensityGivenUp()).isZero();
            assertThat(result.violation()).isZero();
        });
    }

    /** Mode and prices under equalities alone, inequalities alone, and both with a gross limit. */
    @Test
    final void agreesWithAnAscentInTheMultipliers() {
        AtomicInteger binding = new AtomicInteger();
        Laws.forEach(every().stream().filter(one -> one.parameters.size() <= 5).toList(), one -> { // a gross limit has 2^K faces
            for (List<StateConstraint> constraints : constraintsOf(one)) {
                PathDistribution exact = PathDistribution.posterior(one.model(), one.sample());
                DualAscent ascent = ascent(one, exact, constraints);
                PathResult result = estimate(one, constraints, DEFAULTS);
                assertThat(result.kktResidual()).as("residual under %s", constraints).isLessThan(TOLERANCE);
                if (ascent.settled()) {
                    requirePath(one, result.mode(), exact, ascent::beta, ASCENT);
                    binding.addAndGet(requirePrices(one, result, exact, ascent, constraints));
                }
            }
        });
        assertThat(binding.get()).as("constraints that bind somewhere").isGreaterThan(2 * cases());
    }

    /** Not negative; and those of the ascent where every state moves, as only then they are determined one by one. */
    private int requirePrices(RandomCase one, PathResult result, PathDistribution exact, DualAscent ascent, List<StateConstraint> constraints) {
        int k = one.model().states().count();
        boolean moves = IntStream.range(0, k).allMatch(i -> one.model().stateNoise().at(1).variance(i) > 0);
        int binding = 0;
        for (int c = 0; c < constraints.size(); c++) {
            StateConstraint constraint = constraints.get(c);
            double largest = 0;
            for (int t = 0; t < one.dates.size(); t++) {
                double unit = unit(exact, constraint, t);
                double expected = ascent.price(t, c) * (constraint.isEquality() ? -1 : 1) * unit;
                largest = Math.max(largest, Math.abs(expected));
                if (moves) {
                    assertThat(result.shadowPrice(t, c) * unit).as("price of %s at t=%s", constraint, t)
                            .isCloseTo(expected, Offset.offset(1e-5 * (1 + Math.abs(expected))));
                }
                assertThat(constraint.isEquality() || result.shadowPrice(t, c) >= 0).as("price of %s at t=%s isn't negative", constraint, t).isTrue();
            }
            binding += largest > 1e-6 ? 1 : 0;
        }
        return binding;
    }

    private static double unit(PathDistribution exact, StateConstraint c, int t) {
        double sum = 0;
        for (int k = 0; k < c.dimension(); k++) {
            for (int l = 0; l < c.dimension(); l++) {
                sum += c.weight(t, k) * exact.covariance(t, k, t, l) * c.weight(t, l);
            }
        }
        return Math.sqrt(sum);
    }

    /** On each date the causal path is the end of the mode of the dates up to it. */
    @Test
    final void isCausalWhereItSaysSo() {
        Laws.forEach(known(), one -> {
            List<StateConstraint> constraints = constraintsOf(one).get(2);
            StatePath causal = estimate(one, constraints, DEFAULTS.withCausal()).causal().orElseThrow();
            assertThat(causal.knows()).isEqualTo(StatePath.Knows.FILTERED);
            PathDistribution exact = PathDistribution.posterior(one.model(), one.sample());
            for (int t = 0; t < one.dates.size(); t++) {
                RandomCase until = one.until(t + 1);
                PathResult its = estimate(until, constraints, DEFAULTS);
                for (int k = 0; k < causal.states().count(); k++) {
                    assertThat(causal.mean(t, k)).as("state %s at t=%s", k, t).isCloseTo(its.mode().mean(t, k), near(exact, t, k, TOLERANCE));
                }
            }
        });
    }

    /** Writing constraints twice, or in another order, changes nothing; nor does one that can't bind. */
    @Test
    final void doesNotMindRedundantConstraints() {
        Laws.forEach(known(), one -> {
            List<StateConstraint> constraints = constraintsOf(one).get(2);
            StatePath mode = estimate(one, constraints, DEFAULTS).mode();
            List<StateConstraint> more = new ArrayList<>(constraints);
            Collections.reverse(more);
            more.addAll(constraints);
            more.add(StateConstraint.of("far away", Relation.GROSS_AT_MOST, Vector.filled(mode.states().count(), 1), 1e9, 0));
            StatePath same = estimate(one, more, DEFAULTS).mode();
            PathDistribution exact = PathDistribution.posterior(one.model(), one.sample());
            requirePath(one, same, exact, mode::mean);
        });
    }

    /** y, exposures and limits in other units: the same in those units, prices too. */
    @Test
    final void doesNotMindUnits() {
        Laws.forEach(known(), one -> {
            for (double c : new double[] {1e-6, 1e5}) {
                List<StateConstraint> constraints = constraintsOf(one).get(2);
                List<StateConstraint> scaled = constraints.stream().map(s -> StateConstraint.of(s.expression(), s.relation(), weights(s), c * s.value(0), 0)).toList();
                PathResult small = estimate(one, constraints, DEFAULTS);
                PathResult large = estimate(one.targetsTimes(c), scaled, DEFAULTS);
                PathDistribution exact = PathDistribution.posterior(one.model(), one.sample());
                requirePath(one, small.mode(), exact, (t, k) -> large.mode().mean(t, k) / c);
                assertThat(large.logDensityGivenUp()).isCloseTo(small.logDensityGivenUp(), Offset.offset(1e-7 * (1 + small.logDensityGivenUp())));
            }
        });
    }

    private static Vector weights(StateConstraint s) {
        return Vector.of(IntStream.range(0, s.dimension()).mapToDouble(k -> s.weight(0, k)).toArray());
    }

    /** What can't be met is named, with its date, before anything runs. */
    @Test
    final void namesConstraintsThatContradict() {
        Laws.forEach(known(), one -> {
            int k = one.model().states().count();
            Vector ones = Vector.filled(k, 1);
            StateConstraint sum = StateConstraint.of("sum = 1", Relation.EQUAL, ones, 1, 0);
            StateConstraint gross = StateConstraint.of("gross <= 0.9", Relation.GROSS_AT_MOST, ones, 0.9, 0);
            StateConstraint other = StateConstraint.of("sum <= 3", Relation.AT_MOST, ones, 3, 0);
            assertThatThrownBy(() -> estimate(one, List.of(other, sum, gross), DEFAULTS)).isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("sum = 1; gross <= 0.9").hasMessageContaining(one.dates.get(0).toString()).hasMessageNotContaining("sum <= 3");
            StateConstraint two = StateConstraint.of("sum = 2", Relation.EQUAL, ones, 2, 0);
            assertThatThrownBy(() -> estimate(one, List.of(sum, two), DEFAULTS)).isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("sum = 1; sum = 2");
            double[] values = IntStream.range(0, one.dates.size()).mapToDouble(t -> t < 2 ? 0.5 : 1.5).toArray();
            StateConstraint from = StateConstraint.varying("sum >= c", Relation.AT_LEAST, Matrix.of(values.length, k,
                    Stream.generate(() -> 1.0).limit((long) values.length * k).mapToDouble(Double::doubleValue).toArray()), Vector.of(values), 0);
            assertThatThrownBy(() -> estimate(one, List.of(from, sum), DEFAULTS)).isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("sum >= c").hasMessageContaining(one.dates.get(2).toString());
        });
    }

    /** A discount has no covariance, and a state that nothing tells of has no mode. */
    @Test
    final void refusesWhatHasNoMode() {
        RandomCase one = known().get(0);
        StateSpaceModel model = one.model();
        StateSpaceModel discount = StateSpaceModel.of(model.states(), model.initial(), model.transition(), Noise.discount(model.states().count(), 0.98), model.observationNoise());
        assertThatThrownBy(() -> estimator().estimate(discount, one.sample(), DEFAULTS, Monitor.NONE)).isInstanceOf(InvalidInputException.class).hasMessageContaining("discount");
        RandomCase unseen = one.withDiffuse(s -> true).withoutTargets();
        assertThatThrownBy(() -> estimate(unseen, List.of(), DEFAULTS)).isInstanceOf(InvalidInputException.class).hasMessageContaining("infinite");
        assertThatThrownBy(() -> DEFAULTS.withDraws(1, SEED)).isInstanceOf(InvalidInputException.class);
    }

    /** Every draw keeps every constraint, moves, and is the same from the same seed. */
    @Test
    final void drawsWithinTheConstraints() {
        Laws.forEach(known(), one -> {
            List<StateConstraint> constraints = constraintsOf(one).get(2);
            PathResult result = estimate(one, constraints, DEFAULTS.withDraws(50, SEED));
            PosteriorPaths paths = result.draws().orElseThrow();
            PathDistribution exact = PathDistribution.posterior(one.model(), one.sample());
            for (int draw = 0; draw < paths.draws(); draw++) {
                for (int t = 0; t < one.dates.size(); t++) {
                    for (StateConstraint c : constraints) {
                        assertThat(violation(paths, draw, t, c)).as("violation of %s at t=%s", c, t).isLessThan(1e-9 * (unit(exact, c, t) + Math.abs(c.value(t))));
                    }
                }
            }
            PosteriorPaths again = estimate(one, constraints, DEFAULTS.withDraws(50, SEED)).draws().orElseThrow();
            PosteriorPaths other = estimate(one, constraints, DEFAULTS.withDraws(50, SEED + 1)).draws().orElseThrow();
            int differences = 0;
            for (int t = 0; t < one.dates.size(); t++) {
                for (int k = 0; k < paths.states().count(); k++) {
                    assertThat(again.across(t, k)).as("state %s at t=%s again", k, t).isEqualTo(paths.across(t, k));
                    differences += Arrays.equals(other.across(t, k), paths.across(t, k)) ? 0 : 1;
                    assertThat(result.band(t, k, 0.9).lower()).isLessThanOrEqualTo(result.posteriorMean(t, k) + 1e-12);
                }
            }
            assertThat(differences).as("states that another seed draws otherwise").isPositive();
        });
    }

    private static double violation(PosteriorPaths paths, int draw, int t, StateConstraint c) {
        double sum = 0;
        double gross = 0;
        for (int k = 0; k < c.dimension(); k++) {
            sum += c.weight(t, k) * paths.beta(draw, t, k);
            gross += Math.abs(c.weight(t, k) * paths.beta(draw, t, k));
        }
        return switch (c.relation()) {
            case EQUAL -> Math.abs(sum - c.value(t));
            case AT_LEAST -> c.value(t) - sum;
            case AT_MOST -> sum - c.value(t);
            case GROSS_AT_MOST -> gross - c.value(t);
        };
    }

    /** Without an inequality the draws have the mean and the variance that are known exactly. */
    @Test
    final void drawsFromTheGaussianPosteriorWithoutInequalities() {
        Laws.forEach(known(), one -> {
            PathDistribution exact = PathDistribution.posterior(one.model(), one.sample());
            PathResult result = estimate(one, List.of(), DEFAULTS.withDraws(draws(), SEED));
            for (int t = 0; t < one.dates.size(); t++) {
                for (int k = 0; k < result.mode().states().count(); k++) {
                    double sd = Math.sqrt(exact.covariance(t, k, t, k));
                    double error = sd / Math.sqrt(result.effectiveDraws(t, k));
                    assertThat(result.posteriorMean(t, k)).as("mean of state %s at t=%s", k, t).isCloseTo(exact.mean(t, k), Offset.offset(5 * error));
                    assertThat(result.band(t, k, 0.9).width()).as("band of state %s at t=%s", k, t).isCloseTo(2 * 1.6448536 * sd, Offset.offset(12 * error));
                }
            }
        });
    }

    /** From several threads at once as from one. */
    @Test
    final void isThreadSafe() throws Exception {
        List<RandomCase> all = known().subList(0, 4);
        List<PathResult> alone = all.stream().map(one -> estimate(one, constraintsOf(one).get(2), DEFAULTS.withDraws(10, SEED))).toList();
        Laws.forEachAtOnce(all, one -> {
            PathResult now = estimate(one, constraintsOf(one).get(2), DEFAULTS.withDraws(10, SEED));
            PathResult then = alone.get(all.indexOf(one));
            for (int t = 0; t < one.dates.size(); t++) {
                assertThat(now.mode().mean(t, 0)).isEqualTo(then.mode().mean(t, 0));
                assertThat(now.draws().orElseThrow().across(t, 0)).isEqualTo(then.draws().orElseThrow().across(t, 0));
            }
        });
    }

    /** The monitor is called with fractions from 0 to 1, and the CancelledException it throws ends the work. */
    @Test
    final void listensToItsMonitor() {
        RandomCase one = known().get(0);
        List<StateConstraint> constraints = constraintsOf(one).get(2);
        StateSpaceModel model = one.model().withConstraints(constraints);
        PathOptions all = DEFAULTS.withCausal().withDraws(100, SEED);
        AtomicInteger calls = new AtomicInteger();
        estimator().estimate(model, one.sample(), all, (fraction, what) -> {
            calls.incrementAndGet();
            assertThat(Double.isNaN(fraction) || fraction >= 0 && fraction <= 1).as("fraction %s", fraction).isTrue();
            assertThat(what).isNotBlank();
        });
        CancelledException end = new CancelledException("a test");
        for (int patience : new int[] {0, calls.get() - 1}) {
            AtomicInteger left = new AtomicInteger(patience);
            assertThatThrownBy(() -> estimator().estimate(model, one.sample(), all, (fraction, what) -> {
                if (left.getAndDecrement() == 0) {
                    throw end;
                }
            })).isSameAs(end);
        }
    }

    // ---- cases

    private List<RandomCase> known() {
        return Laws.cases(cases(), DATES, multivariate(), true);
    }

    /** With known, mixed and diffuse starts; of the diffuse ones those whose y tells of every state. */
    private List<RandomCase> every() {
        List<RandomCase> all = new ArrayList<>();
        for (RandomCase one : known()) {
            all.add(one);
            for (RandomCase diffuse : List.of(one.withDiffuse(s -> true), one.withDiffuse(s -> s.factor().equals("x0")))) {
                PathDistribution exact = PathDistribution.posterior(diffuse.model(), diffuse.sample());
                int k = diffuse.model().states().count();
                if (IntStream.range(0, DATES * k).allMatch(at -> exact.covariance(at / k, at % k, at / k, at % k) < 1e4)) {
                    all.add(diffuse);
                }
            }
        }
        return all;
    }

    /** Around a point near the path, so that some bind and all can be met: an equality; bounds; both and a gross limit. */
    private static List<List<StateConstraint>> constraintsOf(RandomCase one) {
        PathDistribution exact = PathDistribution.posterior(one.model(), one.sample());
        int k = one.model().states().count();
        Random random = new Random(one.description.hashCode());
        double[] point = new double[k];
        double[] unit = new double[k];
        for (int i = 0; i < k; i++) {
            double mean = 0;
            for (int t = 0; t < DATES && t < one.dates.size(); t++) {
                mean += exact.mean(t, i) / one.dates.size();
            }
            unit[i] = Math.sqrt(exact.covariance(0, i, 0, i));
            point[i] = mean + 0.7 * unit[i] * random.nextGaussian();
        }
        double[] w = IntStream.range(0, k).mapToDouble(i -> (0.5 + random.nextDouble()) / unit[i]).toArray();
        double sum = IntStream.range(0, k).mapToDouble(i -> w[i] * point[i]).sum();
        double gross = IntStream.range(0, k).mapToDouble(i -> Math.abs(w[i] * point[i])).sum();
        StateConstraint equality = StateConstraint.of("w'beta = c", Relation.EQUAL, Vector.of(w), sum, 0);
        List<StateConstraint> bounds = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            double[] only = new double[k];
            only[i] = 1;
            bounds.add(StateConstraint.of("beta" + i + " >= l", Relation.AT_LEAST, Vector.of(only), point[i] - 0.2 * unit[i] * (1 + random.nextDouble()), 0));
            if (i % 2 == 0) {
                bounds.add(StateConstraint.of("beta" + i + " <= u", Relation.AT_MOST, Vector.of(only), point[i] + 0.3 * unit[i] * (1 + random.nextDouble()), 0));
            }
        }
        List<StateConstraint> all = new ArrayList<>(bounds);
        all.add(StateConstraint.of("gross w'beta <= c", Relation.GROSS_AT_MOST, Vector.of(w), gross + 0.1, 0));
        if (k > 1) {
            all.add(0, equality);
        }
        return List.of(List.of(equality), bounds, all);
    }

    private static DualAscent ascent(RandomCase one, PathDistribution exact, List<StateConstraint> constraints) {
        int k = one.model().states().count();
        int size = one.dates.size() * k;
        double[] mean = IntStream.range(0, size).mapToDouble(at -> exact.mean(at / k, at % k)).toArray();
        return new DualAscent(mean, Dense.fill(size, size, (a, b) -> exact.covariance(a / k, a % k, b / k, b % k)), k, constraints);
    }

    private interface Path {
        double at(int t, int k);
    }

    private static void requirePath(RandomCase one, StatePath path, PathDistribution exact, Path expected) {
        requirePath(one, path, exact, expected, TOLERANCE);
    }

    private static void requirePath(RandomCase one, StatePath path, PathDistribution exact, Path expected, double tolerance) {
        assertThat(path.dates()).isEqualTo(one.sample().dates());
        for (int t = 0; t < one.dates.size(); t++) {
            for (int k = 0; k < path.states().count(); k++) {
                assertThat(path.mean(t, k)).as("state %s at t=%s", k, t).isCloseTo(expected.at(t, k), near(exact, t, k, tolerance));
            }
        }
    }

    private static Offset<Double> near(PathDistribution exact, int t, int k, double part) {
        return Offset.offset(part * (Math.sqrt(exact.covariance(t, k, t, k)) + Math.abs(exact.mean(t, k))));
    }

    private PathResult estimate(RandomCase one, List<StateConstraint> constraints, PathOptions options) {
        return estimator().estimate(one.model().withConstraints(constraints), one.sample(), options, Monitor.NONE);
    }

    private PathEstimator estimator() {
        if (estimator == null) {
            estimator = strategy();
        }
        return estimator;
    }
}
