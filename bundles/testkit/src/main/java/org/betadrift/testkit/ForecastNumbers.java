package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.betadrift.filter.Forecast;

/** Every number of a forecast with its place and its unit. */
final class ForecastNumbers {
    static final String STATE_MEAN = "state mean";
    static final String STATE_COVARIANCE = "state covariance";
    static final String MEAN = "mean";
    static final String COVARIANCE = "covariance";

    private final Map<Cell, Double> values = new LinkedHashMap<>();
    private final Map<Cell, Double> units = new LinkedHashMap<>();

    /** A number by place: a date's index, row and column; a mean has no column. */
    interface Entry {
        double at(int t, int i, int j);
    }

    static ForecastNumbers of(Forecast forecast) {
        return of(forecast.dates(), forecast.states().states().texts(), forecast.targets(), (t, i, j) -> forecast.states().mean(t, i),
                (t, i, j) -> forecast.states().covariance(t, i, j), (t, i, j) -> forecast.mean(t, i), forecast::covariance);
    }

    static ForecastNumbers of(List<LocalDate> dates, List<String> states, List<String> targets, Entry stateMean, Entry stateCovariance,
            Entry mean, Entry covariance) {
        ForecastNumbers numbers = new ForecastNumbers();
        for (int t = 0; t < dates.size(); t++) {
            numbers.put(dates.get(t), t, states, STATE_MEAN, stateMean, STATE_COVARIANCE, stateCovariance);
            numbers.put(dates.get(t), t, targets, MEAN, mean, COVARIANCE, covariance);
        }
        return numbers;
    }

    private void put(LocalDate date, int t, List<String> names, String meanIs, Entry mean, String covarianceIs, Entry covariance) {
        for (int i = 0; i < names.size(); i++) {
            double deviation = Math.sqrt(covariance.at(t, i, i));
            put(new Cell(meanIs, date, names.get(i), ""), mean.at(t, i, 0), Math.abs(mean.at(t, i, 0)) + deviation);
            for (int j = 0; j < names.size(); j++) { // both triangles
                Cell cell = new Cell(covarianceIs, date, names.get(i), names.get(j));
                put(cell, covariance.at(t, i, j), deviation * Math.sqrt(covariance.at(t, j, j)));
            }
        }
    }

    private void put(Cell cell, double value, double unit) {
        values.put(cell, value);
        units.put(cell, unit);
    }

    void assertSame(ForecastNumbers expected) {
        assertThat(values).isEqualTo(expected.values);
    }

    void assertClose(ForecastNumbers expected, double tolerance) {
        assertClose(expected, tolerance, cell -> 1);
    }

    /** In any order; the same after every expected number was multiplied by its {@code factor}. */
    void assertClose(ForecastNumbers expected, double tolerance, ToDoubleFunction<Cell> factor) {
        assertThat(values.keySet()).as("what is forecast").isEqualTo(expected.values.keySet());
        values.forEach((cell, is) -> {
            double by = factor.applyAsDouble(cell);
            double wanted = by * expected.values.get(cell);
            double unit = Math.abs(by) * expected.units.get(cell);
            if (!(Math.abs(is - wanted) <= tolerance * unit)) {
                throw new AssertionError(cell + " is " + is + ", expected " + wanted + " (to " + tolerance + " of " + unit + ")");
            }
        });
    }
}
