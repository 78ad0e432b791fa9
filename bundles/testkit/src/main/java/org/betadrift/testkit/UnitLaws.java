package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterResult;

/** What other units do to a filter. */
final class UnitLaws {
    private final Function<RandomCase, FilterResult> filter;
    private final double tolerance;
    private final double[] units;

    UnitLaws(Function<RandomCase, FilterResult> filter, double tolerance, double... units) {
        this.filter = filter;
        this.tolerance = tolerance;
        this.units = units;
    }

    /**
     * y -> c y: exposures scale by c. Each y's density scales by 1 / c, but for a y that enters through an infinite variance:
     * there is no scale beside infinity.
     */
    void requireTarget(RandomCase one) {
        FilterResult before = filter.apply(one);
        Predicate<Cell> scalable = DiffuseComparison.definite(before).and(UnitLaws::isScalable);
        for (double c : units) {
            FilterResult after = filter.apply(one.targetsTimes(c));
            Numbers.of(after).only(scalable).assertClose(Numbers.of(before).only(scalable), tolerance,
                    cell -> Math.pow(c, targetPower(cell.quantity())));
            requireLogLikelihood(after, before.logLikelihood()
                    - (one.sample().observations() - before.diffuseObservations()) * Math.log(c));
        }
    }

    /**
     * x_0 -> c x_0: its exposures and their gains scale by 1 / c. The variance of a known exposure goes along; that of a diffuse
     * one stays infinity times one, which is c^2 times as much as it was, so its density, and with it the log-likelihood, loses
     * log c.
     */
    void requireFactor(RandomCase one) {
        Set<String> states = one.sample().states().names().stream().filter(s -> s.factor().equals("x0")).map(Object::toString)
                .collect(Collectors.toSet());
        long diffuse = one.parameters.keySet().stream().filter(s -> s.factor().equals("x0") && one.parameters.get(s).isDiffuse()).count();
        FilterResult before = filter.apply(one);
        Predicate<Cell> scalable = DiffuseComparison.definite(before).and(UnitLaws::isScalable);
        for (double c : units) {
            FilterResult after = filter.apply(one.factorTimes("x0", c));
            Numbers.of(after).only(scalable).assertClose(Numbers.of(before).only(scalable), tolerance, cell ->
                    (states.contains(cell.row()) ? 1 / c : 1) * (states.contains(cell.column()) ? 1 / c : 1));
            requireLogLikelihood(after, before.logLikelihood() - diffuse * Math.log(c));
        }
    }

    private void requireLogLikelihood(FilterResult after, double expected) {
        assertThat(after.logLikelihood()).as("log-likelihood").isCloseTo(expected, Offset.offset(tolerance * (1 + Math.abs(expected))));
    }

    static boolean isScalable(Cell cell) {
        return !cell.quantity().equals("log-likelihood");
    }

    private static int targetPower(String quantity) {
        return switch (quantity) {
            case "predicted covariance", "filtered covariance", "S" -> 2;
            case "predicted mean", "filtered mean", "innovation" -> 1;
            default -> 0;
        };
    }
}
