package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.filter.Simulation;
import org.betadrift.filter.Simulator;
import org.betadrift.model.Covariance;
import org.betadrift.model.GaussianState;
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
import org.junit.jupiter.api.Test;

/**
 * What every Simulator keeps: the distribution of what it draws, beside one Gaussian vector with full matrices, and laws of seeds,
 * missing cells and numbers of draws. Seeds are fixed, so a law holds always or never. A failure names its case.
 */
public abstract class SimulatorContract {
    private static final int DATES = 7;
    private static final long SEED = 20240105;

    private Simulator simulator;

    /** The simulator under test. */
    protected abstract Simulator strategy();

    /** As in {@code @Strategy(multivariate = ...)}: half of the cases have several targets then. */
    protected boolean multivariate() {
        return false;
    }

    /** Whether what it draws satisfies constraints. Else it must refuse a model that has some. */
    protected boolean constrained() {
        return false;
    }

    /** Cases a law is tried on. */
    protected int cases() {
        return 8;
    }

    /** Simulations, or paths, that an average is taken over. */
    protected int draws() {
        return 4000;
    }

    /** A model with its sample. */
    private record Case(String name, StateSpaceModel model, Sample sample) {
        static Case of(RandomCase one) {
            return new Case(one.toString(), one.model(), one.sample());
        }

        Case with(String what, InitialState initial, Transition transition, Noise q) {
            return new Case(name + ", " + what, StateSpaceModel.of(model.states(), initial, transition, q, model.observationNoise()), sample);
        }

        /** States that feed each other, and a constant. */
        Case coupled() {
            int k = model.states().count();
            double[] t = new double[k * k];
            for (int i = 0; i < k; i++) {
                t[i * k + i] = 0.9;
                t[i * k + (i + 1) % k] += 0.2;
            }
            double[] c = IntStream.range(0, k).mapToDouble(i -> 0.1 * (i + 1)).toArray();
            return with("coupled", model.initial(), Transition.fixed(Matrix.of(k, k, t)).withConstant(Vector.of(c)), model.stateNoise());
        }

        /** The first state forgets itself at once: T is singular. */
        Case forgetful() {
            double[] phi = IntStream.range(0, model.states().count()).mapToDouble(i -> i == 0 ? 0 : 0.8).toArray();
            return with("forgetful", model.initial(), Transition.ar1(Vector.of(phi)), model.stateNoise());
        }

        /** T of another rank on every date. */
        Case moving() {
            int k = model.states().count();
            return with("moving", model.initial(), Transition.varying(IntStream.range(0, sample.periods())
                    .mapToObj(t -> Matrix.diagonal(IntStream.range(0, k).mapToDouble(i -> (t + i) % 3 / 2.0).toArray())).toList()), model.stateNoise());
        }

        Case diffuse() {
            return with("diffuse", InitialState.diffuse(model.states().count()), model.transition(), model.stateNoise());
        }

        /** Every second state starts diffuse, the others as they did. */
        Case mixed() {
            int k = model.states().count();
            boolean[] diffuse = new boolean[k];
            double[] mean = new double[k];
            double[] packed = new double[Covariance.size(k)];
            for (int i = 0; i < k; i++) {
                diffuse[i] = i % 2 == 1;
                mean[i] = diffuse[i] ? 0 : model.initial().prior().mean().get(i);
                for (int j = 0; j <= i; j++) {
                    packed[Covariance.index(i, j)] = i % 2 + j % 2 > 0 ? 0 : model.initial().prior().covariance().get(i, j);
                }
            }
            return with("mixed", InitialState.mixed(new GaussianState(Vector.of(mean), Covariance.ofPacked(k, packed)), diffuse),
                    model.transition(), model.stateNoise());
        }

        /** Nothing ever moves. */
        Case still() {
            int k = model.states().count();
            return with("still", model.initial(), Transition.randomWalk(k), Noise.constant(Covariance.scalar(k, 0)));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Means and covariances of states and y, of one date and between dates. */
    @Test
    final void drawsFromTheModel() {
        Laws.forEach(known(), one -> {
            Sample layout = one.sample();
            int n = layout.periods();
            int k = layout.states().count();
            int m = layout.targets().size();
            double[][] draws = new double[draws()][n * (k + m)];
            for (int seed = 0; seed < draws.length; seed++) {
                Simulation simulation = simulator().simulate(one.model(), layout, SEED + seed);
                for (int at = 0; at < n * (k + m); at++) {
                    int i = at % (k + m);
                    draws[seed][at] = i < k ? simulation.beta(at / (k + m), i) : simulation.y(at / (k + m), i - k);
                }
            }
            PathDistribution expected = PathDistribution.prior(one.model(), layout);
            MonteCarlo.checkSteps(draws, at -> at % (k + m) < k ? expected.mean(at / (k + m), at % (k + m)) : expected.targetMean(at / (k + m), at % (k + m) - k),
                    (a, b) -> covariance(expected, a / (k + m), a % (k + m), b / (k + m), b % (k + m), k), at -> at % (k + m) < k
                            ? "state " + at % (k + m) + " at t=" + at / (k + m) : "target " + (at % (k + m) - k) + " at t=" + at / (k + m),
                    k + m, k);
        });
    }

    private static double covariance(PathDistribution of, int s, int i, int t, int j, int k) {
        if (i < k) {
            return j < k ? of.covariance(s, i, t, j) : of.mixedCovariance(s, i, t, j - k);
        }
        return j < k ? of.mixedCovariance(t, j, s, i - k) : of.targetCovariance(s, i - k, t, j - k);
    }

    /** Means and covariances of a path given y, of one date and between any two. */
    @Test
    final void drawsPathsFromTheirPosterior() {
        Laws.forEach(withGaps(known()), one -> assertThat(isFromPosterior(one)).as("all states are known").isTrue());
    }

    /** The same where nothing is known of some states, or of all, before the first date. */
    @Test
    final void drawsPathsUnderADiffuseStart() {
        List<Case> all = withGaps(known()).stream().filter(one -> one.model().transition().isConstant())
                .flatMap(one -> Stream.of(one.mixed(), one.diffuse())).toList();
        AtomicInteger tried = new AtomicInteger();
        Laws.forEach(all, one -> tried.addAndGet(isFromPosterior(one) ? 1 : 0));
        assertThat(tried.get()).as("cases whose y tells of every state").isGreaterThan(all.size() / 2);
    }

    /** @return false when y tells too little of a diffuse state to say anything */
    private boolean isFromPosterior(Case one) {
        PathDistribution expected = PathDistribution.posterior(one.model(), one.sample());
        int n = one.sample().periods();
        int k = one.sample().states().count();
        if (!IntStream.range(0, n * k).allMatch(at -> expected.covariance(at / k, at % k, at / k, at % k) < 1e6)) {
            return false;
        }
        PosteriorPaths paths = posterior(one, draws(), SEED);
        assertThat(paths.dates()).isEqualTo(one.sample().dates());
        assertThat(paths.states()).isEqualTo(one.sample().states());
        assertThat(paths.draws()).isEqualTo(draws());
        double[][] draws = new double[draws()][n * k];
        for (int draw = 0; draw < draws.length; draw++) {
            for (int at = 0; at < n * k; at++) {
                draws[draw][at] = paths.beta(draw, at / k, at % k);
            }
        }
        MonteCarlo.checkSteps(draws, at -> expected.mean(at / k, at % k), (a, b) -> expected.covariance(a / k, a % k, b / k, b % k),
                at -> "state " + at % k + " at t=" + at / k, k, k);
        return true;
    }

    /** A state without noise is the same on every date of a path. */
    @Test
    final void leavesStillStatesStill() {
        Laws.forEach(withGaps(known()).stream().map(Case::still).toList(), one -> {
            Simulation simulation = simulator().simulate(one.model(), one.sample(), SEED);
            PosteriorPaths paths = posterior(one, 5, SEED);
            for (int t = 0; t < one.sample().periods(); t++) {
                for (int k = 0; k < one.sample().states().count(); k++) {
                    assertThat(simulation.beta(t, k)).as("state %s at t=%s", k, t).isEqualTo(simulation.beta(0, k));
                    double first = paths.beta(4, 0, k);
                    assertThat(paths.beta(4, t, k)).as("state %s of a path at t=%s", k, t).isCloseTo(first, Offset.offset(1e-12 * (1 + Math.abs(first))));
                }
            }
        });
    }

    /** What is missing is missing, and nothing else is. */
    @Test
    final void keepsTheMissingCells() {
        Laws.forEach(withGaps(known()), one -> {
            Simulation simulation = simulator().simulate(one.model(), one.sample(), SEED);
            Sample sample = simulation.sample();
            assertThat(simulation.layout()).isSameAs(one.sample());
            assertThat(sample.dates()).isEqualTo(one.sample().dates());
            for (int t = 0; t < sample.periods(); t++) {
                for (int i = 0; i < sample.targets().size(); i++) {
                    assertThat(Double.isNaN(sample.y(t, i))).as("y %s at t=%s is missing", i, t).isEqualTo(Double.isNaN(one.sample().y(t, i)));
                    assertThat(Double.compare(simulation.y(t, i), sample.y(t, i))).as("y %s at t=%s of the sample", i, t).isZero();
                }
                for (int k = 0; k < sample.states().count(); k++) {
                    assertThat(simulation.beta(t, k)).isFinite();
                }
            }
        });
    }

    /** The layout's y, its gaps and its length change nothing of what is there without them. */
    @Test
    final void drawsTheSameWhateverTheLayout() {
        Laws.forEach(randomCases(), one -> {
            Simulation whole = simulator().simulate(one.model(), one.sample(), SEED);
            for (RandomCase other : List.of(one.withGaps(), one.until(DATES - 2))) {
                Simulation its = simulator().simulate(other.model(), other.sample(), SEED);
                for (int t = 0; t < other.dates.size(); t++) {
                    for (int k = 0; k < other.sample().states().count(); k++) {
                        assertThat(its.beta(t, k)).as("state %s at t=%s of %s", k, t, other).isEqualTo(whole.beta(t, k));
                    }
                    for (int i = 0; i < other.targets.size(); i++) {
                        if (!Double.isNaN(its.y(t, i))) {
                            assertThat(its.y(t, i)).as("y %s at t=%s of %s", i, t, other).isEqualTo(whole.y(t, i));
                        }
                    }
                }
            }
        });
    }

    /** y -> c y with the model in the new units: what is drawn scales by c. */
    @Test
    final void followsTheUnitsOfTheTarget() {
        double c = 1024;
        Laws.forEach(randomCases(), one -> {
            Case before = Case.of(one.withGaps());
            Case after = Case.of(one.withGaps().targetsTimes(c));
            requireTimes(c, simulated(before, SEED), simulated(after, SEED));
            requireTimes(c, values(posterior(before, 3, SEED)), values(posterior(after, 3, SEED)));
        });
    }

    private static void requireTimes(double c, List<Double> before, List<Double> after) {
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).isNaN()) {
                assertThat(after.get(i)).as("number %s, a thousand times larger", i).isCloseTo(c * before.get(i), Offset.offset(c * 1e-8 * (1 + Math.abs(before.get(i)))));
            }
        }
    }

    /** A seed gives the same to the last bit, another one something else. */
    @Test
    final void isDeterministicBySeed() {
        Laws.forEach(withGaps(known()), one -> {
            assertThat(simulated(one, SEED)).isEqualTo(simulated(one, SEED)).isNotEqualTo(simulated(one, SEED + 1));
            assertThat(values(posterior(one, 3, SEED))).isEqualTo(values(posterior(one, 3, SEED))).isNotEqualTo(values(posterior(one, 3, SEED + 1)));
        });
    }

    /** The first paths are the same whatever the number of them, and no two are alike. */
    @Test
    final void beginsWithTheSamePaths() {
        Laws.forEach(withGaps(known()), one -> {
            List<Double> few = values(posterior(one, 3, SEED));
            List<Double> many = values(posterior(one, 150, SEED));
            assertThat(many.subList(0, few.size())).isEqualTo(few);
            int length = few.size() / 3;
            assertThat(IntStream.range(0, 150).mapToObj(draw -> many.subList(draw * length, (draw + 1) * length)).distinct().count())
                    .as("paths that differ").isEqualTo(150);
            assertThat(posterior(one, 0, SEED).draws()).isZero();
        });
    }

    /** Data simulated from a seed and paths drawn from the same one know nothing of each other. */
    @Test
    final void dataAndPathsAreIndependent() {
        RandomCase one = randomCases().get(0).withoutTargets();
        Case nothingSeen = Case.of(one);
        Covariance variances = one.initialState().prior().covariance();
        Covariance drift = one.stateNoise().at(0);
        Vector means = one.initialState().prior().mean();
        int count = 400;
        double[] products = new double[one.sample().states().count()];
        for (int seed = 0; seed < count; seed++) {
            Simulation simulation = simulator().simulate(nothingSeen.model(), nothingSeen.sample(), SEED + seed);
            PosteriorPaths path = posterior(nothingSeen, 1, SEED + seed);
            for (int k = 0; k < products.length; k++) {
                products[k] += (simulation.beta(0, k) - means.get(k)) * (path.beta(0, 0, k) - means.get(k))
                        / (variances.variance(k) + drift.variance(k));
            }
        }
        for (double product : products) {
            assertThat(product / count).as("correlation").isCloseTo(0, Offset.offset(MonteCarlo.DEVIATIONS / Math.sqrt(count)));
        }
    }

    /** Asked by four threads at once, it says what it says to one. */
    @Test
    final void isThreadSafe() throws Exception {
        Map<Case, List<Double>> alone = withGaps(known()).stream().collect(Collectors.toMap(one -> one, this::all));
        Laws.forEachAtOnce(List.copyOf(alone.keySet()), one -> assertThat(all(one)).isEqualTo(alone.get(one)));
    }

    private List<Double> all(Case one) {
        List<Double> all = new ArrayList<>(simulated(one, SEED));
        all.addAll(values(posterior(one, 3, SEED)));
        return all;
    }

    /** The sample is afterwards what it was, and so is the model. */
    @Test
    final void leavesItsInputAlone() {
        Laws.forEach(randomCases(), one -> {
            Case its = Case.of(one.withGaps());
            List<Object> before = Snapshot.of(its.sample());
            all(its);
            assertThat(Snapshot.of(its.sample())).isEqualTo(before);
            assertThat(its.model().stateNoise()).isEqualTo(one.stateNoise());
            assertThat(its.model().observationNoise()).isEqualTo(one.observationNoise());
            assertThat(its.model().initial().prior()).isEqualTo(one.initialState().prior());
        });
    }

    /** The monitor is called with fractions from 0 to 1, and the CancelledException it throws ends the work, at its start or late. */
    @Test
    final void listensToItsMonitor() {
        Case one = known().get(0);
        AtomicInteger calls = new AtomicInteger();
        simulator().posterior(Passes.unknown(one.model(), one.sample()), 1000, SEED, (fraction, what) -> {
            calls.incrementAndGet();
            assertThat(Double.isNaN(fraction) || fraction >= 0 && fraction <= 1).as("fraction %s", fraction).isTrue();
            assertThat(what).isNotBlank();
        });
        assertThat(calls.get()).as("calls of the monitor").isPositive();
        CancelledException end = new CancelledException("a test");
        for (int patience : new int[] {0, calls.get() - 1}) {
            AtomicInteger left = new AtomicInteger(patience);
            assertThatThrownBy(() -> simulator().posterior(Passes.unknown(one.model(), one.sample()), 1000, SEED, (fraction, what) -> {
                if (left.getAndDecrement() == 0) {
                    throw end;
                }
            })).isSameAs(end);
        }
    }

    /** An exact row holds on every date of all that is drawn, whatever T; never without it. */
    @Test
    final void drawsKeepConstraintsOrAreRefused() {
        Laws.forEach(known(), one -> {
            int k = one.model().states().count();
            StateConstraint row = StateConstraint.of("sum=0.5", Relation.EQUAL, Vector.filled(k, 1), 0.5, 0);
            StateSpaceModel model = one.model().withConstraints(List.of(row));
            FilterResult pass = new ExactEngine().filter(model, one.sample(), FilterOptions.defaults(), Monitor.NONE);
            if (!constrained()) {
                assertRefused(() -> simulator().simulate(model, one.sample(), SEED), "constraint");
                assertRefused(() -> simulator().posterior(pass, 2, SEED, Monitor.NONE), "constraint");
                return;
            }
            PosteriorPaths paths = simulator().posterior(pass, 20, SEED, Monitor.NONE);
            for (int draw = 0; draw < 20; draw++) {
                Simulation simulation = simulator().simulate(model, one.sample(), SEED + draw);
                for (int t = 0; t < one.sample().periods(); t++) {
                    int date = t;
                    int path = draw;
                    assertThat(ConstrainedCase.gap(row, t, i -> simulation.beta(date, i))).as("gap of a simulation at t=%s", t).isLessThan(1e-12);
                    assertThat(ConstrainedCase.gap(row, t, i -> paths.beta(path, date, i))).as("gap of a path at t=%s", t).isLessThan(1e-12);
                }
            }
        });
    }

    /** Data from an infinite variance, a negative number of paths, more than memory holds, paths nothing is known of. */
    @Test
    final void refusesWhatCannotBeDrawn() {
        RandomCase random = randomCases().get(0);
        Case one = Case.of(random);
        assertRefused(() -> simulator().simulate(one.diffuse().model(), one.sample(), SEED), "diffuse");
        assertRefused(() -> posterior(one, -1, SEED), "-1");
        assertRefused(() -> posterior(one, Integer.MAX_VALUE, SEED), String.valueOf(Integer.MAX_VALUE));
        assertRefused(() -> posterior(Case.of(random.withoutTargets()).diffuse(), 1, SEED), "infinite");
        Case other = Case.of(random.until(DATES - 1));
        StateSpaceModel longer = StateSpaceModel.of(one.model().states(), one.model().initial(), one.model().transition(),
                Noise.varying(IntStream.range(0, DATES).mapToObj(t -> one.model().stateNoise().at(t)).toList()), one.model().observationNoise());
        assertRefused(() -> simulator().simulate(longer, other.sample(), SEED), "state noise");
    }

    /**
     * The first state forgets itself, and y is missing at first: of its first date nothing is ever known, though of its last one all is.
     */
    @Test
    final void refusesAStateThatStaysUnknownOnADate() {
        Laws.forEach(randomCases(), one -> {
            double[][] y = one.targets.values().stream().map(double[]::clone).toArray(double[][]::new);
            for (double[] column : y) {
                column[0] = Double.NaN;
            }
            Case its = Case.of(one);
            Case late = new Case(its.name(), its.model(), one.sample().withTargets(y)).forgetful().diffuse();
            assertRefused(() -> posterior(late, 1, SEED), "infinite", one.dates.get(0).toString());
        });
    }

    private static void assertRefused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContainingAll(words).hasMessageNotContaining("\n");
    }

    private List<RandomCase> randomCases() {
        return LongStream.range(0, cases()).mapToObj(seed -> RandomCase.of(seed, multivariate() && seed % 2 == 0 ? 2 : 1, DATES)).toList();
    }

    /** Every kind of transition in turn; y is there on every date. */
    private List<Case> known() {
        List<UnaryOperator<Case>> kinds = List.of(one -> one, Case::coupled, Case::forgetful, one -> one, Case::moving);
        return IntStream.range(0, cases()).mapToObj(i -> kinds.get(i % kinds.size()).apply(Case.of(randomCases().get(i)))).toList();
    }

    /** One cell in seven is missing, never on the first date: a diffuse state that forgets itself would stay unknown. */
    private static List<Case> withGaps(List<Case> cases) {
        return cases.stream().map(one -> {
            double[][] y = new double[one.sample().targets().size()][one.sample().periods()];
            for (int i = 0; i < y.length; i++) {
                for (int t = 0; t < y[i].length; t++) {
                    y[i][t] = (t + 5 * i) % 7 == 3 ? Double.NaN : one.sample().y(t, i);
                }
            }
            return new Case(one.name(), one.model(), one.sample().withTargets(y));
        }).toList();
    }

    private PosteriorPaths posterior(Case one, int draws, long seed) {
        return simulator().posterior(Passes.unknown(one.model(), one.sample()), draws, seed, Monitor.NONE);
    }

    private List<Double> simulated(Case one, long seed) {
        Simulation simulation = simulator().simulate(one.model(), one.sample(), seed);
        List<Double> values = new ArrayList<>();
        for (int t = 0; t < one.sample().periods(); t++) {
            for (int k = 0; k < one.sample().states().count(); k++) {
                values.add(simulation.beta(t, k));
            }
            for (int i = 0; i < one.sample().targets().size(); i++) {
                values.add(simulation.y(t, i));
            }
        }
        return values;
    }

    private static List<Double> values(PosteriorPaths paths) {
        List<Double> values = new ArrayList<>();
        for (int draw = 0; draw < paths.draws(); draw++) {
            for (int t = 0; t < paths.dates().size(); t++) {
                for (int k = 0; k < paths.states().count(); k++) {
                    values.add(paths.beta(draw, t, k));
                }
            }
        }
        return values;
    }

    private Simulator simulator() {
        if (simulator == null) {
            simulator = strategy();
        }
        return simulator;
    }
}
