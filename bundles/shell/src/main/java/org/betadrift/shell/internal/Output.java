package org.betadrift.shell.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.betadrift.model.InvalidInputException;

/** Where a result goes: standard output, a file that is there whole or not at all, or a pipe or device. */
final class Output {
    /** Writes the result. */
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    private Output() { }

    /** @param file null for {@code standard} */
    static void write(Path file, PrintStream standard, Writer writer) throws IOException {
        if (file == null) {
            writer.write(standard);
            standard.flush();
            return;
        }
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            // a pipe or a device: written as it is, never replaced
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                writer.write(out);
            }
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
            throw InvalidInputException.of("--out", file, "it must be a file in a folder that exists", "name another one");
        }
        Path target = Files.exists(file) ? file.toRealPath() : file; // through a link, not in its place
        Path partial = target.toAbsolutePath().resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".partial");
        try {
            try (OutputStream out = new BufferedOutputStream(open(file, partial))) {
                writer.write(out);
            }
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static OutputStream open(Path file, Path partial) {
        try {
            return Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw InvalidInputException.of("--out", file, "its folder can't be written to", "name another one");
        }
    }
}
