package org.betadrift.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest {
    private static final States TWO = States.of("a", "b");
    private static final InitialState KNOWN = InitialState.known(Vector.of(0, 0), Covariance.scalar(2, 1));

    @Test
    void everyPartHasTheDimensionOfTheStates() {
        Noise q = Noise.constant(Covariance.scalar(2, 1));
        Noise r = Noise.constant(Covariance.scalar(1, 1));
        assertThat(StateSpaceModel.of(TWO, KNOWN, Transition.randomWalk(2), q, r).states()).isEqualTo(TWO);
        assertThatThrownBy(() -> StateSpaceModel.of(TWO, InitialState.diffuse(3), Transition.randomWalk(2), q, r))
                .hasMessageContaining("dimension of the initial state is 3, but there are 2 states");
        assertThatThrownBy(() -> StateSpaceModel.of(TWO, KNOWN, Transition.randomWalk(1), q, r)).hasMessageContaining("transition");
        assertThatThrownBy(() -> StateSpaceModel.of(TWO, KNOWN, Transition.randomWalk(2), r, r)).hasMessageContaining("state noise");
    }

    @Test
    void initialStates() {
        assertThat(KNOWN.hasDiffuse()).isFalse();
        assertThat(InitialState.diffuse(2).isDiffuse(1)).isTrue();
        GaussianState half = new GaussianState(Vector.of(1, 0), Covariance.diagonal(1, 0));
        assertThat(InitialState.mixed(half, false, true).hasDiffuse()).isTrue();
        assertThatThrownBy(() -> InitialState.mixed(half, true, false)).hasMessageContaining("a diffuse state has no prior");
        assertThatThrownBy(() -> InitialState.mixed(half, true)).hasMessageContaining("one flag a state");
        assertThatThrownBy(() -> new GaussianState(Vector.of(1), Covariance.diagonal(1, 2))).hasMessageContaining("dimension 2");
    }

    @Test
    void transitions() {
        assertThat(Transition.randomWalk(2).isIdentity()).isTrue();
        assertThat(Transition.ar1(Vector.of(1, 0.9)).isIdentity()).isFalse();
        assertThat(Transition.fixed(Matrix.identity(2))).isEqualTo(Transition.randomWalk(2));
        assertThatThrownBy(() -> Transition.fixed(Matrix.of(1, 2, 1, 0))).hasMessageContaining("square");
    }

    @Test
    void noises() {
        Noise varying = Noise.varying(List.of(Covariance.diagonal(1, 2), Covariance.diagonal(3, 4)));
        assertThat(varying.at(1)).isEqualTo(Covariance.diagonal(3, 4));
        assertThat(varying.periods()).isEqualTo(2);
        assertThat(Noise.varying(1, 2, 3).at(2).variance(0)).isEqualTo(3.0);
        assertThat(Noise.constant(Covariance.diagonal(7)).at(99).variance(0)).isEqualTo(7.0);
        assertThatThrownBy(() -> Noise.varying(List.of())).hasMessageContaining("one a date");
        assertThatThrownBy(() -> Noise.varying(List.of(Covariance.diagonal(1), Covariance.diagonal(1, 2)))).hasMessageContaining("dimension at t=1");
        assertThatThrownBy(() -> Noise.varying(1, -1)).hasMessageContaining("-1.0");
    }

    @Test
    void aDiscountHasNoCovarianceOfItsOwn() {
        Noise discount = Noise.discount(2, 0.98);
        assertThat(discount.discount()).hasValue(0.98);
        assertThat(discount).hasToString("discount:0.98").isEqualTo(Noise.discount(2, 0.98)).isNotEqualTo(Noise.discount(2, 0.97));
        assertThat(discount.isConstant()).isFalse();
        assertThat(discount.periods()).isZero();
        assertThat(Noise.varying(1, 2).discount()).isEmpty();
        assertThatThrownBy(() -> discount.at(3)).isInstanceOf(InvalidInputException.class)
                .hasMessage("covariance of the state noise is discount:0.98, but it follows the filter: (1 - 0.98) P_t|t-1: ask a filter result for its stateNoise(t)");
        assertThatThrownBy(() -> discount.times(1, 2)).hasMessageContaining("leave elapsed days out");
        assertThatThrownBy(() -> Noise.discount(2, 0)).hasMessageContaining("discount is 0.0, but it must be above 0 and at most 1");
        assertThatThrownBy(() -> Noise.discount(2, 1.01)).hasMessageContaining("1.01");
        assertThatThrownBy(() -> StateSpaceModel.of(TWO, KNOWN, Transition.randomWalk(2), discount, Noise.discount(1, 0.9)))
                .hasMessageContaining("observation noise is discount:0.9, but only a state noise can be a discount");
        Noise r = Noise.constant(Covariance.scalar(1, 1));
        assertThatThrownBy(() -> StateSpaceModel.of(TWO, InitialState.stationary(2), Transition.ar1(Vector.of(0.5, 0.5)), discount, r))
                .hasMessageContaining("initial state is stationary");
    }

    @Test
    void matrices() {
        assertThat(Matrix.of(2, 2, 1, 2, 3, 4).get(1, 0)).isEqualTo(3.0);
        assertThatThrownBy(() -> Matrix.of(2, 2, 1, 2, 3)).hasMessageContaining("holds 4");
        assertThatThrownBy(() -> Matrix.of(1, 2, 1, Double.NaN)).hasMessageContaining("entry (0,1)");
        assertThatThrownBy(() -> Vector.of(1, Double.POSITIVE_INFINITY)).hasMessageContaining("element 1");
        assertThatThrownBy(() -> States.of("a", "a")).hasMessageContaining("different");
        assertThatThrownBy(() -> TWO.index("c")).hasMessageContaining("present are a, b");
    }
}
