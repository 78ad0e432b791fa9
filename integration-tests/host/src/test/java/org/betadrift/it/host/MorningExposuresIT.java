package org.betadrift.it.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.betadrift.model.ReturnPanel;
import org.betadrift.run.ExposureRun;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** The component, in the host's bundle in the embedded framework; met by the JDK type it serves as. */
class MorningExposuresIT {
    private static final Logger LOGGER = Logger.getLogger("org.betadrift.it.host.morning.MorningExposures");
    private final List<String> logged = new ArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getLevel() + " " + new java.util.logging.SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() { }

        @Override
        public void close() { }
    };
    private EmbeddedBetadrift betadrift;

    @BeforeEach
    void start() throws Exception {
        LOGGER.addHandler(log);
        LOGGER.setUseParentHandlers(false);
        betadrift = EmbeddedBetadrift.start(Fixture.DISTRIBUTION);
        betadrift.install(Fixture.HOST).start();
    }

    @AfterEach
    void close() throws Exception {
        betadrift.close();
        LOGGER.removeHandler(log);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    void runsEveryFund() throws Exception {
        ReturnPanel one = Fixture.panel();
        ReturnPanel two = ReturnPanel.builder(one.dates()).column("FUND", one.column("FUND")).column("PREF", one.column("PREF"))
                .column("CONV", one.column("CONV")).column("OTHER", one.column("CONV")).build();
        Map<String, ExposureRun> runs = exposures(two);
        assertThat(runs).containsOnlyKeys("FUND", "OTHER");
        assertThat(runs.get("FUND").filter().logLikelihood()).isCloseTo(ReferenceCase.aSeed().logLikelihood(), Offset.offset(1e-9));
        assertThat(runs.get("OTHER").recipe().factors()).containsOnlyKeys("OTHER");
        assertThat(logged).isEmpty();
    }

    @Test
    void keepsTheLastExposuresWhileAStrategyIsAway() throws Exception {
        Map<String, ExposureRun> before = exposures(Fixture.panel());
        Bundle factorVol = bundle(Fixture.FACTOR_VOL);
        factorVol.stop();
        assertThat(exposures(Fixture.panel())).isEqualTo(before).containsOnlyKeys("FUND");
        assertThat(logged).containsExactly(
                "WARNING exposures of the last time: no StateNoiseEstimator named factor-vol: present are discount, fixed, fixed-matrix");

        factorVol.start();
        Map<String, ExposureRun> after = exposures(Fixture.panel());
        assertThat(after.get("FUND")).isNotSameAs(before.get("FUND"));
        assertThat(after.get("FUND").provenance()).isNotEqualTo(before.get("FUND").provenance());
        assertThat(logged).hasSize(1);
    }

    /** What its documentation says of the static reference. */
    @Test
    void isMadeAnewWithTheRuntime() throws Exception {
        exposures(Fixture.panel());
        Bundle runtime = bundle("org.betadrift.runtime");
        runtime.stop();
        assertThat(betadrift.context().getServiceReferences(Function.class, "(host=morning)")).isEmpty();
        runtime.start();
        assertThat(exposures(Fixture.panel())).containsOnlyKeys("FUND");
    }

    @SuppressWarnings("unchecked") // the type parameters of a service are a convention
    private Map<String, ExposureRun> exposures(ReturnPanel panel) throws InterruptedException {
        return (Map<String, ExposureRun>) betadrift.service(Function.class, "(host=morning)").apply(panel);
    }

    private Bundle bundle(String symbolicName) {
        return Stream.of(betadrift.context().getBundles()).filter(b -> symbolicName.equals(b.getSymbolicName())).findFirst().orElseThrow();
    }
}
