package org.betadrift.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the other tests rest on: values against the reference, derivatives against differences. */
class PlainEvaluatorTest {
    record Problem(String name, Sample sample, ModelTemplate template) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Problem> problems() {
        Sample a = Cases.a();
        Sample b = Cases.b();
        Transition mixed = Transition.meanReverting(Vector.of(0.9, 1), Vector.of(0.5, 0));
        return List.of(
                new Problem("A diffuse", a, Cases.diffuse(a)),
                new Problem("A known", a, Cases.randomWalk(a, Cases.known(new double[] {0.5, 0.2}, 0.25, -0.05, 0.16))),
                new Problem("A reverting, diffuse", a, ModelTemplate.of(a.states(), InitialState.diffuse(2), mixed)),
                new Problem("A reverting, known", a, ModelTemplate.of(a.states(), Cases.known(new double[] {0.5, 0.2}, 0.25, -0.05, 0.16), mixed)),
                new Problem("B diffuse", b, Cases.diffuse(b)));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void scoreAndInformationAreWhatDifferencesSay(Problem problem) {
        int k = problem.sample.states().count();
        LikelihoodEvaluator evaluator = new PlainEvaluator(problem.sample, problem.template);
        double[] q = new double[Covariance.size(k)];
        for (int i = 0; i < k; i++) {
            q[Covariance.index(i, i)] = 1e-4 * (i + 1);
        }
        q[Covariance.index(1, 0)] = 3e-5;
        double[] r = {3e-5};
        double[] g = new double[q.length];
        double[] gr = new double[1];
        double value = evaluator.valueAndScore(q, r, g, gr);
        assertThat(evaluator.value(q, r)).isEqualTo(value);
        for (int i = 0; i < q.length; i++) {
            double step = 1e-9;
            q[i] += step;
            double up = evaluator.value(q, r);
            q[i] -= 2 * step;
            double down = evaluator.value(q, r);
            q[i] += step;
            boolean diagonal = i == 0 || i == 2 || i == 5 || i == 9;
            assertThat(g[i] * (diagonal ? 1 : 2)).isCloseTo((up - down) / (2 * step), within(1e-4 * Math.abs(g[0]) + 1));
        }
        double up = evaluator.value(q, new double[] {3e-5 + 1e-10});
        double down = evaluator.value(q, new double[] {3e-5 - 1e-10});
        assertThat(gr[0]).isCloseTo((up - down) / 2e-10, within(1e-5 * Math.abs(gr[0]) + 10));
        double[][] directions = new double[2][q.length + 1];
        directions[0][0] = 1;
        directions[1][q.length] = 1;
        double[] along = new double[2];
        assertThat(evaluator.information(q, r, directions, along, new double[3])).isCloseTo(value, within(1e-9));
        assertThat(along[0]).isCloseTo(g[0], within(1e-7 * Math.abs(g[0])));
        assertThat(along[1]).isCloseTo(gr[0], within(1e-7 * Math.abs(gr[0])));
    }

    static List<ReferenceCase> cases() {
        return List.of(ReferenceCase.aProper(), ReferenceCase.aAr(), ReferenceCase.aCorrelatedQ(), ReferenceCase.bProper());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valueIsTheReference(ReferenceCase one) {
        ModelTemplate template = ModelTemplate.of(one.sample().states(), one.model().initial(), one.model().transition());
        double value = new PlainEvaluator(one.sample(), template).value(one.model().stateNoise().at(0).toPacked(),
                one.model().observationNoise().at(0).toPacked());
        assertThat(value).isCloseTo(one.logLikelihood(), within(1e-9));
    }
}
