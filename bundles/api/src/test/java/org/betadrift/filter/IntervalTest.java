package org.betadrift.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.betadrift.model.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
    /** From tables, to all the digits a double has. */
    @ParameterizedTest
    @CsvSource({"0.5, 0.6744897501960817", "0.8, 1.2815515655446004", "0.9, 1.6448536269514722", "0.95, 1.959963984540054", "0.99, 2.5758293035489004",
        "0.999, 3.2905267314918945"})
    void tables(double level, double z) {
        assertThat(NormalQuantile.ofCentral(level)).isCloseTo(z, Offset.offset(1e-14));
    }

    /** The probability of the interval, worked out by another way, is the level: all three approximations and where they meet. */
    @Test
    void holdsItsLevel() {
        for (double level = 1e-6; level < 1; level += 1e-3) {
            double z = NormalQuantile.ofCentral(level);
            assertThat(1 - 2 * upperTail(z)).as("level %s", level).isCloseTo(level, Offset.offset(1e-13));
        }
        for (double tail = 0.2; tail > 1e-15; tail /= 3) {
            double level = 1 - tail; // not exactly: the tail that is left is asked for
            double z = NormalQuantile.ofCentral(level);
            assertThat(2 * upperTail(z)).as("tail %s", tail).isCloseTo(1 - level, Percentage.withPercentage(1e-10));
        }
    }

    @Test
    void growsWithTheLevel() {
        double before = 0;
        for (int i = 1; i < 100_000; i++) {
            double z = NormalQuantile.ofCentral(i / 100_000.0);
            assertThat(z).isGreaterThan(before);
            before = z;
        }
        assertThat(NormalQuantile.ofCentral(Double.MIN_VALUE)).isNotNegative();
        assertThat(NormalQuantile.ofCentral(Math.nextDown(1.0))).isCloseTo(8.2924, Offset.offset(1e-4));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 95, Double.NaN})
    void refusesWhatIsNoProbability(double level) {
        assertThatThrownBy(() -> Interval.normal(0, 1, level)).isInstanceOf(InvalidInputException.class)
                .hasMessage("level is " + level + ", but a probability lies between 0 and 1, both left out: write 0.95 for 95 %");
    }

    @Test
    void isCentredAndScales() {
        Interval one = Interval.normal(3, 2, 0.95);
        assertThat(one.lower()).isCloseTo(3 - 2 * 1.959963984540054, Offset.offset(1e-14));
        assertThat(one.upper()).isCloseTo(3 + 2 * 1.959963984540054, Offset.offset(1e-14));
        assertThat(one.width()).isCloseTo(4 * 1.959963984540054, Offset.offset(1e-14));
        assertThat(one.contains(3) && one.contains(one.lower()) && one.contains(one.upper())).isTrue();
        assertThat(one.contains(-1) || one.contains(7) || one.contains(Double.NaN)).isFalse();
        assertThat(Interval.normal(3, 0, 0.95)).isEqualTo(new Interval(3, 3));
        assertThat(Interval.normal(Double.NaN, Double.NaN, 0.95).contains(0)).isFalse();
        assertThatThrownBy(() -> Interval.normal(0, -1, 0.95)).hasMessageContaining("standard deviation is -1.0");
        assertThatThrownBy(() -> new Interval(2, 1)).hasMessageContaining("lower end is 2.0, but the upper one is 1.0");
    }

    /** P(Z > z) by Simpson's rule on the density, relative to what is left: the tail is the integral of exp(-z u - u^2 / 2) du times exp(-z^2 / 2). */
    private static double upperTail(double z) {
        int steps = 20_000;
        double end = z < 1 ? 12 : Math.min(12, 45 / z);
        double step = end / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double u = i * step;
            double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.exp(-z * u - u * u / 2);
        }
        return sum * step / 3 * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }
}
