package org.betadrift.distribution.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a process of its own, over a small home whose only bundle is a stub. */
class MainTest {

    @TempDir
    private Path folder;

    private Path home;
    private Path temporary;

    @BeforeEach
    void makeHome() throws IOException {
        home = folder.resolve("a home; 100% + #1 & [x]");
        temporary = Files.createDirectory(folder.resolve("tmp"));
        Files.createDirectories(home.resolve("bundle"));
        Files.createDirectories(home.resolve("conf"));
        configure("betadrift.start.timeout=10000");
    }

    @Test
    void passesArgumentsStreamsAndExitCode() throws Exception {
        StubBundle.activated().write(bundle("stub.jar"));
        List<String> before = names(home);

        Outcome outcome = run("7", "", "two words");

        assertThat(outcome.out).isEqualTo("result \u20ac 7||two words" + System.lineSeparator());
        assertThat(outcome.err).as("what is printed past the streams, and the end of the framework").isEqualTo(lines("stray", "stopped"));
        assertThat(outcome.code).isEqualTo(7);
        assertThat(names(home)).as("nothing is written into the distribution").isEqualTo(before);
        assertThat(names(temporary)).as("the bundle cache is gone").isEmpty();
    }

    @Test
    void aFaultOfTheCommandIsOneLine() throws Exception {
        StubBundle.activated().write(bundle("stub.jar"));

        Outcome outcome = run("fail");

        assertThat(outcome.code).isEqualTo(1);
        assertThat(outcome.err).contains("betadrift: internal error: java.lang.IllegalStateException: first line second line").doesNotContain("\tat ");
        assertThat(run("fail", "--verbose").err).contains("\tat ");
    }

    @Test
    void namesTheBundleThatDoesNotResolve() throws Exception {
        configure("betadrift.start.timeout=100");
        StubBundle.activated().header("Import-Package", "org.osgi.framework,no.such.thing").write(bundle("stub.jar"));

        Outcome outcome = run("0");

        assertThat(outcome.code).isEqualTo(1);
        assertThat(outcome.out).isEmpty();
        assertThat(outcome.err.lines()).singleElement().asString()
                .startsWith("betadrift: the command line did not come up within 100 ms; bundle stub is not started: ")
                .contains("no.such.thing");
    }

    @Test
    void namesTheComponentThatWaits() throws Exception {
        configure("betadrift.start.timeout=100");
        StubBundle.unsatisfied().write(bundle("stub.jar"));
        for (String type : List.of("org.apache.felix.scr.impl.Activator", "org.osgi.service.component.ComponentContext",
                "org.osgi.util.promise.Promise", "org.osgi.util.function.Function")) {
            Path jar = jarOf(type);
            Files.copy(jar, bundle(jar.getFileName().toString()));
        }

        Outcome outcome = run("0");

        assertThat(outcome.code).isEqualTo(1);
        assertThat(outcome.err).isEqualTo(lines("betadrift: the command line did not come up within 100 ms; component stub of bundle stub waits for engine"));
    }

    @Test
    void worksWithoutABrokenBundleButSaysSo() throws Exception {
        StubBundle.activated().write(bundle("stub.jar"));
        Files.writeString(bundle("broken.jar"), "no jar");

        Outcome outcome = run("0");

        assertThat(outcome.code).isZero();
        assertThat(outcome.err).contains("betadrift: warning: bundle broken.jar is not installed: ");
    }

    @Test
    void aResultThatCannotBeWrittenIsAFailure() throws Exception {
        File full = new File("/dev/full");
        assumeTrue(full.exists() && !full.isFile(), "needs the device /dev/full");
        StubBundle.activated().write(bundle("stub.jar"));

        Process process = launcher("0").redirectOutput(full).start();

        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(err).contains("betadrift: cannot write standard output: ");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void leavesNoCacheBehindWhenTerminated() throws Exception {
        StubBundle.activated().write(bundle("stub.jar"));
        Process process = launcher("sleep").start();
        assertThat(process.getInputStream().read()).as("the command runs").isPositive();
        assertThat(names(temporary)).isNotEmpty();

        process.destroy();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(names(temporary)).isEmpty();
    }

    private Outcome run(String... args) throws IOException, InterruptedException {
        Path err = folder.resolve("err.txt");
        Process process = launcher(args).redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out, Files.readString(err));
    }

    private ProcessBuilder launcher(String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-D" + Main.HOME + "=" + home);
        command.add("-cp");
        command.add(jarOf(Main.class.getName()) + File.pathSeparator + jarOf("org.apache.felix.framework.Felix"));
        command.add(Main.class.getName());
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")); // Java says so when it reads them
        return builder;
    }

    private void configure(String line) throws IOException {
        Files.writeString(home.resolve("conf/framework.properties"), line + "\n");
    }

    private Path bundle(String name) {
        return home.resolve("bundle").resolve(name);
    }

    private static Path jarOf(String type) throws IOException {
        try {
            Class<?> loaded = Class.forName(type, false, MainTest.class.getClassLoader());
            return Path.of(loaded.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> !file.equals(root)).map(Path::toString).sorted().toList();
        }
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    /** What a process left. */
    private record Outcome(int code, String out, String err) {}
}
