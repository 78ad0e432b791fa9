package org.betadrift.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.model.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationsTest {
    /** Rank is a matter of directions, not of units. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-100, 1e-6, 1, 1e100})
    void rankInAnyUnits(double unit) {
        assertThat(of(3, new double[][] {{1, 2, -3}}, unit).rank()).isEqualTo(1);
        assertThat(of(3, new double[][] {{1, 2, -3}, {1, 0, 1}}, unit).rank()).isEqualTo(2);
        assertThat(of(3, new double[][] {{1, 2, -3}, {1, 0, 1}, {0, 1, 1}}, unit).rank()).isEqualTo(3);
        assertThat(of(3, new double[][] {{0, 2, 1}}, unit).rank()).isEqualTo(1);
        assertThat(of(3, new double[][] {}, unit).rank()).isZero();
        assertThat(of(3, new double[][] {{1, 2, -3}}, unit).at(2, 0)).isCloseTo(-1, Offset.offset(1e-12));
    }

    /** The book's W of four stocks, in which nearly everything moves as one, is not singular. */
    @Test
    void nearlySingularIsNotSingular() {
        Covariance w = Covariance.ofPacked(4, 8.153e-07, -3.172e-05, 0.001377, -4.267e-05, 0.001852, 0.002498, -6.649e-05, 0.002884, 0.003884, 0.006057);
        Correlations correlations = new Correlations(4, w::get);
        assertThat(correlations.rank()).isEqualTo(4);
        assertThat(correlations.at(3, 1)).isEqualTo(correlations.at(1, 3)).isCloseTo(0.99862, Offset.offset(5e-6));
        assertThat(correlations.isDiagonal()).isFalse();
    }

    @Test
    void whatDoesNotMoveHasNoCorrelation() {
        Correlations correlations = new Correlations(2, Covariance.diagonal(0, 4)::get);
        assertThat(correlations.deviation(1)).isEqualTo(2);
        assertThat(correlations.at(0, 0)).isNaN();
        assertThat(correlations.at(1, 0)).isNaN();
        assertThat(correlations.at(1, 1)).isEqualTo(1);
        assertThat(correlations.isDiagonal()).isTrue();
        double[][] unknown = {{Double.POSITIVE_INFINITY, Double.NaN}, {Double.NaN, 1}};
        assertThat(new Correlations(2, (i, j) -> unknown[i][j]).at(1, 0)).isNaN();
    }

    /** Groups of columns that fit, every row in each, the standard deviations once. */
    @Test
    void manyNamesComeInGroups() {
        List<String> names = List.of("first", "second", "third", "fourth");
        Correlations correlations = of(4, new double[][] {{1, 1, 1, 1}, {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}, 1);
        assertThat(new CorrelationText("R", names, correlations).lines(100)).containsExactly(
                "R: standard deviations and correlations",
                "          Std   first  second   third  fourth",
                "first   1.414       1  0.5000  0.5000  0.5000",
                "second  1.414  0.5000       1  0.5000  0.5000",
                "third   1.414  0.5000  0.5000       1  0.5000",
                "fourth  1.414  0.5000  0.5000  0.5000       1");
        assertThat(new CorrelationText("R", names, correlations).lines(30)).containsExactly(
                "R: standard deviations and correlations",
                "          Std   first  second",
                "first   1.414       1  0.5000",
                "second  1.414  0.5000       1",
                "third   1.414  0.5000  0.5000",
                "fourth  1.414  0.5000  0.5000",
                "",
                "         third  fourth",
                "first   0.5000  0.5000",
                "second  0.5000  0.5000",
                "third        1  0.5000",
                "fourth  0.5000       1");
        assertThat(new CorrelationText("Q of x", List.of("a", "b"), of(2, new double[][] {{1, 2}}, 1)).lines(100).get(0))
                .isEqualTo("Q of x, rank 1 of 2: standard deviations and correlations");
    }

    /** The sum of the outer products of some directions. */
    private static Correlations of(int size, double[][] directions, double unit) {
        double[][] a = new double[size][size];
        IntStream.range(0, size * size).forEach(c -> a[c / size][c % size] = unit * Arrays.stream(directions)
                .mapToDouble(d -> d[c / size] * d[c % size]).sum());
        return new Correlations(size, (i, j) -> a[i][j]);
    }
}
