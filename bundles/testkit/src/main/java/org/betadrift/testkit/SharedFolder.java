package org.betadrift.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of data and reference numbers outside the clone: system property {@code betadrift.shared}, set by the build. */
public final class SharedFolder {
    private SharedFolder() { }

    /** A file of it. Skips the calling test, visibly, where the folder isn't there. @param name for example {@code data/dgs10_daily.csv} */
    public static Path file(String name) {
        Path folder = Path.of(System.getProperty("betadrift.shared", "../shared"));
        assumeTrue(Files.isDirectory(folder), () -> "skipped: there is no folder " + folder + " (set -Dbetadrift.shared=DIR)");
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            throw new AssertionError("the shared folder has no " + name + ": " + folder);
        }
        return file;
    }
}
