package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.SmootherResult;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.Test;

/** Multipliers and release gains of constraint rows, against likelihoods with one right side on one date moved. */
class ConstraintPriceTest {
    private static final Sample D = Sample.builder(ReferenceCase.panel("D").first(60)).target("y", List.of("x1", "x2", "x3")).build();
    /** The same without any y. */
    private static final Sample SILENT = Sample.builder(ReturnPanel.builder(D.dates()).column("y", IntStream.range(0, 60).mapToDouble(t -> Double.NaN).toArray())
            .column("x1", ReferenceCase.panel("D").first(60).column("x1")).column("x2", ReferenceCase.panel("D").first(60).column("x2"))
            .column("x3", ReferenceCase.panel("D").first(60).column("x3")).build()).target("y", List.of("x1", "x2", "x3")).build();
    private static final Covariance Q = Covariance.ofPacked(3, 2e-4, 2e-5, 1e-4, 0, 1e-5, 3e-4);

    private static FilterResult filter(InitialState initial, Transition transition, Covariance q, List<StateConstraint> rows) {
        return filter(D, initial, transition, q, rows);
    }

    private static FilterResult filter(Sample sample, InitialState initial, Transition transition, Covariance q, List<StateConstraint> rows) {
        StateSpaceModel model = StateSpaceModel.of(D.states(), initial, transition, Noise.constant(q), Noise.constant(Covariance.diagonal(1.2e-5)))
                .withConstraints(rows);
        return new UdEngine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
    }

    /** log p(y | every row): the joint one less that of the rows, both as the filter takes them apart. */
    private static double given(InitialState initial, Transition transition, Covariance q, List<StateConstraint> rows) {
        FilterResult both = filter(initial, transition, q, rows);
        return both.logLikelihood() + ofRows(both) - ofRows(filter(SILENT, initial, transition, q, rows));
    }

    private static double ofRows(FilterResult filter) {
        double sum = 0;
        for (int t = 0; t < D.periods(); t++) {
            for (int i = 0; i < filter.model().constraints().size(); i++) {
                double variance = filter.constraintVariance(t, i);
                double miss = filter.constraintInnovation(t, i);
                sum -= variance > 0 ? 0.5 * (Math.log(2 * Math.PI * variance) + miss * miss / variance) : 0;
            }
        }
        return sum;
    }

    private static SmootherResult smooth(FilterResult filter) {
        return new FixedIntervalSmoother().smooth(filter, SmootherOptions.defaults(), Monitor.NONE);
    }

    /** A row a date, one of them moved. */
    private static StateConstraint row(double[] a, double c, double tolerance, int moved, double by) {
        double[] weights = new double[3 * D.periods()];
        double[] values = new double[D.periods()];
        for (int t = 0; t < values.length; t++) {
            System.arraycopy(a, 0, weights, 3 * t, 3);
            values[t] = c + (t == moved ? by : 0);
        }
        return StateConstraint.varying("row", StateConstraint.Relation.EQUAL, Matrix.of(values.length, 3, weights), Vector.of(values), tolerance);
    }

    private static void requirePrices(InitialState initial, Transition transition, Covariance q, double tolerance, double otherTolerance) {
        double[] ones = {1, 1, 1};
        double[] spread = {1, -1, 0};
        StateConstraint other = row(spread, 0.2, otherTolerance, -1, 0);
        List<StateConstraint> both = List.of(row(ones, 1, tolerance, -1, 0), other);
        SmootherResult smoothed = smooth(filter(initial, transition, q, both));
        double here = given(initial, transition, q, both);
        boolean isExact = tolerance == 0 && otherTolerance == 0 && transition.isIdentity();
        for (int t : new int[] {0, 1, 17, 58, 59}) {
            double step = 0.01;
            double up = given(initial, transition, q, List.of(row(ones, 1, tolerance, t, step), other));
            double down = given(initial, transition, q, List.of(row(ones, 1, tolerance, t, -step), other));
            double slope = (up - down) / (2 * step);
            double information = -(up + down - 2 * here) / (step * step);
            assertThat(smoothed.constraintMultiplier(t, 0)).as("multiplier at %d", t).isCloseTo(slope, within(1e-8 * (1 + Math.abs(slope))));
            double gain = smoothed.constraintReleaseGain(t, 0);
            assertThat(gain).isCloseTo(0.5 * slope * slope / information, within(1e-6 * (1 + gain)));
            List<StateConstraint> moved = List.of(row(ones, 1, tolerance, t, smoothed.constraintShift(t, 0)), other);
            assertThat(given(initial, transition, q, moved) - here).as("released at %d", t).isCloseTo(gain, within(1e-8));
            if (isExact) { // the reported log-likelihood
                assertThat(filter(initial, transition, q, moved).logLikelihood() - filter(initial, transition, q, both).logLikelihood())
                        .isCloseTo(gain, within(1e-8));
            }
        }
    }

    @Test
    void whatARightSideIsWorth() {
        InitialState known = InitialState.known(Vector.of(0.5, 0.2, 0.1), Covariance.diagonal(0.2, 0.1, 0.3));
        Transition reverting = Transition.fixed(Matrix.of(3, 3, 0.98, 0.01, 0, 0, 0.95, 0, 0.02, 0, 0.99));
        for (double tolerance : new double[] {0, 0.02}) {
            for (double other : new double[] {0, 0.1}) {
                requirePrices(known, Transition.randomWalk(3), Q, tolerance, other);
                requirePrices(InitialState.diffuse(3), Transition.randomWalk(3), Q, tolerance, other);
                requirePrices(known, reverting, Q, tolerance, other);
            }
        }
    }

    /** Where no noise moves the sum the first row stands for all: its price is that of the level. */
    @Test
    void aSumThatCannotMove() {
        Covariance still = Covariance.ofPacked(3, 3e-4, -1e-4, 2e-4, -2e-4, -1e-4, 3e-4);
        double[] ones = {1, 1, 1};
        StateConstraint sum = StateConstraint.of("sum=1", StateConstraint.Relation.EQUAL, Vector.of(ones), 1, 0);
        for (InitialState initial : List.of(InitialState.diffuse(3), InitialState.known(Vector.of(0.5, 0.2, 0.1), Covariance.diagonal(0.2, 0.1, 0.3)))) {
            FilterResult here = filter(initial, Transition.randomWalk(3), still, List.of(sum));
            SmootherResult smoothed = smooth(here);
            for (int t = 1; t < D.periods(); t++) {
                assertThat(smoothed.constraintMultiplier(t, 0)).isNaN();
                assertThat(smoothed.constraintReleaseGain(t, 0)).isNaN();
            }
            FilterResult released = filter(initial, Transition.randomWalk(3), still, List.of(sum.shifted(smoothed.constraintShift(0, 0))));
            assertThat(released.logLikelihood() - here.logLikelihood()).isCloseTo(smoothed.constraintReleaseGain(0, 0), within(1e-8));
        }
    }

    @Test
    void withoutConstraintsThereIsNone() {
        SmootherResult smoothed = smooth(filter(InitialState.diffuse(3), Transition.randomWalk(3), Q, List.of()));
        assertThat(smoothed.hasConstraintMultipliers()).isFalse();
        assertThatThrownBy(() -> smoothed.constraintMultiplier(0, 0)).isInstanceOf(IllegalStateException.class);
    }
}
