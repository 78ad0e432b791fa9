package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.Smoother;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.StateSpaceModel;
import org.junit.jupiter.api.Test;

/**
 * What holds of engines that take any start and of a smoother, over many seeded cases: {@code betadrift.cases} of them, 60
 * unless said. Half of the starts are diffuse, half of the cases have several targets, half lack some y.
 */
public abstract class FilterProperties {
    private static final int CASES = Integer.getInteger("betadrift.cases", 60);
    private static final int DATES = 30;
    private static final int CUT = 17;
    private static final double TOLERANCE = 1e-9;

    /** Those that must agree; the first is the measure. */
    protected abstract List<FilterEngine> engines();

    /** That must end where the first engine ends. */
    protected abstract Smoother smoother();

    private static List<RandomCase> cases() {
        return Laws.cases(CASES, DATES, true, true).stream()
                .map(one -> one.description.hashCode() % 2 == 0 ? one.withDiffuse(state -> true) : one).toList();
    }

    private static List<RandomCase> knownCases() {
        return Laws.cases(CASES, DATES, true, true);
    }

    private void everyEngine(List<RandomCase> cases, Law law) {
        for (FilterEngine engine : engines()) {
            Function<RandomCase, FilterResult> filter = one -> filter(engine, one.model(), one);
            Laws.forEach(cases, one -> law.check(filter, one));
        }
    }

    private interface Law {
        void check(Function<RandomCase, FilterResult> filter, RandomCase one);
    }

    private static FilterResult filter(FilterEngine engine, StateSpaceModel model, RandomCase one) {
        return engine.filter(model, one.sample(), FilterOptions.defaults(), Monitor.NONE);
    }

    /** y -> c y, c anywhere between 1e-100 and 1e100. */
    @Test
    final void followsTheUnitsOfTheTarget() {
        everyEngine(cases(), (filter, one) -> new UnitLaws(filter, TOLERANCE, anyUnit(one)).requireTarget(one));
    }

    /** x -> c x, c anywhere between 1e-100 and 1e100. */
    @Test
    final void followsTheUnitsOfAFactor() {
        everyEngine(cases(), (filter, one) -> new UnitLaws(filter, TOLERANCE, anyUnit(one)).requireFactor(one));
    }

    private static double anyUnit(RandomCase one) {
        return Math.pow(10, new Random(one.description.hashCode()).nextDouble(-100, 100));
    }

    @Test
    final void doesNotDependOnTheOrderOfFactors() {
        everyEngine(cases(), (filter, one) -> {
            FilterResult pass = filter.apply(one);
            Predicate<Cell> definite = DiffuseComparison.definite(pass);
            Numbers.of(filter.apply(one.reversed())).only(definite).assertClose(Numbers.of(pass).only(definite), TOLERANCE);
        });
    }

    /** Two halves are the whole: the second goes on from the state the first ended with. */
    @Test
    final void goesOnFromAnyDate() {
        for (FilterEngine engine : engines()) {
            Laws.forEach(cases(), one -> {
                StatePath end = filter(engine, one.until(CUT).model(), one.until(CUT)).filtered();
                int k = end.states().count();
                double[] packed = new double[Covariance.size(k)];
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j <= i; j++) {
                        packed[Covariance.index(i, j)] = end.covariance(CUT - 1, i, j);
                    }
                }
                if (Arrays.stream(packed).anyMatch(Double::isNaN)) {
                    return; // still diffuse: there is no state to go on from
                }
                RandomCase rest = one.from(CUT);
                StateSpaceModel whole = one.model();
                StateSpaceModel model = StateSpaceModel.of(whole.states(), InitialState.known(end.last(), Covariance.ofPacked(k, packed)),
                        whole.transition(), rest(whole.stateNoise()), rest(whole.observationNoise()));
                Numbers.of(filter(engine, model, rest)).assertClose(
                        Numbers.of(filter(engine, whole, one)).only(cell -> !cell.date().isBefore(one.dates.get(CUT))), TOLERANCE);
            });
        }
    }

    private static Noise rest(Noise noise) {
        return noise.isConstant() ? noise : Noise.varying(IntStream.range(CUT, DATES).mapToObj(noise::at).toList());
    }

    /** Without y beta = T beta and P = T P T' + Q, to the end. */
    @Test
    final void predictsWhereNothingIsSeen() {
        everyEngine(knownCases().stream().map(one -> one.withoutTargetsFrom(CUT)).toList(), (filter, one) -> {
            FilterResult pass = filter.apply(one);
            int k = pass.model().states().count();
            double[] beta = IntStream.range(0, k).mapToDouble(i -> pass.filtered().mean(CUT - 1, i)).toArray();
            double[][] p = Dense.fill(k, k, (i, j) -> pass.filtered().covariance(CUT - 1, i, j));
            for (int t = CUT; t < DATES; t++) {
                Matrix transition = pass.model().transition().matrix(t);
                beta = Dense.times(Dense.of(transition), beta);
                p = Dense.plus(Dense.sandwich(Dense.of(transition), p), Dense.of(pass.model().stateNoise().at(t)));
                for (int i = 0; i < k; i++) {
                    assertThat(pass.filtered().mean(t, i)).as("mean at t=%s", t).isCloseTo(beta[i], Offset.offset(1e-12 * Math.sqrt(p[i][i])));
                    for (int j = 0; j <= i; j++) {
                        assertThat(pass.filtered().covariance(t, i, j)).as("covariance at t=%s", t)
                                .isCloseTo(p[i][j], Offset.offset(1e-12 * Math.sqrt(p[i][i] * p[j][j])));
                    }
                }
            }
        });
    }

    /** Q = 0 and nothing known before: the least squares of the rows so far, weighted by 1 / R. */
    @Test
    final void isRecursiveLeastSquaresWithoutDrift() {
        List<RandomCase> single = LongStream.range(0, CASES).mapToObj(seed -> RandomCase.of(seed, 1, DATES))
                .flatMap(one -> Stream.of(one, one.withGaps())).limit(CASES)
                .map(one -> one.withoutDrift().withDiffuse(state -> true)).toList();
        everyEngine(single, (filter, one) -> {
            FilterResult pass = filter.apply(one);
            ExactModel of = new ExactModel(one.model(), one.sample());
            BigDecimal[][] information = ExactMatrix.zero(of.k, of.k);
            BigDecimal[][] news = ExactMatrix.zero(of.k, 1);
            int rows = 0;
            for (int t = 0; t < DATES; t++) {
                for (int i : of.seen(t)) {
                    BigDecimal[][] x = ExactMatrix.transposed(of.rows(t, List.of(i)));
                    BigDecimal[][] weight = ExactMatrix.inverse(of.noise(t, List.of(i)));
                    BigDecimal[][] y = {{new BigDecimal(one.sample().y(t, i))}};
                    information = ExactMatrix.plus(information, ExactMatrix.sandwich(x, weight));
                    news = ExactMatrix.plus(news, ExactMatrix.times(ExactMatrix.times(x, weight), y));
                    rows++;
                }
                if (rows >= of.k) {
                    BigDecimal[][] p = ExactMatrix.inverse(information);
                    BigDecimal[][] beta = ExactMatrix.times(p, news);
                    for (int k = 0; k < of.k; k++) {
                        double variance = p[k][k].doubleValue();
                        assertThat(pass.filtered().mean(t, k)).as("coefficient at t=%s", t)
                                .isCloseTo(beta[k][0].doubleValue(), Offset.offset(TOLERANCE * Math.sqrt(variance)));
                        assertThat(pass.filtered().covariance(t, k, k)).as("variance at t=%s", t)
                                .isCloseTo(variance, Offset.offset(TOLERANCE * variance));
                    }
                }
            }
        });
    }

    @Test
    final void enginesAgree() {
        FilterEngine first = engines().get(0);
        for (FilterEngine other : engines().subList(1, engines().size())) {
            Laws.forEach(cases(), one -> {
                FilterResult pass = filter(first, one.model(), one);
                Predicate<Cell> definite = DiffuseComparison.definite(pass);
                Numbers.of(filter(other, one.model(), one)).only(definite).assertClose(Numbers.of(pass).only(definite), TOLERANCE);
            });
        }
    }

    @Test
    final void smoothingEndsWithFiltering() {
        Laws.forEach(cases(), one -> {
            FilterResult pass = filter(engines().get(0), one.model(), one);
            StatePath smoothed = smoother().smooth(pass, SmootherOptions.defaults(), Monitor.NONE).smoothed();
            for (int k = 0; k < smoothed.states().count(); k++) {
                double deviation = pass.filtered().standardDeviation(DATES - 1, k);
                assertThat(smoothed.mean(DATES - 1, k)).isCloseTo(pass.filtered().mean(DATES - 1, k), Offset.offset(1e-12 * deviation));
                assertThat(smoothed.standardDeviation(DATES - 1, k)).isCloseTo(deviation, Offset.offset(1e-12 * deviation));
            }
        });
    }
}
