package org.betadrift.it.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example's main as a real process, on the class path of a host. */
class ResearchPlatformIT {
    private static final Path FELIX = Path.of(System.getProperty("host.lib"));
    private static final Path EQUINOX = Path.of(System.getProperty("host.equinox"));

    /** @param err what was said on standard error */
    private record Outcome(int code, String out, String err) { }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"felix", "equinox"})
    void discoversRunsSwapsAndSaysWhoMadeWhat(String framework) throws Exception {
        Path successor = Fixture.withVersion("1.0.1", Fixture.bundle(Fixture.FACTOR_VOL), folder);
        Outcome outcome = platform(framework, Fixture.DISTRIBUTION.toString(), "factor-vol", successor.toString());
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).containsPattern("(?m)^StateNoiseEstimator +factor-vol +org\\.betadrift\\.estimator\\.factorvol 1\\.0\\.0")
                .containsPattern("(?m)^FilterEngine +covariance +org\\.betadrift\\.filter 1\\.0\\.0").endsWith("closed\n");
        String before = line(outcome, "before: ");
        String after = line(outcome, "after: ");
        assertThat(before).matches("log-likelihood \\d+\\.\\d{4}; on \\d{4}-\\d\\d-\\d\\d PREF -?\\d\\.\\d{4}, CONV -?\\d\\.\\d{4}; "
                + "state noise by factor-vol of org\\.betadrift\\.estimator\\.factorvol 1\\.0\\.0\\S* \\(service \\d+\\)");
        assertThat(after).contains(" 1.0.1 (service ").startsWith(before.substring(0, before.indexOf("; state noise")));
        int runs = Pattern.compile("(?m)^swapped under 200 submitted runs: (\\d+) by factor-vol").matcher(outcome.out()).results()
                .map((MatchResult match) -> match.group(1)).collect(Collectors.summingInt(Integer::parseInt));
        assertThat(runs).isEqualTo(200);
    }

    @Test
    void aMissingNameIsOneLine() throws Exception {
        assertRefused(platform("felix", Fixture.DISTRIBUTION.toString(), "factor-vool", "successor.jar"),
                "no StateNoiseEstimator named factor-vool: did you mean factor-vol? present are discount, factor-vol, fixed, fixed-matrix, rolling-beta-variance, rolling-residual-variance");
    }

    @Test
    void aMissingSuccessorIsOneLine() throws Exception {
        assertRefused(platform("felix", Fixture.DISTRIBUTION.toString(), "factor-vol", "nowhere.jar"),
                "bundle is nowhere.jar, but there is no such file: check the name");
    }

    @Test
    void anotherFolderIsOneLine() throws Exception {
        assertRefused(platform("felix", folder.toString(), "factor-vol", "successor.jar"), "distribution is " + folder
                + ", but there is no api bundle in its folder bundle: name the folder of the Felix distribution");
    }

    @Test
    void noArgumentsIsOneLine() throws Exception {
        assertRefused(platform("felix"), "usage: ResearchPlatform DISTRIBUTION STATE-NOISE SUCCESSOR.jar");
    }

    /** The framework's threads don't keep the process alive. */
    @Test
    void aBundleThatDoesNotStartEndsIt() throws Exception {
        Path broken = folder.resolve("broken");
        for (String each : List.of("bundle", "conf")) {
            Files.createDirectories(broken.resolve(each));
            try (Stream<Path> files = Files.list(Fixture.DISTRIBUTION.resolve(each))) {
                for (Path file : (Iterable<Path>) files.filter(f -> !f.getFileName().toString().startsWith("org.osgi.util.promise-"))::iterator) {
                    Files.copy(file, broken.resolve(each).resolve(file.getFileName()));
                }
            }
        }
        Outcome outcome = platform("felix", broken.toString(), "factor-vol", "successor.jar");
        assertThat(outcome.err()).startsWith("ResearchPlatform: ").contains("org.apache.felix.scr", "org.osgi.util.promise").hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(1);
    }

    private static void assertRefused(Outcome outcome, String why) {
        assertThat(outcome.err()).isEqualToNormalizingNewlines("ResearchPlatform: " + why + "\n");
        assertThat(outcome.code()).isEqualTo(2);
    }

    private static String line(Outcome outcome, String begin) {
        return outcome.out().lines().filter(line -> line.startsWith(begin)).map(line -> line.substring(begin.length())).findFirst().orElseThrow();
    }

    private Outcome platform(String framework, String... arguments) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath(framework),
                "-Djava.io.tmpdir=" + temporary, ResearchPlatform.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(temporary).isEmptyDirectory();
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static String classPath(String framework) throws IOException {
        List<Path> jars = new ArrayList<>(List.of(Fixture.HOST));
        try (Stream<Path> lib = Files.list(FELIX); Stream<Path> equinox = Files.list(EQUINOX)) {
            boolean felix = framework.equals("felix");
            lib.filter(jar -> felix || !jar.getFileName().toString().startsWith("org.apache.felix.framework-")).forEach(jars::add);
            equinox.filter(jar -> !felix).forEach(jars::add);
        }
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
