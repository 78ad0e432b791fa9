package org.betadrift.it.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.betadrift.filter.CancelledException;
import org.betadrift.it.storm.Cases;
import org.betadrift.it.storm.Eventually;
import org.betadrift.it.storm.Load;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Recipe;
import org.betadrift.run.RunHandle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Runs are cancelled and interrupted, their host lets the service go, and the runtime itself leaves. */
class RuntimeIT {
    private static final Recipe THROUGH_THE_GATE = Cases.recipe("ols", "gated", "factor-vol");
    private static final Recipe BESIDE_IT = Cases.recipe("ols", "ols", "factor-vol");

    @ParameterizedTest
    @EnumSource
    void aSubmittedRunIsCancelled(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand, Container.guest()).start(); Gate gate = Gate.in(container)) {
            ExposureService exposures = container.service(ExposureService.class, "");
            RunHandle run = exposures.submit(THROUGH_THE_GATE, Cases.panel());
            gate.awaitRun();
            assertThat(exposures.inProgress()).containsExactly(run);
            Eventually.isTrue("it says what it does", () -> run.progress().equals("waiting at the gate"));
            run.cancel();
            assertThatThrownBy(run::get).isInstanceOf(CancelledException.class).hasMessage("the run was cancelled during waiting at the gate");
            Eventually.isTrue("nothing is in progress", () -> exposures.inProgress().isEmpty());
            container.bundle(Cases.GUEST).stop(); // nobody is inside any more
            container.log().assertQuiet();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theThreadOfARunIsInterrupted(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand, Container.guest()).start(); Gate gate = Gate.in(container)) {
            ExposureService exposures = container.service(ExposureService.class, "");
            CompletableFuture<Thread> where = new CompletableFuture<>();
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            CompletableFuture<ExposureRun> run = outcome(() -> {
                where.complete(Thread.currentThread());
                try {
                    return exposures.run(THROUGH_THE_GATE, Cases.panel());
                } finally {
                    interrupted.complete(Thread.currentThread().isInterrupted());
                }
            });
            gate.awaitRun();
            where.get().interrupt();
            assertThatThrownBy(() -> run.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(CancelledException.class);
            assertThat(interrupted.get()).isTrue();
            container.log().assertQuiet();
        }
    }

    /** Before any of its strategies was ever used: no framework, no component runtime complains of the interrupted thread. */
    @ParameterizedTest
    @EnumSource
    void aThreadIsInterruptedBeforeItRuns(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand).start()) {
            ExposureService exposures = container.service(ExposureService.class, "");
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> exposures.run(BESIDE_IT, Cases.panel())).isInstanceOf(CancelledException.class);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(exposures.run(BESIDE_IT, Cases.panel()).filter().logLikelihood()).isFinite();
            container.log().assertQuiet();
        }
    }

    /** Whoever waits for a run may be interrupted; the run goes on. */
    @ParameterizedTest
    @EnumSource
    void whoeverWaitsIsInterrupted(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand, Container.guest()).start(); Gate gate = Gate.in(container)) {
            RunHandle run = container.service(ExposureService.class, "").submit(THROUGH_THE_GATE, Cases.panel());
            gate.awaitRun();
            Thread.currentThread().interrupt();
            assertThatThrownBy(run::get).isInstanceOf(InterruptedException.class);
            gate.open();
            assertThat(run.get().filter().logLikelihood()).isFinite();
        }
    }

    /** A host that gets the service for one call only: what it submitted goes on, and nobody starts anew behind its back. */
    @ParameterizedTest
    @EnumSource
    void theLastClientLetsTheServiceGo(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand, Container.guest()).start(); Gate gate = Gate.in(container)) {
            container.bundle("org.betadrift.shell").stop();
            ServiceReference<ExposureService> reference = container.context().getServiceReference(ExposureService.class);
            RunHandle run = container.context().getService(reference).submit(THROUGH_THE_GATE, Cases.panel());
            gate.awaitRun();
            container.context().ungetService(reference);
            assertThat(container.context().getService(reference).inProgress()).containsExactly(run);
            gate.open();
            assertThat(run.get().filter().logLikelihood()).isFinite();
            container.log().assertQuiet();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRuntimeWaitsForItsRuns(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand, Container.guest()).start(); Gate gate = Gate.in(container)) {
            ExposureService exposures = container.service(ExposureService.class, "");
            RunHandle submitted = exposures.submit(THROUGH_THE_GATE, Cases.panel());
            gate.awaitRun();
            CompletableFuture<ExposureRun> onItsOwnThread = outcome(() -> exposures.run(THROUGH_THE_GATE, Cases.panel()));
            Eventually.isTrue("two runs", () -> exposures.inProgress().size() == 2);
            Bundle runtime = container.bundle("org.betadrift.runtime");
            CompletableFuture<Void> gone = outcome(() -> {
                runtime.uninstall();
                container.refresh(runtime);
                return null;
            });
            Eventually.isTrue("no new run begins", () -> {
                try {
                    return exposures.run(BESIDE_IT, Cases.panel()) == null;
                } catch (CancelledException e) {
                    return e.getMessage().contains("the runtime is stopping");
                }
            });
            assertThat(gone).isNotDone();
            gate.open();
            assertThat(submitted.get().filter().logLikelihood()).isEqualTo(onItsOwnThread.get(10, TimeUnit.SECONDS).filter().logLikelihood());
            gone.get(10, TimeUnit.SECONDS);
            container.context().installBundle(runtime.getLocation()).start();
            assertThat(container.service(ExposureService.class, "").run(BESIDE_IT, Cases.panel()).filter().logLikelihood()).isFinite();
            container.log().assertQuiet();
        }
    }

    /** The bound is over: whatever is in progress ends as cancelled, also what never began, though its classes are gone. */
    @ParameterizedTest
    @EnumSource
    void theRuntimeGoesAllTheSame(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand, Container.guest()).start(); Gate gate = Gate.in(container)) {
            ExposureService exposures = container.service(ExposureService.class, "");
            container.configure("org.betadrift.runtime", Map.of("drain.seconds", 1, "threads", 1));
            container.awaitConfigured();
            Recipe deaf = Cases.recipe("ols", "gated:listens=false", "factor-vol");
            RunHandle inside = exposures.submit(deaf, Cases.panel());
            gate.awaitRun();
            RunHandle waiting = exposures.submit(BESIDE_IT, Cases.panel());
            CompletableFuture<ExposureRun> onItsOwnThread = outcome(() -> exposures.run(deaf, Cases.panel()));
            Eventually.isTrue("three runs", () -> exposures.inProgress().size() == 3
                    && exposures.inProgress().get(2).progress().equals("the observation noise"));
            Bundle runtime = container.bundle("org.betadrift.runtime");
            outcome(() -> {
                runtime.uninstall();
                container.refresh(runtime);
                return null;
            }).get(10, TimeUnit.SECONDS);
            gate.open();
            for (CompletableFuture<ExposureRun> run : List.of(inside.completion().toCompletableFuture(), waiting.completion().toCompletableFuture(),
                    onItsOwnThread)) {
                assertThatThrownBy(() -> run.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(CancelledException.class);
            }
            container.log().assertQuiet();
        }
    }

    /** The runtime's own configuration changes all the time: no submission falls through. */
    @ParameterizedTest
    @EnumSource
    void theRuntimeIsConfiguredWhileRunsAreSubmitted(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand).start()) {
            ExposureService exposures = container.service(ExposureService.class, "");
            double expected = exposures.run(BESIDE_IT, Cases.panel()).filter().logLikelihood();
            try (Load load = new Load(exposures, 4, 1)) {
                for (int i = 0; i < 60; i++) {
                    container.configure("org.betadrift.runtime", Map.of("threads", 1 + i % 3, "drain.seconds", 20 + i));
                    if (i % 10 == 0) {
                        load.awaitRound();
                    }
                }
                load.awaitRound();
                assertThat(load.take()).allSatisfy(outcome -> assertThat(outcome.failure()).isNull())
                        .anySatisfy(outcome -> assertThat(outcome.logLikelihood()).isEqualTo(expected));
            }
            container.log().assertQuiet();
        }
    }

    private static <T> CompletableFuture<T> outcome(Callable<T> work) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        new Thread(() -> {
            try {
                outcome.complete(work.call());
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        }, "test").start();
        return outcome;
    }
}
