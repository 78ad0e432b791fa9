package org.betadrift.it.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator does to a running Karaf distribution, by Karaf's own commands and its folder deploy; every test leaves it whole. */
@DisabledOnOs(OS.WINDOWS)
@DisabledForJreRange(minVersion = 24, disabledReason = "Karaf 4.4 sets a security manager")
class OperatorIT {
    private static final Path ASSEMBLY = Path.of(System.getProperty("karaf.assembly"));
    private static Karaf karaf;
    private static Set<String> whole;
    private static List<String> numbers;

    @BeforeAll
    static void boot() throws Exception {
        karaf = new Karaf(Karaf.copy(ASSEMBLY, "operator"));
        whole = CommandLine.strategies();
        numbers = CommandLine.numbers();
        karaf.awaitFeature("betadrift-shell");
        assertWhole();
    }

    @AfterAll
    static void stop() throws Exception {
        karaf.stop();
    }

    static Stream<String> bundles() throws IOException {
        try (Stream<Path> ours = Files.list(ASSEMBLY.resolve("system/org/betadrift"))) {
            return ours.map(folder -> folder.getFileName().toString()).filter(name -> !name.equals("org.betadrift.features")).sorted().toList().stream();
        }
    }

    @Test
    void aFeatureGoesAndComesBack() throws Exception {
        assertThat(karaf.ask("feature:uninstall betadrift-estimator-factorvol")).isEmpty();
        assertThat(karaf.ask(CommandLine.estimate())).contains("no StateNoiseEstimator named factor-vol", "fixed", "fixed-matrix").hasLineCount(1);
        assertThat(strategies()).isEqualTo(without("org.betadrift.estimator.factorvol"));

        assertThat(karaf.ask("feature:install betadrift-estimator-factorvol")).isEmpty();
        assertWhole();
    }

    @Test
    void theFeatureOfEverythingComesFromTheDistributionItself() throws Exception {
        assertThat(karaf.ask("feature:install betadrift")).isEmpty();
        assertThat(karaf.ask("feature:uninstall betadrift")).isEmpty();
        assertWhole();
    }

    /** Preferring makes a configuration, which Karaf's own commands show and delete. */
    @Test
    void aStrategyIsPreferred() throws Exception {
        String answer = karaf.ask("betadrift:prefer StateNoiseEstimator fixed");
        assertThat(answer).matches("StateNoiseEstimator fixed .* gets ranking 1 \\(configuration .*\\)");
        String pid = answer.replaceAll(".*\\(configuration (.*)\\)", "$1");
        karaf.until("betadrift:strategies", table -> table.lines().anyMatch(row -> row.matches("StateNoiseEstimator +fixed .* 1 +given.*")));
        assertThat(karaf.ask("config:list \"(service.pid=" + pid + ")\"")).contains("service.ranking = 1");

        assertThat(karaf.ask("config:delete " + pid)).isEmpty();
        assertWhole();
    }

    /** The bundle of sample-estimator/ewma, as Maven just built it by itself: from the next run on until it is taken away. */
    @Test
    void aStrangersBundleIsDroppedInAndTakenAway() throws Exception {
        String missing = "betadrift: no StateNoiseEstimator named ewma: present are discount, factor-vol, fixed, fixed-matrix, rolling-beta-variance, rolling-residual-variance";
        String estimate = CommandLine.estimate().replace("factor-vol", "ewma:lambda=0.9");
        assertThat(karaf.ask(estimate)).endsWith(missing).hasLineCount(1);

        Path dropped = karaf.deploy(Path.of(System.getProperty("stranger.bundle")));
        String report = karaf.until(estimate, answer -> !answer.contains(missing));
        assertThat(report).containsPattern("state noise +ewma:lambda=0\\.9 +com\\.acme\\.ewma 1\\.0\\.0 ");
        String byDefault = karaf.ask(CommandLine.estimate().replace("factor-vol", "ewma"));
        assertThat(byDefault).containsPattern("state noise +ewma:lambda=0\\.94 +com\\.acme\\.ewma 1\\.0\\.0 ");
        assertThat(List.of(CommandLine.numbers(report), CommandLine.numbers(byDefault), numbers)).as("whose numbers").doesNotHaveDuplicates();
        assertThat(karaf.ask(estimate.replace("lambda", "lamda"))).contains("lamda", "lambda").hasLineCount(1);

        Files.delete(dropped);
        karaf.until("betadrift:strategies", table -> table.lines().noneMatch(row -> row.matches("StateNoiseEstimator +ewma .*")));
        assertThat(karaf.ask(estimate)).endsWith(missing).hasLineCount(1);
        assertWhole();
    }

    /** The shell remembers runs from one command to the next. */
    @Test
    void twoRunsAreCompared() {
        karaf.ask(CommandLine.estimate());
        karaf.ask(CommandLine.estimate().replace("factor-vol", "factor-vol:scale=2"));
        List<String> runs = karaf.ask("betadrift:runs").lines().map(row -> row.split(" ")[0]).filter(n -> n.matches("\\d+")).toList();
        assertThat(runs).hasSizeGreaterThanOrEqualTo(2);
        assertThat(karaf.ask("betadrift:compare-runs " + runs.get(runs.size() - 2) + " " + runs.get(runs.size() - 1)))
                .contains("factor-vol:scale=1 ", "factor-vol:scale=2 ");
    }

    /** Stopped, it is missed, and nothing else is; started, updated or refreshed, all is there again. */
    @ParameterizedTest
    @MethodSource("bundles")
    void aBundleStopsStartsIsUpdatedAndRefreshed(String bundle) throws Exception {
        assertThat(karaf.ask("bundle:stop " + bundle)).isEmpty();
        if (bundle.equals("org.betadrift.shell")) {
            // without it there are no commands, and Karaf says so
            assertThat(karaf.ask("betadrift:strategies")).isEqualTo("Command not found: betadrift:strategies");
        } else if (bundle.equals("org.betadrift.runtime")) {
            assertThat(karaf.ask("betadrift:strategies")).contains("there is no ExposureService: start the bundle org.betadrift.runtime");
        } else {
            assertThat(strategies()).isEqualTo(without(bundle));
        }
        assertThat(karaf.ask("bundle:start " + bundle)).isEmpty();
        assertWhole();
        assertThat(karaf.ask("bundle:update " + bundle)).isEmpty();
        assertWhole();

        // Karaf doesn't wait for it: it is done when a component that depends on the bundle is another one
        String watch = "bundle:services -p " + switch (bundle) {
            case "org.betadrift.api" -> "org.betadrift.runtime";
            case "org.betadrift.ejml" -> "org.betadrift.estimator.ols";
            case "org.betadrift.likelihood" -> "org.betadrift.estimator.mle";
            default -> bundle;
        };
        String before = karaf.ask(watch);
        assertThat(before).contains("component.id = ");
        assertThat(karaf.ask("bundle:refresh " + bundle)).isEmpty();
        karaf.until(watch, answer -> answer.contains("component.id = ") && !answer.equals(before));
        assertWhole();
    }

    private static void assertWhole() throws InterruptedException {
        karaf.until("betadrift:strategies", answer -> CommandLine.strategies(answer).equals(whole));
        assertThat(CommandLine.numbers(karaf.ask(CommandLine.estimate()))).isEqualTo(numbers);
    }

    private static Set<String> strategies() {
        return CommandLine.strategies(karaf.ask("betadrift:strategies"));
    }

    private static Set<String> without(String bundle) {
        return whole.stream().filter(row -> !row.contains(" " + bundle + " ")).collect(Collectors.toCollection(TreeSet::new));
    }
}
