package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/** A pass beside {@link ExactEngine}'s, a diffuse start or not. */
final class DiffuseComparison {
    private final FilterResult exact;
    private final FilterResult pass;

    DiffuseComparison(StateSpaceModel model, Sample sample, FilterResult pass) {
        this.pass = pass;
        exact = new ExactEngine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
    }

    void check(double tolerance) {
        assertThat(pass.diffuseDates()).as("diffuse dates").isEqualTo(exact.diffuseDates());
        assertThat(pass.diffuseObservations()).as("diffuse observations").isEqualTo(exact.diffuseObservations());
        assertThat(pass.observations()).as("observations").isEqualTo(exact.observations());
        Numbers.of(pass).only(definite(exact)).assertClose(Numbers.of(exact).only(definite(exact)), tolerance);
        double converted = LikelihoodConvention.FULL.convert(pass.logLikelihood(), LikelihoodConvention.NO_CONSTANT_DIFFUSE,
                pass.observations(), pass.diffuseObservations());
        assertThat(converted).as("log-likelihood without constants of diffuse cells")
                .isCloseTo(exact.logLikelihood() + exact.diffuseObservations() * 0.5 * Math.log(2 * Math.PI), Offset.offset(tolerance * 1e3));
    }

    /**
     * Which cells have one right value. While a state's variance is infinite its gain has none: it depends on how much of
     * infinity the others are given. Nor have y~ and S of several targets on one date: the first may take the infinity with it,
     * so that it is a matter of taste whether the others saw it. What follows for states isn't.
     */
    static Predicate<Cell> definite(FilterResult pass) {
        Set<LocalDate> open = new HashSet<>();
        for (int t = 0; t < pass.sample().periods(); t++) {
            for (int k = 0; k < pass.model().states().count(); k++) {
                if (Double.isNaN(pass.predicted().mean(t, k))) {
                    open.add(pass.sample().date(t));
                }
            }
        }
        boolean one = pass.sample().targets().size() == 1;
        return cell -> !open.contains(cell.date()) || !cell.quantity().equals("gain") && (one || isOfState(cell));
    }

    private static boolean isOfState(Cell cell) {
        return cell.quantity().startsWith("predicted") || cell.quantity().startsWith("filtered") || cell.quantity().equals("log-likelihood");
    }
}
