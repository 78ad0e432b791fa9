package org.betadrift.data.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.betadrift.data.PanelRequest;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;

/** Writes small files into a folder and reads them. */
record Csv(Path folder) {
    static final double NA = Double.NaN;

    /** Lines end with \n, the last one too. */
    Path file(String name, String... lines) {
        return raw(name, String.join("\n", lines) + "\n");
    }

    /** The text as it is. */
    Path raw(String name, String text) {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path bytes(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PanelRequest request(Path... files) {
        return PanelRequest.of(List.of(files));
    }

    static ReturnPanel read(PanelRequest request) {
        return new CsvPanelReader().read(request);
    }

    static ReturnPanel read(Path... files) {
        return read(request(files));
    }

    static List<LocalDate> dates(String... dates) {
        return List.of(dates).stream().map(LocalDate::parse).toList();
    }

    /** The one line that reading says. */
    static String error(PanelRequest request) {
        return message(catchThrowableOfType(InvalidInputException.class, () -> read(request)));
    }

    static String error(Path... files) {
        return error(request(files));
    }

    /** The one line that asking for a column says; reading must succeed. */
    static String error(ReturnPanel panel, String column) {
        return message(catchThrowableOfType(InvalidInputException.class, () -> panel.column(column)));
    }

    private static String message(InvalidInputException e) {
        assertThat(e).as("InvalidInputException expected").isNotNull();
        assertThat(e.getMessage()).doesNotContain("\n", "\r", "\0");
        return e.getMessage();
    }
}
