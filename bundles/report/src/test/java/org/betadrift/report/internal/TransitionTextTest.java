package org.betadrift.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.betadrift.model.Matrix;
import org.betadrift.model.StateName;
import org.betadrift.model.States;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;

class TransitionTextTest {
    private static final States AB = States.of("a", "b");

    private static TransitionText of(Transition transition) {
        return new TransitionText(AB, transition);
    }

    @Test
    void aRandomWalkIsALine() {
        assertThat(of(Transition.randomWalk(2)).lines()).containsExactly("Transition T: random walk");
        assertThat(of(Transition.randomWalk(2)).titles()).isEmpty();
    }

    @Test
    void meansSayMoreThanConstants() {
        TransitionText reverting = of(Transition.meanReverting(Vector.of(0.5, 1), Vector.of(3, 7)));
        assertThat(reverting.titles()).containsExactly("Transition T", "Reverts to");
        assertThat(reverting.cells(0)).containsExactly("0.5", "3");
        assertThat(reverting.cells(1)).containsExactly("1", "-");
    }

    @Test
    void aConstantThatIsNoMeanIsShown() {
        TransitionText drift = of(Transition.randomWalk(2).withConstant(Vector.of(0, 0.25)));
        assertThat(drift.titles()).containsExactly("Transition T", "Constant c");
        assertThat(drift.cells(1)).containsExactly("1", "0.25");
        TransitionText full = of(Transition.fixed(Matrix.of(2, 2, 1, 0.5, 0, 0.9)).withConstant(Vector.of(0, 0.25)));
        assertThat(full.titles()).containsExactly("Constant c");
        assertThat(full.needsAMatrix()).isTrue();
    }

    @Test
    void aLocalLinearTrendNeedsNoMatrix() {
        States states = States.of(List.of(new StateName("a", ""), new StateName("slope:a", "")));
        TransitionText trend = new TransitionText(states, Transition.localLinearTrend(states));
        assertThat(trend.needsAMatrix()).isFalse();
        assertThat(trend.titles()).isEmpty();
        assertThat(trend.lines()).containsExactly("Transition T: local linear trend, every exposure moves by its slope");
    }

    @Test
    void oneThatVariesIsLeftToTheJson() {
        TransitionText varying = of(Transition.varying(List.of(Matrix.identity(2), Matrix.diagonal(0.5, 0.5))));
        assertThat(varying.needsAMatrix()).isFalse();
        assertThat(varying.titles()).isEmpty();
        assertThat(varying.lines()).singleElement().asString().contains("the json report holds them");
    }
}
