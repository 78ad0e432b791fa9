package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;

/** Every number of a result with its place and its unit: what rounding is measured against. */
final class Numbers {
    private record Value(Cell cell, double number, double unit) { }

    private final List<Value> values = new ArrayList<>();

    /** @param names of rows and columns */
    static Numbers of(String quantity, Noise noise, List<String> names, List<LocalDate> dates) {
        Numbers numbers = new Numbers();
        numbers.put(new Cell("varying " + quantity, null, "", ""), noise.isConstant() ? 0 : 1, 1);
        if (noise.discount().isPresent()) {
            numbers.put(new Cell("discount", null, "", ""), noise.discount().getAsDouble(), 1);
            return numbers;
        }
        for (int t = 0; t < Math.max(1, noise.periods()); t++) {
            numbers.put(quantity, noise.isConstant() ? null : dates.get(t), noise.at(t), names);
        }
        return numbers;
    }

    /** @param names of the states */
    static Numbers of(InitialState initial, List<String> names) {
        Numbers numbers = new Numbers();
        Covariance covariance = initial.prior().covariance();
        for (int k = 0; k < names.size(); k++) {
            double mean = initial.prior().mean().get(k);
            numbers.put(new Cell("diffuse", null, names.get(k), ""), initial.isDiffuse(k) ? 1 : 0, 1);
            numbers.put(new Cell("mean", null, names.get(k), ""), mean, Math.abs(mean) + Math.sqrt(covariance.variance(k)));
        }
        numbers.put("covariance", null, covariance, names);
        return numbers;
    }

    static Numbers of(FilterResult pass) {
        Numbers numbers = new Numbers();
        Sample sample = pass.sample();
        List<String> states = sample.states().texts();
        List<String> targets = sample.targets();
        for (int t = 0; t < sample.periods(); t++) {
            LocalDate date = sample.date(t);
            numbers.put("predicted", t, pass.predicted(), pass.predicted());
            numbers.put("filtered", t, pass.filtered(), pass.predicted());
            numbers.put(new Cell("log-likelihood", date, "", ""), pass.logLikelihood(t), 1 + Math.abs(pass.logLikelihood(t)));
            for (int i = 0; i < pass.model().constraints().size(); i++) {
                double variance = pass.constraintVariance(t, i);
                double miss = pass.constraintInnovation(t, i);
                String name = i + " " + pass.model().constraints().get(i);
                numbers.put(new Cell("constraint innovation", date, name, ""), miss, Math.abs(miss) + Math.sqrt(variance));
                numbers.put(new Cell("constraint variance", date, name, ""), variance, variance);
            }
            for (int i = 0; i < targets.size(); i++) {
                double deviation = Math.sqrt(pass.innovationCovariance(t, i, i));
                numbers.put(new Cell("innovation", date, targets.get(i), ""), pass.innovation(t, i), deviation);
                numbers.put(new Cell("standardized innovation", date, targets.get(i), ""), pass.standardizedInnovation(t, i), 1);
                for (int j = 0; j <= i; j++) {
                    numbers.put(Cell.symmetric("S", date, targets.get(i), targets.get(j)), pass.innovationCovariance(t, i, j),
                            deviation * Math.sqrt(pass.innovationCovariance(t, j, j)));
                }
                for (int k = 0; k < states.size(); k++) {
                    double ratio = Math.sqrt(pass.predicted().covariance(t, k, k)) / deviation;
                    numbers.put(new Cell("gain", date, states.get(k), targets.get(i)), pass.gain(t, k, i),
                            Math.abs(pass.gain(t, k, i)) + (Double.isNaN(ratio) ? 0 : ratio));
                }
            }
        }
        return numbers;
    }

    static Numbers of(StatePath path) {
        Numbers numbers = new Numbers();
        for (int t = 0; t < path.dates().size(); t++) {
            numbers.put(path.knows().name().toLowerCase(Locale.ROOT), t, path, path);
        }
        return numbers;
    }

    /** All of a smoothing but lag-one covariances. Where r is zero in the limit, rounding is seen beside its largest on any date. */
    static Numbers of(SmootherResult smoothing) {
        Numbers numbers = of(smoothing.smoothed());
        Sample sample = smoothing.filter().sample();
        List<String> states = sample.states().texts();
        List<String> targets = sample.targets();
        double[] deviations = new double[states.size()];
        for (int t = 0; t < sample.periods(); t++) {
            for (int k = 0; k < states.size(); k++) {
                deviations[k] = Math.max(deviations[k], Math.sqrt(Math.max(0, smoothing.n(t, k, k))));
            }
        }
        for (int t = 0; t < sample.periods(); t++) {
            LocalDate date = sample.date(t);
            for (int i = 0; i < targets.size(); i++) {
                double deviation = Math.sqrt(smoothing.d(t, i, i));
                numbers.put(new Cell("u", date, targets.get(i), ""), smoothing.u(t, i), Math.abs(smoothing.u(t, i)) + deviation);
                for (int j = 0; j <= i; j++) {
                    numbers.put(Cell.symmetric("D", date, targets.get(i), targets.get(j)), smoothing.d(t, i, j),
                            deviation * Math.sqrt(smoothing.d(t, j, j)));
                }
            }
            for (int k = 0; k < states.size(); k++) {
                numbers.put(new Cell("r", date, states.get(k), ""), smoothing.r(t, k), Math.abs(smoothing.r(t, k)) + deviations[k]);
                for (int l = 0; l <= k; l++) {
                    numbers.put(Cell.symmetric("N", date, states.get(k), states.get(l)), smoothing.n(t, k, l), deviations[k] * deviations[l]);
                }
            }
        }
        return numbers;
    }

    /** @param units whose deviations are the units; where they are infinite, those of {@code path} itself */
    private void put(String quantity, int t, StatePath path, StatePath units) {
        List<String> names = path.states().texts();
        for (int i = 0; i < names.size(); i++) {
            double mean = path.mean(t, i);
            double deviation = deviation(t, i, path, units);
            put(new Cell(quantity + " mean", path.dates().get(t), names.get(i), ""), mean, Math.abs(mean) + deviation);
            for (int j = 0; j <= i; j++) {
                put(Cell.symmetric(quantity + " covariance", path.dates().get(t), names.get(i), names.get(j)), path.covariance(t, i, j),
                        deviation * deviation(t, j, path, units));
            }
        }
    }

    private static double deviation(int t, int i, StatePath path, StatePath units) {
        double variance = units.covariance(t, i, i);
        return Math.sqrt(Double.isNaN(variance) ? path.covariance(t, i, i) : variance);
    }

    private void put(String quantity, LocalDate date, Covariance covariance, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            for (int j = 0; j <= i; j++) {
                put(Cell.symmetric(quantity, date, names.get(i), names.get(j)), covariance.get(i, j),
                        Math.sqrt(covariance.variance(i)) * Math.sqrt(covariance.variance(j)));
            }
        }
    }

    private void put(Cell cell, double number, double unit) {
        values.add(new Value(cell, number, unit));
    }

    /** Both. */
    Numbers and(Numbers other) {
        Numbers both = new Numbers();
        both.values.addAll(values);
        both.values.addAll(other.values);
        return both;
    }

    Numbers only(Predicate<Cell> which) {
        Numbers some = new Numbers();
        values.stream().filter(value -> which.test(value.cell)).forEach(some.values::add);
        return some;
    }

    /** Equal to the last bit. */
    void assertSame(Numbers expected) {
        compare(expected, (value, wanted) -> Double.compare(value.number, wanted.number) == 0 ? null : String.valueOf(wanted.number));
    }

    /** Equal to {@code tolerance} of the unit. */
    void assertClose(Numbers expected, double tolerance) {
        assertClose(expected, tolerance, cell -> 1);
    }

    /** The same after every expected number was multiplied by its {@code factor}. */
    void assertClose(Numbers expected, double tolerance, ToDoubleFunction<Cell> factor) {
        Numbers scaled = new Numbers();
        expected.values.forEach(value -> {
            double by = factor.applyAsDouble(value.cell);
            scaled.put(value.cell, by * value.number, Math.abs(by) * value.unit);
        });
        compare(scaled, (value, wanted) -> {
            boolean bothMissing = Double.isNaN(value.number) && Double.isNaN(wanted.number);
            boolean close = bothMissing || Math.abs(value.number - wanted.number) <= tolerance * wanted.unit;
            return close ? null : wanted.number + " (to " + tolerance + " of " + wanted.unit + ")";
        });
    }

    /** @param complaint null when all is well, else what was expected */
    private void compare(Numbers expected, BiFunction<Value, Value, String> complaint) {
        List<Value> actual = inTheOrderOf(expected);
        for (int i = 0; i < actual.size(); i++) {
            String instead = complaint.apply(actual.get(i), expected.values.get(i));
            if (instead != null) {
                throw new AssertionError(actual.get(i).cell + " is " + actual.get(i).number + ", expected " + instead);
            }
        }
    }

    private List<Value> inTheOrderOf(Numbers expected) {
        List<Cell> wanted = expected.cells();
        if (cells().equals(wanted)) {
            return values;
        }
        Map<Cell, Value> byCell = new HashMap<>();
        values.forEach(value -> byCell.put(value.cell, value));
        assertThat(byCell.keySet()).isEqualTo(Set.copyOf(wanted));
        return wanted.stream().map(byCell::get).toList();
    }

    private List<Cell> cells() {
        return values.stream().map(Value::cell).toList();
    }
}
