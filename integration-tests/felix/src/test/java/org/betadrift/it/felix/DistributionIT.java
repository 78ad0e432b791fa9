package org.betadrift.it.felix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.betadrift.it.felix.CommandLine.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The distribution's own script as a real process, from a path with spaces and other trouble in it. */
@DisabledOnOs(OS.WINDOWS)
class DistributionIT {
    private static final Path BUILT = Path.of(System.getProperty("betadrift.distribution"));

    @TempDir
    private Path folder;
    private Path home;

    @BeforeEach
    void copy() throws IOException {
        home = folder.resolve("a path with spaces, #1 & 100% ü");
        try (Stream<Path> files = Files.walk(BUILT)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.createDirectories(home.resolve(BUILT.relativize(file).toString()).getParent());
                Files.copy(file, home.resolve(BUILT.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void runsFromAPathWithSpaces() throws Exception {
        Outcome demo = betadrift("demo");
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out()).contains("Final RMSE", "correlation", "▁");
        assertThat(demo.code()).isZero();
    }

    /** Root may write to a read-only folder, so the folder must also be found unchanged. */
    @Test
    void runsFromAReadOnlyFolderAndLeavesItUntouched() throws Exception {
        Map<String, Long> before = contents();
        walk(file -> file.toFile().setWritable(false));
        try {
            Outcome strategies = betadrift("strategies");
            assertThat(strategies.err()).isEmpty();
            assertThat(strategies.out()).contains("factor-vol");
            assertThat(strategies.code()).isZero();
        } finally {
            walk(file -> file.toFile().setWritable(true));
        }
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void leavesNoCacheBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        assertThat(betadrift(Map.of("JAVA_OPTS", "-Djava.io.tmpdir=" + temporary), "demo").code()).isZero();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void standardOutputIsTheJsonAndNothingElse() throws Exception {
        Outcome estimate = betadrift("estimate", "--data", "example/returns.csv", "--frequency", "weekly", "--target", "FUND", "--factors",
                "PREF,CONV", "--initial", "ols-covariance", "--state-noise", "factor-vol", "--observation-noise", "ols", "--format", "json");
        assertThat(estimate.err()).isEmpty();
        JsonSchema.assertValid(new ObjectMapper().readTree(estimate.out()));
    }

    @Test
    void exitCodesPassThrough() throws Exception {
        Outcome wrong = betadrift("estimate", "--data", "nowhere.csv", "--target", "A", "--factors", "B", "--initial", "ols", "--state-noise",
                "factor-vol", "--observation-noise", "ols");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).contains("nowhere.csv").hasLineCount(1);
    }

    private Outcome betadrift(String... arguments) throws Exception {
        return betadrift(Map.of(), arguments);
    }

    private Outcome betadrift(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/betadrift").toString()));
        command.addAll(List.of(arguments));
        File out = folder.resolve("out.txt").toFile();
        File err = folder.resolve("err.txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile()).redirectOutput(out).redirectError(err);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JAVA_OPTS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(out.toPath(), StandardCharsets.UTF_8), Files.readString(err.toPath()));
    }

    /** Every file with its time of change. */
    private Map<String, Long> contents() throws IOException {
        Map<String, Long> all = new TreeMap<>();
        walk(file -> {
            try {
                all.put(home.relativize(file).toString(), Files.getLastModifiedTime(file).toMillis());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return all;
    }

    private void walk(java.util.function.Consumer<Path> action) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            files.forEach(action);
        }
    }
}
