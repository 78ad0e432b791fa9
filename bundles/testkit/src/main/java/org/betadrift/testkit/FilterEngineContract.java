package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.StatePath;
import org.betadrift.model.BetadriftException;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.States;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;

/**
 * What every FilterEngine keeps: the reference cases, agreement with {@link TextbookEngine} on seeded random cases, and laws
 * that hold whatever the data. A failure names its case.
 */
public abstract class FilterEngineContract {
    private static final double ROUNDING = 1e-12;

    private FilterEngine engine;

    /** The engine under test. */
    protected abstract FilterEngine strategy();

    /** As in {@code @Strategy(multivariate = ...)}: half of the cases have several targets then. */
    protected boolean multivariate() {
        return false;
    }

    /** Whether it takes a diffuse start, exactly. Else it must refuse one. */
    protected boolean diffuse() {
        return false;
    }

    /** Whether it takes equality constraints, exactly. Else it must refuse them. */
    protected boolean constrained() {
        return false;
    }

    /** Whether it allocates nothing a date, but what it keeps. */
    protected boolean withoutGarbage() {
        return false;
    }

    /** Cases a law is tried on; fewer where a strategy is slow. */
    protected int cases() {
        return 20;
    }

    /** To what part of its unit a number must agree with the textbook's and keep the laws of scale and order. */
    protected double tolerance() {
        return 1e-9;
    }

    /** {@link #tolerance} from a diffuse start, whose first variances may be large beside the noise. */
    protected double diffuseTolerance() {
        return tolerance();
    }

    /** What y and factors are multiplied with, one after the other, to see whether units matter. */
    protected double[] units() {
        return new double[] {1e-100, 1e-3, 1e3, 1e100};
    }

    /** How far a log-likelihood of the reference cases may be off, absolutely. */
    protected double referenceLogLikelihood() {
        return 1e-9;
    }

    /** How far all else of the reference cases may be off, a part of a column's largest number. */
    protected double referenceTolerance() {
        return 1e-10;
    }

    /** The numbers of a 500-bit filter. */
    @Test
    final void agreesWithTheReferenceCases() {
        List<ReferenceCase> all = new ArrayList<>(ReferenceCase.known());
        if (multivariate()) {
            all.add(ReferenceCase.cProper());
        }
        Laws.forEach(all, one -> requireReference(one, LikelihoodConvention.FULL));
    }

    private void requireReference(ReferenceCase one, LikelihoodConvention convention) {
        FilterResult pass = engine().filter(one.model(), one.sample(), FilterOptions.defaults().withConvention(convention), Monitor.NONE);
        new ReferenceComparison(one).check(pass, referenceLogLikelihood(), referenceTolerance());
    }

    /** A plain filter's numbers, on random models with constant and varying noises. */
    @Test
    final void agreesWithTheTextbook() {
        Laws.forEach(every(), one -> Numbers.of(filter(one)).assertClose(Numbers.of(new TextbookEngine()
                .filter(one.model(), one.sample(), FilterOptions.defaults(), Monitor.NONE)), tolerance()));
    }

    /** The result names its model, sample and options, and labels what it knows; every covariance is one. */
    @Test
    final void labelsItsResult() {
        Laws.forEach(every(), one -> {
            StateSpaceModel model = one.model();
            Sample sample = one.sample();
            FilterOptions options = FilterOptions.defaults().withBurnIn(3);
            FilterResult pass = engine().filter(model, sample, options, Monitor.NONE);
            assertThat(pass.model()).isSameAs(model);
            assertThat(pass.sample()).isSameAs(sample);
            assertThat(pass.options()).isSameAs(options);
            assertThat(pass.warnings()).allSatisfy(warning -> assertThat(warning).isNotBlank().doesNotContain("\n"));
            requirePath(pass.predicted(), StatePath.Knows.PREDICTED, sample);
            requirePath(pass.filtered(), StatePath.Knows.FILTERED, sample);
        });
    }

    private static void requirePath(StatePath path, StatePath.Knows knows, Sample sample) {
        assertThat(path.knows()).isEqualTo(knows);
        assertThat(path.states()).isEqualTo(sample.states());
        assertThat(path.dates()).isEqualTo(sample.dates());
        int k = sample.states().count();
        for (int t = 0; t < sample.periods(); t++) {
            double[] packed = new double[Covariance.size(k)];
            for (int i = 0; i < k; i++) {
                for (int j = 0; j <= i; j++) {
                    packed[Covariance.index(i, j)] = path.covariance(t, i, j);
                }
            }
            assertThatCode(() -> Covariance.ofPacked(k, packed)).as("covariance %s on %s", knows, sample.date(t))
                    .doesNotThrowAnyException();
        }
    }

    /** On a date without y the filtered state is the predicted one to the last bit; what doesn't exist is NaN and adds nothing. */
    @Test
    final void predictsWhereTargetsAreMissing() {
        Laws.forEach(every(), one -> {
            RandomCase gaps = one.withGaps();
            FilterResult pass = filter(gaps);
            for (int t = 0; t < gaps.dates.size(); t++) {
                int date = t;
                if (gaps.targets.values().stream().allMatch(y -> Double.isNaN(y[date]))) {
                    requirePrediction(pass, t);
                }
            }
        });
    }

    private static void requirePrediction(FilterResult pass, int t) {
        LocalDate date = pass.sample().date(t);
        for (int i = 0; i < pass.sample().states().count(); i++) {
            assertThat(pass.filtered().mean(t, i)).as("filtered mean on %s", date).isEqualTo(pass.predicted().mean(t, i));
            for (int j = 0; j <= i; j++) {
                assertThat(pass.filtered().covariance(t, i, j)).as("filtered covariance on %s", date)
                        .isEqualTo(pass.predicted().covariance(t, i, j));
            }
            assertThat(pass.gain(t, i, 0)).as("gain on %s", date).isNaN();
        }
        assertThat(pass.innovation(t, 0)).as("innovation on %s", date).isNaN();
        assertThat(pass.innovationCovariance(t, 0, 0)).as("S on %s", date).isNaN();
        assertThat(pass.standardizedInnovation(t, 0)).as("standardized innovation on %s", date).isNaN();
        assertThat(pass.logLikelihood(t)).as("log-likelihood on %s", date).isZero();
    }

    /** Nothing on a date changes when the rows after it are removed. */
    @Test
    final void looksAtThePastOnly() {
        Laws.forEach(every(), one -> {
            RandomCase cut = one.until(one.dates.size() / 2);
            LocalDate last = cut.dates.get(cut.dates.size() - 1);
            Numbers.of(filter(cut)).assertClose(Numbers.of(filter(one)).only(cell -> !cell.date().isAfter(last)), ROUNDING);
        });
    }

    /** y -> c y with the model in the new units: exposures scale by c, the log-likelihood of a date by -log c for every y. */
    @Test
    final void followsTheUnitsOfTheTarget() {
        Laws.forEach(every(), inOtherUnits(tolerance())::requireTarget);
    }

    /** x_k -> c x_k with the model in the new units: beta_k and its gain scale by 1/c, nothing else changes. */
    @Test
    final void followsTheUnitsOfAFactor() {
        Laws.forEach(every(), inOtherUnits(tolerance())::requireFactor);
    }

    /** The order of the factors is a matter of names. */
    @Test
    final void doesNotDependOnTheOrderOfFactors() {
        Laws.forEach(every(), one -> Numbers.of(filter(one.reversed())).assertClose(Numbers.of(filter(one)), tolerance()));
    }

    /** The reference cases with an exactly diffuse start, in both conventions there are for one. */
    @Test
    final void agreesWithTheDiffuseReferenceCases() {
        assumeDiffuse();
        List<ReferenceCase> all = new ArrayList<>(ReferenceCase.diffuse());
        if (multivariate()) {
            all.add(ReferenceCase.cDiffuse());
        }
        Laws.forEach(all, one -> {
            requireReference(one, LikelihoodConvention.FULL);
            requireReference(one, LikelihoodConvention.NO_CONSTANT_DIFFUSE);
        });
    }

    /** Diffuse and mixed starts, rows that repeat, rows without y: what 220 digits say. */
    @Test
    final void agreesWithTheExactEngineUnderADiffuseStart() {
        assumeDiffuse();
        Laws.forEach(diffuseCases(), one -> new DiffuseComparison(one.model(), one.sample(), filter(one)).check(diffuseTolerance()));
    }

    /** {@link #followsTheUnitsOfTheTarget}, but a y that enters through an infinite variance has no unit. */
    @Test
    final void followsTheUnitsOfTheTargetUnderADiffuseStart() {
        assumeDiffuse();
        Laws.forEach(diffuseCases(), inOtherUnits(diffuseTolerance())::requireTarget);
    }

    /** {@link #followsTheUnitsOfAFactor}, but every diffuse exposure to it takes log c from the log-likelihood. */
    @Test
    final void followsTheUnitsOfAFactorUnderADiffuseStart() {
        assumeDiffuse();
        Laws.forEach(diffuseCases(), inOtherUnits(diffuseTolerance())::requireFactor);
    }

    /** {@link #doesNotDependOnTheOrderOfFactors}: which state takes the news first doesn't matter in the end. */
    @Test
    final void doesNotDependOnTheOrderOfFactorsUnderADiffuseStart() {
        assumeDiffuse();
        Laws.forEach(diffuseCases(), one -> {
            FilterResult pass = filter(one);
            Predicate<Cell> definite = DiffuseComparison.definite(pass);
            Numbers.of(filter(one.reversed())).only(definite).assertClose(Numbers.of(pass).only(definite), diffuseTolerance());
        });
    }

    /** Without any constant the log-likelihood of a diffuse start means nothing. */
    @Test
    final void refusesToCountNoConstantUnderADiffuseStart() {
        assumeDiffuse();
        RandomCase one = every().get(0).withDiffuse(state -> true);
        FilterOptions options = FilterOptions.defaults().withConvention(LikelihoodConvention.NO_CONSTANT);
        assertThatThrownBy(() -> engine().filter(one.model(), one.sample(), options, Monitor.NONE)).isInstanceOf(InvalidInputException.class);
    }

    /** Exact, tolerant, moving and implied rows, before every y and in no sum: what 220 digits say. */
    @Test
    final void agreesWithTheExactEngineUnderConstraints() {
        assumeConstrained();
        Laws.forEach(constrainedCases(), one -> {
            FilterResult pass = filter(one.model(), one.sample());
            FilterResult exact = new ExactEngine().filter(one.model(), one.sample(), FilterOptions.defaults(), Monitor.NONE);
            Predicate<Cell> definite = DiffuseComparison.definite(exact);
            Numbers.of(pass).only(definite).assertClose(Numbers.of(exact).only(definite), diffuseTolerance());
            assertThat(pass.observations()).as("observations").isEqualTo(exact.observations());
            assertThat(pass.diffuseObservations()).as("diffuse observations").isEqualTo(exact.diffuseObservations());
        });
    }

    /** An exact row holds on every date, predicted and filtered. */
    @Test
    final void keepsExactConstraints() {
        assumeConstrained();
        Laws.forEach(constrainedCases(), one -> {
            FilterResult pass = filter(one.model(), one.sample());
            for (StateConstraint row : one.model().constraints()) {
                for (int t = 0; t < one.sample().periods() && row.isExact(); t++) {
                    requireKept(row, t, pass.predicted());
                    requireKept(row, t, pass.filtered());
                }
            }
        });
    }

    private static void requireKept(StateConstraint row, int t, StatePath path) {
        double gap = ConstrainedCase.gap(row, t, k -> path.mean(t, k));
        assertThat(Double.isNaN(gap) || gap <= ROUNDING).as("%s of %s states at t=%s: off by %s", row, path.knows(), t, gap).isTrue();
    }

    /** Rows that contradict each other, and inequalities, are never left aside. */
    @Test
    final void refusesConstraintsItCannotKeep() {
        RandomCase one = every().get(0);
        int k = one.sample().states().count();
        StateConstraint sum = StateConstraint.of("sum=1", Relation.EQUAL, Vector.filled(k, 1), 1, 0);
        StateConstraint other = StateConstraint.of("2*sum=3", Relation.EQUAL, Vector.filled(k, 2), 3, 0);
        StateConstraint limit = StateConstraint.of("sum<=1", Relation.AT_MOST, Vector.filled(k, 1), 1, 0);
        assertRefused("an inequality", one.model().withConstraints(List.of(limit)), one.sample());
        if (!constrained()) {
            assertRefused("a constraint", one.model().withConstraints(List.of(sum)), one.sample());
            return;
        }
        assertThatThrownBy(() -> filter(one.model().withConstraints(List.of(sum, other)), one.sample())).as("contradictory rows")
                .isInstanceOf(InvalidInputException.class).hasMessageContaining("sum=1").hasMessageContaining("2*sum=3");
    }

    private void assumeConstrained() {
        assumeTrue(constrained(), "it takes no constraints");
    }

    private List<ConstrainedCase> constrainedCases() {
        List<ConstrainedCase> all = ConstrainedCase.cases(cases(), 12, multivariate(), diffuse());
        all.addAll(ConstrainedCase.general(2 * cases(), multivariate(), diffuse()));
        return all;
    }

    private void assumeDiffuse() {
        assumeTrue(diffuse(), "it takes no diffuse start");
    }

    /** Every start: all of it diffuse, the half of it, all of it where the first two rows are one. */
    private List<RandomCase> diffuseCases() {
        List<RandomCase> all = new ArrayList<>();
        for (RandomCase one : every()) {
            RandomCase start = switch (all.size() % 3) {
                case 0 -> one.withDiffuse(state -> true);
                case 1 -> one.withDiffuse(state -> state.hashCode() % 2 == 0);
                default -> one.withRepeatedFirstRow().withDiffuse(state -> true);
            };
            all.add(start);
        }
        return all;
    }

    private UnitLaws inOtherUnits(double tolerance) {
        return new UnitLaws(this::filter, tolerance, units());
    }

    /** What is kept of a pass doesn't change it: what is there is the same to the last bit. */
    @Test
    final void retentionChangesNoNumber() {
        List<RandomCase> all = new ArrayList<>(every());
        if (diffuse()) {
            all.addAll(diffuseCases());
        }
        Laws.forEach(all, one -> new RetentionLaws(engine(), one).requireSameNumbers());
    }

    /** A pass that keeps its last date only needs as much memory for 100,000 dates as for 10,000. */
    @Test
    final void keepingTheLastDateOnlyCostsTheSameForAnyNumberOfDates() {
        assumeTrue(withoutGarbage(), "it makes garbage");
        RetentionLaws.requireConstantMemory(engine());
    }

    /** Asked twice, it says the same to the last bit. */
    @Test
    final void isDeterministic() {
        Laws.forEach(every(), one -> Numbers.of(filter(one)).assertSame(Numbers.of(filter(one))));
    }

    /** Asked by four threads at once, it says what it says to one. */
    @Test
    final void isThreadSafe() throws Exception {
        Map<RandomCase, Numbers> alone = every().stream().collect(Collectors.toMap(one -> one, one -> Numbers.of(filter(one))));
        Laws.forEachAtOnce(List.copyOf(alone.keySet()), one -> Numbers.of(filter(one)).assertSame(alone.get(one)));
    }

    /** The sample is afterwards what it was, and so is the model. */
    @Test
    final void leavesItsInputAlone() {
        Laws.forEach(every(), one -> {
            Sample sample = one.sample();
            StateSpaceModel model = one.model();
            List<Object> before = Snapshot.of(sample);
            engine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
            assertThat(Snapshot.of(sample)).isEqualTo(before);
            assertThat(model.stateNoise()).isEqualTo(one.stateNoise());
            assertThat(model.observationNoise()).isEqualTo(one.observationNoise());
            assertThat(model.initial().prior()).isEqualTo(one.initialState().prior());
        });
    }

    /** The monitor is called with fractions from 0 to 1, and the CancelledException it throws ends the pass. */
    @Test
    final void listensToItsMonitor() {
        RandomCase one = every().get(0);
        AtomicInteger calls = new AtomicInteger();
        engine().filter(one.model(), one.sample(), FilterOptions.defaults(), (fraction, what) -> {
            calls.incrementAndGet();
            assertThat(Double.isNaN(fraction) || fraction >= 0 && fraction <= 1).as("fraction %s", fraction).isTrue();
            assertThat(what).isNotBlank();
        });
        assertThat(calls.get()).as("calls of the monitor").isPositive();
        CancelledException end = new CancelledException("a test");
        assertThatThrownBy(() -> engine().filter(one.model(), one.sample(), FilterOptions.defaults(), (fraction, what) -> {
            throw end;
        })).isSameAs(end);
    }

    /** Burn-in and convention change sums, nothing else. */
    @Test
    final void optionsChangeSumsOnly() {
        Laws.forEach(every(), one -> {
            FilterResult plain = filter(one);
            FilterOptions options = FilterOptions.defaults().withBurnIn(7).withConvention(LikelihoodConvention.NO_CONSTANT);
            FilterResult other = engine().filter(one.model(), one.sample(), options, Monitor.NONE);
            Numbers.of(other).only(UnitLaws::isScalable).assertSame(Numbers.of(plain).only(UnitLaws::isScalable));
            double sum = 0;
            for (int t = 0; t < one.dates.size(); t++) {
                int date = t;
                int seen = (int) one.targets.values().stream().filter(y -> !Double.isNaN(y[date])).count();
                double expected = plain.logLikelihood(t) - LikelihoodConvention.FULL.constant(seen, 0);
                assertThat(other.logLikelihood(t)).as("log-likelihood on %s", one.dates.get(t))
                        .isCloseTo(expected, Offset.offset(ROUNDING * (10 + Math.abs(expected))));
                sum += t < 7 ? 0 : other.logLikelihood(t);
            }
            assertThat(other.logLikelihood()).as("log-likelihood").isEqualTo(sum);
        });
    }

    /** A model that doesn't fit the sample is an InvalidInputException. */
    @Test
    final void refusesWhatDoesNotFit() {
        RandomCase one = every().get(0);
        Sample sample = one.sample();
        int k = sample.states().count();
        int m = sample.targets().size();
        InitialState initial = one.initialState();
        Transition walk = Transition.randomWalk(k);
        Noise q = Noise.constant(Covariance.scalar(k, 1));
        Noise r = Noise.constant(Covariance.scalar(m, 1));
        List<Covariance> tooMany = one.dates.stream().map(date -> Covariance.scalar(k, 1)).collect(Collectors.toList());
        tooMany.add(Covariance.scalar(k, 1));
        assertRefused("other states", StateSpaceModel.of(States.of(IntStream.range(0, k).mapToObj(i -> "other" + i).toArray(String[]::new)),
                initial, walk, q, r), sample);
        assertRefused("an observation noise of another dimension", StateSpaceModel.of(sample.states(), initial, walk, q,
                Noise.constant(Covariance.scalar(m + 1, 1))), sample);
        assertRefused("a state noise of other dates",
                StateSpaceModel.of(sample.states(), initial, walk, Noise.varying(tooMany), r), sample);
        if (!diffuse()) {
            assertRefused("a diffuse start", StateSpaceModel.of(sample.states(), InitialState.diffuse(k), walk, q, r), sample);
        }
        assertRefused("an observation noise of other dates", StateSpaceModel.of(sample.states(), initial, walk, q,
                Noise.varying(List.of(Covariance.scalar(m, 1)))), sample);
    }

    private void assertRefused(String what, StateSpaceModel model, Sample sample) {
        assertThatThrownBy(() -> filter(model, sample)).as(what).isInstanceOf(InvalidInputException.class);
    }

    /** No y, one date, collinear factors, no noise at all, huge and tiny numbers: a result or a BetadriftException. */
    @Test
    final void failsOnlyByABetadriftException() {
        Laws.forEach(every().stream().flatMap(one -> one.hardOnes().stream()).toList(), one -> {
            try {
                assertThat(filter(one).logLikelihood()).as("log-likelihood").isFinite();
            } catch (BetadriftException e) {
                assertThat(e.getMessage()).as("a message of one line").isNotBlank().doesNotContain("\n");
            }
        });
    }

    private List<RandomCase> every() {
        return Laws.cases(cases(), 40, multivariate(), true);
    }

    private FilterResult filter(RandomCase one) {
        return filter(one.model(), one.sample());
    }

    private FilterResult filter(StateSpaceModel model, Sample sample) {
        return engine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
    }

    private FilterEngine engine() {
        if (engine == null) {
            engine = strategy();
        }
        return engine;
    }
}
