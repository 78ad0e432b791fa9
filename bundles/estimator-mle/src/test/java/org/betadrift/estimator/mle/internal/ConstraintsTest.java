package org.betadrift.estimator.mle.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.internal.CovarianceEngine;
import org.betadrift.filter.internal.UdEngine;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.run.ConstraintExpression;
import org.betadrift.testkit.ReferenceCase;
import org.betadrift.testkit.SharedFolder;
import org.junit.jupiter.api.Test;

/** Maximum likelihood of y given constraints: with the engine itself, as the plain one has none. */
class ConstraintsTest {
    private static final Sample D = Sample.builder(ReferenceCase.panel("D")).target("y", List.of("x1", "x2", "x3")).build();
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    private static EstimationContext context(Sample sample, InitialState initial, String... constraints) {
        return EstimationContext.of(sample, Transition.randomWalk(sample.states().count()), new CovarianceEngine()).withInitialState(initial)
                .withConstraints(Stream.of(constraints).flatMap(words -> ConstraintExpression.parse(words).rows(sample).stream()).toList());
    }

    private static Sample fpe() throws IOException {
        List<String[]> rows = Files.readAllLines(SharedFolder.file("data/bond_etf_weekly_returns.csv")).stream().map(line -> line.split(",")).toList();
        List<String[]> body = rows.subList(1, rows.size());
        ReturnPanel.Builder panel = ReturnPanel.builder(body.stream().map(row -> LocalDate.parse(row[0])).toList());
        for (String name : List.of("FPE", "PFF", "ICVT", "HYG")) {
            int c = List.of(rows.get(0)).indexOf(name);
            panel.column(name, body.stream().mapToDouble(row -> Double.parseDouble(row[c])).toArray());
        }
        return Sample.builder(panel.build()).target("FPE", List.of("PFF", "ICVT", "HYG")).build();
    }

    /** As the strategy ols starts. */
    private static InitialState ols(Sample sample) {
        int k = sample.states().count();
        double[][] normal = new double[k][k + 1];
        for (int t = 0; t < sample.periods(); t++) {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    normal[i][j] += sample.regressor(t, i) * sample.regressor(t, j);
                }
                normal[i][k] += sample.regressor(t, i) * sample.y(t, 0);
            }
        }
        for (int i = 0; i < k; i++) {
            for (int row = 0; row < k; row++) {
                double by = normal[row][i] / normal[i][i];
                for (int j = i; j <= k && row != i; j++) {
                    normal[row][j] -= by * normal[i][j];
                }
            }
        }
        double[] b = new double[k];
        double[] p = new double[k];
        for (int i = 0; i < k; i++) {
            b[i] = normal[i][k] / normal[i][i];
            p[i] = 100;
        }
        return InitialState.known(Vector.of(b), Covariance.diagonal(p));
    }

    private static ConvergenceRecord record(Estimate<JointNoise> estimate) {
        return estimate.convergence().orElseThrow();
    }

    private static double best(Estimate<JointNoise> estimate) {
        return record(estimate).modes().get(0).logLikelihood();
    }

    private static FilterResult filter(EstimationContext context, Noise q, Noise r) {
        StateSpaceModel model = StateSpaceModel.of(context.sample().states(), context.initialState(), context.transition(), q, r)
                .withConstraints(context.constraints());
        return new UdEngine().filter(model, context.sample(), FilterOptions.defaults(), Monitor.NONE);
    }

    private static double logLikelihood(EstimationContext context, Estimate<JointNoise> estimate) {
        return filter(context, estimate.value().stateNoise(), estimate.value().observationNoise()).logLikelihood();
    }

    /**
     * The reference's full 2 x 2 Q by substitution of x3 has 2179.5654609742087 without constants of the diffuse observations; the diffuse start
     * of an orthonormal basis counts log sqrt 3 more.
     */
    @Test
    void fullOnTheReferenceData() {
        EstimationContext context = context(D, InitialState.diffuse(3), "sum=1");
        Estimate<JointNoise> estimate = Strategies.mle(context, "state=full");
        assertThat(record(estimate).converged()).isTrue();
        assertThat(best(estimate) + LOG_2_PI).isCloseTo(2179.5654609742087 + 0.5 * Math.log(3), within(1e-6)).isCloseTo(2180.114767, within(1e-6));
        assertThat(logLikelihood(context, estimate)).isCloseTo(best(estimate), within(1e-9));
        assertThat(record(estimate).parameters()).extracting(ConvergenceRecord.Parameter::name).containsExactly("L[1,1]", "L[2,1]", "L[2,2]", "R");
        Covariance q = estimate.value().stateNoise().at(0);
        double[] reference = {0.0002917263773200746, -0.00014786564355511622, 0.0001279972605457967};
        assertThat(new double[] {q.get(0, 0), q.get(1, 0), q.get(1, 1)}).usingComparatorWithPrecision(3e-8).containsExactly(reference);
        for (int i = 0; i < 3; i++) {
            assertThat(q.get(i, 0) + q.get(i, 1) + q.get(i, 2)).isCloseTo(0, within(1e-18));
        }
        assertThat(estimate.value().observationNoise().at(0).variance(0)).isCloseTo(1.2019977125924643e-05, within(1e-9));
        assertThat(estimate.warnings()).contains("state=full is the noise that sum=1 leaves: L[I,J] is of steps along 1 = 0.816 x1 - 0.408 x2 - 0.408 x3, "
                + "2 = 0.707 x2 - 0.707 x3");
        assertThat(estimate.warnings()).anySatisfy(warning -> assertThat(warning).startsWith("a full Q gains ").endsWith("with as many parameters"));
    }

    /** With a diagonal Q the reference sits at its bound of q: only the likelihood and Q given the constraint mean something. */
    @Test
    void diagonalOnTheReferenceDataIsUnbounded() {
        EstimationContext context = context(D, InitialState.diffuse(3), "sum=1");
        Estimate<JointNoise> estimate = Strategies.mle(context);
        assertThat(best(estimate)).isCloseTo(2177.67322667242 + 0.5 * Math.log(3), within(1e-4));
        assertThat(record(estimate).converged()).isFalse();
        assertThat(record(estimate).verdict()).isEqualTo("no maximum: the likelihood keeps rising, ever less, as Q[x1] grows without end");
        assertThat(record(estimate).suggestion()).isEqualTo("the likelihood is flat in the direction Q[x1]: use state=full: its parameters are the noise "
                + "that the constraint leaves");
    }

    /**
     * Of two diagonal variances q1 q2 / (q1 + q2) is all that sum=1 leaves: nothing at Q = 0, where the search ends first, and nothing on either axis.
     * Both together find what the free direction has.
     */
    @Test
    void variancesThatRiseTogetherOnly() {
        Sample a = Sample.builder(ReferenceCase.panel("A")).target("y", List.of("x1", "x2")).build();
        EstimationContext context = context(a, InitialState.diffuse(2), "sum=1");
        double full = best(Strategies.mle(context, "state=full"));
        Estimate<JointNoise> diagonal = Strategies.mle(context);
        assertThat(best(diagonal)).isCloseTo(full, within(1e-5)).isCloseTo(1238.6313, within(5e-5));
        Covariance q = diagonal.value().stateNoise().at(0);
        double left = Strategies.mle(context, "state=full").value().stateNoise().at(0).variance(0);
        assertThat(q.variance(0) * q.variance(1) / (q.variance(0) + q.variance(1))).isCloseTo(left, within(0.02 * left));
    }

    /** A state that a constraint holds seems to gain from a variance of its own at Q = 0; it can't have one. */
    @Test
    void constantExposuresUnderAConstraint() {
        int n = 200;
        Random random = new Random(3);
        double[] x = random.doubles(n).map(ignored -> 0.01 * random.nextGaussian()).toArray();
        double[] z = random.doubles(n).map(ignored -> 0.01 * random.nextGaussian()).toArray();
        double[] y = new double[n];
        for (int t = 0; t < n; t++) { // they sum to 0.4: a free sum would move
            y[t] = 0.7 * x[t] - 0.3 * z[t] + 0.001 * random.nextGaussian();
        }
        ReturnPanel panel = ReturnPanel.builder(IntStream.range(0, n).mapToObj(t -> LocalDate.of(2015, 1, 2).plusWeeks(t)).toList())
                .column("y", y).column("x", x).column("z", z).build();
        Sample sample = Sample.builder(panel).target("y", List.of("x", "z")).build();
        EstimationContext context = context(sample, InitialState.diffuse(2), "sum=1");
        double still = best(Strategies.mleR(context.withStateNoise(Noise.constant(Covariance.scalar(2, 0)))));
        ConvergenceRecord record = record(Strategies.mle(context));
        assertThat(record.modes().get(0).logLikelihood()).isCloseTo(still, within(1e-6));
        assertThat(best(Strategies.mle(context, "state=full"))).isCloseTo(still, within(1e-6));
        assertThat(record.converged()).as(record.verdict()).isTrue();
        assertThat(record.verdict()).contains("every state variance is exactly zero");
        assertThat(record.parameters().subList(0, 2)).allSatisfy(p -> assertThat(p.multiplier()).isLessThan(1e-3));
    }

    /** A tolerance so small hides a direction as well; state=full sees no other there. */
    @Test
    void softRowsHaveAnAdviceOfTheirOwn() {
        ConvergenceRecord record = record(Strategies.mle(context(D, InitialState.diffuse(3), "sum=1~1e-6")));
        assertThat(record.suggestion()).contains("write the constraint without ~ and use state=full");
    }

    /** Where constraints hold every exposure no noise is left to ask for. */
    @Test
    void rowsThatLeaveNoNoise() {
        ConvergenceRecord record = record(Strategies.mle(context(D, InitialState.diffuse(3), "sum=1", "x1=0.5", "x2=0.8")));
        assertThat(record.suggestion()).contains("the constraints leave nothing of it to be seen").doesNotContain("state=full");
    }

    @Test
    void fullOnTheSeedsData() throws IOException {
        EstimationContext context = context(fpe(), InitialState.diffuse(3), "sum=1");
        Estimate<JointNoise> estimate = Strategies.mle(context, "state=full");
        assertThat(record(estimate).converged()).isTrue();
        assertThat(best(estimate)).isCloseTo(1945.3016, within(5e-5));
        assertThat(best(estimate) + LOG_2_PI).isCloseTo(1947.1394, within(5e-5));
        assertThat(logLikelihood(context, estimate)).isCloseTo(best(estimate), within(1e-8));
    }

    /**
     * A constraint row that counts in the log-likelihood adds -1/2 log(A P A'), which grows without end as the exposures stop: whoever
     * maximises that ends at Q = 0, where the returns have 1858.7. We end at the maximum of the returns' own.
     */
    @Test
    void constraintRowsDoNotCount() throws IOException {
        Sample sample = fpe();
        EstimationContext context = context(sample, ols(sample), "sum=1");
        Estimate<JointNoise> ours = Strategies.mle(context);
        assertThat(best(ours)).isCloseTo(1940.67, within(5e-3));
        Noise r = ours.value().observationNoise();
        // the trap, at its end: R given Q = 0
        Noise still = Noise.constant(Covariance.scalar(3, 0));
        Estimate<JointNoise> trapped = Strategies.mleR(context.withStateNoise(still));
        assertThat(best(trapped)).isCloseTo(1858.7, within(0.05));
        // and the way there: smaller steps, a higher joint likelihood, a lower one of the returns
        Noise moderate = Noise.constant(Covariance.diagonal(0.055, 0.0002, 0.05));
        double joint = joint(filter(context, moderate, r));
        for (double s = 1e-2; s > 1e-11; s *= 0.01) {
            Noise q = Noise.constant(Covariance.diagonal(0.055 * s, 0.0002 * s, 0.05 * s));
            FilterResult there = filter(context, q, trapped.value().observationNoise());
            assertThat(joint(there)).isGreaterThan(joint);
            assertThat(there.logLikelihood()).isLessThan(best(ours));
            joint = joint(there);
        }
        FilterResult there = filter(context, Noise.constant(Covariance.scalar(3, 1e-16)), trapped.value().observationNoise());
        assertThat(there.logLikelihood()).isCloseTo(best(trapped), within(1e-4));
        assertThat(joint).isGreaterThan(joint(filter(context, moderate, r)) + 1000);
    }

    /** log p(y and the constraint rows), the pseudo-observations' way. */
    private static double joint(FilterResult filter) {
        double sum = filter.logLikelihood();
        for (int t = 0; t < filter.sample().periods(); t++) {
            double variance = filter.constraintVariance(t, 0);
            double miss = filter.constraintInnovation(t, 0);
            sum -= variance > 0 ? 0.5 * (LOG_2_PI + Math.log(variance) + miss * miss / variance) : 0;
        }
        return sum;
    }

    /** A state that doesn't move has no part in the directions; what the constraint leaves of the others is fewer. */
    @Test
    void constantStatesUnderAConstraint() {
        Estimate<JointNoise> two = Strategies.mle(context(D, InitialState.diffuse(3), "sum=1"), "state=full", "constant=x3");
        assertThat(record(two).parameters()).extracting(ConvergenceRecord.Parameter::name).containsExactly("L[1,1]", "R");
        Covariance q = two.value().stateNoise().at(0);
        assertThat(q.variance(2)).isZero();
        assertThat(q.get(0, 1)).isCloseTo(-q.variance(0), within(1e-15));
        assertThatThrownBy(() -> Strategies.mle(context(D, InitialState.diffuse(3), "sum=1"), "state=full", "constant=x2,x3"))
                .isInstanceOf(InvalidInputException.class).hasMessageContaining("they hold every exposure that isn't constant where it is");
    }

    /** Rows of other kinds leave Q as it was. */
    @Test
    void otherRowsLeaveEveryDirection() {
        Estimate<JointNoise> soft = Strategies.mle(context(D, InitialState.diffuse(3), "sum=1~0.05"), "state=full");
        assertThat(record(soft).parameters()).hasSize(7);
        EstimationContext reverting = EstimationContext.of(D, Transition.fixed(Matrix.diagonal(0.99, 0.99, 0.99)), new CovarianceEngine())
                .withInitialState(InitialState.diffuse(3)).withConstraints(ConstraintExpression.parse("sum=1").rows(D));
        assertThat(record(Strategies.mle(reverting, "state=full", "starts=1")).parameters()).hasSize(7);
    }

    /** A tolerance is in units of beta: it doesn't scale with Q and R, so that the scale isn't concentrated out. */
    @Test
    void softRowsKeepTheScale() {
        EstimationContext context = context(D, InitialState.diffuse(3), "sum=1~0.01");
        Estimate<JointNoise> estimate = Strategies.mle(context, "state=scalar");
        double q = estimate.value().stateNoise().at(0).variance(0);
        double r = estimate.value().observationNoise().at(0).variance(0);
        assertThat(logLikelihood(context, estimate)).isCloseTo(best(estimate), within(1e-8));
        for (double by : new double[] {0.98, 1.02}) {
            assertThat(filter(context, Noise.constant(Covariance.scalar(3, q * by)), Noise.constant(Covariance.diagonal(r))).logLikelihood())
                    .isLessThan(best(estimate));
            assertThat(filter(context, Noise.constant(Covariance.scalar(3, q)), Noise.constant(Covariance.diagonal(r * by))).logLikelihood())
                    .isLessThan(best(estimate));
            assertThat(filter(context, Noise.constant(Covariance.scalar(3, q * by)), Noise.constant(Covariance.diagonal(r * by))).logLikelihood())
                    .isLessThan(best(estimate));
        }
    }

    /** LL(c Q, c R) = LL(Q, R) - N/2 log c - squares/2 (1/c - 1) with a right side that isn't zero, under a diffuse start. */
    @Test
    void exactRowsKeepTheLawOfScale() {
        EstimationContext context = context(D, InitialState.diffuse(3), "sum=1");
        double[] lls = new double[3];
        for (int i = 0; i < 3; i++) {
            double c = Math.pow(4, i);
            lls[i] = filter(context, Noise.constant(Covariance.scalar(3, 2e-4 * c)), Noise.constant(Covariance.diagonal(1.2e-5 * c))).logLikelihood();
        }
        double terms = D.observations() - 2;
        double squares = (lls[1] - lls[0] + 0.5 * terms * Math.log(4)) / 0.375;
        assertThat(lls[2]).isCloseTo(lls[0] - 0.5 * terms * Math.log(16) + 0.5 * squares * (1 - 1.0 / 16), within(1e-8));
    }

    /** The other three: what they find is what the filter has under the constraint. */
    @Test
    void everyStrategyKeepsThem() {
        EstimationContext context = context(D, InitialState.diffuse(3), "sum=1");
        Noise r = Noise.constant(Covariance.diagonal(1.2e-5));
        Estimate<JointNoise> q = Strategies.mleQ(context.withObservationNoise(r));
        assertThat(logLikelihood(context, q)).isCloseTo(best(q), within(1e-8));
        Estimate<JointNoise> full = Strategies.mleQ(context.withObservationNoise(r), "state=full");
        assertThat(record(full).parameters()).hasSize(3);
        assertThat(logLikelihood(context, full)).isCloseTo(best(full), within(1e-8)).isGreaterThan(best(q));
        Estimate<JointNoise> given = Strategies.mleR(context.withStateNoise(q.value().stateNoise()));
        assertThat(logLikelihood(context, given)).isCloseTo(best(given), within(1e-8));
        Estimate<JointNoise> route = Strategies.mleQThenR(context.withObservationNoise(Noise.constant(Covariance.diagonal(1e-4))));
        assertThat(logLikelihood(context, route)).isCloseTo(best(route), within(1e-8));
    }
}
