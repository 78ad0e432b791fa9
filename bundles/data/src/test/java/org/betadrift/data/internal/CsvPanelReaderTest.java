package org.betadrift.data.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.betadrift.data.internal.Csv.NA;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.betadrift.data.Frequency;
import org.betadrift.model.ReturnPanel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cutting, differencing and joining, and in which order. */
class CsvPanelReaderTest {
    @TempDir
    Path folder;
    private Csv csv;

    @BeforeEach
    void folder() {
        csv = new Csv(folder);
    }

    @Test
    void joinsOnTheFirstFilesDates() {
        Path a = csv.file("a.csv", "Date,A", "2015-06-03,1", "2015-06-05,2", "2015-06-08,3", "2015-06-10,4");
        Path b = csv.file("b.csv", "day,B,C", "2015-06-01,9,9", "2015-06-03,10,", "2015-06-04,9,9", "2015-06-08,30,31", "2015-06-11,9,9");
        Path c = csv.file("c.csv", "d;D;bad", "2015-06-10;7;x");
        ReturnPanel panel = Csv.read(a, b, c);
        assertThat(panel.dates()).isEqualTo(Csv.dates("2015-06-03", "2015-06-05", "2015-06-08", "2015-06-10"));
        assertThat(panel.names()).containsExactly("A", "B", "C", "D", "bad");
        assertThat(panel.column("A")).containsExactly(1, 2, 3, 4);
        assertThat(panel.column("B")).containsExactly(10, NA, 30, NA);
        assertThat(panel.column("C")).containsExactly(NA, NA, 31, NA);
        assertThat(panel.column("D")).containsExactly(NA, NA, NA, 7);
        assertThat(Csv.error(panel, "bad")).contains("c.csv:2 column bad on 2015-06-10 is \"x\"");
    }

    @Test
    void filesMayWriteTheirDatesDifferently() {
        Path months = csv.file("m.csv", "month,A", "2015-05,1", "2015-06,2");
        Path days = csv.file("d.csv", "Date,B", "2015-05-29,5", "2015-06-30,6");
        assertThat(Csv.read(months, days).column("B")).containsExactly(NA, 6);
    }

    @Test
    void filesWithoutACommonDate() {
        Path a = csv.file("a.csv", "Date,A", "2015-06-03,1", "2015-06-04,1");
        Path b = csv.file("b.csv", "Date,B,C", "1998-01-31,1,x");
        ReturnPanel panel = Csv.read(a, b);
        assertThat(panel.column("A")).containsExactly(1, 1);
        assertThat(Csv.error(panel, "B")).isEqualTo(b + ": none of its dates (1998-01-31 to 1998-01-31) is a date of " + a
                + " (2015-06-03 to 2015-06-04), so column B is empty: check the dates or the order of the files");
        assertThat(Csv.error(panel, "C")).contains("b.csv:2 column C");
    }

    @Test
    void cutsEveryFileBeforeAnythingElse() {
        Path a = csv.file("a.csv", "Date,A", "2015-06-03,bad", "2015-06-04,2", "2015-06-05,3", "2015-06-08,bad");
        Path b = csv.file("b.csv", "Date,Y", "2015-06-03,2.0", "2015-06-04,2.5", "2015-06-05,2.25", "2015-06-08,1");
        ReturnPanel panel = Csv.read(Csv.request(a, b).withDeltas(Set.of("Y"))
                .withDates(LocalDate.of(2015, 6, 4), LocalDate.of(2015, 6, 5)));
        assertThat(panel.dates()).isEqualTo(Csv.dates("2015-06-04", "2015-06-05"));
        assertThat(panel.column("A")).as("cells outside the cut don't count").containsExactly(2, 3);
        assertThat(panel.column("Y")).as("the row before the cut is gone").containsExactly(NA, -0.25);
    }

    @Test
    void eitherEndOfTheCutMayBeOpen() {
        Path a = csv.file("a.csv", "Date,A", "2015-06-03,1", "2015-06-04,2", "2015-06-05,3");
        assertThat(Csv.read(Csv.request(a).withDates(LocalDate.of(2015, 6, 4), null)).column("A")).containsExactly(2, 3);
        assertThat(Csv.read(Csv.request(a).withDates(null, LocalDate.of(2015, 6, 4))).column("A")).containsExactly(1, 2);
    }

    @Test
    void differencesAreTakenInTheOwnFileBeforeTheJoin() {
        Path a = csv.file("a.csv", "Date,A", "2015-06-03,1", "2015-06-05,2", "2015-06-08,3");
        Path b = csv.file("b.csv", "Date,Y", "2015-06-02,2.0", "2015-06-03,2.5", "2015-06-04,4.5", "2015-06-05,4.75", "2015-06-08,5");
        ReturnPanel panel = Csv.read(Csv.request(a, b).withDeltas(Set.of("Y")));
        assertThat(panel.column("Y")).as("2015-06-05 minus 2015-06-04, a date the first file lacks").containsExactly(0.5, 0.25, 0.25);
    }

    @Test
    void aDifferenceBesideAnEmptyCellIsMissing() {
        Path a = csv.file("a.csv", "Date,Y", "2015-06-01,2", "2015-06-02,3", "2015-06-03,", "2015-06-04,7", "2015-06-05,8", "2015-06-08,NA",
                "2015-06-09,");
        assertThat(Csv.read(Csv.request(a).withDeltas(Set.of("Y"))).column("Y")).containsExactly(NA, 1, NA, NA, 1, NA, NA);
    }

    @Test
    void aSingleRowHasNoDifference() {
        assertThat(Csv.read(Csv.request(csv.file("a.csv", "Date,Y", "2015,2")).withDeltas(Set.of("Y"))).column("Y")).containsExactly(NA);
    }

    @Test
    void aDifferenceBeyondAllNumbers() {
        Path a = csv.file("a.csv", "Date,Y,Z", "2015,1e308,1", "2016,-1e308,2");
        ReturnPanel panel = Csv.read(Csv.request(a).withDeltas(Set.of("Y")));
        assertThat(Csv.error(panel, "Y")).contains("a.csv column Y on 2016-12-31 differs from the row before by -Infinity");
        assertThat(panel.column("Z")).containsExactly(1, 2);
    }

    @Test
    void aBadColumnMayBeALevelOrADelta() {
        Path a = csv.file("a.csv", "Date,Y,Z,A", "2015,x,1,5", "2016,1,y,6");
        ReturnPanel panel = Csv.read(Csv.request(a).withLevels(Set.of("Z")).withDeltas(Set.of("Y")));
        assertThat(panel.column("A")).containsExactly(5, 6);
        assertThat(Csv.error(panel, "Y")).contains("a.csv:2 column Y on 2015-12-31 is \"x\"");
        assertThat(Csv.error(panel, "Z")).contains("a.csv:3 column Z on 2016-12-31 is \"y\"");
    }

    @Test
    void unknownLevelOrDelta() {
        Path a = csv.file("a.csv", "Date,DGS10,A", "2015,1,5");
        assertThat(Csv.error(Csv.request(a).withDeltas(Set.of("DGS1O"))))
                .isEqualTo("no column named DGS1O: did you mean DGS10? present are DGS10, A");
        assertThat(Csv.error(Csv.request(a).withLevels(Set.of("zz", "yy")))).startsWith("no column named yy: ");
        assertThat(Csv.error(Csv.request(a).withLevels(Set.of("Date")))).as("the date is no column").startsWith("no column named Date: ");
    }

    @Test
    void aReturnBelowMinusOneMattersOnlyWhenItCompounds() {
        assertThat(Csv.read(csv.file("a.csv", "Date,A", "2015,-3", "2016,2")).column("A")).containsExactly(-3, 2);
    }

    /** Written by bnd from the annotations; what a host sees. */
    @Test
    void isTheServiceNamedCsv() throws IOException {
        try (InputStream in = CsvPanelReader.class.getResourceAsStream("/OSGI-INF/org.betadrift.reader.csv.xml")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("interface=\"org.betadrift.data.PanelReader\"")
                    .contains("<property name=\"betadrift.name\" type=\"String\" value=\"csv\"/>");
        }
    }

    /** Months joined to days lose what is dated on a day without trade; whoever uses the column is told. */
    @Test
    void rowsLostInJoiningAreWarnedOf() {
        Path days = csv.file("days.csv", "Date,Y", "2020-01-30,1", "2020-02-28,2", "2020-03-31,3");
        ReturnPanel panel = Csv.read(days, csv.file("months.csv", "Month,A", "2020-01,1", "2020-02,2", "2020-03,3"));
        assertThat(panel.warnings("A")).singleElement().asString().startsWith("2 of the 3 rows of ").contains("months.csv", "days.csv");
        assertThat(panel.warnings("Y")).isEmpty();
    }

    /** Prices taken for returns show in what they compound to; whoever uses the column is told. */
    @Test
    void implausibleReturnsAreWarnedOf() {
        Path a = csv.file("a.csv", "Date,price,return", "2020-01-06,22.5,0.01", "2020-01-07,22.6,0.01");
        ReturnPanel panel = Csv.read(Csv.request(a).withFrequency(Frequency.WEEKLY));
        assertThat(panel.warnings("price")).singleElement().asString().contains("a.csv column price compounds to", "2020-01-10", "--level");
        assertThat(panel.warnings("return")).isEmpty();
        assertThat(Csv.read(Csv.request(a).withFrequency(Frequency.WEEKLY).withLevels(Set.of("price"))).warnings("price")).isEmpty();
    }

    /** What a reader of the numbers must know to make them again. */
    @Test
    void saysWhatWasDone() {
        Path a = csv.file("a.csv", "Date,A,B,C", "2020-01-06,1,1,1", "2020-01-07,1,1,1");
        assertThat(Csv.read(Csv.request(a).withFrequency(Frequency.WEEKLY).withDeltas(Set.of("B")).withLevels(Set.of("C"))
                .withDates(LocalDate.of(2020, 1, 1), null)).steps())
                .containsExactly("file " + a, "rows from 2020-01-01", "differences of B", "weekly, last value of C");
        assertThat(Csv.read(a).scaled(2, List.of("A")).minus("B", List.of("A")).steps()).containsExactly("file " + a, "A times 2.0", "B taken off A");
    }
}
