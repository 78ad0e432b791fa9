package org.betadrift.shell.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The shipped example, copied from the bundle to a temporary folder for as long as it is open. */
final class Example implements AutoCloseable {
    private static final List<String> FILES = List.of("returns.csv", "yields.csv", "truth.csv");
    private final Path folder;

    Example() throws IOException {
        folder = Files.createTempDirectory("betadrift-example");
        for (String file : FILES) {
            try (InputStream in = Objects.requireNonNull(Example.class.getResourceAsStream("/example/" + file), file)) {
                Files.copy(in, folder.resolve(file));
            }
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() throws IOException {
        for (String file : FILES) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
    }
}
