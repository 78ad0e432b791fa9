package org.betadrift.data.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.betadrift.model.ReturnPanel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each error is one line with the place, the value and what to do. */
class CsvErrorTest {
    @TempDir
    Path folder;
    private Csv csv;

    @BeforeEach
    void folder() {
        csv = new Csv(folder);
    }

    @Test
    void missingFile() {
        assertThat(Csv.error(folder.resolve("gone.csv"))).endsWith("gone.csv: there is no such file: check the name");
        assertThat(Csv.error(Path.of("gone.csv"))).startsWith("gone.csv: there is no such file in " + Path.of("").toAbsolutePath());
    }

    @Test
    void missingSecondFile() {
        assertThat(Csv.error(csv.file("a.csv", "d,A", "2015,1"), folder.resolve("gone.csv"))).contains("gone.csv: there is no such file");
    }

    @Test
    void directory() {
        assertThat(Csv.error(folder)).isEqualTo(folder + ": is a directory, but a CSV file is needed: name a file in it");
    }

    @Test
    void aFileIsNoDirectory() {
        Path file = csv.file("a.csv", "d,A", "2015,1");
        assertThat(Csv.error(file.resolve("b.csv"))).contains("b.csv: ");
    }

    @Test
    void forbiddenFile() {
        // not with a real file: root may read everything
        assertThat(CsvFile.unreadable(Path.of("a.csv"), new AccessDeniedException("a.csv")))
                .hasMessage("a.csv: may not be read by this user: change its permissions");
        assertThat(CsvFile.unreadable(Path.of("a.csv"), new IOException("disk on fire")))
                .hasMessage("a.csv: cannot be read (disk on fire): check the file");
    }

    @Test
    void brokenDisk() {
        Reader broken = new Reader() {
            private boolean begun;

            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                if (begun) {
                    throw new IOException("disk on fire");
                }
                begun = true;
                "d,A\n2015,1\n".getChars(0, 11, buffer, offset);
                return 11;
            }

            @Override
            public void close() { }
        };
        assertThatThrownBy(() -> CsvFile.read("a.csv", broken, new Cut(LocalDate.MIN, LocalDate.MAX)))
                .isInstanceOf(IOException.class).hasMessage("disk on fire");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\r\n", "  \n\t\n", "\uFEFF", "\uFEFF\n"})
    void emptyFile(String text) {
        assertThat(Csv.error(csv.raw("a.csv", text))).endsWith("a.csv: is empty, but a header and rows are needed: check the file");
    }

    @ParameterizedTest
    @CsvSource({"'Date,A,B', 1", "'Date,A,B\n', 1", "'\n\nDate,A,B\n\n \n', 3"})
    void headerWithoutRows(String text, int line) {
        assertThat(Csv.error(csv.raw("a.csv", text)))
                .contains("a.csv:" + line + " the header \"A,B\" is all there is, but rows of data must follow it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Date", "Date|A|B", "Date A B"})
    void headerWithOnlyADate(String header) {
        assertThat(Csv.error(csv.file("a.csv", header, "2015")))
                .contains("a.csv:1 the header has the only column \"" + header + "\"").contains("separate them by comma, semicolon or tab");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Date,,A|2 of 3", "Date,A,|3 of 3", "Date,A, ,B|3 of 4", "Date;A;\"\"|3 of 3"})
    void blankName(String header, String position) {
        assertThat(Csv.error(csv.file("a.csv", header, "2015")))
                .contains("a.csv:1 the header is \"\" at position " + position).contains("name it");
    }

    @Test
    void duplicateName() {
        assertThat(Csv.error(csv.file("a.csv", "Date,PFF,B, PFF ", "2015,1,2,3")))
                .contains("a.csv:1 the header has the column \"PFF\" at position 2 and again at 4: rename one of them");
    }

    @Test
    void theDatesNameMayBeAColumnsToo() {
        assertThat(Csv.read(csv.file("a.csv", "A,A", "2015,1")).names()).containsExactly("A");
    }

    @Test
    void sameColumnInTwoFiles() {
        Path a = csv.file("a.csv", "Date,PFF", "2015,1");
        Path b = csv.file("b.csv", "Date,HYG,PFF", "2015,1,x");
        assertThat(Csv.error(a, b))
                .isEqualTo(b + ": the column \"PFF\" is also in " + a + ", but a name must tell one column: rename one of them");
        assertThat(Csv.error(a, a)).contains("\"PFF\" is also in");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"2015-06-08,1|2|add the separators", "2015-06-08|1|add the separators",
        "2015-06-08,1,2,3|4|remove what is too much", "2015-06-08,0,5,1,5|5|remove what is too much"})
    void raggedRow(String row, int cells, String remedy) {
        assertThat(Csv.error(csv.file("a.csv", "Date,A,B", "2015-06-05,1,2", ",,", row, "2015-06-09,1,2")))
                .contains("a.csv:4 the row of \"2015-06-08\" has " + cells + " cells, but the header (line 1) has 3: ").contains(remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"06/05/2015", "20150605", "1959.3", "", "n/a", "2015-6-5", "2015-06-05 00:00:00"})
    void firstDateOfNoStyle(String date) {
        assertThat(Csv.error(csv.file("a.csv", "Date,A", date + ",1")))
                .contains("a.csv:2 date is \"" + date + "\", but it must be one of YYYY-MM-DD, YYYY-MM, YYYY-Qn, YYYY: rewrite it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2015-06-05|2015-02-30|there is no such date",
        "2015-06|2015-13|there is no such date",
        "2015-Q1|2015-Q5|there is no such date",
        "2015-06-05|2015-07|line 2 is written YYYY-MM-DD: write all dates of a file the same way",
        "2015-06|2015-07-01|line 2 is written YYYY-MM: write",
        "2015-Q1|2015-07|line 2 is written YYYY-Qn: write",
        "2015|2016-Q1|line 2 is written YYYY: write",
        "2015-06-05|08.06.2015|it must be written YYYY-MM-DD like line 2: correct it",
        "2015-06-05|Total|it must be written YYYY-MM-DD like line 2: correct it"})
    void laterDate(String first, String later, String rule) {
        assertThat(Csv.error(csv.file("a.csv", "Date,A", first + ",1", later + ",2")))
                .contains("a.csv:3 date is \"" + later + "\", but " + rule);
    }

    @Test
    void emptyDate() {
        assertThat(Csv.error(csv.file("a.csv", "Date,A", "2015-06-05,1", ",2")))
                .contains("a.csv:3 date is \"\", but it must be written YYYY-MM-DD");
    }

    @Test
    void firstDateThatDoesNotExist() {
        assertThat(Csv.error(csv.file("a.csv", "Date,A", "2015-02-30,1")))
                .contains("a.csv:2 date is \"2015-02-30\", but there is no such date");
    }

    @Test
    void duplicateDate() {
        assertThat(Csv.error(csv.file("a.csv", "Date,A", "2015-06-05,1", "", "2015-06-05,2")))
                .contains("a.csv:4 date is \"2015-06-05\", but line 2 has the same date: keep one of the two rows");
    }

    @Test
    void descendingDate() {
        assertThat(Csv.error(csv.file("a.csv", "Date,A", "2015-06-05,1", "2015-06-08,1", "2015-06-04,2")))
                .contains("a.csv:4 date is \"2015-06-04\", but line 3 has the later date 2015-06-08: sort the rows, oldest first");
    }

    /** Dates are checked outside the cut too: such a file isn't what it seems. */
    @Test
    void descendingDateOutsideTheCut() {
        Path a = csv.file("a.csv", "Date,A", "2015-06-05,1", "2015-06-04,1", "2015-06-08,2");
        assertThat(Csv.error(Csv.request(a).withDates(LocalDate.of(2015, 6, 8), null))).contains("a.csv:3 date is \"2015-06-04\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2015-06-08,\"1,2\\n2015-06-09,3,4\\n|column A, after \"2015-06-08\"",
        "2015-06-08,0.5,\"1\\n2015-06-09,3,\"4\"\\n|column B, after \"0.5\"",
        "\"2015-06-08,1,2\\n|date",
        "2015-06-08,\"1\"2,3\\n|column A",
        "2015-06-08,1,2,\"x\\n|cell 4, after \"2\""})
    void quoteNotClosed(String rest, String where) {
        assertThat(Csv.error(csv.raw("a.csv", "Date,A,B\n\n2015-06-05,1,2\n" + rest.replace("\\n", "\n"))))
                .contains("a.csv:4 " + where).contains("a quote (\") that is not closed at the cell's end: close it");
    }

    @Test
    void quoteNotClosedInTheHeader() {
        assertThat(Csv.error(csv.raw("a.csv", "Date,\"A\n2015,1\n")))
                .contains("a.csv:1 header cell 2, after \"Date\",").contains("quote");
    }

    /** More text than FastCSV holds for one cell. */
    @Test
    void quoteNotClosedInAHugeFile() {
        Path huge = csv.raw("a.csv", "Date,A\n2015-06-05,\"1\n" + "2015-06-08,1\n".repeat(1_400_000));
        assertThat(Csv.error(huge)).contains("a.csv:2 column A").contains("quote");
    }

    @Test
    void latin1Header() {
        assertThat(Csv.error(csv.bytes("a.csv", "Date,Prämie\n2015,1\n".getBytes(StandardCharsets.ISO_8859_1))))
                .contains("a.csv:1 header cell 2 is \"Pr\uFFFDmie\", but it has bytes that are no UTF-8 text:"
                        + " save the table as CSV in UTF-8");
    }

    @Test
    void latin1Cell() {
        assertThat(Csv.error(csv.bytes("a.csv", "Date,A,note\n2015,1,x\n\n2016,2,für\n".getBytes(StandardCharsets.ISO_8859_1))))
                .contains("a.csv:4 column note is \"f\uFFFDr\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16"})
    void utf16(String charset) {
        assertThat(Csv.error(csv.bytes("a.csv", "Date,A\n2015,1\n".getBytes(Charset.forName(charset)))))
                .contains("a.csv:1 ").contains("save the table as CSV in UTF-8");
    }

    @Test
    void workbook() {
        byte[] zip = {'P', 'K', 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, '!', 0, 'b', (byte) 0xee, (byte) 0x9d, 'h', ',', '"', 'x', '\n', 1};
        assertThat(Csv.error(csv.bytes("book.xlsx", zip))).contains("book.xlsx:1 ").contains("save the table as CSV in UTF-8");
    }

    @Test
    void nulInTheHeader() {
        assertThat(Csv.error(csv.raw("a.csv", "Date,A\0B\n2015,1\n")))
                .contains("a.csv:1 the header is \"A\\u0000B\", but that is no text");
    }

    @Test
    void aBadCellFailsOnlyItsColumn() {
        ReturnPanel panel = Csv.read(csv.file("a.csv", "Date,PFF,HYG,note",
                "2015-06-05,1,2,x", "2015-06-12,abc,3,y", "2015-06-15,def,4,z"));
        assertThat(panel.names()).containsExactly("PFF", "HYG", "note");
        assertThat(panel.column("HYG")).containsExactly(2, 3, 4);
        assertThat(Csv.error(panel, "PFF")).isEqualTo(
                folder.resolve("a.csv") + ":3 column PFF on 2015-06-12 is \"abc\", but a cell must be a number or empty: correct it");
        assertThat(Csv.error(panel, "note")).contains("a.csv:2 column note on 2015-06-05 is \"x\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1d|a cell must be a number or empty",
        "0x1|a cell must be a number or empty",
        "1f|a cell must be a number or empty",
        "Infinity|a value must be finite: leave the cell empty",
        "-inf|a value must be finite: leave the cell empty",
        "1e999|the largest number there is is 1.8e308",
        "0,12|this looks like a decimal comma, and a number has a decimal point: write 0.12"})
    void badCells(String cell, String rule) {
        for (String form : new String[] {cell, '"' + cell + '"', "  " + cell + " "}) {
            ReturnPanel panel = Csv.read(csv.file("a.csv", "Date;A", "2015-06-05;1", "2015-06-08;" + form));
            assertThat(Csv.error(panel, "A")).contains("a.csv:3 column A on 2015-06-08 is \"" + cell + "\", but " + rule);
        }
    }

    @Test
    void valuesAreShownOnOneLineAndNotInFull() {
        ReturnPanel panel = Csv.read(csv.file("a.csv", "Date,A,B,C", "2015,\"1\n2\"," + "x".repeat(1000) + ",1\u00a0000"));
        assertThat(Csv.error(panel, "A")).contains("is \"1\\u000A2\"");
        assertThat(Csv.error(panel, "B")).contains("x...\"").hasSizeLessThan(300 + folder.toString().length());
        assertThat(Csv.error(panel, "C")).contains("is \"1\\u00A0000\"");
    }

    @Test
    void noRowsWithinTheCut() {
        Path a = csv.file("a.csv", "Date,A", "2015-06-05,1", "2015-06-08,1");
        LocalDate day = LocalDate.of(2020, 1, 1);
        assertThat(Csv.error(Csv.request(a).withDates(day, day.plusDays(1)))).isEqualTo(
                a + ": no row is dated from 2020-01-01 to 2020-01-02, the file runs from 2015-06-05 to 2015-06-08: change --from or --to");
        assertThat(Csv.error(Csv.request(a).withDates(day, null))).contains("dated from 2020-01-01, the file");
        assertThat(Csv.error(Csv.request(a).withDates(null, LocalDate.of(2010, 1, 1)))).contains("dated to 2010-01-01, the file");
        assertThat(Csv.error(Csv.request(a).withDates(LocalDate.of(2015, 6, 6), LocalDate.of(2015, 6, 7))))
                .contains("the file runs from 2015-06-05");
    }

    @Test
    void noRowsOfTheSecondFileWithinTheCut() {
        Path a = csv.file("a.csv", "Date,A", "2015-06-05,1", "2020-06-08,1");
        Path b = csv.file("b.csv", "Date,B", "2015-06-05,1");
        assertThat(Csv.error(Csv.request(a, b).withDates(LocalDate.of(2020, 1, 1), null)))
                .startsWith(b + ": no row is dated from 2020-01-01");
    }
}
