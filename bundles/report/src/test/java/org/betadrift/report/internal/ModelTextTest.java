package org.betadrift.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.StateName;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.States;
import org.betadrift.model.Transition;
import org.junit.jupiter.api.Test;

/** The model of two targets on F, of which one has G too. */
class ModelTextTest {
    private static final States STATES = States.of(List.of(new StateName("F", "A"), new StateName("F", "B"), new StateName("G", "B")));

    private static List<String> lines(Noise q, Noise r) {
        StateSpaceModel model = StateSpaceModel.of(STATES, InitialState.diffuse(3), Transition.randomWalk(3), q, r);
        return new ModelText(model, model.constraints(), List.of("A", "B"), List.of()).lines();
    }

    @Test
    void whatIsUncorrelatedIsSaidSo() {
        assertThat(lines(Noise.constant(Covariance.diagonal(1, 0, 4)), Noise.constant(Covariance.diagonal(4, 9)))).containsExactly(
                "     Initial mean  Initial variance  State noise Q",
                "F:A       diffuse           diffuse              1",
                "F:B       diffuse           diffuse              0",
                "G:B       diffuse           diffuse              4",
                "Transition T: random walk",
                "",
                "Observation noise R: uncorrelated",
                "   Variance  Std",
                "A         4    2",
                "B         9    3");
    }

    /** Correlated on one date only is correlated; what is shown of a noise that varies is the last date. */
    @Test
    void whatVariesIsShownAsItWasLast() {
        Noise q = Noise.varying(List.of(Covariance.diagonal(1, 1, 1), Covariance.ofPacked(3, 4, 1, 1, 0, 0, 1)));
        Noise r = Noise.varying(List.of(Covariance.ofPacked(2, 1, 0.5, 1), Covariance.diagonal(4, 9)));
        assertThat(lines(q, r)).endsWith(
                "Observation noise R",
                "          Variance",
                "A  1 to 4, by date",
                "B  1 to 9, by date",
                "Observation noise R on the last date: standard deviations and correlations",
                "   Std       A       B",
                "A    2       1  0.0000",
                "B    3  0.0000       1",
                "",
                "State noise Q of F on the last date: standard deviations and correlations",
                "   Std       A       B",
                "A    2       1  0.5000",
                "B    1  0.5000       1");
    }

    @Test
    void whatTiesDifferentFactorsTogetherIsSaid() {
        Noise q = Noise.constant(Covariance.ofPacked(3, 1, 1, 1, 0.5, 0.5, 1));
        assertThat(lines(q, Noise.constant(Covariance.diagonal(4, 9)))).endsWith(
                "State noise Q of F, rank 1 of 2: standard deviations and correlations",
                "   Std       A       B",
                "A    1       1  1.0000",
                "B    1  1.0000       1",
                "",
                "State noise Q ties exposures to different factors together too; the json report holds the whole matrix.");
    }

    @Test
    void aDiscountHasNoCorrelations() {
        assertThat(lines(Noise.discount(3, 0.98), Noise.constant(Covariance.ofPacked(2, 4, 3, 9)))).contains("F:B       diffuse           diffuse  discount 0.98")
                .endsWith("Observation noise R: standard deviations and correlations",
                        "   Std       A       B",
                        "A    2       1  0.5000",
                        "B    3  0.5000       1");
    }
}
