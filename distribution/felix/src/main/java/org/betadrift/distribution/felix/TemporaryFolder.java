package org.betadrift.distribution.felix;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A new folder under java.io.tmpdir that is gone when the virtual machine ends, also by Ctrl-C. */
final class TemporaryFolder {

    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MILLIS = 10;

    private TemporaryFolder() {}

    static Path create() throws StartException {
        try {
            Path folder = Files.createTempDirectory("betadrift-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "betadrift-cleanup"));
            return folder;
        } catch (IOException e) {
            throw new StartException("cannot create a temporary folder in " + System.getProperty("java.io.tmpdir") + ": " + e, e);
        }
    }

    /** Tries again for a while: after Ctrl-C the framework may still be writing. */
    private static void delete(Path folder) {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(folder); attempt++) {
            try {
                Files.walkFileTree(folder, new Deleter());
            } catch (IOException e) {
                try {
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    /** Deletes files first, then their folder. */
    private static final class Deleter extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
