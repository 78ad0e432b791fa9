package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the others are measured with agrees with what was computed elsewhere, and with itself in other units. */
class ExactEngineTest {
    private static final ExactEngine EXACT = new ExactEngine();

    private static FilterResult filter(StateSpaceModel model, Sample sample) {
        return EXACT.filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
    }

    private static FilterResult filter(RandomCase one) {
        return filter(one.model(), one.sample());
    }

    static Stream<ReferenceCase> references() {
        return Stream.of(ReferenceCase.known(), ReferenceCase.diffuse(), List.of(ReferenceCase.cProper(), ReferenceCase.cDiffuse()))
                .flatMap(List::stream);
    }

    /** A 500-bit filter's, printed to 15 digits. */
    @ParameterizedTest
    @MethodSource("references")
    void agreesWithTheReferenceCases(ReferenceCase one) {
        new ReferenceComparison(one).check(filter(one.model(), one.sample()), 1e-10, 1e-14);
    }

    @Test
    void agreesWithTheTextbook() {
        Laws.forEach(Laws.cases(4, 12, true, true), one -> Numbers.of(filter(one)).assertClose(Numbers.of(new TextbookEngine()
                .filter(one.model(), one.sample(), FilterOptions.defaults(), Monitor.NONE)), 1e-9));
    }

    /** Mixed starts too, where only the exact engine says what is right. */
    @Test
    void followsTheUnitsUnderADiffuseStart() {
        UnitLaws laws = new UnitLaws(ExactEngineTest::filter, 1e-13, 1e-3, 1e3);
        List<RandomCase> cases = Laws.cases(4, 12, true, true);
        Laws.forEach(cases.stream().map(one -> one.withDiffuse(state -> true)).toList(), laws::requireFactor);
        Laws.forEach(cases.stream().map(one -> one.withDiffuse(state -> state.factor().equals("x0"))).toList(), laws::requireTarget);
        Laws.forEach(cases.stream().map(one -> one.withDiffuse(state -> state.factor().equals("x0"))).toList(), laws::requireFactor);
    }

    /** No large variance for infinity: two of them, extrapolated to remove what falls as 1 / kappa, come to the same. */
    @Test
    void isTheLimitOfLargeVariances() {
        RandomCase one = RandomCase.of(4, 1, 12).withDiffuse(state -> state.factor().equals("x0"));
        StatePath limit = filter(one).filtered();
        StatePath first = filter(withVariance(one, 1e12), one.sample()).filtered();
        StatePath second = filter(withVariance(one, 1e13), one.sample()).filtered();
        int last = one.dates.size() - 1;
        for (int k = 0; k < limit.states().count(); k++) {
            assertThat((10 * second.mean(last, k) - first.mean(last, k)) / 9).isCloseTo(limit.mean(last, k), Offset.offset(1e-13));
        }
    }

    /** A known start with this variance where nothing is known. */
    private static StateSpaceModel withVariance(RandomCase one, double kappa) {
        StateSpaceModel model = one.model();
        double[] packed = model.initial().prior().covariance().toPacked();
        for (int k = 0; k < model.states().count(); k++) {
            packed[Covariance.index(k, k)] += model.initial().isDiffuse(k) ? kappa : 0;
        }
        InitialState known = InitialState.known(model.initial().prior().mean(), Covariance.ofPacked(model.states().count(), packed));
        return StateSpaceModel.of(model.states(), known, model.transition(), model.stateNoise(), model.observationNoise());
    }
}
