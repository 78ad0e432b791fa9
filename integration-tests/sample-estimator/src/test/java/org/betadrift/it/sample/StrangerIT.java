package org.betadrift.it.sample;

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
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.StrategyNotFoundException;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** The bundle of folder ewma, as Maven just built it by itself, comes and goes in a running platform. */
class StrangerIT {
    private static final Path BUILT = Path.of(System.getProperty("stranger.bundle"));

    @TempDir
    private static Path storage;
    private static Platform platform;
    private static ExposureService exposures;

    @BeforeAll
    static void boot() throws Exception {
        platform = new Platform(storage);
        exposures = platform.service(ExposureService.class);
    }

    @AfterAll
    static void stop() throws Exception {
        platform.close();
    }

    @Test
    void servesFromTheNextRunOnUntilItIsRemoved() throws Exception {
        assertMissing();
        Bundle stranger = platform.install(BUILT);
        stranger.start();

        ExposureRun run = run("ewma:lambda=0.9");
        Provenance made = run.provenance().get(2); // initial state, R, Q
        assertThat(made.strategy().name()).isEqualTo("ewma");
        assertThat(made.strategy().bundle()).isEqualTo("com.acme.ewma");
        assertThat(made.strategy().version()).isEqualTo("1.0.0");
        assertThat(made.configuration()).containsOnlyKeys("lambda").containsEntry("lambda", "0.9");
        assertThat(made.causalFrom()).contains(CausalFrom.always());
        assertThat(run("ewma").provenance()).anySatisfy(p -> assertThat(p.configuration()).containsEntry("lambda", "0.94"));
        assertThatThrownBy(() -> run("ewma:lamda=0.9")).isInstanceOf(OptionException.class).hasMessageContaining("lambda");
        assertThatThrownBy(() -> run("ewma:lambda=2")).isInstanceOf(OptionException.class).hasMessageContaining("lambda");

        stranger.uninstall();
        assertMissing();
        assertIsTheWeightedSum(run.model().stateNoise(), 0.9);
    }

    private static void assertMissing() {
        assertThat(exposures.strategies()).extracting(StrategyInfo::name).doesNotContain("ewma").contains("factor-vol");
        assertThatThrownBy(() -> run("ewma")).isInstanceOf(StrategyNotFoundException.class)
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

    private static ExposureRun run(String stateNoise) {
        return exposures.run(Recipe.builder().target("y", "x1", "x2").initial("known:mean=0,0,variance=1,1").stateNoise(stateNoise)
                .observationNoise("fixed:2.7e-5").build(), ReferenceCase.panel("A"));
    }
}
