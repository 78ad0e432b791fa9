package org.betadrift.it.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.betadrift.it.storm.Cases;
import org.betadrift.it.storm.Eventually;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Recipe;
import org.betadrift.run.RunHandle;
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.StrategyWithdrawnException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;

/** A run sits inside strategies while they change and leave. */
class DrainIT {
    private static final Duration PROMPT = Duration.ofSeconds(2);
    private static final Recipe THROUGH_THE_GATE = Cases.recipe("ols", "gated", "factor-vol");
    private static final Recipe BESIDE_IT = Cases.recipe("ols", "ols", "factor-vol");

    /** Longer than the five seconds SCR waits for its own locks. */
    @ParameterizedTest
    @EnumSource
    void eightSecondsInside(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand, Container.guest()).start(); Gate gate = Gate.in(container)) {
            ExposureService exposures = container.service(ExposureService.class, "");
            long start = System.nanoTime();
            RunHandle sitting = exposures.submit(THROUGH_THE_GATE, Cases.panel());
            gate.awaitRun();

            // the strategies it sits in are configured, and another one of the name is ranked first
            container.configure("org.betadrift.it.gated", Map.of("variance", 0.125));
            isThere(exposures, s -> s.name().equals("gated") && s.options().contains("variance=0.125"));
            container.configure("org.betadrift.state-noise.factor-vol", Map.of("scale", 2));
            isThere(exposures, s -> s.options().contains("scale=2"));
            container.configure("org.betadrift.it.rival", Map.of("service.ranking", 7));
            isThere(exposures, s -> s.ranking() == 7);
            assertThat(stateNoise(exposures.run(BESIDE_IT, Cases.panel())).bundle()).isEqualTo(Cases.GUEST);

            // the bundle it sits in is stopped; everybody else works on
            CompletableFuture<Void> stop = inBackground(container.bundle(Cases.GUEST)::stop);
            Eventually.isTrue("the guest's strategies leave at once", PROMPT,
                    () -> exposures.strategies().stream().noneMatch(s -> s.bundle().equals(Cases.GUEST)));
            assertThat(stateNoise(exposures.run(BESIDE_IT, Cases.panel())).options()).containsExactly("scale=2", "slope");
            container.configure("org.betadrift.it.gated", Map.of("variance", 0.25));
            Eventually.isTrue("eight seconds are over", Duration.ofSeconds(9), () -> System.nanoTime() - start > 8_000_000_000L);
            container.configure("org.betadrift.state-noise.factor-vol", Map.of("scale", 5));
            isThere(exposures, s -> s.options().contains("scale=5"));

            assertThat(stop).isNotDone();
            gate.open();
            ExposureRun run = sitting.get();
            stop.get(10, TimeUnit.SECONDS);
            assertThat(run.provenance().get(1).configuration()).containsEntry("variance", "1.0E-4");
            assertThat(stateNoise(run).options()).containsExactly("scale=1", "slope");
            Recipe same = Cases.recipe("ols:variance=100", "fixed:1.0E-4", "factor-vol:scale=1");
            assertThat(run.filter().logLikelihood()).isEqualTo(exposures.run(same, Cases.panel()).filter().logLikelihood());
            container.log().assertQuiet();
        }
    }

    /** The stop waits, for every bundle the run has taken a strategy from, and whatever was configured meanwhile. */
    @ParameterizedTest
    @EnumSource
    void leavingWaitsForTheRunInside(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand, Container.guest()).start()) {
            for (String name : List.of(Cases.GUEST, Cases.FACTOR_VOL, Cases.FILTER, Cases.OLS)) {
                for (boolean configured : new boolean[] {false, true}) {
                    try (Gate gate = Gate.in(container)) {
                        waitsForTheRunInside(container, gate, name, configured);
                    }
                }
            }
            container.log().assertQuiet();
        }
    }

    private static void waitsForTheRunInside(Container container, Gate gate, String name, boolean configured) throws Exception {
        ExposureService exposures = container.service(ExposureService.class, "");
        String whole = exposures.strategies().stream().map(StrategyInfo::name).sorted().toList().toString();
        RunHandle sitting = exposures.submit(Cases.recipe("ols", "gated:listens=false", "factor-vol"), Cases.panel());
        gate.awaitRun();
        if (configured) {
            long newest = newest(exposures);
            container.configure("org.betadrift.it.gated", Map.of("variance", 0.125 + newest));
            container.configure("org.betadrift.state-noise.factor-vol", Map.of("scale", 2 + newest));
            container.configure("org.betadrift.initial.ols", Map.of("variance", 3 + newest));
            container.configure("org.betadrift.engine.ud", Map.of("service.ranking", (int) newest));
            Eventually.isTrue("four new instances", () -> exposures.strategies().stream().filter(s -> s.serviceId() > newest).count() == 4);
        }
        Bundle bundle = container.bundle(name);
        CompletableFuture<Void> gone = inBackground(() -> {
            bundle.uninstall();
            container.refresh(bundle);
        });
        Eventually.isTrue(name + " leaves", () -> exposures.strategies().stream().noneMatch(s -> s.bundle().equals(name)));
        assertThat(gone).as("uninstalling " + name + " with a run inside, configured meanwhile: " + configured).isNotDone();
        gate.open();
        assertThat(sitting.get().filter().logLikelihood()).isFinite();
        gone.get(10, TimeUnit.SECONDS);
        container.context().installBundle(bundle.getLocation()).start();
        Eventually.isTrue("all is well again",
                () -> exposures.strategies().stream().map(StrategyInfo::name).sorted().toList().toString().equals(whole));
    }

    private static long newest(ExposureService exposures) {
        return exposures.strategies().stream().mapToLong(StrategyInfo::serviceId).max().orElseThrow();
    }

    /** The bound is over, the bundle goes with its classes: a typed exception, whether the strategy listens or runs into the void. */
    @ParameterizedTest
    @EnumSource
    void aRunThatOutlivesTheBoundIsWithdrawn(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand, Container.guest()).start()) {
            ExposureService exposures = container.service(ExposureService.class, "");
            boundOfOneSecond(container);
            for (boolean listens : new boolean[] {true, false}) {
                try (Gate gate = Gate.in(container)) {
                    RunHandle sitting = exposures.submit(Cases.recipe("ols", "gated:listens=" + listens, "factor-vol"), Cases.panel());
                    gate.awaitRun();
                    Bundle guest = container.bundle(Cases.GUEST);
                    inBackground(() -> {
                        guest.uninstall();
                        container.refresh(guest);
                    }).get(10, TimeUnit.SECONDS);
                    gate.open();
                    assertThatThrownBy(sitting::get).isInstanceOf(StrategyWithdrawnException.class)
                            .hasMessageContaining("ObservationNoiseEstimator gated of bundle org.betadrift.it.guest left while the run was inside it")
                            .matches(e -> listens ? e.getCause() == null : e.getCause() instanceof NoClassDefFoundError, "and why");
                    assertThat(container.log().take()).singleElement().asString().contains("gated", "runs are still inside");
                    container.install(Container.guest()).start();
                }
            }
        }
    }

    /** A bundle with three strategies that a run is inside of waits once, not three times. */
    @ParameterizedTest
    @EnumSource
    void theBoundIsTheBundles(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand, Container.guest()).start(); Gate gate = Gate.in(container)) {
            ExposureService exposures = container.service(ExposureService.class, "");
            boundOfOneSecond(container);
            RunHandle sitting = exposures.submit(Cases.recipe("known:mean=0,0,variance=1,1", "gated:listens=false", "fixed:1,1"), Cases.panel());
            gate.awaitRun();
            long start = System.nanoTime();
            container.bundle(Cases.FILTER).stop();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            gate.open();
            assertThat(took).isBetween(Duration.ofSeconds(1), Duration.ofMillis(2500));
            assertThatThrownBy(sitting::get).isInstanceOf(StrategyWithdrawnException.class);
        }
    }

    private static void boundOfOneSecond(Container container) throws Exception {
        container.configure("org.betadrift.runtime", Map.of("drain.seconds", 1));
        container.awaitConfigured();
    }

    private static void isThere(ExposureService exposures, Predicate<StrategyInfo> strategy) throws Exception {
        Eventually.isTrue("it takes effect", PROMPT, () -> exposures.strategies().stream().anyMatch(strategy));
    }

    private static StrategyInfo stateNoise(ExposureRun run) {
        return run.provenance().get(2).strategy();
    }

    /** What may be waited for. */
    private interface Change {
        void make() throws Exception;
    }

    private static CompletableFuture<Void> inBackground(Change change) {
        return CompletableFuture.runAsync(() -> {
            try {
                change.make();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }, task -> new Thread(task, "change").start());
    }
}
