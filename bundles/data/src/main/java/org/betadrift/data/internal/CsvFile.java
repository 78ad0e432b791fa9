package org.betadrift.data.internal;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.betadrift.model.InvalidInputException;

/** Reads one file in one pass, so a pipe will do. FastCSV finds rows and cells; this class says what they must be. */
final class CsvFile {
    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String file;
    private final Cut cut;
    private final Row row = new Row();
    private Header header;

    private CsvFile(String file, Cut cut) {
        this.file = file;
        this.cut = cut;
    }

    /**
     * The rows within the cut.
     *
     * @throws InvalidInputException the file can't be read or has a wrong form
     */
    static Table read(Path path, Cut cut) {
        if (Files.isDirectory(path)) {
            throw Message.of(path.toString(), "is a directory, but a CSV file is needed: name a file in it");
        }
        try (Reader in = new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8)) {
            return read(path.toString(), in, cut);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** @param file its name, for messages; @param in decoded, U+FFFD where that was impossible */
    static Table read(String file, Reader in, Cut cut) throws IOException {
        CsvFile csv = new CsvFile(file, cut);
        try {
            return csv.read(new BufferedReader(in, BUFFER));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            throw csv.badQuotes(e);
        }
    }

    private Table read(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() != BYTE_ORDER_MARK) {
            in.reset();
        }
        // The number of cells is compared here, where the error can name file and line.
        CsvReader<Row> reader = CsvReader.builder()
                .fieldSeparator(Separator.of(in))
                .trimWhitespacesAroundQuotes(true)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(row, in);
        Iterator<Row> rows = reader.iterator();
        if (!advance(rows)) {
            throw Message.of(file, "is empty, but a header and rows are needed: check the file");
        }
        header = Header.of(row, file);
        return body(rows);
    }

    private Table body(Iterator<Row> rows) {
        DateColumn dates = new DateColumn(file, cut);
        List<NumberColumn> columns = header.names().stream().map(name -> new NumberColumn(name, file)).toList();
        if (!advance(rows)) {
            throw Message.at(file, header.line(), "the header " + Message.quoted(String.join(",", header.names()))
                    + " is all there is, but rows of data must follow it: check the file");
        }
        do {
            requireSize();
            if (dates.add(row.cell(0), row.line())) {
                for (int i = 0; i < columns.size(); i++) {
                    columns.get(i).add(row.cell(i + 1), row.line(), dates.last());
                }
            }
        } while (advance(rows));
        return new Table(file, dates.dates(), columns.stream().map(NumberColumn::toColumn).toList());
    }

    /** To the next row that is not blank. @return false at the end */
    private boolean advance(Iterator<Row> rows) {
        while (rows.hasNext()) {
            rows.next();
            requireDecoded();
            if (!row.isBlank()) {
                return true;
            }
        }
        return false;
    }

    private void requireDecoded() {
        int index = row.undecodable();
        if (index >= 0) {
            throw Message.at(file, row.line(), cellName(index) + " is " + Message.quoted(row.cell(index))
                    + ", but it has bytes that are no UTF-8 text: save the table as CSV in UTF-8");
        }
    }

    private void requireSize() {
        if (row.size() != header.cells()) {
            String remedy = row.size() < header.cells() ? "add the separators that are missing, a cell may be empty"
                    : "remove what is too much, or put quotes around a cell that holds a separator";
            throw Message.at(file, row.line(), "the row of " + Message.quoted(row.cell(0)) + " has " + row.size()
                    + " cells, but the header (line " + header.line() + ") has " + header.cells() + ": " + remedy);
        }
    }

    /**
     * FastCSV knows two errors here, a quote that isn't closed and text behind a closing one; the first shows as the
     * second when there is another quote further on, so one text covers both. In what is no text, quotes mean nothing.
     */
    private InvalidInputException badQuotes(CsvParseException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        requireDecoded();
        if (header == null) {
            Header.requireText(row, file);
        }
        String before = row.size() == 0 ? "" : ", after " + Message.quoted(row.cell(row.size() - 1)) + ",";
        return Message.at(file, row.line(), cellName(row.size()) + before
                + " begins with a quote (\") that is not closed at the cell's end: close it, and write a quote inside a cell twice");
    }

    private String cellName(int index) {
        return header == null ? "header cell " + (index + 1) : header.cellName(index);
    }

    /** What an error of the file system means to the user. */
    static InvalidInputException unreadable(Path path, IOException e) {
        if (e instanceof NoSuchFileException) {
            return Message.of(path.toString(), "there is no such file" + (path.isAbsolute() ? "" : " in " + Path.of("").toAbsolutePath())
                    + ": check the name");
        }
        if (e instanceof AccessDeniedException) {
            return Message.of(path.toString(), "may not be read by this user: change its permissions");
        }
        String reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : String.valueOf(e.getMessage());
        return Message.of(path.toString(), "cannot be read (" + Message.visible(reason) + "): check the file");
    }
}
