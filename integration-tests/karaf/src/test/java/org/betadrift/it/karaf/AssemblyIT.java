package org.betadrift.it.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The Karaf distribution as it is shipped. */
@DisabledOnOs(OS.WINDOWS)
@DisabledForJreRange(minVersion = 24, disabledReason = "Karaf 4.4 sets a security manager")
class AssemblyIT {
    private static Karaf karaf;

    @BeforeAll
    static void boot() throws Exception {
        karaf = new Karaf(Karaf.copy(Path.of(System.getProperty("karaf.assembly")), "assembly in a path with spaces"));
        karaf.until("betadrift:strategies", answer -> answer.contains("factor-vol"));
        System.out.println("Karaf distribution: first answered command after " + karaf.age().toMillis() + " ms");
        karaf.awaitFeature("betadrift-shell");
    }

    @AfterAll
    static void stop() throws Exception {
        karaf.stop();
    }

    @Test
    void theStrategiesOfTheCommandLine() throws Exception {
        assertThat(CommandLine.strategies(karaf.ask("betadrift:strategies"))).isEqualTo(CommandLine.strategies());
    }

    @Test
    void theEstimateOfTheCommandLine() throws Exception {
        assertThat(CommandLine.numbers(karaf.ask(CommandLine.estimate("example/returns.csv")))).isEqualTo(CommandLine.numbers());
    }

    @Test
    void demoAndHelp() {
        assertThat(karaf.ask("betadrift:demo")).contains("Fit summary", "correlation");
        assertThat(karaf.ask("betadrift:help estimate")).contains("--state-noise", "--observation-noise");
    }

    @Test
    void anErrorIsOneLine() {
        assertThat(karaf.ask("betadrift:estimate --data nowhere.csv --target A --factors B --initial ols --state-noise factor-vol"
                + " --observation-noise ols")).contains("betadrift: ", "nowhere.csv").hasLineCount(1);
    }

    @Test
    void neitherSshNorManagement() {
        assertThat(karaf.ask("feature:list -i --no-format")).contains("betadrift-estimator-ols").doesNotContain("ssh", "management");
    }

    /** Linux says which process listens where. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void onlyTheShutdownPortIsOpenAndOnlyToThisMachine() throws IOException {
        String port = Files.readString(karaf.home().resolve("data/port")).strip();
        assertThat(Sockets.of(karaf.pid())).containsExactly("tcp 127.0.0.1:" + port);
    }

    @Test
    void noRepositoryButItsOwn() {
        assertThat(karaf.ask("config:list \"(service.pid=org.ops4j.pax.url.mvn)\"")).contains("system.repository").doesNotContain("http");
    }

    @Test
    void theLogIsInItsFolderOnly() throws IOException {
        assertThat(karaf.home().resolve("data/log/karaf.log")).isNotEmptyFile();
        // the folder itself and data, where they would be
        try (Stream<Path> files = Files.find(karaf.home(), 2, (file, attributes) -> file.toString().endsWith(".log"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void everyLibraryOfOursIsNamedWithItsLicence() throws IOException {
        String features;
        try (Stream<Path> files = Files.walk(karaf.home().resolve("system/org/betadrift/org.betadrift.features"))) {
            features = Files.readString(files.filter(file -> file.toString().endsWith("-features.xml")).findFirst().orElseThrow());
        }
        List<String> jars = Pattern.compile("mvn:(?!org\\.betadrift/)[^/]+/([^/]+)/([^<]+)<").matcher(features).results()
                .map(bundle -> bundle.group(1) + "-" + bundle.group(2) + ".jar").toList();
        assertThat(jars).isNotEmpty();
        assertThat(Files.readString(karaf.home().resolve("THIRD-PARTY.txt"))).contains(jars);
    }
}
