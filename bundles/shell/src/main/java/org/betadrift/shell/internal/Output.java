package org.betadrift.shell.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.UUID;
import org.betadrift.model.InvalidInputException;

/** Where a result goes: standard output, a file that is there whole or not at all, or a pipe or device. */
final class Output {
    /** Writes the result. */
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    private final Path file;

    /**
     * @param file null for standard output
     * @param inputs that it may not be
     * @throws InvalidInputException nothing can be written there
     */
    Output(Path file, List<Path> inputs) throws IOException {
        this.file = file;
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
            throw InvalidInputException.of("--out", file, "it must be a file in a folder that exists", "name another one");
        }
        for (Path input : inputs) {
            if (Files.exists(file) && Files.exists(input) && Files.isSameFile(file, input)) {
                throw InvalidInputException.of("--out", file, "it is the data", "name another one");
            }
        }
    }

    void write(PrintStream standard, Writer writer) throws IOException {
        if (file == null) {
            writer.write(standard);
            standard.flush();
        } else if (Files.exists(file) && !Files.isRegularFile(file)) {
            // a pipe or a device: written as it is, never replaced
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                writer.write(out);
            }
        } else {
            replace(target(), writer);
        }
    }

    /** Through links, not in their place. */
    private Path target() throws IOException {
        if (Files.exists(file)) {
            return file.toRealPath();
        }
        return Files.isSymbolicLink(file) ? file.toAbsolutePath().resolveSibling(Files.readSymbolicLink(file)) : file.toAbsolutePath();
    }

    private void replace(Path target, Writer writer) throws IOException {
        Path partial = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".partial");
        try {
            try (OutputStream out = new BufferedOutputStream(create(partial))) {
                writer.write(out);
            }
            keepPermissions(target, partial);
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private OutputStream create(Path partial) {
        try {
            return Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw InvalidInputException.of("--out", file, "its folder can't be written to", "name another one");
        }
    }

    private static void keepPermissions(Path target, Path partial) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (Files.exists(target) && old != null) {
            Files.getFileAttributeView(partial, PosixFileAttributeView.class).setPermissions(old.readAttributes().permissions());
        }
    }
}
