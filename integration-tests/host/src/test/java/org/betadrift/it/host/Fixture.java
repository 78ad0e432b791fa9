package org.betadrift.it.host;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.betadrift.model.ReturnPanel;
import org.betadrift.run.Recipe;
import org.betadrift.testkit.ReferenceCase;

/** What the tests of a host start from. */
final class Fixture {
    static final Path DISTRIBUTION = Path.of(System.getProperty("betadrift.distribution"));
    static final Path HOST = Path.of(System.getProperty("host.jar"));
    static final String FACTOR_VOL = "org.betadrift.estimator.factorvol";

    private Fixture() { }

    /** Data A of the reference cases, in the host's names. */
    static ReturnPanel panel() {
        ReturnPanel a = ReferenceCase.panel("A");
        return ReturnPanel.builder(a.dates()).column("FUND", a.column("y")).column("PREF", a.column("x1")).column("CONV", a.column("x2")).build();
    }

    /** What makes reference case A_seed of it. */
    static Recipe recipe() {
        return Recipe.builder().target("FUND", "PREF", "CONV").initial("ols").stateNoise("factor-vol").observationNoise("ols").build();
    }

    /** A bundle of the distribution. */
    static Path bundle(String symbolicName) throws IOException {
        try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("bundle"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(symbolicName + "-")).findFirst().orElseThrow();
        }
    }

    /** The same bundle with another version. */
    static Path withVersion(String version, Path bundle, Path folder) throws IOException {
        Path copy = Files.copy(bundle, folder.resolve(version + ".jar"));
        try (FileSystem jar = FileSystems.newFileSystem(copy)) {
            Path manifest = jar.getPath("META-INF/MANIFEST.MF");
            Files.writeString(manifest, Files.readString(manifest).replaceFirst("Bundle-Version: .*", "Bundle-Version: " + version));
        }
        return copy;
    }
}
