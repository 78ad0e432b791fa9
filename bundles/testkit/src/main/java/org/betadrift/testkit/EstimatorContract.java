package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.Options;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.FilterEngine;
import org.betadrift.model.BetadriftException;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.junit.jupiter.api.Test;

/**
 * What every estimator keeps, whatever it estimates, over seeded random cases; a failure names its seed. Extend the contract
 * of the role. What a strategy says of itself (its options, whether it takes several targets or gaps) it says by overriding.
 *
 * @param <T> an initial state or a noise
 */
public abstract class EstimatorContract<T> {
    /** The one method of every role. */
    interface Role<T> {
        Estimate<T> estimate(EstimationContext context);
    }

    private Role<T> role;

    EstimatorContract() { }

    /** As in {@code @Strategy(options = ...)}; none unless overridden. */
    protected String[] options() {
        return new String[0];
    }

    /** What a run asks for, where an option has no default. @param sample whose states and targets the values are for */
    protected Map<String, String> requested(Sample sample) {
        return Map.of();
    }

    /** As in {@code @Strategy(multivariate = ...)}: half of the cases have several targets then. */
    protected boolean multivariate() {
        return false;
    }

    /** Whether dates without y are welcome; else they must be refused by a BetadriftException. */
    protected boolean takesGaps() {
        return true;
    }

    /** Dates in a case; more where a strategy needs them. */
    protected int dates() {
        return 40;
    }

    /** Cases a law is tried on; fewer where a strategy is slow. */
    protected int cases() {
        return 20;
    }

    /** To what part of its unit a law of scale or order must hold; larger where a strategy iterates. */
    protected double tolerance() {
        return 1e-9;
    }

    /** The engine a context holds: a plain one unless overridden. */
    protected FilterEngine engine() {
        return new TextbookEngine();
    }

    abstract Role<T> role();

    abstract EstimationContext leftOf(RandomCase one, EstimationContext context);

    abstract Numbers numbers(T value, Sample sample);

    abstract void requireFit(T value, Sample sample);

    abstract ScaleLaw targetLaw(String quantity);

    abstract ScaleLaw factorLaw(String quantity);

    /** How often a number carries the unit of a factor whose states these are. */
    abstract int carries(Cell cell, Set<String> states);

    /** One value a date has the dimension of the sample, and so on. */
    @Test
    final void fitsTheSample() {
        Laws.forEach(cases(takesGaps()), one -> requireFit(estimate(one).value(), one.sample()));
    }

    /** Asked twice, it says the same to the last bit, and so does a second instance. */
    @Test
    final void isDeterministic() {
        Role<T> second = role();
        Laws.forEach(cases(takesGaps()), one -> {
            Numbers first = numbers(one);
            numbers(one).assertSame(first);
            Sample sample = one.sample();
            numbers(second.estimate(context(one, sample, Map.of())).value(), sample).assertSame(first);
        });
    }

    /** Asked by four threads at once, it says what it says to one. */
    @Test
    final void isThreadSafe() throws Exception {
        Map<RandomCase, Numbers> alone = new LinkedHashMap<>();
        cases(takesGaps()).forEach(one -> alone.put(one, numbers(one)));
        Laws.forEachAtOnce(List.copyOf(alone.keySet()), one -> numbers(one).assertSame(alone.get(one)));
    }

    /** The sample and the options are afterwards what they were. */
    @Test
    final void leavesItsInputAlone() {
        Laws.forEach(cases(takesGaps()), one -> {
            EstimationContext context = context(one, one.sample(), Map.of());
            List<Object> before = Snapshot.of(context.sample());
            Map<String, String> options = Map.copyOf(context.options().asMap());
            estimate(context);
            assertThat(Snapshot.of(context.sample())).isEqualTo(before);
            assertThat(context.options().asMap()).isEqualTo(options);
        });
    }

    /** Dates without y are tolerated or refused, as the strategy says. */
    @Test
    final void takesGapsOrRefusesThem() {
        Laws.forEach(cases(false).stream().map(RandomCase::withGaps).toList(), gaps -> {
            if (takesGaps()) {
                requireFit(estimate(gaps).value(), gaps.sample());
            } else {
                assertThatThrownBy(() -> estimate(gaps)).isInstanceOf(BetadriftException.class);
            }
        });
    }

    /** No y, one date, a factor that never moves, collinear factors, huge and tiny numbers: a value or a BetadriftException. */
    @Test
    final void failsOnlyByABetadriftException() {
        List<RandomCase> hard = new ArrayList<>();
        cases(false).forEach(one -> hard.addAll(one.hardOnes()));
        Laws.forEach(hard, one -> {
            try {
                requireFit(estimate(one).value(), one.sample());
            } catch (BetadriftException e) {
                assertThat(e.getMessage()).as("a message of one line").isNotBlank().doesNotContain("\n");
            }
        });
    }

    /** No value dated s >= {@link Estimate#causalFrom()} changes when the rows after s are removed. */
    @Test
    final void isCausalFromWhereItSays() {
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger compared = new AtomicInteger();
        Laws.forEach(cases(takesGaps()), one -> {
            Estimate<T> whole = estimate(one);
            Truncation truncation = new Truncation(one, whole.causalFrom(), numbers(whole.value(), one.sample()));
            for (RandomCase cut : truncation.cuts()) {
                try {
                    truncation.requireUnchanged(cut, numbers(cut));
                    compared.incrementAndGet();
                } catch (InvalidInputException e) {
                    refused.incrementAndGet(); // too few rows for it
                }
            }
        });
        assertThat(refused.get() == 0 || compared.get() > 0).as("it says it is causal, but refuses every shorter sample").isTrue();
    }

    /** An option that holds nonsense is refused; one that isn't was never read. */
    @Test
    final void readsEveryOptionItDeclares() {
        RandomCase one = cases(takesGaps()).get(0);
        for (String declaration : options()) {
            String key = declaration.split("=", 2)[0];
            assertThatThrownBy(() -> estimate(context(one, one.sample(), Map.of(key, "\"nonsense\""))))
                    .as("option %s=\"nonsense\"", key).isInstanceOf(InvalidInputException.class);
        }
    }

    /** Warnings are sentences of one line. */
    @Test
    final void warnsInSentences() {
        Laws.forEach(cases(takesGaps()), one -> assertThat(estimate(one).warnings())
                .allSatisfy(warning -> assertThat(warning).isNotBlank().doesNotContain("\n")));
    }

    /** Whoever calls the monitor lets its CancelledException pass. */
    @Test
    final void letsACancelledRunEnd() {
        Laws.forEach(cases(takesGaps()), one -> {
            AtomicBoolean asked = new AtomicBoolean();
            CancelledException end = new CancelledException("a test");
            EstimationContext context = context(one, one.sample(), Map.of()).withMonitor((fraction, what) -> {
                asked.set(true);
                throw end;
            });
            try {
                estimate(context);
                assertThat(asked).as("the run was cancelled and the estimate went on").isFalse();
            } catch (CancelledException e) {
                assertThat(e).isSameAs(end);
            }
        });
    }

    /** y -> c y does what the strategy's {@link ScaleLaw} says. */
    @Test
    final void followsTheUnitsOfTheTarget() {
        Laws.forEach(cases(takesGaps()), one -> compare(numbers(one), numbers(one.targetsTimes(1000)),
                cell -> targetLaw(cell.quantity()), (cell, law) -> law.factor(1000, 1)));
    }

    /** x -> c x of one factor does what the strategy's {@link ScaleLaw} says. */
    @Test
    final void followsTheUnitsOfAFactor() {
        Laws.forEach(cases(takesGaps()), one -> {
            String factor = one.factors().get(one.factors().size() - 1);
            Set<String> states = one.sample().states().names().stream().filter(s -> s.factor().equals(factor)).map(Object::toString)
                    .collect(Collectors.toSet());
            compare(numbers(one), numbers(one.factorTimes(factor, 0.001)), cell -> factorLaw(cell.quantity()),
                    (cell, law) -> law.factor(0.001, carries(cell, states)));
        });
    }

    private void compare(Numbers before, Numbers after, Function<Cell, ScaleLaw> lawOf, ToDoubleBiFunction<Cell, ScaleLaw> factor) {
        after.only(cell -> lawOf.apply(cell).isPresent()).assertClose(before.only(cell -> lawOf.apply(cell).isPresent()), tolerance(),
                cell -> factor.applyAsDouble(cell, lawOf.apply(cell)));
    }

    /** The order of the factors is a matter of names. */
    @Test
    final void doesNotDependOnTheOrderOfFactors() {
        Laws.forEach(cases(takesGaps()), one -> numbers(one.reversed()).assertClose(numbers(one), tolerance()));
    }

    private List<RandomCase> cases(boolean gaps) {
        return Laws.cases(cases(), dates(), multivariate(), gaps);
    }

    private Numbers numbers(RandomCase one) {
        Sample sample = one.sample();
        return numbers(estimate(context(one, sample, Map.of())).value(), sample);
    }

    private Estimate<T> estimate(RandomCase one) {
        return estimate(context(one, one.sample(), Map.of()));
    }

    private Estimate<T> estimate(EstimationContext context) {
        if (role == null) {
            role = role();
        }
        Estimate<T> estimate = role.estimate(context);
        assertThat(estimate).as("the estimate").isNotNull();
        return estimate;
    }

    private EstimationContext context(RandomCase one, Sample sample, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(requested(sample));
        all.putAll(more);
        Options effective = Options.merge("the strategy", options(), Map.of(), all);
        return leftOf(one, EstimationContext.of(sample, one.transition(), engine()).withOptions(effective));
    }
}
