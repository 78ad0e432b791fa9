package org.betadrift.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0,             0.0000",
        "-0.0,          0.0000",
        "1,             1.0000",
        "1933.08031,    1933.0803",
        "12345.678,     12345.6780",
        "-0.7238,       -0.7238",
        "0.0005,        0.0005",
        "0.00005001,    0.0001",    // one digit survives
        "0.00004999,    5.00e-05",  // none does
        "-0.00000345,   -3.45e-06",
        "1e-7,          1.00e-07",
        "4.9e-324,      4.90e-324",
        "9999999.5,     9999999.5000",
        "12345678901,   1.2346e+10",
        "-1.7e308,      -1.7000e+308",
        "0.99999,       1.0000",
        "2.00005,       2.0000",    // a little less as a double
        "0.00625,       0.0063",    // a little more as a double
        "0.03125,       0.0312",    // exactly between: to even
        "NaN,           -",
        "Infinity,      inf",
        "-Infinity,     -inf"})
    void fourDecimals(double x, String expected) {
        assertThat(Numbers.decimals(x)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0,             0",
        "-0.0,          0",
        "1,             1",
        "100,           100",
        "0.6123456,     0.6123",
        "-0.05,         -0.05",
        "1.234567e-4,   0.0001235",
        "1.234567e-5,   1.235e-05",
        "1e-7,          1e-07",
        "0.99999,       1",
        "1234.5678,     1235",
        "12345.678,     12346",     // no zero that is none
        "9999.7,        10000",
        "-1234567.8,    -1234568",
        "12345678901,   1.235e+10",
        "1e100,         1e+100",
        "NaN,           -",
        "Infinity,      inf"})
    void fourSignificantDigits(double x, String expected) {
        assertThat(Numbers.significant(x)).isEqualTo(expected);
    }

    @Test
    void countsAreIntegersOfReadableSize() {
        assertThat(Numbers.isInteger(516)).isTrue();
        assertThat(Numbers.isInteger(-0.0)).isTrue();
        assertThat(Numbers.isInteger(0.5)).isFalse();
        assertThat(Numbers.isInteger(1e9)).isFalse();
        assertThat(Numbers.isInteger(Double.NaN)).isFalse();
        assertThat(Numbers.isInteger(Double.POSITIVE_INFINITY)).isFalse();
    }
}
