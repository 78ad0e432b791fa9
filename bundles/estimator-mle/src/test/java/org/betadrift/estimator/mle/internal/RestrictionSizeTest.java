package org.betadrift.estimator.mle.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.betadrift.diagnostic.Alternative;
import org.betadrift.diagnostic.DiagnosticContext;
import org.betadrift.diagnostic.Table;
import org.betadrift.diagnostics.internal.Restriction;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.internal.CovarianceEngine;
import org.betadrift.filter.internal.UdEngine;
import org.betadrift.model.InitialState;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.run.ConstraintExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The diagnostic restriction with noises that are estimated, under the constraint and without: mle:state=full, as a run with a comparison does it. */
class RestrictionSizeTest {
    /** Three exposures, the sum of their steps with a standard deviation. */
    private static Sample fund(Random random, int n, double ofSum) {
        double[][] x = new double[3][n];
        double[] y = new double[n];
        double[] beta = {0.6, 0.3, 0.1};
        for (int t = 0; t < n; t++) {
            double a = 0.03 * random.nextGaussian();
            double b = 0.03 * random.nextGaussian();
            beta[0] += a;
            beta[1] += b - 0.5 * a;
            beta[2] += -b - 0.5 * a + ofSum * random.nextGaussian();
            for (int k = 0; k < 3; k++) {
                x[k][t] = 0.02 * random.nextGaussian();
                y[t] += beta[k] * x[k][t];
            }
            y[t] += 0.003 * random.nextGaussian();
        }
        ReturnPanel.Builder panel = ReturnPanel.builder(IntStream.range(0, n).mapToObj(t -> LocalDate.of(2015, 1, 2).plusWeeks(t)).toList()).column("y", y);
        for (int k = 0; k < 3; k++) {
            panel.column("x" + (k + 1), x[k]);
        }
        return Sample.builder(panel.build()).target("y", List.of("x1", "x2", "x3")).build();
    }

    /** @param start as the runtime hands a narrower model on; null for none */
    private static FilterResult filter(Sample sample, List<StateConstraint> rows, int parameters, StateSpaceModel start) {
        EstimationContext context = EstimationContext.of(sample, Transition.randomWalk(3), new CovarianceEngine()).withInitialState(InitialState.diffuse(3))
                .withConstraints(rows);
        context = start == null ? context : context.withObservationNoise(start.observationNoise()).withStateNoise(start.stateNoise());
        Estimate<JointNoise> estimate = Strategies.mle(context, "state=full");
        assertThat(estimate.convergence().orElseThrow().parameters()).hasSize(parameters);
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.diffuse(3), Transition.randomWalk(3), estimate.value().stateNoise(),
                estimate.value().observationNoise()).withConstraints(rows);
        FilterResult filter = new UdEngine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
        assertThat(filter.logLikelihood()).isCloseTo(estimate.convergence().orElseThrow().modes().get(0).logLikelihood(), within(1e-6));
        return filter;
    }

    /** The table of tests. */
    private static Table tests(Sample sample) {
        List<StateConstraint> rows = ConstraintExpression.parse("sum=1").rows(sample);
        FilterResult with = filter(sample, rows, 4, null);
        FilterResult wider = filter(sample, rows.stream().map(row -> row.onFirstDate(sample.periods())).toList(), 7, with.model());
        // the narrow model is a special case of the wide one
        assertThat(wider.logLikelihood()).isGreaterThan(with.logLikelihood() - 1e-6);
        return new Restriction().diagnose(DiagnosticContext.of(with).withEngine(new UdEngine()).withAlternative(new Alternative(wider, 3))).tables().get(0);
    }

    @Test
    void aSumThatDriftsIsFound() {
        Table tests = tests(fund(new Random(3), 200, 0.05));
        assertThat(tests.text(2, "test")).isEqualTo("likelihood-ratio");
        assertThat(tests.number(2, "degreesOfFreedom")).isEqualTo(4);
        assertThat(tests.number(2, "pValue")).isLessThan(0.001);
        assertThat(tests(fund(new Random(5), 200, 0)).number(2, "pValue")).isGreaterThan(0.05);
    }

    /** Where the constraint holds and the noises are estimated. The likelihood ratio has variances on their boundary: it rejects less often than it says. */
    @Test
    @EnabledIfSystemProperty(named = "betadrift.large", matches = "true")
    void size() {
        int[] rejects = new int[3];
        int funds = 200;
        for (int seed = 0; seed < funds; seed++) {
            Table tests = tests(fund(new Random(100 + seed), 120, 0));
            for (int i = 0; i < 3; i++) {
                rejects[i] += tests.number(i, "pValue") < 0.05 ? 1 : 0;
            }
        }
        assertThat(rejects[0] / (double) funds).as("level").isBetween(0.01, 0.09);
        assertThat(rejects[1] / (double) funds).as("path").isBetween(0.01, 0.09);
        assertThat(rejects[2] / (double) funds).as("likelihood ratio").isBetween(0.0, 0.06);
    }
}
