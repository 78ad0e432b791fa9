package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Data D under sum = 1 beside every other way to impose it: a pseudo-observation (500 bits), the reduced model (500 bits), projection
 * on every date (Simon 2010), substitution and an orthonormal basis of what the constraint leaves.
 */
class ConstraintReferenceTest {
    private static final double TOLERANCE = 1e-10;
    private static final double[] ONES = {1, 1, 1};
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    static List<FilterEngine> engines() {
        return List.of(new UdEngine(), new CovarianceEngine());
    }

    static StateConstraint sum(double tolerance) {
        return StateConstraint.of("sum=1", Relation.EQUAL, Vector.of(ONES), 1, tolerance);
    }

    private static FilterResult filter(FilterEngine engine, StateSpaceModel model, Sample sample) {
        return engine.filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
    }

    private static FilterResult constrained(FilterEngine engine, ReferenceCase one) {
        return filter(engine, one.model().withConstraints(List.of(sum(0))), one.sample());
    }

    private static SmootherResult smooth(FilterResult pass) {
        return new FixedIntervalSmoother().smooth(pass, SmootherOptions.defaults(), Monitor.NONE);
    }

    /** The joint density of y and 1 = sum less that of the sums, each given the dates before: y given the sums. */
    @ParameterizedTest
    @MethodSource("engines")
    void aPseudoObservation(FilterEngine engine) {
        ReferenceCase one = ReferenceCase.dPseudo();
        FilterResult pass = constrained(engine, one);
        require(one, "filt", pass.filtered());
        require(one, "smooth", smooth(pass).smoothed());
        requireSum(pass);
        double sums = 0;
        for (int t = 0; t < one.sample().periods(); t++) {
            double variance = t == 0 ? 0.75045 : 0.00045; // 1'P_1|0 1, then 1'Q 1
            assertThat(pass.constraintVariance(t, 0)).as("variance of the sum at t=%s", t).isCloseTo(variance, Offset.offset(1e-15));
            assertThat(pass.constraintInnovation(t, 0)).as("miss of the sum at t=%s", t).isCloseTo(0, Offset.offset(1e-15));
            sums -= 0.5 * (LOG_2_PI + Math.log(variance));
        }
        assertThat(pass.logLikelihood()).isCloseTo(one.logLikelihood() - sums, Offset.offset(TOLERANCE));
        assertThat(pass.observations()).isEqualTo(one.sample().observations());
    }

    /** Exactly diffuse: the sum is the first row, whose F_inf is 1'1. */
    @ParameterizedTest
    @MethodSource("engines")
    void aPseudoObservationFromADiffuseStart(FilterEngine engine) {
        ReferenceCase one = ReferenceCase.dPseudoDiffuse();
        FilterResult pass = constrained(engine, one);
        require(one, "filt", pass.filtered());
        require(one, "smooth", smooth(pass).smoothed());
        requireSum(pass);
        double sums = -0.5 * (one.sample().periods() * LOG_2_PI + Math.log(3) + (one.sample().periods() - 1) * Math.log(0.00045));
        assertThat(pass.logLikelihood()).isCloseTo(one.logLikelihood() - sums, Offset.offset(TOLERANCE));
        assertThat(pass.diffuseObservations()).as("the constraint's is counted nowhere").isEqualTo(2);
        assertThat(pass.observations()).isEqualTo(one.sample().observations());
        assertThat(pass.constraintVariance(0, 0)).isNaN();
    }

    /** Q and prior conditioned on the sum beforehand: the same model, predicted states and terms included. */
    @ParameterizedTest
    @MethodSource("engines")
    void theReducedModel(FilterEngine engine) {
        ReferenceCase one = ReferenceCase.dReduced();
        StateSpaceModel full = StateSpaceModel.of(one.model().states(), one.model().initial(), one.model().transition(),
                ReferenceCase.dFree().model().stateNoise(), one.model().observationNoise()).withConstraints(List.of(sum(0)));
        FilterResult pass = filter(engine, full, one.sample());
        require(one, "pred", pass.predicted());
        require(one, "filt", pass.filtered());
        require(one, "smooth", smooth(pass).smoothed());
        requireSum(pass);
        assertThat(pass.logLikelihood()).isCloseTo(one.logLikelihood(), Offset.offset(TOLERANCE));
        require(one, "v", t -> pass.innovation(t, 0));
        require(one, "loglik", pass::logLikelihood);
    }

    /** b* = b - P 1 (1'P 1)^-1 (1'b - 1) and P* likewise, after every predict; by full matrices. */
    @ParameterizedTest
    @MethodSource("engines")
    void recursiveProjection(FilterEngine engine) {
        ReferenceCase one = ReferenceCase.dFree();
        FilterResult pass = constrained(engine, one);
        double[] b = one.model().initial().prior().mean().toArray();
        double[][] p = square(one.model().initial().prior().covariance());
        double[][] q = square(one.model().stateNoise().at(0));
        double r = one.model().observationNoise().at(0).variance(0);
        double logLikelihood = 0;
        for (int t = 0; t < one.sample().periods(); t++) {
            for (int i = 0; i < 9; i++) {
                p[i / 3][i % 3] += q[i / 3][i % 3];
            }
            condition(b, p, ONES, 1, 0);
            requireState(pass.predicted(), t, b, p);
            double[] h = {one.sample().h(t, 0, 0), one.sample().h(t, 0, 1), one.sample().h(t, 0, 2)};
            double[] seen = condition(b, p, h, one.sample().y(t, 0), r);
            logLikelihood -= 0.5 * (LOG_2_PI + Math.log(seen[1]) + seen[0] * seen[0] / seen[1]);
            requireState(pass.filtered(), t, b, p);
        }
        assertThat(pass.logLikelihood()).isCloseTo(logLikelihood, Offset.offset(TOLERANCE));
    }

    /** @return y~ and S */
    private static double[] condition(double[] b, double[][] p, double[] h, double y, double r) {
        double[] ph = new double[3];
        double v = y;
        double s = r;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                ph[i] += p[i][j] * h[j];
            }
            v -= h[i] * b[i];
            s += h[i] * ph[i];
        }
        for (int i = 0; i < 3; i++) {
            b[i] += ph[i] * v / s;
            for (int j = 0; j < 3; j++) {
                p[i][j] -= ph[i] * ph[j] / s;
            }
        }
        return new double[] {v, s};
    }

    private static void requireState(StatePath path, int t, double[] b, double[][] p) {
        for (int i = 0; i < 3; i++) {
            assertThat(path.mean(t, i)).as("mean %s at t=%s", i, t).isCloseTo(b[i], Offset.offset(TOLERANCE));
            for (int j = 0; j < 3; j++) {
                assertThat(path.covariance(t, i, j)).as("covariance %s %s at t=%s", i, j, t).isCloseTo(p[i][j], Offset.offset(TOLERANCE));
            }
        }
    }

    /**
     * beta = d + C gamma with 1'C = 0 and 1'd = 1: y - h'd on h'C, two free states. From a diffuse start an orthonormal C gives our
     * log-likelihood, and substitution (C = rows 1 0, 0 1, -1 -1) half of log |C'C| = log 3 less.
     */
    @Test
    void substitutionAndAnOrthonormalBasis() {
        double a = 1 / Math.sqrt(2);
        double b = 1 / Math.sqrt(6);
        double[][] orthonormal = {{a, b}, {-a, b}, {0, -2 * b}};
        double[][] substitution = {{1, 0}, {0, 1}, {-1, -1}};
        FilterResult pass = constrained(new UdEngine(), ReferenceCase.dFreeDiffuse());
        FilterResult basis = reduced(orthonormal, new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0});
        FilterResult substituted = reduced(substitution, new double[] {0, 0, 1});
        assertThat(pass.logLikelihood()).isCloseTo(basis.logLikelihood(), Offset.offset(TOLERANCE));
        assertThat(pass.logLikelihood()).isCloseTo(substituted.logLikelihood() + 0.5 * Math.log(3), Offset.offset(TOLERANCE));
        requireMapped(pass.filtered(), basis.filtered(), orthonormal, 1 / 3.0, 1);
        requireMapped(smooth(pass).smoothed(), smooth(basis).smoothed(), orthonormal, 1 / 3.0, 0);
        SmootherResult errors = smooth(pass);
        SmootherResult wanted = smooth(basis);
        for (int t = 0; t < pass.sample().periods(); t++) {
            assertThat(errors.u(t, 0)).as("u at t=%s", t).isCloseTo(wanted.u(t, 0), Offset.offset(TOLERANCE * (1 + Math.abs(wanted.u(t, 0)))));
            assertThat(errors.d(t, 0, 0)).as("D at t=%s", t).isCloseTo(wanted.d(t, 0, 0), Offset.offset(TOLERANCE * wanted.d(t, 0, 0)));
            assertThat(errors.leaveOneOutResidual(t, 0)).isCloseTo(wanted.leaveOneOutResidual(t, 0), Offset.offset(TOLERANCE));
        }
    }

    /** The two states' model; Q of gamma is C^+ Qc C^+', Qc = Q less what moves the sum. */
    private static FilterResult reduced(double[][] c, double[] d) {
        ReferenceCase one = ReferenceCase.dFreeDiffuse();
        int n = one.sample().periods();
        double[] y = new double[n];
        double[][] x = new double[2][n];
        for (int t = 0; t < n; t++) {
            y[t] = one.sample().y(t, 0);
            for (int i = 0; i < 3; i++) {
                y[t] -= one.sample().h(t, 0, i) * d[i];
                x[0][t] += one.sample().h(t, 0, i) * c[i][0];
                x[1][t] += one.sample().h(t, 0, i) * c[i][1];
            }
        }
        Sample sample = Sample.builder(ReturnPanel.builder(one.sample().dates()).column("y", y).column("g0", x[0]).column("g1", x[1]).build())
                .target("y", List.of("g0", "g1")).build();
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.diffuse(2), Transition.randomWalk(2),
                Noise.constant(stateNoise(c, one.model().stateNoise().at(0))), one.model().observationNoise());
        return filter(new UdEngine(), model, sample);
    }

    private static Covariance stateNoise(double[][] c, Covariance full) {
        double[][] q = square(full);
        condition(new double[3], q, ONES, 0, 0);
        // C^+ = (C'C)^-1 C'
        double[][] g = {{0, 0}, {0, 0}};
        for (int i = 0; i < 3; i++) {
            for (int e = 0; e < 4; e++) {
                g[e / 2][e % 2] += c[i][e / 2] * c[i][e % 2];
            }
        }
        double determinant = g[0][0] * g[1][1] - g[0][1] * g[1][0];
        double[][] inverse = {{g[1][1] / determinant, -g[0][1] / determinant}, {-g[1][0] / determinant, g[0][0] / determinant}};
        double[] packed = new double[3];
        for (int k = 0; k < 2; k++) {
            for (int l = 0; l <= k; l++) {
                for (int e = 0; e < 9; e++) {
                    double left = inverse[k][0] * c[e / 3][0] + inverse[k][1] * c[e / 3][1];
                    double right = inverse[l][0] * c[e % 3][0] + inverse[l][1] * c[e % 3][1];
                    packed[Covariance.index(k, l)] += left * q[e / 3][e % 3] * right;
                }
            }
        }
        return Covariance.ofPacked(2, packed);
    }

    private static void requireMapped(StatePath is, StatePath gamma, double[][] c, double d, int from) {
        for (int t = from; t < is.dates().size(); t++) {
            double largest = Math.max(1, is.covariance(t, 0, 0));
            for (int i = 0; i < 3; i++) {
                double mean = d + c[i][0] * gamma.mean(t, 0) + c[i][1] * gamma.mean(t, 1);
                assertThat(is.mean(t, i)).as("mean %s at t=%s", i, t).isCloseTo(mean, Offset.offset(TOLERANCE));
                for (int j = 0; j < 3; j++) {
                    double covariance = 0;
                    for (int e = 0; e < 4; e++) {
                        covariance += c[i][e / 2] * gamma.covariance(t, e / 2, e % 2) * c[j][e % 2];
                    }
                    assertThat(is.covariance(t, i, j)).as("covariance %s %s at t=%s", i, j, t).isCloseTo(covariance, Offset.offset(TOLERANCE * largest));
                }
            }
        }
    }

    /** 1e-6 is nothing beside a drift of 1e-2, 1e6 is no constraint at all. */
    @ParameterizedTest
    @MethodSource("engines")
    void aToleranceBetweenHardAndFree(FilterEngine engine) {
        ReferenceCase one = ReferenceCase.dFree();
        FilterResult hard = constrained(engine, one);
        FilterResult free = filter(engine, one.model(), one.sample());
        FilterResult tight = filter(engine, one.model().withConstraints(List.of(sum(1e-6))), one.sample());
        FilterResult loose = filter(engine, one.model().withConstraints(List.of(sum(1e6))), one.sample());
        requireSame(tight, hard);
        requireSame(loose, free);
        assertThat(Math.abs(free.logLikelihood() - hard.logLikelihood())).as("they differ").isGreaterThan(1);
        assertThat(loose.constraintVariance(5, 0)).isCloseTo(1e12, Offset.offset(1.0));
    }

    private static void requireSame(FilterResult is, FilterResult wanted) {
        assertThat(is.logLikelihood()).isCloseTo(wanted.logLikelihood(), Offset.offset(1e-8 * Math.abs(wanted.logLikelihood())));
        List<StatePath> paths = List.of(is.predicted(), is.filtered(), smooth(is).smoothed());
        List<StatePath> others = List.of(wanted.predicted(), wanted.filtered(), smooth(wanted).smoothed());
        for (int p = 0; p < 3; p++) {
            for (int t = 0; t < is.sample().periods(); t++) {
                for (int i = 0; i < 3; i++) {
                    assertThat(paths.get(p).mean(t, i)).as("%s mean at t=%s", paths.get(p).knows(), t)
                            .isCloseTo(others.get(p).mean(t, i), Offset.offset(1e-8));
                    for (int j = 0; j <= i; j++) {
                        assertThat(paths.get(p).covariance(t, i, j)).as("%s covariance at t=%s", paths.get(p).knows(), t)
                                .isCloseTo(others.get(p).covariance(t, i, j), Offset.offset(1e-8));
                    }
                }
            }
        }
    }

    private static double[][] square(Covariance of) {
        return IntStream.range(0, 3).mapToObj(i -> IntStream.range(0, 3).mapToDouble(j -> of.get(i, j)).toArray()).toArray(double[][]::new);
    }

    private static void requireSum(FilterResult pass) {
        StatePath smoothed = smooth(pass).smoothed();
        for (StatePath path : List.of(pass.predicted(), pass.filtered(), smoothed)) {
            for (int t = 0; t < path.dates().size(); t++) {
                double sum = path.mean(t, 0) + path.mean(t, 1) + path.mean(t, 2);
                assertThat(Double.isNaN(sum) || Math.abs(sum - 1) < 1e-12).as("sum of %s exposures at t=%s is %s", path.knows(), t, sum).isTrue();
                double variance = 0;
                for (int e = 0; e < 9; e++) {
                    variance += path.covariance(t, e / 3, e % 3);
                }
                assertThat(Double.isNaN(variance) || Math.abs(variance) < 1e-12 * Math.max(1, path.covariance(t, 0, 0)))
                        .as("variance of the sum of %s exposures at t=%s is %s", path.knows(), t, variance).isTrue();
            }
        }
    }

    private static void require(ReferenceCase one, String kind, StatePath path) {
        for (int i = 0; i < 3; i++) {
            int k = i;
            require(one, "a_" + kind + "_" + i, t -> path.mean(t, k));
            for (int j = 0; j <= i; j++) {
                int l = j;
                require(one, "P_" + kind + "_" + i + "_" + j, t -> path.covariance(t, k, l));
            }
        }
    }

    private static void require(ReferenceCase one, String column, IntToDoubleFunction actual) {
        double[] wanted = one.expected().get(column);
        double largest = Math.max(1, Arrays.stream(wanted).filter(v -> !Double.isNaN(v)).map(Math::abs).max().orElseThrow());
        for (int t = 0; t < wanted.length; t++) {
            double is = actual.applyAsDouble(t);
            if (Double.isNaN(wanted[t]) ? !Double.isNaN(is) : !(Math.abs(is - wanted[t]) <= TOLERANCE * largest)) {
                throw new AssertionError(column + " at t=" + t + " is " + is + ", expected " + wanted[t]);
            }
        }
    }
}
