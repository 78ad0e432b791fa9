package org.betadrift.estimator.cholesky.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Matrix;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;

/** V and W under "the average beta is one": those of the likelihood under it, not those of free exposures. */
class CholeskyConstraintsTest {
    private final Sample c = Cases.c();

    /** The log-likelihood under a constraint at an estimate, by the engine itself. */
    private double given(StateConstraint constraint, Estimate<JointNoise> estimate) {
        EstimationContext context = context(constraint);
        LikelihoodEvaluator evaluator = context.evaluator(context.template());
        return evaluator.value(estimate.value().stateNoise().at(0).toPacked(), estimate.value().observationNoise().at(0).toPacked());
    }

    private EstimationContext context(StateConstraint constraint) {
        return Cases.diffuse(c).withConstraints(List.of(constraint));
    }

    private static StateConstraint average(double tolerance) {
        return StateConstraint.of("avg(x)=1", Relation.EQUAL, Vector.of(0, 0, 0, 0, 0.25, 0.25, 0.25, 0.25), 1, tolerance);
    }

    /** Market capitalisations that move. */
    private StateConstraint moving() {
        Random random = new Random(3);
        double[] weights = new double[8 * c.periods()];
        double[] ones = new double[c.periods()];
        for (int t = 0; t < ones.length; t++) {
            double sum = 0;
            for (int i = 4; i < 8; i++) {
                weights[8 * t + i] = 0.5 + random.nextDouble();
                sum += weights[8 * t + i];
            }
            for (int i = 4; i < 8; i++) {
                weights[8 * t + i] /= sum;
            }
            ones[t] = 1;
        }
        return StateConstraint.varying("avg(x; w)=1", Relation.EQUAL, Matrix.of(ones.length, 8, weights), Vector.of(ones), 0);
    }

    @Test
    void theMaximumIsOfTheLikelihoodUnderThem() {
        Estimate<JointNoise> free = Cases.run(c);
        for (StateConstraint constraint : List.of(average(0), average(0.05), moving())) {
            Estimate<JointNoise> under = Cases.run(context(constraint));
            ConvergenceRecord record = Cases.record(under);
            assertThat(record.converged()).as(record.verdict()).isTrue();
            assertThat(record.method()).startsWith("general");
            assertThat(Cases.logLikelihood(under)).as("%s", constraint).isCloseTo(given(constraint, under), within(1e-8)).isGreaterThan(given(constraint, free) + 1);
        }
    }

    /** What a constraint of constant weights holds takes its part of W with it: W - W a a'W / a'W a is all that counts. */
    @Test
    void saysThatWIsNotUnique() {
        assertThat(Cases.record(Cases.run(context(average(0)))).notes()).noneMatch(note -> note.contains("W itself is unique"))
                .anyMatch(note -> note.startsWith("the exact constraints take part of every drift away"));
        assertThat(Cases.record(Cases.run(context(moving()))).notes()).noneMatch(note -> note.startsWith("the exact constraints"))
                .anyMatch(note -> note.contains("W itself is unique"));
    }
}
