package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Forecast;
import org.betadrift.filter.Forecaster;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;

/**
 * What every Forecaster keeps, on seeded random cases of constant and varying noises, T = I or not, gaps in y: it says what a
 * filter says of a sample that goes on without y, and what one Gaussian vector says. A failure names its case.
 */
public abstract class ForecasterContract {
    private static final double ROUNDING = 1e-12;

    private Forecaster forecaster;

    /** The forecaster under test. */
    protected abstract Forecaster strategy();

    /** As in {@code @Strategy(multivariate = ...)}: half of the cases have several targets then. */
    protected boolean multivariate() {
        return false;
    }

    /** Whether constraints hold on future dates too. Else it must refuse a pass that has some. */
    protected boolean constrained() {
        return false;
    }

    /** Cases a law is tried on. */
    protected int cases() {
        return 12;
    }

    /** The predicted states of a filter that runs on over dates without y. */
    @Test
    final void agreesWithAFilterThatRunsOn() {
        Laws.forEach(transitions(), one -> {
            StatePath expected = ForecastCase.pass(one.longModel(), one.longSample(0)).predicted();
            StatePath is = forecast(one).states();
            for (int t = 0; t < ForecastCase.AHEAD; t++) {
                int date = one.past() + t;
                for (int k = 0; k < is.states().count(); k++) {
                    String name = is.states().names().get(k) + " on " + is.dates().get(t);
                    double unit = expected.standardDeviation(date, k);
                    requireClose("mean of " + name, is.mean(t, k), expected.mean(date, k), Math.abs(expected.mean(date, k)) + unit);
                    for (int l = 0; l < is.states().count(); l++) {
                        requireClose("covariance of " + name, is.covariance(t, k, l), expected.covariance(date, k, l),
                                unit * expected.standardDeviation(date, l));
                    }
                }
            }
        });
    }

    private static void requireClose(String what, double is, double expected, double unit) {
        if (!(Math.abs(is - expected) <= ROUNDING * unit)) {
            throw new AssertionError(what + " is " + is + ", expected " + expected + " (to " + ROUNDING + " of " + unit + ")");
        }
    }

    /** {@link #agreesWithAFilterThatRunsOn} under an exact row and a tolerant one; never without them. */
    @Test
    final void constraintsHoldOnFutureDates() {
        Laws.forEach(transitions(), one -> {
            int k = one.model().states().count();
            List<StateConstraint> rows = List.of(StateConstraint.of("sum=0.5", Relation.EQUAL, Vector.filled(k, 1), 0.5, 0),
                    StateConstraint.of("first=1~0.1", Relation.EQUAL, Vector.of(IntStream.range(0, k).mapToDouble(i -> i == 0 ? 1 : 0).toArray()), 1, 0.1));
            FilterResult pass = new ExactEngine().filter(one.model().withConstraints(rows), one.sample(), FilterOptions.defaults(), Monitor.NONE);
            if (!constrained()) {
                assertRefused(pass, one.future().build(), "constraint");
                return;
            }
            StatePath expected = new ExactEngine().filter(one.longModel().withConstraints(rows), one.longSample(0), FilterOptions.defaults(),
                    Monitor.NONE).predicted();
            StatePath is = forecaster().forecast(pass, one.future().build()).states();
            for (int t = 0; t < ForecastCase.AHEAD; t++) {
                int date = t;
                assertThat(ConstrainedCase.gap(rows.get(0), t, i -> is.mean(date, i))).as("gap on %s", is.dates().get(t)).isLessThan(1e-12);
                for (int i = 0; i < k; i++) {
                    double unit = 1e-6 + expected.standardDeviation(one.past() + t, i);
                    assertThat(is.mean(t, i)).as("mean").isCloseTo(expected.mean(one.past() + t, i),
                            Offset.offset(1e-9 * (unit + Math.abs(expected.mean(one.past() + t, i)))));
                    assertThat(is.standardDeviation(t, i)).as("deviation").isCloseTo(expected.standardDeviation(one.past() + t, i), Offset.offset(1e-9 * unit));
                }
            }
        });
    }

    /** All states and the targets to come as one Gaussian vector, given y. */
    @Test
    final void agreesWithOneGaussianVector() {
        Laws.forEach(transitions(), one -> {
            PathDistribution all = PathDistribution.posterior(one.longModel(), one.longSample(0));
            int n = one.past();
            ForecastNumbers.of(forecast(one)).assertClose(ForecastNumbers.of(one.futureDates(), one.model().states().texts(),
                    one.sample().targets(), (t, i, j) -> all.mean(n + t, i), (t, i, j) -> all.covariance(n + t, i, n + t, j),
                    (t, i, j) -> all.targetMean(n + t, i), (t, i, j) -> all.targetCovariance(n + t, i, n + t, j)), 1e-8);
        });
    }

    /** y less its innovation and S, of a filter that sees the next date. */
    @Test
    final void beginsWithTheNextPrediction() {
        Laws.forEach(every(), one -> {
            FilterResult next = ForecastCase.pass(one.longModel(), one.longSample(1));
            Forecast forecast = forecast(one);
            int n = one.past();
            for (int i = 0; i < forecast.targets().size(); i++) {
                String target = forecast.targets().get(i);
                double unit = Math.sqrt(next.innovationCovariance(n, i, i));
                double y = next.sample().y(n, i);
                requireClose("mean of " + target, forecast.mean(0, i), y - next.innovation(n, i), unit + Math.abs(y));
                for (int j = 0; j < forecast.targets().size(); j++) {
                    requireClose("covariance of " + target, forecast.covariance(0, i, j), next.innovationCovariance(n, i, j),
                            unit * Math.sqrt(next.innovationCovariance(n, j, j)));
                }
            }
        });
    }

    /** What the pass retained doesn't matter. */
    @Test
    final void needsTheLastDateOnly() {
        Laws.forEach(every(), one -> {
            FilterResult all = one.pass();
            ForecastNumbers expected = ForecastNumbers.of(forecast(one));
            for (Retain retain : new Retain[] {Retain.MEANS, Retain.FINAL}) {
                ForecastNumbers.of(forecaster().forecast(Passes.retaining(retain, all), one.future().build())).assertClose(expected, 1e-9);
            }
        });
    }

    /** T, Q and R that vary are carried on, and that is said; otherwise there is nothing to say. */
    @Test
    final void saysWhatItCarriesOn() {
        Laws.forEach(transitions(), one -> {
            List<String> warnings = forecast(one).warnings();
            assertThat(warnings.isEmpty()).as("nothing to say: %s", warnings).isEqualTo(!one.varies());
            assertThat(warnings).allSatisfy(warning -> assertThat(warning).isNotBlank().doesNotContain("\n"));
        });
    }

    /** Dates, names and what the states know; every covariance is one. */
    @Test
    final void labelsItsResult() {
        Laws.forEach(every(), one -> {
            Forecast forecast = forecast(one);
            assertThat(forecast.dates()).isEqualTo(one.futureDates());
            assertThat(forecast.states().dates()).isEqualTo(one.futureDates());
            assertThat(forecast.states().knows()).isEqualTo(StatePath.Knows.PREDICTED);
            assertThat(forecast.states().states()).isEqualTo(one.model().states());
            assertThat(forecast.targets()).isEqualTo(one.sample().targets());
            int m = forecast.targets().size();
            for (int t = 0; t < ForecastCase.AHEAD; t++) {
                double[] packed = new double[Covariance.size(m)];
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j <= i; j++) {
                        packed[Covariance.index(i, j)] = forecast.covariance(t, i, j);
                    }
                }
                assertThatCode(() -> Covariance.ofPacked(m, packed)).doesNotThrowAnyException();
            }
        });
    }

    /** No dates, no forecast. */
    @Test
    final void saysNothingOfNoDates() {
        ForecastCase one = every().get(0);
        ReturnPanel.Builder none = ReturnPanel.builder(List.of());
        one.future().build().names().forEach(none::column);
        assertThat(forecaster().forecast(one.pass(), none.build()).dates()).isEmpty();
    }

    /** y -> c y with the model in the new units: everything scales by c or its square. */
    @Test
    final void followsTheUnitsOfTheTarget() {
        double c = 1000;
        Laws.forEach(every(), one -> ForecastNumbers.of(forecast(one.changed(any -> any.targetsTimes(c))))
                .assertClose(ForecastNumbers.of(forecast(one)), 1e-9, cell -> cell.column().isEmpty() ? c : c * c));
    }

    /** x_k -> c x_k with the model in the new units: beta_k scales by 1/c, the targets don't change. */
    @Test
    final void followsTheUnitsOfAFactor() {
        double c = 0.001;
        Laws.forEach(every(), one -> {
            Set<String> states = one.model().states().names().stream().filter(s -> s.factor().equals("x0")).map(Object::toString)
                    .collect(Collectors.toSet());
            ForecastNumbers.of(forecast(one.changed(any -> any.factorTimes("x0", c)))).assertClose(ForecastNumbers.of(forecast(one)), 1e-9,
                    cell -> (states.contains(cell.row()) ? 1 / c : 1) * (states.contains(cell.column()) ? 1 / c : 1));
        });
    }

    /** The order of the factors, and of the columns of the future, is a matter of names. */
    @Test
    final void doesNotDependOnTheOrderOfFactors() {
        Laws.forEach(every(), one -> {
            ForecastNumbers expected = ForecastNumbers.of(forecast(one));
            ForecastNumbers.of(forecast(one.changed(RandomCase::reversed))).assertClose(expected, 1e-9);
            ReturnPanel future = one.future().build();
            List<String> names = new ArrayList<>(future.names());
            Collections.reverse(names);
            ReturnPanel.Builder other = ReturnPanel.builder(future.dates());
            names.forEach(name -> other.column(name, future.column(name)));
            ForecastNumbers.of(forecaster().forecast(one.pass(), other.build())).assertSame(expected);
        });
    }

    /** Asked twice, it says the same to the last bit. */
    @Test
    final void isDeterministic() {
        Laws.forEach(every(), one -> ForecastNumbers.of(forecast(one)).assertSame(ForecastNumbers.of(forecast(one))));
    }

    /** Asked by four threads at once, it says what it says to one. */
    @Test
    final void isThreadSafe() throws Exception {
        Map<ForecastCase, ForecastNumbers> alone = every().stream().collect(Collectors.toMap(one -> one, one -> ForecastNumbers.of(forecast(one))));
        Laws.forEachAtOnce(List.copyOf(alone.keySet()), one -> ForecastNumbers.of(forecast(one)).assertSame(alone.get(one)));
    }

    /** The pass and the future are afterwards what they were. */
    @Test
    final void leavesItsInputAlone() {
        Laws.forEach(every(), one -> {
            FilterResult pass = one.pass();
            ReturnPanel future = one.future().build();
            Numbers passBefore = Numbers.of(pass);
            List<Object> sampleBefore = Snapshot.of(pass.sample());
            forecaster().forecast(pass, future);
            Numbers.of(pass).assertSame(passBefore);
            assertThat(Snapshot.of(pass.sample())).isEqualTo(sampleBefore);
            for (String name : future.names()) {
                assertThat(future.column(name)).as(name).isEqualTo(one.future().build().column(name));
            }
        });
    }

    /** A factor that is absent or missing, named with its date, and dates that aren't later. */
    @Test
    final void refusesAFutureThatIsNone() {
        Laws.forEach(every(), one -> {
            ReturnPanel future = one.future().build();
            FilterResult pass = one.pass();
            ReturnPanel.Builder absent = ReturnPanel.builder(future.dates());
            future.names().stream().filter(name -> !name.equals(one.factor())).forEach(name -> absent.column(name, future.column(name)));
            assertRefused(pass, absent.build(), one.factor());
            double[] gap = future.column(one.factor());
            gap[1] = Double.NaN;
            assertRefused(pass, future.withColumn(one.factor(), gap), one.factor(), future.dates().get(1).toString());
            LocalDate last = pass.sample().date(one.past() - 1);
            ReturnPanel.Builder tooEarly = ReturnPanel.builder(IntStream.range(0, ForecastCase.AHEAD).mapToObj(last::plusWeeks).toList());
            future.names().forEach(name -> tooEarly.column(name, future.column(name)));
            assertRefused(pass, tooEarly.build(), last.toString());
        });
    }

    /** Nothing is said of a state that nothing is known of. */
    @Test
    final void refusesAnInfiniteVariance() {
        ForecastCase one = every().get(0);
        StateSpaceModel model = one.model();
        StateSpaceModel diffuse = StateSpaceModel.of(model.states(), InitialState.diffuse(model.states().count()), model.transition(),
                model.stateNoise(), model.observationNoise());
        double[][] none = new double[one.sample().targets().size()][one.past()];
        Stream.of(none).forEach(y -> Arrays.fill(y, Double.NaN));
        assertRefused(Passes.unknown(diffuse, one.sample().withTargets(none)), one.future().build(), "infinite");
    }

    private void assertRefused(FilterResult pass, ReturnPanel future, String... words) {
        assertThatThrownBy(() -> forecaster().forecast(pass, future)).isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(words).hasMessageNotContaining("\n");
    }

    private List<ForecastCase> every() {
        return ForecastCase.every(cases(), multivariate());
    }

    private List<ForecastCase> transitions() {
        return every().stream().flatMap(one -> Stream.of(one, one.withMovingTransition(), one.withForgottenStates())).toList();
    }

    private Forecast forecast(ForecastCase one) {
        return forecaster().forecast(one.pass(), one.future().build());
    }

    private Forecaster forecaster() {
        if (forecaster == null) {
            forecaster = strategy();
        }
        return forecaster;
    }
}
