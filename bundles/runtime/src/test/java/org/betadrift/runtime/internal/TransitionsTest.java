package org.betadrift.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.betadrift.estimation.OptionException;
import org.betadrift.model.Covariance;
import org.betadrift.model.GaussianState;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.StateName;
import org.betadrift.model.States;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.run.Choice;
import org.junit.jupiter.api.Test;

class TransitionsTest {
    private static final States AB = States.of("a", "b");
    private static final InitialState KNOWN = InitialState.known(Vector.of(3, -2), Covariance.diagonal(1, 1));

    private static Transitions of(String choice) {
        return Transitions.of(Choice.parse(choice), AB);
    }

    private static Transition whole(String choice) {
        return of(choice).after(KNOWN, AB);
    }

    @Test
    void givenOnes() {
        assertThat(whole("random-walk")).isEqualTo(Transition.randomWalk(2));
        assertThat(whole("ar1:0.9")).isEqualTo(Transition.ar1(Vector.of(0.9, 0.9)));
        assertThat(whole("ar1:0.9,0.8")).isEqualTo(Transition.ar1(Vector.of(0.9, 0.8)));
        assertThat(whole("fixed:1,0.5")).isEqualTo(Transition.ar1(Vector.of(1, 0.5)));
        assertThat(whole("fixed-matrix:1,0/0.1,0.9").matrix(0)).isEqualTo(Matrix.of(2, 2, 1, 0, 0.1, 0.9));
    }

    @Test
    void meanReversion() {
        assertThat(whole("mean-reverting:0.9:1")).isEqualTo(Transition.meanReverting(Vector.of(0.9, 0.9), Vector.of(1, 1)));
        assertThat(whole("mean-reverting:0.9,0.5:1,2")).isEqualTo(Transition.meanReverting(Vector.of(0.9, 0.5), Vector.of(1, 2)));
        assertThat(of("mean-reverting:0.9:1").after(InitialState.diffuse(2), AB)).isEqualTo(whole("mean-reverting:0.9:1"));
    }

    /** Without a mean exposures return to where they began. */
    @Test
    void meanReversionToTheInitialState() {
        assertThat(of("mean-reverting:0.9").beforeInitialState()).isEqualTo(Transition.ar1(Vector.of(0.9, 0.9)));
        assertThat(whole("mean-reverting:0.9,1")).isEqualTo(Transition.meanReverting(Vector.of(0.9, 1), Vector.of(3, -2)));
        assertThatThrownBy(() -> of("mean-reverting:0.9").after(InitialState.diffuse(2), AB)).isInstanceOf(InvalidInputException.class)
                .hasMessage("mean of transition mean-reverting is not given, but the diffuse initial state of a, b has none to revert to: "
                        + "write mean-reverting:PHI:MEAN, or choose initial known or ols");
        InitialState mixed = InitialState.mixed(new GaussianState(Vector.of(3, 0), Covariance.diagonal(1, 0)), false, true);
        assertThatThrownBy(() -> of("mean-reverting:0.9").after(mixed, AB)).hasMessageContaining("the diffuse initial state of b has none");
        assertThatThrownBy(() -> of("mean-reverting:0.9").after(InitialState.stationary(2), AB)).hasMessageContaining("the stationary initial state");
    }

    @Test
    void localLinearTrend() {
        States trend = States.of(java.util.List.of(new StateName("alpha", ""), new StateName("a", ""), new StateName("slope:a", "")));
        assertThat(Transitions.of(Choice.parse("local-linear-trend"), trend).after(InitialState.diffuse(3), trend).matrix(0))
                .isEqualTo(Matrix.of(3, 3, 1, 0, 0, 0, 1, 1, 0, 0, 1));
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThatThrownBy(() -> of("random-walk:1")).isInstanceOf(OptionException.class);
        assertThatThrownBy(() -> of("local-linear-trend:1")).isInstanceOf(OptionException.class);
        assertThatThrownBy(() -> of("ar1:0.5,1.1")).hasMessageContaining("phi of b is 1.1, but it must lie in [-1.0, 1.0]");
        assertThatThrownBy(() -> of("mean-reverting:-2")).hasMessageContaining("phi of a is -2.0");
        assertThatThrownBy(() -> of("mean-reverting:0.9:1,2,3")).hasMessage(
                "option mean of mean-reverting is 1,2,3, but it must have one number for each of the states [a, b] (2)");
        assertThatThrownBy(() -> of("mean-reverting:0.9:")).hasMessageContaining("\"\" is no finite number");
        assertThatThrownBy(() -> of("mean-reverting")).hasMessageContaining("option value of mean-reverting has no default");
        assertThatThrownBy(() -> of("fixed:1")).hasMessageContaining("the states [a, b]");
        assertThatThrownBy(() -> of("walk")).hasMessageContaining("no Transition named walk")
                .hasMessageContaining("random-walk, ar1, mean-reverting, local-linear-trend, fixed, fixed-matrix");
    }
}
