package org.betadrift.data.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.betadrift.data.internal.Csv.NA;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.LocalDate;
import org.betadrift.model.ReturnPanel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The many ways in which programs write the same table. */
class CsvFormatTest {
    @TempDir
    Path folder;
    private Csv csv;

    @BeforeEach
    void folder() {
        csv = new Csv(folder);
    }

    /** Every text holds the same: A = 0.1, 0.2; B = missing, -3. */
    @ParameterizedTest
    @ValueSource(strings = {
        "Date,A,B\n2015-06-05,0.1,\n2015-06-08,0.2,-3\n",
        "Date,A,B\n2015-06-05,0.1,\n2015-06-08,0.2,-3",
        "Date,A,B\r\n2015-06-05,0.1,\r\n2015-06-08,0.2,-3\r\n",
        "Date,A,B\r2015-06-05,0.1,\r2015-06-08,0.2,-3\r",
        "\uFEFFDate,A,B\n2015-06-05,0.1,\n2015-06-08,0.2,-3\n",
        "\uFEFF\"Date\",\"A\",\"B\"\r\n\"2015-06-05\",\"0.1\",\"\"\r\n\"2015-06-08\",\"0.2\",\"-3\"\r\n",
        "Date, A , B \n 2015-06-05 , 0.1 ,  \n2015-06-08\t,\t0.2,-3 \n",
        "Date, \"A\" ,\"B\" \n \"2015-06-05\" , \" 0.1 \", \"NA\"\n2015-06-08,0.2,-3\n",
        "Date;A;B\n2015-06-05;0.1;\n2015-06-08;0.2;-3\n",
        "\"Date\";\"A\";\"B\"\n2015-06-05;0.1;nan\n2015-06-08;0.2;-3\n",
        "Date\tA\tB\n2015-06-05\t0.1\t\n2015-06-08\t0.2\t-3\n",
        "\uFEFF\n\n \nDate,A,B\n\n2015-06-05,0.1,NaN\n  \n\n2015-06-08,0.2,-3\n\n,,\n, ,\n",
        ",A,B\n2015-06-05,0.1,na\n2015-06-08,0.2,-3\n",
        "Date,A,B\n2015-06-05,1e-1,\n2015-06-08,+2.0E-1,-3.\n"})
    void sameTable(String text) {
        ReturnPanel panel = Csv.read(csv.raw("a.csv", text));
        assertThat(panel.dates()).isEqualTo(Csv.dates("2015-06-05", "2015-06-08"));
        assertThat(panel.names()).containsExactly("A", "B");
        assertThat(panel.column("A")).containsExactly(0.1, 0.2);
        assertThat(panel.column("B")).containsExactly(NA, -3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"Date;a\",\"x;y\"         | x;y",
        "\"Date, a\";\"x,y\"        | x,y",
        "Date;\"say \"\"x,y\"\"\"   | say \"x,y\"",
        "Date,x;y                   | x;y"})
    void separatorsInQuotesAreText(String header, String name) {
        char separator = header.contains("\",\"") || header.startsWith("Date,") ? ',' : ';';
        ReturnPanel panel = Csv.read(csv.file("a.csv", header, "2015-06-05" + separator + "1"));
        assertThat(panel.names()).containsExactly(name);
        assertThat(panel.column(name)).containsExactly(1);
    }

    @Test
    void semicolonsAndTabs() {
        assertThat(Csv.read(csv.file("a.csv", "Date;A\tB;C", "2015-06-05;1;2")).names()).containsExactly("A\tB", "C");
    }

    @Test
    void namesKeepTheirInnerBlanksAndLetters() {
        assertThat(Csv.read(csv.file("a.csv", "date,10 Yr,Mkt-RF,Prämie €,日本", "2015-06-05,1,2,3,4")).names())
                .containsExactly("10 Yr", "Mkt-RF", "Prämie €", "日本");
    }

    @ParameterizedTest
    @CsvSource({
        "2015-06, 2015-07, 2015-06-30, 2015-07-31",
        "2015, 2016, 2015-12-31, 2016-12-31",
        "2015-Q4, 2016-Q1, 2015-12-31, 2016-03-31"})
    void periodsAreDatedByTheirEnd(String first, String second, LocalDate firstDate, LocalDate secondDate) {
        assertThat(Csv.read(csv.file("a.csv", "when,A", first + ",1", second + ",2")).dates()).containsExactly(firstDate, secondDate);
    }

    @Test
    void linesAreThoseOfTheFile() {
        String text = "Date,\"A\nin two lines\",B\r\n"   // lines 1, 2
                + "\r\n"                                  // 3
                + "2015-06-05,0.1,\"0.2\r\n\"\r\n"        // 4, 5: the blank end of the cell is trimmed
                + "   \n"                                 // 6
                + "2015-06-08,0.2,abc\n";                 // 7
        ReturnPanel panel = Csv.read(csv.raw("a.csv", text));
        assertThat(panel.names()).containsExactly("A\nin two lines", "B");
        assertThat(panel.column("A\nin two lines")).containsExactly(0.1, 0.2);
        assertThat(Csv.error(panel, "B")).contains("a.csv:7 column B on 2015-06-08 is \"abc\"");
    }

    @Test
    void manyColumnsAndRows() {
        StringBuilder text = new StringBuilder("Date");
        for (int i = 0; i < 20_000; i++) {
            text.append(",c").append(i);
        }
        for (int d = 0; d < 100; d++) {
            text.append('\n').append(LocalDate.of(2015, 1, 1).plusDays(d));
            for (int i = 0; i < 20_000; i++) {
                text.append(',').append(i % 7);
            }
        }
        ReturnPanel panel = Csv.read(csv.raw("a.csv", text.toString()));
        assertThat(panel.dates()).hasSize(100);
        assertThat(panel.names()).hasSize(20_000);
        assertThat(panel.column("c19999")).hasSize(100).containsOnly(19_999 % 7);
    }

    /** A pipe can be read only once. */
    @Test
    void readsOnePassOfAnyReader() throws IOException {
        Table table = CsvFile.read("pipe", new StringReader("\uFEFFd;A\n2015;1"), new Cut(LocalDate.MIN, LocalDate.MAX));
        assertThat(table.names()).containsExactly("A");
        assertThat(table.columns().get(0).values()).containsExactly(1);
    }
}
