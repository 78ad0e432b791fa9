package org.betadrift.data.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberCellTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.0", "1", "-1", "+1", "1.", ".5", "-.5", "+.5", "007", "1e5", "1E5", "1e+5", "1.5e-5", "-6e-04",
        "0.0018207167664578972", "123456789012345678901234567890", "0.00000000000000000000000000000123", "1.7976931348623157e308",
        "4.9e-324", "1e-999", "9007199254740993", "999999999999999999", "0.30000000000000004", "8.5e-05"})
    void readsWhatJavaReads(String cell) {
        assertThat(NumberCell.parse(cell)).isEqualTo(Double.parseDouble(cell));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NA", "na", "Na", "NaN", "nan", "NAN"})
    void missing(String cell) {
        assertThat(NumberCell.parse(cell)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1d", "1f", "1D", "1F", "0x1", "0x1p3", "1 2", "1_000", "--1", "+-1", "1-", "-", "+", ".", "-.",
        "e5", "1e", "1e+", "1.2.3", "N/A", "null", "#N/A", "-NaN", "NaN%", "1%", "$1", "(1)", "\u0661", "1\u00a0", "1.234,5"})
    void noNumber(String cell) {
        assertThat(NumberCell.parse(cell)).isInfinite();
        assertThat(NumberCell.refusal(cell)).isEqualTo("a cell must be a number or empty: correct it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Infinity", "-Infinity", "+Infinity", "inf", "INF", "-inf"})
    void infinite(String cell) {
        assertThat(NumberCell.parse(cell)).isInfinite();
        assertThat(NumberCell.refusal(cell)).isEqualTo("a value must be finite: leave the cell empty if the value is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "-1e999", "1.8e308"})
    void beyondAllDoubles(String cell) {
        assertThat(NumberCell.parse(cell)).isInfinite();
        assertThat(NumberCell.refusal(cell)).isEqualTo("the largest number there is is 1.8e308: correct it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0,12|0.12", "-1,5|-1.5", ",5|.5", "1,5e-3|1.5e-3"})
    void decimalComma(String cell, String better) {
        assertThat(NumberCell.parse(cell)).isInfinite();
        assertThat(NumberCell.refusal(cell)).contains("decimal comma").endsWith("write " + better);
    }
}
