package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.Vector;
import org.junit.jupiter.api.Test;

/**
 * What every LikelihoodEvaluator keeps, on seeded random cases: its value is what filtering gives, and what it has beside the value
 * are its derivatives. A failure names its case.
 */
public abstract class LikelihoodEvaluatorContract {
    /** The engine whose evaluators are under test. */
    protected abstract FilterEngine strategy();

    /** As in {@code @Strategy(multivariate = ...)}: half of the cases have several targets then. */
    protected boolean multivariate() {
        return false;
    }

    /** Whether it takes exactly diffuse starts. */
    protected boolean diffuse() {
        return false;
    }

    /** Whether it takes equality constraints. */
    protected boolean constraints() {
        return false;
    }

    /** Cases a law is tried on; fewer where a strategy is slow. */
    protected int cases() {
        return 12;
    }

    /** To what part the value must be filtering's, and the score that of the differences but for their own error. */
    protected double tolerance() {
        return 1e-9;
    }

    /** Whatever half is open, and again after other points. */
    @Test
    final void valueIsWhatFilteringGives() {
        Laws.forEach(every(), one -> {
            double[] q = q(one);
            double[] r = r(one);
            Sample sample = one.sample();
            Noise openQ = Noise.constant(Covariance.ofPacked(sample.states().count(), q));
            Noise openR = Noise.constant(Covariance.ofPacked(sample.targets().size(), r));
            LikelihoodEvaluator both = strategy().evaluator(sample, template(one));
            double expected = filter(one, openQ, openR).logLikelihood();
            assertValue("Q and R open", both.value(q, r), expected);
            both.value(scaled(q, 3), scaled(r, 0.5));
            assertValue("the same point again", both.value(q, r), expected);
            assertValue("Q open", strategy().evaluator(sample, template(one).withObservationNoise(one.observationNoise())).value(q, null),
                    filter(one, openQ, one.observationNoise()).logLikelihood());
            assertValue("R open", strategy().evaluator(sample, template(one).withStateNoise(one.stateNoise())).value(null, r),
                    filter(one, one.stateNoise(), openR).logLikelihood());
        });
    }

    /** The sum of squares, when it is known, is that of the standardized innovations; NaN before the first call. */
    @Test
    final void squaresAreThoseOfTheLastCall() {
        Laws.forEach(every(), one -> {
            LikelihoodEvaluator evaluator = evaluator(one);
            assertThat(evaluator.squares()).as("squares before the first call").isNaN();
            evaluator.value(q(one), r(one));
            Sample sample = one.sample();
            FilterResult pass = filter(one, Noise.constant(Covariance.ofPacked(sample.states().count(), q(one))),
                    Noise.constant(Covariance.ofPacked(sample.targets().size(), r(one))));
            double sum = 0;
            for (int t = 0; t < sample.periods(); t++) {
                for (int i = 0; i < sample.targets().size(); i++) {
                    double e = pass.standardizedInnovation(t, i);
                    sum += Double.isNaN(e) ? 0 : e * e;
                }
            }
            double squares = evaluator.squares();
            if (!Double.isNaN(squares)) {
                assertThat(squares).as("squares").isCloseTo(sum, Offset.offset(tolerance() * (1 + sum)));
            }
        });
    }

    /** The score, when there is one. */
    @Test
    final void scoreIsTheDerivativeOfTheValue() {
        Laws.forEach(every(), one -> {
            if (evaluator(one).hasScore()) {
                ScoreDifferences.assertScore(evaluator(one), q(one), r(one), 100 * tolerance());
                ScoreDifferences.assertScore(strategy().evaluator(one.sample(), template(one).withObservationNoise(one.observationNoise())), q(one), null,
                        100 * tolerance());
                ScoreDifferences.assertScore(strategy().evaluator(one.sample(), template(one).withStateNoise(one.stateNoise())), null, r(one),
                        100 * tolerance());
            }
        });
    }

    /** Whatever T, start and pattern of missing cells, and whatever factors the targets have: beside numbers of 170 digits. */
    @Test
    final void valueAndScoreOfAnyModel() {
        Laws.forEach(GeneralCase.cases(4 * cases(), multivariate(), diffuse()), one -> assertGiven(one, List.of()));
    }

    /** log p(y | constraints): their rows come before y and never count; the score follows, and repeating them changes nothing. */
    @Test
    final void valueAndScoreGivenConstraints() {
        if (!constraints()) {
            return;
        }
        Laws.forEach(GeneralCase.cases(4 * cases(), multivariate(), diffuse()), one -> {
            List<StateConstraint> rows = rows(one);
            assertGiven(one, rows);
            StateConstraint exact = rows.get(0);
            ModelTemplate template = template(one);
            double once = strategy().evaluator(one.sample(), template.withConstraints(List.of(exact))).value(q(one), r(one));
            double twice = strategy().evaluator(one.sample(), template.withConstraints(List.of(exact, exact))).value(q(one), r(one));
            assertValue("an exact constraint again", twice, once);
        });
    }

    /** Inequalities are no rows: they are refused. */
    @Test
    final void refusesInequalities() {
        if (!constraints()) {
            return;
        }
        GeneralCase one = GeneralCase.cases(1, multivariate(), diffuse()).get(0);
        int k = one.sample().states().count();
        StateConstraint positive = StateConstraint.of("sum >= 0", StateConstraint.Relation.AT_LEAST, Vector.filled(k, 1), 0, 0);
        assertThatThrownBy(() -> strategy().evaluator(one.sample(), template(one).withConstraints(List.of(positive))))
                .isInstanceOf(InvalidInputException.class).hasMessageContaining("sum >= 0");
    }

    private void assertGiven(GeneralCase one, List<StateConstraint> rows) {
        double[] q = q(one);
        double[] r = r(one);
        Noise openQ = Noise.constant(Covariance.ofPacked(one.sample().states().count(), q));
        Noise openR = Noise.constant(Covariance.ofPacked(one.sample().targets().size(), r));
        ModelTemplate template = template(one).withConstraints(rows);
        LikelihoodEvaluator evaluator = strategy().evaluator(one.sample(), template);
        double expected = ExactLikelihood.of(template.complete(openQ, openR), one.sample());
        assertValue("value given " + rows, evaluator.value(q, r), expected);
        if (evaluator.hasScore()) {
            ScoreDifferences.assertScore(evaluator, q, r, 100 * tolerance());
        }
    }

    /** An exact row and one with a tolerance, through time. */
    private static List<StateConstraint> rows(GeneralCase one) {
        Random random = new Random(one.name().hashCode());
        int n = one.sample().periods();
        int k = one.sample().states().count();
        Vector weights = Vector.of(random.doubles(k, 0.5, 1.5).toArray());
        StateConstraint exact = StateConstraint.of("weights = 1", StateConstraint.Relation.EQUAL, weights, 1, 0);
        Matrix moving = Matrix.of(n, k, random.doubles(n * k, -1, 1).toArray());
        StateConstraint soft = StateConstraint.varying("moving = 0.5", StateConstraint.Relation.EQUAL, moving, Vector.filled(n, 0.5), 0.3);
        return List.of(exact, soft);
    }

    /** y, the start and the noises in other units: the value moves by the logarithms of y's units, the score with those of the noises. */
    @Test
    final void unitsOfYDoNotMatter() {
        double c = 1e-3;
        Laws.forEach(every(), one -> {
            RandomCase other = one.targetsTimes(c);
            double[] q = q(one);
            double[] r = r(one);
            double[] qThere = scaled(q, c * c);
            double[] rThere = scaled(r, c * c);
            LikelihoodEvaluator here = evaluator(one);
            LikelihoodEvaluator there = evaluator(other);
            double moved = -one.sample().observations() * Math.log(c);
            assertValue("value in other units", there.value(qThere, rThere), here.value(q, r) + moved);
            if (here.hasScore()) {
                double[] scoreQ = new double[q.length];
                double[] scoreR = new double[r.length];
                double[] scoreQThere = new double[q.length];
                double[] scoreRThere = new double[r.length];
                here.valueAndScore(q, r, scoreQ, scoreR);
                there.valueAndScore(qThere, rThere, scoreQThere, scoreRThere);
                assertProportional("score of Q in other units", scoreQThere, scoreQ, c * c);
                assertProportional("score of R in other units", scoreRThere, scoreR, c * c);
            }
        });
    }

    private void assertProportional(String what, double[] there, double[] here, double by) {
        double largest = Arrays.stream(here).map(Math::abs).max().orElse(0);
        for (int i = 0; i < here.length; i++) {
            assertThat(there[i] * by).as("%s, entry %s", what, i).isCloseTo(here[i], Offset.offset(100 * tolerance() * (1 + largest)));
        }
    }

    /** The information, when there is one: a covariance, beside the score along the same directions. */
    @Test
    final void informationIsThatOfTheScore() {
        Laws.forEach(every(), one -> {
            LikelihoodEvaluator evaluator = evaluator(one);
            if (!evaluator.hasInformation()) {
                return;
            }
            double[] q = q(one);
            double[] r = r(one);
            double[][] directions = directions(q, r);
            double[] along = new double[directions.length];
            double[] information = new double[Covariance.size(directions.length)];
            assertValue("value beside the information", evaluator.information(q, r, directions, along, information), evaluator.value(q, r));
            assertThatCode(() -> Covariance.ofPacked(directions.length, information)).as("information").doesNotThrowAnyException();
            if (evaluator.hasScore()) {
                double[] scoreQ = new double[q.length];
                double[] scoreR = new double[r.length];
                evaluator.valueAndScore(q, r, scoreQ, scoreR);
                for (int l = 0; l < directions.length; l++) {
                    double expected = along(scoreQ, directions[l], 0) + along(scoreR, directions[l], q.length);
                    double unit = Math.sqrt(information[Covariance.index(l, l)]);
                    assertThat(along[l]).as("score along direction %s", l)
                            .isCloseTo(expected, Offset.offset(10 * tolerance() * (Math.abs(expected) + unit)));
                }
            }
        });
    }

    /** What is no covariance is no model: NaN, no exception. */
    @Test
    final void noModelIsNaN() {
        Laws.forEach(every(), one -> {
            LikelihoodEvaluator evaluator = evaluator(one);
            for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
                double[] q = q(one);
                double[] r = r(one);
                q[0] = wrong;
                assertThat(evaluator.value(q, r)).as("value at a Q with %s", wrong).isNaN();
                q = q(one);
                r[0] = wrong;
                assertThat(evaluator.value(q, r)).as("value at an R with %s", wrong).isNaN();
            }
        });
    }

    /** What is handed in is only read. */
    @Test
    final void leavesItsInputAlone() {
        Laws.forEach(every(), one -> {
            double[] q = q(one);
            double[] r = r(one);
            LikelihoodEvaluator evaluator = evaluator(one);
            evaluator.value(q, r);
            if (evaluator.hasScore()) {
                evaluator.valueAndScore(q, r, new double[q.length], new double[r.length]);
            }
            assertThat(q).as("Q").containsExactly(q(one));
            assertThat(r).as("R").containsExactly(r(one));
        });
    }

    private void assertValue(String what, double value, double expected) {
        assertThat(value).as(what).isCloseTo(expected, Offset.offset(tolerance() * (100 + Math.abs(expected))));
    }

    /** Each variance of Q, all of Q, R. */
    private static double[][] directions(double[] q, double[] r) {
        int k = 0;
        while (Covariance.size(k) < q.length) {
            k++;
        }
        double[][] directions = new double[k + 2][q.length + r.length];
        for (int i = 0; i < k; i++) {
            int at = Covariance.index(i, i);
            directions[i][at] = q[at];
        }
        System.arraycopy(q, 0, directions[k], 0, q.length);
        System.arraycopy(r, 0, directions[k + 1], q.length, r.length);
        return directions;
    }

    /** tr(G dQ) of packed triangles. */
    private static double along(double[] score, double[] direction, int from) {
        double sum = 0;
        for (int i = 0, at = 0; at < score.length; i++) {
            for (int j = 0; j <= i; j++, at++) {
                sum += score[at] * direction[from + at] * (i == j ? 1 : 2);
            }
        }
        return sum;
    }

    /** The case's, with a little where it has none, so that differences can be taken. */
    private static double[] q(RandomCase one) {
        double[] q = one.stateNoise().at(0).toPacked();
        for (int i = 0; i < one.sample().states().count(); i++) {
            int at = Covariance.index(i, i);
            q[at] = q[at] == 0 ? 1e-7 : q[at];
        }
        return q;
    }

    private static double[] r(RandomCase one) {
        return one.observationNoise().at(0).toPacked();
    }

    /** The case's on the first date, far from singular: no constraint contradicts it, and differences can be taken. */
    private static double[] q(GeneralCase one) {
        return apart(one.model().stateNoise().at(0).toPacked(), 0.05);
    }

    private static double[] r(GeneralCase one) {
        return apart(one.model().observationNoise().at(0).toPacked(), 0);
    }

    /** Correlations are halved. */
    private static double[] apart(double[] packed, double more) {
        for (int i = 0; Covariance.size(i) < packed.length; i++) {
            packed[Covariance.index(i, i)] = 2 * packed[Covariance.index(i, i)] + more;
        }
        return packed;
    }

    private static ModelTemplate template(GeneralCase one) {
        return ModelTemplate.of(one.sample().states(), one.model().initial(), one.model().transition());
    }

    private static double[] scaled(double[] packed, double c) {
        double[] scaled = packed.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= c;
        }
        return scaled;
    }

    private LikelihoodEvaluator evaluator(RandomCase one) {
        return strategy().evaluator(one.sample(), template(one));
    }

    private static ModelTemplate template(RandomCase one) {
        return ModelTemplate.of(one.sample().states(), one.initialState(), one.transition());
    }

    private FilterResult filter(RandomCase one, Noise q, Noise r) {
        return strategy().filter(template(one).complete(q, r), one.sample(), FilterOptions.defaults(), Monitor.NONE);
    }

    private List<RandomCase> every() {
        return Laws.cases(cases(), 40, multivariate(), true);
    }
}
