package org.betadrift.it.swap;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.betadrift.it.storm.Eventually;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;

/** Every betadrift bundle stops, starts, changes and goes; after each step the system is whole or says what is missing. */
class LifecycleIT {
    private static final String WHOLE = "";
    private static final String JOINT = "JointNoiseEstimator mle, JointNoiseEstimator mle-q, JointNoiseEstimator mle-q-then-r, JointNoiseEstimator mle-r";
    private static final int ORDERS = Integer.getInteger("betadrift.orders");

    /** What the ExposureService answers without a bundle; what begins with a space comes after the number. */
    private static final Map<String, String> WITHOUT = Map.ofEntries(
            entry("org.betadrift.data", " without [PanelReader csv]"),
            entry("org.betadrift.diagnostics", " without [Diagnostic factor-dynamics, Diagnostic fit-summary, Diagnostic restriction]"),
            entry("org.betadrift.ejml", "no InitialStateEstimator named ols: present are diffuse, known, stationary"),
            entry("org.betadrift.estimator.cholesky", " without [JointNoiseEstimator cholesky]"),
            entry("org.betadrift.estimator.factorvol", "no StateNoiseEstimator named factor-vol: present are discount, fixed, fixed-matrix"),
            entry("org.betadrift.estimator.mle", " without [" + JOINT + "]"),
            entry("org.betadrift.estimator.ols", "no InitialStateEstimator named ols: present are diffuse, known, stationary"),
            entry("org.betadrift.filter", "no FilterEngine named (any): there is none"),
            entry("org.betadrift.likelihood", " without [" + JOINT + "]"),
            entry("org.betadrift.report", " without [ReportRenderer json, ReportRenderer text]"),
            entry("org.betadrift.runtime", "no ExposureService"),
            entry("org.betadrift.shell", WHOLE));

    /** What the command line answers where it is another thing. */
    private static final Map<String, String> COMMAND_LINE_WITHOUT = Map.of(
            "org.betadrift.api", "no command line",
            "org.betadrift.data", "betadrift: no PanelReader named csv: there is none",
            "org.betadrift.diagnostics", WHOLE,
            "org.betadrift.estimator.cholesky", WHOLE,
            "org.betadrift.estimator.mle", WHOLE,
            "org.betadrift.likelihood", WHOLE,
            "org.betadrift.report", "betadrift: no ReportRenderer named json: there is none",
            "org.betadrift.runtime", "betadrift: there is no ExposureService: start the bundle org.betadrift.runtime",
            "org.betadrift.shell", "no command line");

    /** The one line of the log when a bundle stops, after "missing from now on". */
    private static final Map<String, String> LOGGED = Map.of(
            "org.betadrift.data", "PanelReader csv",
            "org.betadrift.diagnostics", "Diagnostic factor-dynamics, Diagnostic fit-summary, Diagnostic restriction",
            "org.betadrift.estimator.cholesky", "JointNoiseEstimator cholesky",
            "org.betadrift.estimator.factorvol", "ObservationNoiseEstimator factor-vol-rolling, "
                    + "StateNoiseEstimator factor-vol, StateNoiseEstimator rolling-beta-variance, StateNoiseEstimator rolling-residual-variance",
            "org.betadrift.estimator.mle", JOINT,
            "org.betadrift.estimator.ols", "InitialStateEstimator ols, InitialStateEstimator ols-covariance, InitialStateEstimator ols-window, "
                    + "ObservationNoiseEstimator ewma, ObservationNoiseEstimator ols, ObservationNoiseEstimator ols-rolling",
            "org.betadrift.filter", "FilterEngine covariance, FilterEngine ud, Forecaster standard, InitialStateEstimator diffuse, InitialStateEstimator known, InitialStateEstimator stationary, "
                    + "ObservationNoiseEstimator fixed, ObservationNoiseEstimator fixed-matrix, ObservationNoiseEstimator series, PathEstimator path, Simulator standard, Smoother fixed-interval, "
                    + "StateNoiseEstimator discount, StateNoiseEstimator fixed, StateNoiseEstimator fixed-matrix",
            "org.betadrift.report", "ReportRenderer json, ReportRenderer text",
            "org.betadrift.runtime", "the ExposureService",
            "org.betadrift.shell", "the commands of scope betadrift");

    /** They register nothing: stopping one takes nothing away, its packages stay until the refresh. */
    private static final Map<String, String> LIBRARIES = Map.of("org.betadrift.api", "org.betadrift.", "org.betadrift.ejml", "org.ejml.",
            "org.betadrift.likelihood", "org.betadrift.likelihood");

    @ParameterizedTest
    @EnumSource
    void theServiceSaysWhatIsMissing(Brand brand) throws Exception {
        try (Container container = Container.sharingApi(brand).start()) {
            everyBundleGoesAndComesBack(container, new ServiceProbe(container), WITHOUT);
        }
    }

    /** With the api as a bundle like the others. */
    @ParameterizedTest
    @EnumSource
    void theCommandLineSaysWhatIsMissing(Brand brand) throws Exception {
        try (Container container = Container.whole(brand).start()) {
            Map<String, String> without = new java.util.HashMap<>();
            WITHOUT.forEach((bundle, answer) -> without.put(bundle, "betadrift: " + answer));
            without.putAll(COMMAND_LINE_WITHOUT);
            everyBundleGoesAndComesBack(container, new CommandLineProbe(container), without);
        }
    }

    private static void everyBundleGoesAndComesBack(Container container, Probe probe, Map<String, String> without) throws Exception {
        String whole = probe.ask();
        assertThat(whole).startsWith(Probe.ANSWERED).doesNotContain("without");
        List<String> ours = container.bundles().stream().map(Bundle::getSymbolicName).filter(name -> name.startsWith("org.betadrift.")).toList();
        assertThat(without.keySet()).as("bundles whose absence this test can tell").containsAll(ours);
        for (String name : ours) {
            String answer = without.get(name);
            String missing = answer.isEmpty() || answer.startsWith(" ") ? whole + answer : answer;
            boolean library = LIBRARIES.containsKey(name);
            Bundle bundle = container.bundle(name);
            container.log().takeNotes();
            bundle.stop();
            List<String> missed = container.log().takeNotes().stream().filter(note -> note.contains("missing from now on")).toList();
            if (library) {
                assertThat(missed).as(name + " stopped").isEmpty();
            } else {
                assertThat(missed).as(name + " stopped").singleElement().asString().contains(name).endsWith("stops: missing from now on " + LOGGED.get(name));
            }
            assertThat(probe.ask()).as(name + " stopped").isEqualTo(library ? whole : missing);
            bundle.start();
            isWhole(name + " started", probe, whole);
            bundle.update();
            isWhole(name + " updated", probe, whole);
            container.refresh(bundle);
            isWhole(name + " refreshed", probe, whole);
            container.log().assertQuiet();

            bundle.uninstall();
            assertThat(probe.ask()).as(name + " uninstalled").isEqualTo(library ? whole : missing);
            container.refresh(bundle);
            assertThat(probe.ask()).as(name + " uninstalled, refreshed").isEqualTo(missing);
            if (library) { // a framework may say that it can't start again those that need it, and then it says why
                assertThat(container.log().take()).allSatisfy(entry -> assertThat(entry).contains("Unable to resolve", LIBRARIES.get(name)));
            }
            container.context().installBundle(bundle.getLocation());
            container.start();
            isWhole(name + " installed again", probe, whole);
            container.log().assertQuiet();
        }
    }

    private static void isWhole(String when, Probe probe, String whole) throws Exception {
        Eventually.isTrue(when + ": " + whole, () -> probe.ask().equals(whole));
    }

    @ParameterizedTest
    @EnumSource
    void anyOrderWillDo(Brand brand) throws Exception {
        long seed = Long.getLong("betadrift.seed", System.nanoTime());
        Random random = new Random(seed);
        try (Container container = Container.sharingApi(brand)) {
            container.start(shuffled(container.bundles(), random));
            Probe probe = new ServiceProbe(container);
            String whole = probe.ask();
            assertThat(whole).startsWith(Probe.ANSWERED);
            for (int order = 0; order < ORDERS; order++) {
                for (Bundle bundle : shuffled(container.bundles(), random)) {
                    bundle.stop();
                }
                assertThat(probe.ask()).isEqualTo("no ExposureService");
                List<Bundle> start = shuffled(container.bundles(), random);
                container.start(start);
                isWhole("order " + order + " of seed " + seed + ": " + start, probe, whole);
                container.log().assertQuiet();
            }
        }
    }

    private static List<Bundle> shuffled(List<Bundle> bundles, Random random) {
        List<Bundle> copy = new ArrayList<>(bundles);
        Collections.shuffle(copy, random);
        return copy;
    }
}
