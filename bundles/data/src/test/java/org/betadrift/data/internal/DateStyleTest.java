package org.betadrift.data.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateStyleTest {
    @ParameterizedTest
    @CsvSource({
        "2015-06-05, DAY, 2015-06-05", "2016-02-29, DAY, 2016-02-29", "0001-01-01, DAY, 0001-01-01", "9999-12-31, DAY, 9999-12-31",
        "2015-06, MONTH, 2015-06-30", "2015-02, MONTH, 2015-02-28", "2016-02, MONTH, 2016-02-29", "2015-12, MONTH, 2015-12-31",
        "2015, YEAR, 2015-12-31",
        "2015-Q1, QUARTER, 2015-03-31", "2015-Q2, QUARTER, 2015-06-30", "2015-Q3, QUARTER, 2015-09-30", "2015-Q4, QUARTER, 2015-12-31"})
    void datedByTheEndOfThePeriod(String text, DateStyle style, LocalDate date) {
        assertThat(DateStyle.of(text)).contains(style);
        assertThat(style.parse(text)).isEqualTo(date);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2015-02-30", "2015-02-29", "2015-13-01", "2015-00-01", "2015-01-00", "2015-13", "2015-00",
        "2015-Q0", "2015-Q5"})
    void noSuchDate(String text) {
        DateStyle style = DateStyle.of(text).orElseThrow();
        assertThatThrownBy(() -> style.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "15", "20150605", "2015/06/05", "06/05/2015", "05.06.2015", "2015-6-5", "-2015-06-05", "+2015-06",
        "2015-q1", "2015-Qx", "1959.3", "2015-06-05T00:00", "2015-06-05 00:00:00", "2015-+1-01", "\u0662\u0660\u0661\u0665"})
    void noStyle(String text) {
        assertThat(DateStyle.of(text)).isEmpty();
        for (DateStyle style : DateStyle.values()) {
            assertThatThrownBy(() -> style.parse(text)).isInstanceOf(DateTimeException.class);
        }
    }
}
