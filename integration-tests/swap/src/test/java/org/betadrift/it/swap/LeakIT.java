package org.betadrift.it.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.betadrift.it.storm.Cases;
import org.betadrift.it.storm.Eventually;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.RunHandle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** Bundles are updated and refreshed over and over: nothing keeps the classes of old generations, while their results are kept. */
class LeakIT {
    private static final int GENERATIONS = Integer.getInteger("betadrift.generations");
    private static final List<String> STRATEGIES = List.of(Cases.OLS, Cases.FACTOR_VOL, Cases.FILTER, "org.betadrift.diagnostics");

    private final List<WeakReference<ClassLoader>> old = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void resultsAndHandlesPinNoStrategy(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand).start()) {
            ExposureService exposures = container.service(ExposureService.class, "");
            List<RunHandle> handles = new ArrayList<>();
            List<ExposureRun> runs = new ArrayList<>();
            ClassLoader held = loader(container, Cases.OLS);
            for (int generation = 0; generation < GENERATIONS; generation++) {
                handles.add(exposures.submit(Cases.recipe("ols", "ols", "factor-vol"), Cases.panel()));
                runs.add(handles.get(generation).get());
                renew(container, STRATEGIES);
            }
            awaitCollected(1, "one is held by this test, on purpose: the check can fail");
            assertThat(held).isSameAs(old.get(0).get());
            held = null;
            long took = awaitCollected(0, "class loaders of old generations");
            assertThat(runs).extracting(run -> run.filter().logLikelihood()).hasSize(GENERATIONS).containsOnly(runs.get(0).filter().logLikelihood());
            assertThat(handles).allSatisfy(handle -> assertThat(handle.completion().toCompletableFuture()).isCompleted());
            container.log().assertQuiet();
            container.log().console().printf("leak test on %s: %d class loaders of %d generations collected within %d ms%n", brand, old.size(),
                    GENERATIONS, took);
        }
    }

    /** The runtime has threads of its own; they keep nobody who submitted, nor itself. */
    @ParameterizedTest
    @EnumSource
    void theRuntimePinsNoHost(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand, Container.guest()).start()) {
            container.context().registerService(Callable.class, (Callable<?>) Cases::panel, new Hashtable<>(Map.of("betadrift.it", "panel")));
            List<Object> runs = new ArrayList<>();
            for (int generation = 0; generation < Math.min(GENERATIONS, 5); generation++) {
                runs.add(container.service(Callable.class, "(betadrift.it=host)").call());
                renew(container, generation == 2 ? List.of(Cases.GUEST, "org.betadrift.runtime") : List.of(Cases.GUEST));
            }
            awaitCollected(0, "class loaders of old hosts, and of a runtime");
            assertThat(runs).hasSize(Math.min(GENERATIONS, 5)).allMatch(ExposureRun.class::isInstance);
            container.log().assertQuiet();
        }
    }

    private void renew(Container container, List<String> names) throws Exception {
        Bundle[] bundles = names.stream().map(container::bundle).toArray(Bundle[]::new);
        for (Bundle bundle : bundles) {
            old.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
            bundle.update();
        }
        container.refresh(bundles);
    }

    private static ClassLoader loader(Container container, String name) {
        return container.bundle(name).adapt(BundleWiring.class).getClassLoader();
    }

    /** @return milliseconds */
    private long awaitCollected(int left, String what) throws Exception {
        long start = System.nanoTime();
        Eventually.isTrue(what, Duration.ofSeconds(60), () -> {
            System.gc();
            return old.stream().filter(loader -> loader.get() != null).count() == left;
        });
        return (System.nanoTime() - start) / 1_000_000;
    }
}
