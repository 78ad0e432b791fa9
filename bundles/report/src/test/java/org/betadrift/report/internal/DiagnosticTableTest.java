package org.betadrift.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.betadrift.diagnostic.Table;
import org.junit.jupiter.api.Test;

class DiagnosticTableTest {
    private static final double NAN = Double.NaN;

    private static Table table() {
        return Table.builder("factor-dynamics").text("target", "Target").text("factor", "Factor").number("averageBeta", "Avg Beta")
                .number("lags", "Lags").text("note", "Note").number("last", "Last")
                .row("FPE", "PFF", 0.58123, 12, "x", 0.0005)
                .row("FPE", "ICVT", -12.5, NAN, "yz", -0.00000345).build();
    }

    @Test
    void asItIsWhereItFits() {
        assertThat(new DiagnosticTable(table()).heading()).isEqualTo("Factor dynamics");
        assertThat(new DiagnosticTable(table()).lines(48)).containsExactly(
                "Target: FPE",
                "Factor  Avg Beta  Lags  Note       Last",
                "PFF       0.5812    12  x        0.0005",
                "ICVT    -12.5000     -  yz    -3.45e-06");
    }

    @Test
    void onItsSideWhereThatIsNarrower() {
        assertThat(new DiagnosticTable(table()).lines(38)).containsExactly(
                "Target: FPE",
                "Factor       PFF       ICVT",
                "Note           x         yz",
                "Avg Beta  0.5812   -12.5000",
                "Lags          12          -",
                "Last      0.0005  -3.45e-06");
    }

    @Test
    void inGroupsWhereNeitherFits() {
        assertThat(new DiagnosticTable(table()).lines(26)).containsExactly(
                "Target: FPE",
                "Factor  Note  Avg Beta",
                "PFF     x       0.5812",
                "ICVT    yz    -12.5000",
                "",
                "Factor  Note  Lags",
                "PFF     x       12",
                "ICVT    yz       -",
                "",
                "Factor  Note       Last",
                "PFF     x        0.0005",
                "ICVT    yz    -3.45e-06");
    }

    @Test
    void aGroupHoldsWhatFits() {
        Table.Builder wide = Table.builder("wide").text("a", "A").number("b", "B").number("c", "C").number("d", "D");
        for (String name : List.of("r1", "r2", "r3", "r4", "r5")) {
            wide.row(name, 0.25, 0.5, 0.75);
        }
        assertThat(new DiagnosticTable(wide.build()).lines(20)).startsWith(
                "A        B       C",
                "r1  0.2500  0.5000").endsWith(
                "",
                "A        D",
                "r1  0.7500",
                "r2  0.7500",
                "r3  0.7500",
                "r4  0.7500",
                "r5  0.7500").hasSize(13);
    }

    @Test
    void oneGroupPerColumnIsTheLeast() {
        assertThat(new DiagnosticTable(table()).lines(1)).hasSize(12);
    }

    @Test
    void emptyAndWordsOnly() {
        assertThat(new DiagnosticTable(Table.builder("empty").number("a", "A").build()).lines(80)).containsExactly("(no rows)");
        Table words = Table.builder("words").text("a", "A").row("x").row("x").build();
        assertThat(new DiagnosticTable(words).lines(80)).containsExactly("A", "x", "x");
    }
}
