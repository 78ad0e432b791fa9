package org.betadrift.it.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.data.Percentage;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.OptionException;
import org.betadrift.model.Noise;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Provenance;
import org.betadrift.run.Recipe;
import org.betadrift.run.StrategyNotFoundException;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;

/** The bundle of sample-estimator/ewma, as Maven just built it by itself, comes and goes in a running container. */
class StrangerIT {
    private static final Path BUILT = Path.of(System.getProperty("stranger.bundle"));

    @ParameterizedTest
    @EnumSource
    void servesFromTheNextRunOnUntilItIsRemoved(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand).start()) {
            ExposureService exposures = container.service(ExposureService.class, "");
            assertMissing(exposures);
            Bundle stranger = container.install(BUILT);
            stranger.start();
            ExposureRun run = assertServes(exposures);
            stranger.uninstall();
            assertMissing(exposures);
            assertIsTheWeightedSum(run.model().stateNoise(), 0.9);
            container.log().assertQuiet();
        }
    }

    /** @return a run with lambda = 0.9 */
    private static ExposureRun assertServes(ExposureService exposures) {
        ExposureRun run = run(exposures, "ewma:lambda=0.9");
        Provenance made = run.provenance().get(2); // initial state, R, Q
        assertThat(made.strategy().name()).isEqualTo("ewma");
        assertThat(made.strategy().bundle()).isEqualTo("com.acme.ewma");
        assertThat(made.strategy().version()).isEqualTo("1.0.0");
        assertThat(made.configuration()).containsOnlyKeys("lambda").containsEntry("lambda", "0.9");
        assertThat(made.causalFrom()).contains(CausalFrom.always());
        assertThat(run(exposures, "ewma").provenance()).anySatisfy(p -> assertThat(p.configuration()).containsEntry("lambda", "0.94"));
        assertThatThrownBy(() -> run(exposures, "ewma:lamda=0.9")).isInstanceOf(OptionException.class).hasMessageContaining("lambda");
        assertThatThrownBy(() -> run(exposures, "ewma:lambda=2")).isInstanceOf(OptionException.class).hasMessageContaining("lambda");
        return run;
    }

    private static void assertMissing(ExposureService exposures) {
        assertThat(exposures.strategies()).extracting(s -> s.role() + " " + s.name()).doesNotContain("StateNoiseEstimator ewma").contains("StateNoiseEstimator factor-vol");
        assertThatThrownBy(() -> run(exposures, "ewma")).isInstanceOf(StrategyNotFoundException.class)
                .hasMessageContaining("no StateNoiseEstimator named ewma").hasMessageContaining("factor-vol");
    }

    /** Q_t = (1 - lambda) sum over s < t of lambda^(t-1-s) x_s^2, written out. */
    private static void assertIsTheWeightedSum(Noise q, double lambda) {
        double[] x = ReferenceCase.panel("A").column("x2");
        int t = 100;
        double sum = 0;
        for (int s = 0; s < t; s++) {
            sum += (1 - lambda) * Math.pow(lambda, t - 1 - s) * x[s] * x[s];
        }
        assertThat(q.periods()).isEqualTo(x.length);
        assertThat(q.at(t).variance(1)).isCloseTo(sum, Percentage.withPercentage(1e-9));
        assertThat(q.at(t).get(0, 1)).isZero();
    }

    private static ExposureRun run(ExposureService exposures, String stateNoise) {
        return exposures.run(Recipe.builder().target("y", "x1", "x2").initial("known:mean=0,0,variance=1,1").stateNoise(stateNoise)
                .observationNoise("fixed:2.7e-5").build(), ReferenceCase.panel("A"));
    }
}
