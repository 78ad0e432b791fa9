package org.betadrift.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void wordsLeftNumbersRight() {
        TextTable table = new TextTable().left("Factor").right("Avg Beta").right("z").left("Note");
        table.row("PFF", "0.5812", "-0.7238", "");
        table.row("Convertibles", "-0.0425", "1", "a note");
        assertThat(table.lines()).containsExactly(
                "Factor        Avg Beta        z  Note",
                "PFF             0.5812  -0.7238",
                "Convertibles   -0.0425        1  a note");
        assertThat(table.width()).isEqualTo(39);
    }

    @Test
    void noHeaderWithoutTitles() {
        assertThat(new TextTable().left("").right("").row("a", "10").row("bcd", "5").lines()).containsExactly("a    10", "bcd   5");
    }

    @Test
    void noRows() {
        assertThat(new TextTable().left("a").right("b").lines()).containsExactly("a  b");
        assertThat(new TextTable().width()).isZero();
    }

    @Test
    void aCharacterBeyondTheBasicPlaneTakesOnePlace() {
        TextTable table = new TextTable().left("").right("").row("\uD835\uDEFD", "1").row("ab", "2");
        assertThat(table.lines()).containsExactly("\uD835\uDEFD   1", "ab  2");
    }
}
