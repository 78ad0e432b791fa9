package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ReferenceCase;
import org.betadrift.testkit.ScoreDifferences;
import org.betadrift.testkit.SharedFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Four targets: beside a 500-bit filter, certified optima, and densities written down with full matrices. */
class SeveralTargetsLikelihoodTest {
    /** V and W of the betas at the maximum on data C: 24 starts of another maximiser and filter agree. */
    private static final double[] V = {0.003282841323394907, -0.0003140605820979395, 0.002297256817858151, 0.0004668762024817781,
        -6.260856930737169e-05, 0.0026929005676934086, -0.00010621499078184702, 0.0007952315633804943, 0.0007299467893175293, 0.0030098026902711655};
    private static final double[] W = {1.4426741111573281e-05, -8.599588950341054e-05, 0.000512610086698642, -0.00036727557465418906,
        0.002189280967416953, 0.009350091382637767, -0.0003938378872967239, 0.0023476153885727317, 0.010026314000408971, 0.010751442774288914};

    static List<FilterEngine> engines() {
        return List.of(new CovarianceEngine(), new UdEngine());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void agreesWithTheReference(FilterEngine engine) {
        for (ReferenceCase one : List.of(ReferenceCase.cProper(), ReferenceCase.cDiffuse())) {
            double[] q = one.model().stateNoise().at(0).toPacked();
            double[] r = one.model().observationNoise().at(0).toPacked();
            LikelihoodEvaluator evaluator = engine.evaluator(one.sample(), template(one));
            assertThat(evaluator.value(q, r)).as(one.name()).isCloseTo(one.logLikelihood(), within(1e-10));
            assertThat(evaluator.method()).isEqualTo(one.diffuseDates() > 0 ? "decoupled: 4 series of 2 states" : "general: one row at a time");
            assertThat(RowsEvaluator.of(one.sample(), template(one), null, engine instanceof CovarianceEngine).value(q, r)).as(one.name())
                    .isCloseTo(one.logLikelihood(), within(1e-10));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void isFlatAtTheOptimum(FilterEngine engine) {
        ReferenceCase one = ReferenceCase.cDiffuse();
        assertOptimum(engine, one.sample(), V, W, 716.5213795406418);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void isFlatAtTheOptimumOfRealData(FilterEngine engine) throws IOException {
        String optimum = Files.readString(SharedFolder.file("reference/mle/C-real.json"));
        List<String[]> rows = Files.readAllLines(SharedFolder.file("reference/data/C-real.csv")).stream().skip(1).map(line -> line.split(",")).toList();
        ReturnPanel.Builder panel = ReturnPanel.builder(rows.stream().map(row -> LocalDate.parse(row[0] + "-28")).toList());
        for (int i = 1; i < 6; i++) {
            int column = i;
            panel.column("excess" + i, rows.stream().mapToDouble(row -> Double.parseDouble(row[column]) - Double.parseDouble(row[6])).toArray());
        }
        Sample.Builder sample = Sample.builder(panel.build()).intercept(true);
        for (int i = 1; i < 5; i++) {
            sample.target("excess" + i, List.of("excess5"));
        }
        assertOptimum(engine, sample.build(), triangle(optimum, "V"), triangle(optimum, "W_beta"), 656.3191234794481);
    }

    /** The lower triangle of a 4 x 4 matrix of JSON. */
    private static double[] triangle(String json, String name) {
        Matcher matrix = Pattern.compile("\"" + name + "\":\\s*\\[([^:]*?)\\]\\s*\\]").matcher(json);
        assertThat(matrix.find()).as(name).isTrue();
        double[] all = Arrays.stream(matrix.group(1).replaceAll("[\\[\\]\\s]", "").split(",")).mapToDouble(Double::parseDouble).toArray();
        assertThat(all).hasSize(16);
        return IntStream.range(0, 16).filter(at -> at % 4 <= at / 4).mapToDouble(at -> all[at]).toArray();
    }

    /** The gradient in V, in units of its deviations, is rounding beside the log-likelihood's curvature, n / 2. */
    private static void assertOptimum(FilterEngine engine, Sample sample, double[] v, double[] w, double logLikelihood) {
        TargetsCase one = TargetsCase.of(sample, 0);
        double[] q = one.q(w, 0, 1);
        double[] scoreQ = new double[q.length];
        double[] scoreV = new double[v.length];
        LikelihoodEvaluator evaluator = engine.evaluator(sample, one.template());
        double value = evaluator.valueAndScore(q, v, scoreQ, scoreV);
        assertThat(LikelihoodConvention.FULL.convert(value, LikelihoodConvention.NO_CONSTANT_DIFFUSE, sample.observations(), 8))
                .isCloseTo(logLikelihood, within(1e-9));
        assertThat(evaluator.method()).startsWith("decoupled");
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                double unit = Math.sqrt(v[Covariance.index(i, i)] * v[Covariance.index(j, j)]);
                assertThat(scoreV[Covariance.index(i, j)] * unit).as("dLL/dV(%s,%s)", i, j).isCloseTo(0, within(1e-4));
            }
        }
    }

    /** A tenth of the cells is missing, another pattern on every other date. */
    @ParameterizedTest
    @MethodSource("engines")
    void isTheDensityOfTheCellsThatAreThere(FilterEngine engine) {
        for (ReferenceCase reference : List.of(ReferenceCase.cProper(), ReferenceCase.cDiffuse())) {
            TargetsCase one = TargetsCase.of(reference.sample(), 7).withoutSomeCells(0.1);
            assertThat(one.sample().observations()).isLessThan(450);
            double[] q = reference.model().stateNoise().at(0).toPacked();
            double[] r = reference.model().observationNoise().at(0).toPacked();
            LikelihoodEvaluator evaluator = engine.evaluator(one.sample(), template(reference));
            double expected = new DenseDensity(one.sample()).of(reference.model().initial(), Covariance.ofPacked(8, q), Covariance.ofPacked(4, r));
            assertThat(evaluator.value(q, r)).as(reference.name()).isCloseTo(expected, within(1e-9));
            assertThat(evaluator.method()).isEqualTo("general: one row at a time");
            for (int i = 0; i < 4; i++) {
                q[Covariance.index(i, i)] = 1e-6;
            }
            ScoreDifferences.assertScore(evaluator, q, r, 1e-7);
        }
    }

    /** Targets with factors of their own. */
    @Test
    void anyFactorsForAnyTarget() {
        Sample sample = Sample.builder(ReferenceCase.panel("C")).target("y1", List.of("x", "y3")).target("y2", List.of("y3", "y4")).intercept(true).build();
        InitialState diffuse = InitialState.diffuse(6);
        double[] q = Covariance.diagonal(1e-6, 2e-6, 1e-3, 2e-3, 3e-3, 4e-3).toPacked();
        double[] r = {3e-3, 1e-3, 2e-3};
        double expected = new DenseDensity(sample).of(diffuse, Covariance.ofPacked(6, q), Covariance.ofPacked(2, r));
        for (FilterEngine engine : engines()) {
            LikelihoodEvaluator evaluator = engine.evaluator(sample, ModelTemplate.of(sample.states(), diffuse, Transition.randomWalk(6)));
            assertThat(evaluator.value(q, r)).isCloseTo(expected, within(1e-9));
            assertThat(evaluator.method()).isEqualTo("general: one row at a time");
            ScoreDifferences.assertScore(evaluator, q, r, 1e-7);
        }
    }

    /** P_0|0 is what T and Q leave unchanged, at every call. */
    @Test
    void aStationaryStartFollowsQ() {
        TargetsCase one = TargetsCase.of(3, 2, false, 1).withoutSomeCells(0.1);
        Vector phi = Vector.of(0.9, 0.5, 0.7, 0.95, 0.8, 0.6);
        StateConstraint soft = StateConstraint.of("sum = 1, about", StateConstraint.Relation.EQUAL, Vector.filled(6, 1), 1, 0.1);
        for (Transition transition : List.of(Transition.ar1(phi), Transition.meanReverting(phi, Vector.filled(6, 0.5)))) {
            ModelTemplate template = ModelTemplate.of(one.sample().states(), InitialState.stationary(6), transition);
            for (FilterEngine engine : engines()) {
                LikelihoodEvaluator evaluator = engine.evaluator(one.sample(), template);
                for (double scale : new double[] {1, 3}) {
                    double[] q = one.q(one.w(), scale, 0.5);
                    double[] r = one.r();
                    double filtered = engine.filter(template.complete(Noise.constant(Covariance.ofPacked(6, q)), Noise.constant(Covariance.ofPacked(3, r))),
                            one.sample(), FilterOptions.defaults(), Monitor.NONE).logLikelihood();
                    assertThat(evaluator.value(q, r)).isCloseTo(filtered, within(1e-9));
                    ScoreDifferences.assertScore(evaluator, q, r, 1e-7);
                    ScoreDifferences.assertScore(engine.evaluator(one.sample(), template.withConstraints(List.of(soft))), q, r, 1e-7);
                }
            }
        }
    }

    /** Without Q and from a known zero every difference of two targets of noise zero is known: no derivative there, but a value. */
    @Test
    void oneThatIsForetoldHasNoScore() {
        TargetsCase one = TargetsCase.of(2, 1, false, 1);
        double[][] same = {new double[TargetsCase.DATES], new double[TargetsCase.DATES]};
        Sample sample = one.sample().withTargets(same);
        InitialState zero = InitialState.known(Vector.filled(2, 0), Covariance.scalar(2, 0));
        double[] q = {0, 0, 0};
        double[] singular = {1e-4, 1e-4, 1e-4};
        for (FilterEngine engine : engines()) {
            LikelihoodEvaluator evaluator = engine.evaluator(sample, ModelTemplate.of(sample.states(), zero, Transition.randomWalk(2)));
            double[] scoreQ = new double[3];
            double[] scoreR = new double[3];
            assertThat(evaluator.valueAndScore(q, singular, scoreQ, scoreR)).isFinite();
            assertThat(scoreQ).containsOnly(Double.NaN);
            assertThat(scoreR).containsOnly(Double.NaN);
        }
    }

    private static ModelTemplate template(ReferenceCase one) {
        return ModelTemplate.of(one.sample().states(), one.model().initial(), one.model().transition());
    }
}
