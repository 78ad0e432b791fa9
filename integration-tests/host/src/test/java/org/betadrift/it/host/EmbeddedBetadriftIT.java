package org.betadrift.it.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Recipe;
import org.betadrift.run.RunHandle;
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.StrategyNotFoundException;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** The embedding class, used as a host would. */
class EmbeddedBetadriftIT {
    private static final int STATE_NOISE = 2; // of the provenance: initial state, R, Q

    @TempDir
    private Path folder;
    private EmbeddedBetadrift betadrift;
    private ExposureService exposures;

    @BeforeEach
    void start() throws Exception {
        betadrift = EmbeddedBetadrift.start(Fixture.DISTRIBUTION);
        exposures = betadrift.service(ExposureService.class, "");
    }

    @AfterEach
    void close() throws Exception {
        betadrift.close();
    }

    @Test
    void listsAndRunsToTheKnownNumber() {
        assertThat(exposures.strategies()).extracting(s -> s.role() + " " + s.name())
                .contains("InitialStateEstimator ols", "StateNoiseEstimator factor-vol", "FilterEngine covariance", "PanelReader csv");
        ExposureRun run = exposures.run(Fixture.recipe(), Fixture.panel());
        assertThat(run.filter().logLikelihood()).isCloseTo(ReferenceCase.aSeed().logLikelihood(), Offset.offset(1e-9));
        assertThat(maker(run).bundle()).isEqualTo(Fixture.FACTOR_VOL);
    }

    /** What is submitted goes on while the swap is made, and after it the successor alone serves. */
    @Test
    void swapsUnderSubmittedRunsAndNoneFails() throws Exception {
        ReturnPanel panel = Fixture.panel();
        Recipe recipe = Fixture.recipe();
        ExposureRun before = exposures.run(recipe, panel);
        for (int swap = 1; swap <= 5; swap++) {
            String old = maker(exposures.run(recipe, panel)).version();
            String version = "1.0." + swap;
            Path successor = Fixture.withVersion(version, Fixture.bundle(Fixture.FACTOR_VOL), folder);
            List<RunHandle> submitted = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                submitted.add(exposures.submit(recipe, panel));
            }
            assertThat(exposures.inProgress()).as("runs at the moment of the swap").isNotEmpty();
            betadrift.swap(successor);
            assertThat(factorVols()).extracting(StrategyInfo::version).containsExactly(version);
            for (RunHandle handle : submitted) {
                ExposureRun run = handle.get();
                assertThat(maker(run).version()).isIn(old, version);
                assertThat(run.filter().logLikelihood()).isEqualTo(before.filter().logLikelihood());
            }
            assertThat(maker(exposures.run(recipe, panel)).version()).isEqualTo(version);
        }
        assertThat(maker(before).version()).startsWith("1.0.0");
    }

    /** The same file once more: told from the first by its service. */
    @Test
    void aSuccessorMayHaveTheSameVersion() throws Exception {
        StrategyInfo old = factorVols().get(0);
        betadrift.swap(Fixture.bundle(Fixture.FACTOR_VOL));
        assertThat(factorVols()).singleElement().satisfies(now -> {
            assertThat(now.version()).isEqualTo(old.version());
            assertThat(now.serviceId()).isGreaterThan(old.serviceId());
        });
    }

    @Test
    void aSuccessorThatOffersNothingIsRefusedAndTheOldOneStays() throws Exception {
        List<StrategyInfo> before = exposures.strategies();
        int bundles = betadrift.context().getBundles().length;
        Path useless = Fixture.bundle("org.betadrift.ejml");
        assertThatThrownBy(() -> betadrift.swap(useless)).isInstanceOf(InvalidInputException.class)
                .hasMessage("successor is " + useless + ", but it offers no service: check its components; nothing was swapped");
        assertThat(exposures.strategies()).isEqualTo(before);
        assertThat(betadrift.context().getBundles()).hasSize(bundles);
    }

    @Test
    void aMissingNameIsOneClearLine() throws Exception {
        Bundle bundle = Stream.of(betadrift.context().getBundles()).filter(b -> Fixture.FACTOR_VOL.equals(b.getSymbolicName())).findFirst().orElseThrow();
        bundle.uninstall();
        assertThatThrownBy(() -> exposures.submit(Fixture.recipe(), Fixture.panel())).isInstanceOf(StrategyNotFoundException.class)
                .hasMessage("no StateNoiseEstimator named factor-vol: present are discount, fixed, fixed-matrix");
    }

    @Test
    void closeRemovesTheCache() throws Exception {
        Path cache = Path.of(betadrift.context().getProperty("org.osgi.framework.storage"));
        assertThat(cache).isNotEmptyDirectory();
        betadrift.close();
        assertThat(Files.exists(cache)).isFalse();
    }

    private List<StrategyInfo> factorVols() {
        return exposures.strategies().stream().filter(s -> s.name().equals("factor-vol")).toList();
    }

    private static StrategyInfo maker(ExposureRun run) {
        return run.provenance().get(STATE_NOISE).strategy();
    }
}
