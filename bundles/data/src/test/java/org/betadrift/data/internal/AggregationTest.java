package org.betadrift.data.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.betadrift.data.internal.Csv.NA;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.betadrift.data.Frequency;
import org.betadrift.data.PanelRequest;
import org.betadrift.model.ReturnPanel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Weeks and months worked out by hand. */
class AggregationTest {
    private static final Offset<Double> ROUNDING = within(1e-15);

    @TempDir
    Path folder;
    private Csv csv;

    @BeforeEach
    void folder() {
        csv = new Csv(folder);
    }

    private static PanelRequest weekly(Path... files) {
        return Csv.request(files).withFrequency(Frequency.WEEKLY);
    }

    private static PanelRequest monthly(Path... files) {
        return Csv.request(files).withFrequency(Frequency.MONTHLY);
    }

    /** 2015-06-05 is a Friday. */
    @ParameterizedTest
    @CsvSource({"2015-06-04, 2015-06-05", "2015-06-05, 2015-06-05", "2015-06-06, 2015-06-12", "2015-06-07, 2015-06-12",
        "2015-06-08, 2015-06-12", "2015-06-11, 2015-06-12", "2015-06-12, 2015-06-12", "2015-12-31, 2016-01-01", "2016-02-27, 2016-03-04"})
    void weeksEndOnFriday(String day, LocalDate friday) {
        assertThat(Csv.read(weekly(csv.file("a.csv", "Date,A", day + ",0.5"))).dates()).containsExactly(friday);
    }

    @Test
    void thursdayToMonday() {
        Path a = csv.file("a.csv", "Date,A", "2015-06-04,0.1", "2015-06-05,0.2", "2015-06-06,0.3", "2015-06-07,-0.5", "2015-06-08,1");
        ReturnPanel panel = Csv.read(weekly(a));
        assertThat(panel.dates()).isEqualTo(Csv.dates("2015-06-05", "2015-06-12"));
        // 1.1 * 1.2 = 1.32; 1.3 * 0.5 * 2 = 1.3
        assertThat(panel.column("A")).containsExactly(new double[] {0.32, 0.3}, ROUNDING);
    }

    @Test
    void everyKindOfColumnByHand() {
        Path a = csv.file("a.csv", "Date,ret,price,yield",
                "2015-06-01,0.01,100,2.0",     // Monday; the first difference is missing
                "2015-06-03,,101,2.5",         // +0.5
                "2015-06-05,0.02,,2.25",       // Friday; -0.25
                "2015-06-08,-0.5,103,",        // Monday; missing
                "2015-06-10,0.5,102,2.0");     // Wednesday; missing
        ReturnPanel panel = Csv.read(weekly(a).withLevels(Set.of("price")).withDeltas(Set.of("yield")));
        assertThat(panel.dates()).as("the last week is partial").isEqualTo(Csv.dates("2015-06-05", "2015-06-12"));
        assertThat(panel.column("ret")).containsExactly(new double[] {1.01 * 1.02 - 1, 0.5 * 1.5 - 1}, ROUNDING);
        assertThat(panel.column("price")).as("the last value present").containsExactly(101, 102);
        assertThat(panel.column("yield")).containsExactly(0.25, NA);
    }

    @Test
    void weeksWithoutRowsOrValuesAreMissing() {
        Path a = csv.file("a.csv", "Date,ret,price,yield,none",
                "2015-06-04,0.1,1,1,", "2015-06-05,,,,", "2015-06-10,,,,", "2015-06-25,0.2,4,3,", "2015-06-26,0,5,3,");
        ReturnPanel panel = Csv.read(weekly(a).withLevels(Set.of("price")).withDeltas(Set.of("yield")));
        assertThat(panel.dates()).isEqualTo(Csv.dates("2015-06-05", "2015-06-12", "2015-06-19", "2015-06-26"));
        assertThat(panel.column("ret")).containsExactly(new double[] {0.1, NA, NA, 0.2}, ROUNDING);
        assertThat(panel.column("price")).containsExactly(1, NA, NA, 5);
        assertThat(panel.column("yield")).as("a change of 0 is a change").containsExactly(NA, NA, NA, 0);
        assertThat(panel.column("none")).containsExactly(NA, NA, NA, NA);
    }

    @Test
    void monthsEndOnTheirLastDay() {
        Path a = csv.file("a.csv", "Date,ret,price,yield",
                "2015-11-30,0.5,1,1", "2015-12-01,0.1,2,3", "2015-12-31,0.2,3,6", "2016-02-01,0.25,,6", "2016-02-02,-0.2,8,5");
        ReturnPanel panel = Csv.read(monthly(a).withLevels(Set.of("price")).withDeltas(Set.of("yield")));
        assertThat(panel.dates()).isEqualTo(Csv.dates("2015-11-30", "2015-12-31", "2016-01-31", "2016-02-29"));
        // 1.1 * 1.2 = 1.32; 1.25 * 0.8 = 1
        assertThat(panel.column("ret")).containsExactly(new double[] {0.5, 0.32, NA, 0}, ROUNDING);
        assertThat(panel.column("price")).containsExactly(1, 3, NA, 8);
        assertThat(panel.column("yield")).containsExactly(NA, 5, NA, -1);
    }

    @Test
    void quartersOnMonths() {
        ReturnPanel panel = Csv.read(monthly(csv.file("a.csv", "q,A", "2015-Q1,0.5", "2015-Q2,0.25")));
        assertThat(panel.dates()).isEqualTo(Csv.dates("2015-03-31", "2015-04-30", "2015-05-31", "2015-06-30"));
        assertThat(panel.column("A")).containsExactly(new double[] {0.5, NA, NA, 0.25}, ROUNDING);
    }

    @Test
    void aggregatesAfterTheJoin() {
        Path a = csv.file("a.csv", "Date,A", "2015-06-02,0.5", "2015-06-04,0.1");
        Path b = csv.file("b.csv", "Date,B,Y",
                "2015-06-02,0.5,1", "2015-06-03,9,3", "2015-06-04,0.2,7", "2015-06-05,9,8", "2015-06-30,9,9");
        ReturnPanel panel = Csv.read(weekly(a, b).withDeltas(Set.of("Y")));
        assertThat(panel.dates()).isEqualTo(Csv.dates("2015-06-05"));
        assertThat(panel.column("B")).as("only days of the first file").containsExactly(new double[] {0.8}, ROUNDING);
        assertThat(panel.column("Y")).as("7 - 3; the change of 2015-06-03 is on a day the first file lacks").containsExactly(4);
    }

    @Test
    void cutBeforeTheWeekIsMade() {
        Path a = csv.file("a.csv", "Date,A", "2015-06-01,0.5", "2015-06-03,0.1", "2015-06-05,0.2", "2015-06-08,1");
        ReturnPanel panel = Csv.read(weekly(a).withDates(LocalDate.of(2015, 6, 2), LocalDate.of(2015, 6, 4)));
        assertThat(panel.dates()).isEqualTo(Csv.dates("2015-06-05"));
        assertThat(panel.column("A")).containsExactly(new double[] {0.1}, ROUNDING);
    }

    @Test
    void smallReturnsKeepTheirDigits() {
        Path a = csv.file("a.csv", "Date,A", "2015-06-04,1e-12", "2015-06-05,1e-12");
        assertThat(Csv.read(weekly(a)).column("A")).containsExactly(2e-12 + 1e-24);
    }

    @Test
    void minusOneIsATotalLoss() {
        Path a = csv.file("a.csv", "Date,A", "2015-06-03,0.5", "2015-06-04,-1", "2015-06-05,0.7", "2015-06-08,0.5");
        assertThat(Csv.read(weekly(a)).column("A")).containsExactly(new double[] {-1, 0.5}, ROUNDING);
    }

    @ParameterizedTest
    @EnumSource(names = {"WEEKLY", "MONTHLY"})
    void belowMinusOneFailsOnlyTheColumn(Frequency frequency) {
        Path a = csv.file("a.csv", "Date,A,DGS10", "2015-06-03,0.5,1", "2015-06-04,0.1,-1.5");
        ReturnPanel panel = Csv.read(Csv.request(a).withFrequency(frequency));
        assertThat(panel.column("A")).containsExactly(new double[] {0.65}, ROUNDING);
        assertThat(Csv.error(panel, "DGS10")).isEqualTo(a + " column DGS10 on 2015-06-04 is -1.5, but a return below -1 can't compound:"
                + " declare the column with --level or --delta if it holds no returns, divide it by 100 if it is in percent");
        assertThat(Csv.read(Csv.request(a).withFrequency(frequency).withLevels(Set.of("DGS10"))).column("DGS10")).containsExactly(-1.5);
        assertThat(Csv.read(Csv.request(a).withFrequency(frequency).withDeltas(Set.of("DGS10"))).column("DGS10")).containsExactly(-2.5);
    }

    @Test
    void beyondAllNumbersFailsOnlyTheColumn() {
        Path a = csv.file("a.csv", "Date,A,big,jump",
                "2015-06-02,1,1e200,0", "2015-06-03,1,1e200,1e308", "2015-06-05,1,1,1e308", "2015-06-08,1,1,1");
        ReturnPanel panel = Csv.read(weekly(a).withDeltas(Set.of("jump")));
        assertThat(panel.column("A")).containsExactly(new double[] {7, 1}, within(1e-14));
        assertThat(Csv.error(panel, "big"))
                .contains("a.csv column big: the compounded return of the period that ends on 2015-06-05 is Infinity");
        assertThat(panel.column("jump")).containsExactly(1e308, -1e308);
        Path b = csv.file("b.csv", "Date,Y", "2015-06-01,-1e308", "2015-06-02,0", "2015-06-03,1e308");
        assertThat(Csv.error(Csv.read(weekly(b).withDeltas(Set.of("Y"))), "Y"))
                .contains("the sum of the period that ends on 2015-06-05 is Infinity");
    }

    @Test
    void anUnreadableColumnStaysSo() {
        Path a = csv.file("a.csv", "Date,A,B", "2015-06-03,0.5,x", "2015-06-04,0.1,1");
        assertThat(Csv.error(Csv.read(weekly(a)), "B")).contains("a.csv:2 column B on 2015-06-03 is \"x\"");
    }

    @Test
    void manyWeeks() {
        String[] lines = new String[1001];
        lines[0] = "Date,A";
        for (int w = 0; w < 1000; w++) {
            lines[w + 1] = LocalDate.of(2000, 1, 5).plusWeeks(w) + "," + w;
        }
        ReturnPanel panel = Csv.read(weekly(csv.file("a.csv", lines)).withLevels(Set.of("A")));
        assertThat(panel.dates()).hasSize(1000).first().isEqualTo(LocalDate.of(2000, 1, 7));
        assertThat(panel.column("A")).startsWith(0, 1, 2).endsWith(997, 998, 999);
    }
}
