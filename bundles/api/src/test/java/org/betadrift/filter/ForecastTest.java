package org.betadrift.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.assertj.core.data.Offset;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.States;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final States STATES = States.of("x");
    private static final List<LocalDate> DATES = List.of(LocalDate.of(2024, 1, 5), LocalDate.of(2024, 1, 12));

    private static StatePath states(double... variances) {
        return StatePath.ofUnsafe(StatePath.Knows.PREDICTED, STATES, DATES, new double[] {1, 2}, variances);
    }

    @Test
    void intervalsOfTargetsAndStates() {
        Forecast forecast = Forecast.ofUnsafe(states(4, 9), List.of("a", "b"), new double[] {1, 2, 3, 4},
                new double[] {1, 0.5, 0.5, 4, 9, 0.25, 0.25, 16}, List.of("a sentence"));
        double z = 1.959963984540054;
        assertThat(forecast.dates()).isEqualTo(DATES);
        assertThat(forecast.targets()).containsExactly("a", "b");
        assertThat(forecast.mean(1, 0)).isEqualTo(3);
        assertThat(forecast.covariance(1, 0, 1)).isEqualTo(0.25);
        assertThat(forecast.interval(1, 1, 0.95).upper()).isCloseTo(4 + 4 * z, Offset.offset(1e-12));
        assertThat(forecast.interval(0, 1, 0.95).lower()).isCloseTo(2 - 2 * z, Offset.offset(1e-12));
        assertThat(forecast.stateInterval(1, 0, 0.95).width()).isCloseTo(6 * z, Offset.offset(1e-12));
        assertThat(forecast.warnings()).containsExactly("a sentence");
        assertThatThrownBy(() -> forecast.interval(0, 0, 95)).isInstanceOf(InvalidInputException.class).hasMessageContaining("level is 95.0");
    }

    @Test
    void isWholeOrNotConstructible() {
        assertThatThrownBy(() -> Forecast.ofUnsafe(states(4, 9), List.of("a"), new double[1], new double[2], List.of()))
                .hasMessage("length of the means is 1, but it must be 2: a forecaster fills every date");
        assertThatThrownBy(() -> Forecast.ofUnsafe(states(4, 9), List.of("a"), new double[2], new double[1], List.of()))
                .hasMessageContaining("length of the covariances");
        assertThatThrownBy(() -> Forecast.ofUnsafe(states((double[]) null), List.of("a"), new double[2], new double[2], List.of()))
                .hasMessageContaining("covariances of the states");
    }

    @Test
    void drawnPathsAreReadBothWays() {
        PosteriorPaths paths = PosteriorPaths.ofUnsafe(STATES, DATES, 3, new double[] {1, 2, 3, 4, 5, 6});
        assertThat(paths.path(1, 0)).containsExactly(3, 4);
        assertThat(paths.across(1, 0)).containsExactly(2, 4, 6);
        assertThatThrownBy(() -> PosteriorPaths.ofUnsafe(STATES, DATES, 2, new double[5])).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("number of drawn values is 5");
    }
}
