package org.betadrift.estimator.mle.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.likelihood.PlainEngine;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.Test;

class MleStrategiesTest {
    private final Sample b = Sample.builder(ReferenceCase.panel("B")).target("y", List.of("x1", "x2", "x3")).intercept(true).build();
    private final EstimationContext diffuse = Strategies.context(b, InitialState.diffuse(4));

    private static ConvergenceRecord record(Estimate<JointNoise> estimate) {
        return estimate.convergence().orElseThrow();
    }

    @Test
    void alphaIsStaticUnlessItIsFree() {
        Estimate<JointNoise> fixed = Strategies.mle(diffuse);
        assertThat(record(fixed).parameters()).extracting(ConvergenceRecord.Parameter::name).containsExactly("Q[x1]", "Q[x2]", "Q[x3]", "R");
        assertThat(record(fixed).modes().get(0).logLikelihood()).isCloseTo(2046.843569091546, within(1e-8));
        Covariance q = fixed.value().stateNoise().at(0);
        assertThat(q.variance(0)).isZero();
        assertThat(q.variance(1)).isCloseTo(0.0022736860856560786, within(1e-9));
        Estimate<JointNoise> free = Strategies.mle(diffuse, "alpha=free");
        assertThat(record(free).parameters()).hasSize(5);
        assertThat(record(free).modes().get(0).logLikelihood()).isGreaterThanOrEqualTo(2046.843569091546 - 1e-8);
        if (record(free).atZero().contains("Q[alpha]")) {
            assertThat(record(free).suggestion()).isEqualTo("the data don't support a free alpha: use alpha=static");
        }
    }

    @Test
    void statesMayBeHeldConstant() {
        Estimate<JointNoise> held = Strategies.mle(diffuse, "constant=x2");
        assertThat(record(held).modes().get(0).logLikelihood()).isCloseTo(2048.8871150567225 - 2 * Math.log(2 * Math.PI), within(1e-7));
        assertThat(held.value().stateNoise().at(0).variance(2)).isZero();
        assertThatThrownBy(() -> Strategies.mle(diffuse, "constant=x9")).isInstanceOf(InvalidInputException.class).hasMessageContaining("no state named x9");
    }

    @Test
    void fullSaysWhatItGains() {
        Estimate<JointNoise> full = Strategies.mle(diffuse, "state=full");
        assertThat(record(full).modes().get(0).logLikelihood()).isGreaterThan(2046.84);
        assertThat(full.warnings()).anySatisfy(warning -> assertThat(warning).startsWith("a full Q gains ").endsWith(" for 3 more parameters"));
        assertThat(Strategies.mle(diffuse, "state=full", "constant=x2").warnings())
                .anySatisfy(warning -> assertThat(warning).endsWith(" for 1 more parameter"));
        assertThat(full.value().stateNoise().at(0).get(0, 1)).isZero();
    }

    @Test
    void phiComesWithItsTransition() {
        EstimationContext reverting = EstimationContext.of(b, Transition.meanReverting(Vector.of(1, 0.95, 0.95, 0.95), Vector.of(0, 1, 0, 0)), new PlainEngine())
                .withInitialState(InitialState.diffuse(4));
        Estimate<JointNoise> estimate = Strategies.mle(reverting, "phi=common");
        Transition transition = estimate.value().transition().orElseThrow();
        double phi = transition.matrix(0).get(1, 1);
        assertThat(phi).isBetween(0.8, 1.0);
        assertThat(transition.matrix(0).get(0, 0)).isEqualTo(1);
        assertThat(transition.constant().get(1)).isCloseTo(1 - phi, within(1e-12));
        assertThat(Strategies.mle(reverting).value().transition()).isEmpty();
        assertThatThrownBy(() -> Strategies.mle(diffuse, "phi=common")).hasMessageContaining("no state reverts");
    }

    @Test
    void profilesOnRequest() {
        ConvergenceRecord record = record(Strategies.mle(diffuse, "profile=Q[x2],R"));
        assertThat(record.profiles()).extracting(ConvergenceRecord.Profile::name).containsExactly("Q[x2]", "R");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> Strategies.mleQ(diffuse)).isInstanceOf(InvalidInputException.class).hasMessageContaining("observation noise is not estimated yet");
        assertThatThrownBy(() -> Strategies.mleR(diffuse)).isInstanceOf(InvalidInputException.class).hasMessageContaining("state noise is not estimated yet");
        assertThatThrownBy(() -> Strategies.mle(diffuse, "state=diagonl")).hasMessageContaining("did you mean diagonal?").hasMessageContaining("scaled-factor-vol");
        Sample two = Sample.builder(ReferenceCase.panel("B")).target("y", List.of("x1")).target("x3", List.of("x1")).build();
        assertThatThrownBy(() -> Strategies.mle(Strategies.context(two, InitialState.diffuse(2)))).hasMessageContaining("one at a time");
    }
}
