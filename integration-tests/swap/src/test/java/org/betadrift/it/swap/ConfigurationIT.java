package org.betadrift.it.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.betadrift.it.storm.Cases;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.StrategyNotFoundException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A refused configuration: the log says why, a run says what is missing, the others work on; a good one heals. */
class ConfigurationIT {
    private static final String PID = "org.betadrift.state-noise.factor-vol";

    @ParameterizedTest
    @EnumSource
    void aRefusedConfigurationIsSaidAndHealed(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand).start()) {
            ExposureService exposures = container.service(ExposureService.class, "");
            container.configure(PID, Map.of("scale", -1));
            container.awaitConfigured();
            assertThat(String.join("\n", container.log().take()))
                    .contains("scale of " + PID + " is -1.0, but it must be finite and not negative: correct the configuration");
            assertThatThrownBy(() -> run(exposures, "factor-vol")).isInstanceOf(StrategyNotFoundException.class)
                    .hasMessage("no StateNoiseEstimator named factor-vol: present are discount, fixed, fixed-matrix, "
                            + "rolling-beta-variance, rolling-residual-variance");
            assertThat(run(exposures, "fixed:0.0004,0.0001").filter().logLikelihood()).isFinite();
            container.log().take();

            container.configure(PID, Map.of("scale", 2));
            container.awaitConfigured();
            double healed = run(exposures, "factor-vol").filter().logLikelihood();
            container.configure(PID, Map.of("scale", 5));
            container.awaitConfigured();
            assertThat(run(exposures, "factor-vol:scale=2").filter().logLikelihood()).as("the run's own option goes before the configured one").isEqualTo(healed);
            assertThat(run(exposures, "factor-vol").filter().logLikelihood()).isNotEqualTo(healed);
            container.log().assertQuiet();
        }
    }

    /** The runtime keeps what it had. */
    @ParameterizedTest
    @EnumSource
    void aRefusedConfigurationOfTheRuntimeChangesNothing(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand).start()) {
            ExposureService exposures = container.service(ExposureService.class, "");
            container.configure("org.betadrift.runtime", Map.of("drain.seconds", -1));
            container.awaitConfigured();
            assertThat(String.join("\n", container.log().take()))
                    .contains("drain.seconds of org.betadrift.runtime is -1, but it lies in 0..3600: correct the configuration");
            assertThat(run(exposures, "factor-vol").filter().logLikelihood()).isFinite();
            assertThat(container.service(ExposureService.class, "")).isSameAs(exposures);
            container.log().assertQuiet();
        }
    }

    private static ExposureRun run(ExposureService exposures, String stateNoise) {
        return exposures.run(Cases.recipe("ols", "ols", stateNoise), Cases.panel());
    }
}
