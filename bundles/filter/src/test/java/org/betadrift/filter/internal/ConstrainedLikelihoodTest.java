package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ReferenceCase;
import org.betadrift.testkit.ScoreDifferences;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exposures that sum to one, on data D, beside a 500-bit filter. */
class ConstrainedLikelihoodTest {
    private static final StateConstraint SUM = StateConstraint.of("sum = 1", StateConstraint.Relation.EQUAL, Vector.filled(3, 1), 1, 0);

    static List<FilterEngine> engines() {
        return List.of(new CovarianceEngine(), new UdEngine());
    }

    /** The rows' densities, N(0; 0, 1'(P_0 + Q)1) and then N(0; 0, 1'Q 1), are in the reference's and not in ours. */
    @ParameterizedTest
    @MethodSource("engines")
    void isTheJointDensityWithoutTheRows(FilterEngine engine) {
        ReferenceCase one = ReferenceCase.dPseudo();
        double[] q = q(one);
        double[] p = one.model().initial().prior().covariance().toPacked();
        double rows = logNormal(sum(p) + sum(q)) + (one.sample().periods() - 1) * logNormal(sum(q));
        assertThat(evaluator(engine, one, List.of(SUM)).value(q, r(one))).isCloseTo(one.logLikelihood() - rows, within(1e-10));
    }

    /** From a diffuse start the first row has the weight 1'1 of infinity. */
    @ParameterizedTest
    @MethodSource("engines")
    void isThatOfADiffuseStart(FilterEngine engine) {
        ReferenceCase one = ReferenceCase.dPseudoDiffuse();
        double[] q = q(one);
        double rows = logNormal(3) + (one.sample().periods() - 1) * logNormal(sum(q));
        assertThat(evaluator(engine, one, List.of(SUM)).value(q, r(one))).isCloseTo(one.logLikelihood() - rows, within(1e-10));
    }

    /** From a start that satisfies it, Q is as good as Q - Q11'Q / 1'Q1, where the sum never moves; and there the row adds nothing. */
    @ParameterizedTest
    @MethodSource("engines")
    void isThatOfTheReducedModel(FilterEngine engine) {
        ReferenceCase reduced = ReferenceCase.dReduced();
        double[] q = q(ReferenceCase.dPseudo());
        double[] r = r(reduced);
        assertThat(evaluator(engine, reduced, List.of(SUM)).value(q, r)).isCloseTo(reduced.logLikelihood(), within(1e-10));
        assertThat(evaluator(engine, reduced, List.of(SUM)).value(q(reduced), r)).isCloseTo(reduced.logLikelihood(), within(1e-10));
        assertThat(evaluator(engine, reduced, List.of()).value(q(reduced), r)).isCloseTo(reduced.logLikelihood(), within(1e-10));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void hasItsScore(FilterEngine engine) {
        for (ReferenceCase one : List.of(ReferenceCase.dPseudo(), ReferenceCase.dPseudoDiffuse())) {
            for (StateConstraint constraint : List.of(SUM, soft(0.05))) {
                ScoreDifferences.assertScore(evaluator(engine, one, List.of(constraint)), q(one), r(one), 1e-7);
            }
        }
    }

    /** A row that is repeated, or a multiple of another, is known already. */
    @ParameterizedTest
    @MethodSource("engines")
    void aRowThatIsKnownChangesNothing(FilterEngine engine) {
        ReferenceCase one = ReferenceCase.dPseudo();
        StateConstraint twice = StateConstraint.of("twice the sum = 2", StateConstraint.Relation.EQUAL, Vector.filled(3, 2), 2, 0);
        LikelihoodEvaluator once = evaluator(engine, one, List.of(SUM));
        LikelihoodEvaluator again = evaluator(engine, one, List.of(SUM, twice, SUM));
        double[] scoreQ = new double[6];
        double[] scoreR = new double[1];
        double[] expectedQ = new double[6];
        double[] expectedR = new double[1];
        double expected = once.valueAndScore(q(one), r(one), expectedQ, expectedR);
        assertThat(again.valueAndScore(q(one), r(one), scoreQ, scoreR)).isCloseTo(expected, within(1e-9));
        assertThat(scoreR[0]).isCloseTo(expectedR[0], within(1e-9 * Math.abs(expectedR[0])));
        assertThat(scoreQ).containsExactly(expectedQ, within(1e-9 * Math.abs(expectedQ[0])));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void whatContradictsItselfIsNoModel(FilterEngine engine) {
        ReferenceCase one = ReferenceCase.dPseudo();
        StateConstraint other = StateConstraint.of("sum = 2", StateConstraint.Relation.EQUAL, Vector.filled(3, 1), 2, 0);
        double[] scoreQ = new double[6];
        double[] scoreR = new double[1];
        LikelihoodEvaluator evaluator = evaluator(engine, one, List.of(SUM, other));
        assertThat(evaluator.valueAndScore(q(one), r(one), scoreQ, scoreR)).isNaN();
        assertThat(scoreQ).containsOnly(Double.NaN);
    }

    /** The wider the tolerance, the nearer to the free model; the narrower, the nearer to the exact row. */
    @ParameterizedTest
    @MethodSource("engines")
    void toleranceLiesBetween(FilterEngine engine) {
        ReferenceCase one = ReferenceCase.dPseudo();
        double[] q = q(one);
        double[] r = r(one);
        assertThat(evaluator(engine, one, List.of(soft(1e6))).value(q, r)).isCloseTo(evaluator(engine, one, List.of()).value(q, r), within(1e-6));
        assertThat(evaluator(engine, one, List.of(soft(1e-9))).value(q, r)).isCloseTo(evaluator(engine, one, List.of(SUM)).value(q, r), within(1e-6));
    }

    private static StateConstraint soft(double tolerance) {
        return StateConstraint.of("sum = 1, about", StateConstraint.Relation.EQUAL, Vector.filled(3, 1), 1, tolerance);
    }

    private static LikelihoodEvaluator evaluator(FilterEngine engine, ReferenceCase one, List<StateConstraint> rows) {
        InitialState initial = one.model().initial();
        return engine.evaluator(one.sample(), ModelTemplate.of(one.sample().states(), initial, one.model().transition()).withConstraints(rows));
    }

    private static double[] q(ReferenceCase one) {
        return one.model().stateNoise().at(0).toPacked();
    }

    private static double[] r(ReferenceCase one) {
        return one.model().observationNoise().at(0).toPacked();
    }

    /** 1'A 1. */
    private static double sum(double[] packed) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                sum += packed[Covariance.index(i, j)];
            }
        }
        return sum;
    }

    /** log N(0; 0, s). */
    private static double logNormal(double s) {
        return -0.5 * Math.log(2 * Math.PI * s);
    }
}
