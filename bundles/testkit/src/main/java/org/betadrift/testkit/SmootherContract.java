package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.Retain;
import org.betadrift.filter.Smoother;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;
import org.junit.jupiter.api.Test;

/**
 * What every Smoother keeps: the reference cases, the exact posterior of short series of any model, diffuse starts included, and
 * laws that hold whatever the data. A failure names its case.
 */
public abstract class SmootherContract {
    private static final SmootherOptions DEFAULTS = SmootherOptions.defaults();

    private Smoother smoother;

    /** The smoother under test. */
    protected abstract Smoother strategy();

    /** Makes the passes it is given. */
    protected FilterEngine engine() {
        return new ExactEngine();
    }

    /** Cases a law is tried on; fewer where a strategy is slow. */
    protected int cases() {
        return 20;
    }

    /** To what part of its unit a number must agree with the exact posterior and keep the laws. */
    protected double tolerance() {
        return 1e-9;
    }

    /** Whether it takes equality constraints, exactly. Else it must refuse them. */
    protected boolean constrained() {
        return false;
    }

    /** Those of the reference cases it is tried on; fewer where a strategy is slow. */
    protected List<ReferenceCase> referenceCases() {
        List<ReferenceCase> all = new ArrayList<>(ReferenceCase.known());
        all.addAll(ReferenceCase.diffuse());
        all.addAll(List.of(ReferenceCase.cProper(), ReferenceCase.cDiffuse()));
        return all;
    }

    /** The numbers of a 500-bit smoother: means to 1e-11 of a column's largest, covariances to 1e-10. */
    @Test
    final void agreesWithTheReferenceCases() {
        Laws.forEach(referenceCases(), one -> new ReferenceComparison(one).check(smooth(one.model(), one.sample()), 1e-11, 1e-10));
    }

    /** States, smoothing errors and lag-one covariances of short series: what the joint distribution of everything says. */
    @Test
    final void agreesWithTheExactPosterior() {
        Laws.forEach(every().stream().map(one -> one.until(6)).filter(one -> one.parameters.size() <= 8).toList(),
                one -> requirePosterior(one.model(), one.sample()));
    }

    private void requirePosterior(StateSpaceModel model, Sample sample) {
        requirePosterior(model, sample, tolerance());
    }

    private void requirePosterior(StateSpaceModel model, Sample sample, double tolerance) {
        SmootherResult smoothing = smoother().smooth(filter(model, sample), DEFAULTS.withLagOneCovariances(), Monitor.NONE);
        new PosteriorComparison(smoothing, tolerance).check();
    }

    /** {@link #agreesWithTheExactPosterior} given constraints too, and exact ones hold on every date. */
    @Test
    final void agreesWithTheExactPosteriorUnderConstraints() {
        List<ConstrainedCase> all = ConstrainedCase.cases(2 * cases(), 6, true, true).stream()
                .filter(one -> one.model().states().count() <= 8 && endsKnown(one)).toList();
        Laws.forEach(all, one -> {
            if (!constrained()) {
                assertThatThrownBy(() -> smooth(one.model(), one.sample())).as("a constraint").isInstanceOf(InvalidInputException.class);
                return;
            }
            requirePosterior(one.model(), one.sample());
            StatePath path = smooth(one.model(), one.sample()).smoothed();
            for (StateConstraint row : one.model().constraints()) {
                for (int t = 0; t < one.sample().periods() && row.isExact(); t++) {
                    int date = t;
                    double gap = ConstrainedCase.gap(row, t, k -> path.mean(date, k));
                    assertThat(Double.isNaN(gap) || gap <= 1e-12).as("%s at t=%s: off by %s", row, t, gap).isTrue();
                }
            }
        });
    }

    /** The same whatever T and Q; a T that nearly forgets a state, without noise to hide it, costs two digits on the way back. */
    @Test
    final void agreesWithTheExactPosteriorOfAnyModelUnderConstraints() {
        assumeTrue(constrained(), "it takes no constraints");
        List<ConstrainedCase> all = ConstrainedCase.general(2 * cases(), true, true).stream()
                .filter(one -> one.model().states().count() <= 8 && endsKnown(one)).toList();
        Laws.forEach(all, one -> requirePosterior(one.model(), one.sample(), 100 * tolerance()));
    }

    /** Whether the rows and y tell of every state on every date: a diffuse start has ended, and T hasn't forgotten it before. */
    private static boolean endsKnown(ConstrainedCase one) {
        StatePath path = new ExactEngine().filter(one.model(), one.sample(), FilterOptions.defaults(), Monitor.NONE).filtered();
        int k = path.states().count();
        if (IntStream.range(0, k).anyMatch(i -> Double.isNaN(path.mean(path.dates().size() - 1, i)))) {
            return false;
        }
        boolean diffuse = one.model().initial().hasDiffuse() && !one.model().transition().isIdentity();
        ExactPosterior posterior = diffuse ? new ExactPosterior(one.model(), one.sample()) : null;
        return !diffuse || IntStream.range(0, path.dates().size() * k).noneMatch(at -> Double.isNaN(posterior.mean(at / k, at % k)));
    }

    /** On the last date there is nothing more to know. */
    @Test
    final void endsWithTheFilteredState() {
        Laws.forEach(every(), one -> {
            SmootherResult smoothing = smooth(one);
            StatePath filtered = smoothing.filter().filtered();
            int last = one.dates.size() - 1;
            for (int k = 0; k < filtered.states().count(); k++) {
                double deviation = Math.sqrt(filtered.covariance(last, k, k));
                assertThat(smoothing.smoothed().mean(last, k)).as("mean").isCloseTo(filtered.mean(last, k),
                        Offset.offset(1e-12 * (deviation + Math.abs(filtered.mean(last, k)))));
                for (int l = 0; l <= k; l++) {
                    assertThat(smoothing.smoothed().covariance(last, k, l)).as("covariance").isCloseTo(filtered.covariance(last, k, l),
                            Offset.offset(1e-12 * deviation * Math.sqrt(filtered.covariance(last, l, l))));
                }
            }
        });
    }

    /** Exposures that never move are the same on every date. */
    @Test
    final void isTheSameOnEveryDateWithoutStateNoise() {
        Laws.forEach(every().stream().map(RandomCase::withoutDrift).toList(), one -> {
            SmootherResult smoothing = smooth(one);
            StatePath path = smoothing.smoothed();
            int last = one.dates.size() - 1;
            for (int t = 0; t <= last; t++) {
                for (int k = 0; k < path.states().count(); k++) {
                    double deviation = path.standardDeviation(last, k);
                    assertThat(path.mean(t, k)).as("mean at t=%s", t).isCloseTo(path.mean(last, k),
                            Offset.offset(tolerance() * (deviation + Math.abs(path.mean(last, k)))));
                    assertThat(path.covariance(t, k, k)).as("variance at t=%s", t)
                            .isCloseTo(deviation * deviation, Offset.offset(tolerance() * deviation * deviation));
                }
            }
        });
    }

    /** y - H beta_t|n = R u: what is left of y is its own noise. */
    @Test
    final void leavesTheNoiseOfY() {
        Laws.forEach(every(), one -> {
            SmootherResult smoothing = smooth(one);
            ExactModel of = new ExactModel(one.model(), one.sample());
            for (int t = 0; t < one.dates.size(); t++) {
                List<Integer> seen = of.seen(t);
                for (int i : seen) {
                    double[] h = of.h(t, i);
                    double left = one.sample().y(t, i);
                    double size = Math.abs(left);
                    for (int k = 0; k < h.length; k++) {
                        double term = h[k] == 0 ? 0 : h[k] * smoothing.smoothed().mean(t, k);
                        left -= term;
                        size += Math.abs(term);
                    }
                    double noise = 0;
                    for (int j : seen) {
                        noise += of.r(t).get(i, j) * smoothing.u(t, j);
                    }
                    assertThat(noise).as("R u at t=%s", t).isCloseTo(left, Offset.offset(tolerance() * size));
                }
            }
        });
    }

    /** One y less: what the others say of it is what filtering and smoothing without it says. Of a diagonal R. */
    @Test
    final void leavesOneOut() {
        Laws.forEach(every().stream().filter(one -> one.targets.size() == 1).toList(), one -> {
            SmootherResult smoothing = smooth(one);
            ExactModel of = new ExactModel(one.model(), one.sample());
            for (int t = 0; t < one.dates.size(); t += 5) {
                double y = one.sample().y(t, 0);
                if (Double.isNaN(y)) {
                    continue;
                }
                double[] rest = one.sample().column("y0");
                rest[t] = Double.NaN;
                StatePath without = smooth(one.model(), one.sample().withTargets(rest)).smoothed();
                double[] h = of.h(t, 0);
                double mean = 0;
                double variance = of.r(t).variance(0);
                for (int i = 0; i < h.length; i++) {
                    mean += h[i] * without.mean(t, i);
                    for (int j = 0; j < h.length; j++) {
                        variance += h[i] * without.covariance(t, i, j) * h[j];
                    }
                }
                assertThat(smoothing.leaveOneOutVariance(t, 0)).as("variance at t=%s", t)
                        .isCloseTo(variance, Offset.offset(tolerance() * variance));
                assertThat(smoothing.leaveOneOutResidual(t, 0)).as("residual at t=%s", t)
                        .isCloseTo(y - mean, Offset.offset(tolerance() * (Math.abs(y - mean) + Math.sqrt(variance))));
                assertThat(smoothing.leverage(t, 0)).as("leverage at t=%s", t).isBetween(0.0, 1.0);
            }
        });
    }

    /** Rounding never makes a variance, or that of any combination, negative. */
    @Test
    final void everyCovarianceIsOne() {
        List<GeneralCase> hard = GeneralCase.cases(3 * cases(), true, true);
        Laws.forEach(hard, one -> requireCovariances(smooth(one.model(), one.sample())));
        Laws.forEach(every(), one -> requireCovariances(smooth(one)));
    }

    private static void requireCovariances(SmootherResult smoothing) {
        StatePath path = smoothing.smoothed();
        int k = path.states().count();
        for (int t = 0; t < path.dates().size(); t++) {
            double[] packed = new double[Covariance.size(k)];
            boolean finite = true;
            for (int i = 0; i < k; i++) {
                for (int j = 0; j <= i; j++) {
                    packed[Covariance.index(i, j)] = path.covariance(t, i, j);
                    finite &= !Double.isNaN(path.covariance(t, i, j));
                }
            }
            if (finite && !ExactFilter.isPositiveSemidefinite(k, packed, 1e-14)) {
                throw new AssertionError("smoothed covariance at t=" + t + " has a negative eigenvalue");
            }
        }
    }

    /** y -> c y: exposures scale by c, u by 1 / c. */
    @Test
    final void followsTheUnitsOfTheTarget() {
        double c = 1000;
        Laws.forEach(every(), one -> Numbers.of(smooth(one.targetsTimes(c))).assertClose(Numbers.of(smooth(one)), tolerance(),
                cell -> switch (cell.quantity()) {
                    case "smoothed mean" -> c;
                    case "smoothed covariance" -> c * c;
                    case "u", "r" -> 1 / c;
                    default -> 1 / c / c;
                }));
    }

    /** x -> c x: its exposures scale by 1 / c, their r by c. */
    @Test
    final void followsTheUnitsOfAFactor() {
        double c = 0.001;
        Laws.forEach(every(), one -> {
            List<String> states = one.sample().states().names().stream().filter(s -> s.factor().equals("x0")).map(Object::toString).toList();
            Numbers.of(smooth(one.factorTimes("x0", c))).assertClose(Numbers.of(smooth(one)), tolerance(), cell -> {
                double unit = cell.quantity().startsWith("smoothed") ? 1 / c : c;
                return (states.contains(cell.row()) ? unit : 1) * (states.contains(cell.column()) ? unit : 1);
            });
        });
    }

    /** The order of the factors is a matter of names. */
    @Test
    final void doesNotDependOnTheOrderOfFactors() {
        Laws.forEach(every(), one -> Numbers.of(smooth(one.reversed())).assertClose(Numbers.of(smooth(one)), tolerance()));
    }

    /** The result names the pass it was made from and says what it knows; lag-one covariances are there when asked for. */
    @Test
    final void labelsItsResult() {
        Laws.forEach(every(), one -> {
            FilterResult pass = filter(one.model(), one.sample());
            SmootherResult smoothing = smoother().smooth(pass, DEFAULTS, Monitor.NONE);
            assertThat(smoothing.filter()).isSameAs(pass);
            assertThat(smoothing.smoothed().knows()).isEqualTo(StatePath.Knows.SMOOTHED);
            assertThat(smoothing.smoothed().states()).isEqualTo(one.sample().states());
            assertThat(smoothing.smoothed().dates()).isEqualTo(one.sample().dates());
            assertThat(smoothing.hasLagOneCovariances()).isFalse();
            SmootherResult more = smoother().smooth(pass, DEFAULTS.withLagOneCovariances(), Monitor.NONE);
            assertThat(more.hasLagOneCovariances()).isTrue();
            Numbers.of(more).assertSame(Numbers.of(smoothing));
        });
    }

    /** It needs the model and the sample of a pass, not what the pass kept. */
    @Test
    final void doesNotDependOnWhatThePassKept() {
        Laws.forEach(every(), one -> {
            Numbers all = Numbers.of(smooth(one));
            for (Retain retain : new Retain[] {Retain.MEANS, Retain.FINAL}) {
                FilterResult pass = engine().filter(one.model(), one.sample(), FilterOptions.defaults().withRetain(retain), Monitor.NONE);
                Numbers.of(smoother().smooth(pass, DEFAULTS, Monitor.NONE)).assertSame(all);
            }
        });
    }

    /** Asked twice, it says the same to the last bit; asked by four threads at once, too. */
    @Test
    final void isDeterministicAndThreadSafe() throws Exception {
        Map<RandomCase, FilterResult> passes = every().stream().collect(Collectors.toMap(one -> one, one -> filter(one.model(), one.sample())));
        Map<RandomCase, Numbers> alone = passes.keySet().stream().collect(Collectors.toMap(one -> one,
                one -> Numbers.of(smoother().smooth(passes.get(one), DEFAULTS, Monitor.NONE))));
        Laws.forEachAtOnce(List.copyOf(alone.keySet()), one ->
                Numbers.of(smoother().smooth(passes.get(one), DEFAULTS, Monitor.NONE)).assertSame(alone.get(one)));
    }

    /** The monitor is called with fractions from 0 to 1, and the CancelledException it throws ends the work. */
    @Test
    final void listensToItsMonitor() {
        RandomCase one = every().get(0);
        FilterResult pass = filter(one.model(), one.sample());
        AtomicInteger calls = new AtomicInteger();
        smoother().smooth(pass, DEFAULTS, (fraction, what) -> {
            calls.incrementAndGet();
            assertThat(Double.isNaN(fraction) || fraction >= 0 && fraction <= 1).as("fraction %s", fraction).isTrue();
            assertThat(what).isNotBlank();
        });
        assertThat(calls.get()).as("calls of the monitor").isPositive();
        CancelledException end = new CancelledException("a test");
        assertThatThrownBy(() -> smoother().smooth(pass, DEFAULTS, (fraction, what) -> {
            throw end;
        })).isSameAs(end);
    }

    /** Known, mixed and diffuse starts, in turn. */
    private List<RandomCase> every() {
        List<RandomCase> all = new ArrayList<>();
        for (RandomCase one : Laws.cases(cases(), 16, true, true)) {
            all.add(switch (all.size() % 3) {
                case 0 -> one.withDiffuse(state -> true);
                case 1 -> one;
                default -> one.withDiffuse(state -> state.hashCode() % 2 == 0);
            });
        }
        return all;
    }

    private SmootherResult smooth(RandomCase one) {
        return smooth(one.model(), one.sample());
    }

    private SmootherResult smooth(StateSpaceModel model, Sample sample) {
        return smoother().smooth(filter(model, sample), DEFAULTS, Monitor.NONE);
    }

    private FilterResult filter(StateSpaceModel model, Sample sample) {
        return engine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
    }

    private Smoother smoother() {
        if (smoother == null) {
            smoother = strategy();
        }
        return smoother;
    }
}
