package org.betadrift.distribution.felix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script at the repository's root, in a tree of its own whose Maven is a stub that counts its calls. */
@DisabledOnOs(OS.WINDOWS)
class RootLauncherTest {
    private record Outcome(int code, String out, String err) { }

    @TempDir
    private Path folder;
    private Path root;
    private Path calls;

    @BeforeEach
    void tree() throws IOException {
        root = folder.resolve("a clone with spaces");
        calls = folder.resolve("calls");
        for (String file : List.of("pom.xml", "LICENSE", "bundles/pom.xml", "bundles/api/pom.xml", "bundles/api/src/main/java/A.java",
                "distribution/pom.xml", "distribution/felix/pom.xml", "distribution/felix/src/main/x", "distribution/felix/src/assembly/y")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.createFile(root.resolve(file));
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
            }
        }
        Path script = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(script.resolve("betadrift"))) {
            script = script.getParent();
        }
        Files.copy(script.resolve("betadrift"), root.resolve("betadrift"), StandardCopyOption.COPY_ATTRIBUTES);
        maven("exit 0");
    }

    /** The stub makes a distribution that prints its arguments and its folder, then does what it is told. */
    private void maven(String end) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path mvn = Files.writeString(bin.resolve("mvn"), """
                #!/bin/sh
                echo "$@" >>'%s'
                mkdir -p distribution/felix/target/betadrift/bin
                printf '#!/bin/sh\\necho "ran in $PWD: $*"\\nexit 7\\n' >distribution/felix/target/betadrift/bin/betadrift
                chmod +x distribution/felix/target/betadrift/bin/betadrift
                %s
                """.formatted(calls, end));
        assertThat(mvn.toFile().setExecutable(true)).isTrue();
    }

    private Outcome launch(Path directory, Path script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + builder.environment().get("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private int builds() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    @Test
    void buildsOnceAndPassesEverythingOn() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).toRealPath();
        Outcome first = launch(elsewhere, root.resolve("betadrift"), "estimate", "--data", "two words.csv");
        assertThat(first).isEqualTo(new Outcome(7, "ran in " + elsewhere + ": estimate --data two words.csv\n", ""));
        assertThat(launch(elsewhere, root.resolve("betadrift"), "demo").code()).isEqualTo(7);
        assertThat(Files.readAllLines(calls)).containsExactly("-B -q -DskipTests -pl distribution/felix -am package");
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
        launch(folder, root.resolve("betadrift"));
        Path source = root.resolve("bundles/api/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        launch(folder, root.resolve("betadrift"));
        assertThat(builds()).isEqualTo(2);
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(60)));
        launch(folder, root.resolve("betadrift"));
        assertThat(builds()).isEqualTo(2);
        Files.delete(source);
        Files.setLastModifiedTime(source.getParent(), FileTime.from(Instant.now().plusSeconds(5)));
        launch(folder, root.resolve("betadrift"));
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void aFailedBuildIsSaidAndTriedAgain() throws Exception {
        maven("echo 'the reason'; exit 1");
        Outcome failed = launch(folder, root.resolve("betadrift"), "demo");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("betadrift: the build failed", "the reason");
        maven("exit 0");
        assertThat(launch(folder, root.resolve("betadrift"), "demo").out()).contains("demo");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void worksThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("betadrift"));
        assertThat(launch(folder, link, "help").out()).contains("help");
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        maven("sleep 1; exit 0");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "\"$0\" a & \"$0\" b & wait", root.resolve("betadrift").toString());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + builder.environment().get("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(out).contains(": a", ": b");
        assertThat(builds()).isEqualTo(1);
    }
}
