package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.data.Offset;
import org.betadrift.model.Covariance;
import org.betadrift.model.Sample;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A second row without noise on every date, 1 = 1'beta, beside a 500-bit filter. */
class PseudoObservationTest {
    private static final double[] ONES = {1, 1, 1};
    private static final double TOLERANCE = 1e-12;

    static List<ReferenceCase> cases() {
        return List.of(ReferenceCase.dPseudo(), ReferenceCase.dPseudoDiffuse());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheReference(ReferenceCase one) {
        Sample sample = one.sample();
        int n = sample.periods();
        double r = one.model().observationNoise().at(0).variance(0);
        KernelRun run = new KernelRun(one.model());
        Path predicted = new Path(n);
        Path filtered = new Path(n);
        double[] standardized = new double[n];
        double[] terms = new double[n];
        for (int t = 0; t < n; t++) {
            run.predict(t);
            predicted.keep(t, run);
            double[] h = {sample.h(t, 0, 0), sample.h(t, 0, 1), sample.h(t, 0, 2)};
            int before = run.diffuse();
            terms[t] = run.update(sample.y(t, 0), h, r);
            standardized[t] = run.diffuse() == before ? run.standardized() : Double.NaN;
            terms[t] += run.update(1, ONES, 0);
            filtered.keep(t, run);
            if (!Double.isNaN(filtered.means[t][0])) {
                assertThat(Arrays.stream(filtered.means[t]).sum()).as("sum of exposures at t=" + t).isCloseTo(1, Offset.offset(1e-12));
            }
        }
        assertThat(run.diffuse()).as("diffuse rows").isEqualTo(one.diffuseObservations());
        assertThat(run.redundant()).as("redundant rows").isZero();
        assertThat(run.logLikelihood()).as("log-likelihood").isCloseTo(one.logLikelihood(), Offset.offset(1e-10));
        predicted.require("pred", one);
        filtered.require("filt", one);
        require(one, "v_std_0", t -> standardized[t]);
        for (int t = one.diffuseDates(); t < n; t++) {
            assertThat(terms[t]).as("log-likelihood at t=" + t).isCloseTo(one.expected().get("loglik")[t], Offset.offset(1e-11));
        }
    }

    /** Means and packed covariances through time. */
    private static final class Path {
        private final double[][] means;
        private final double[][] covariances;

        Path(int n) {
            means = new double[n][];
            covariances = new double[n][];
        }

        void keep(int t, KernelRun run) {
            means[t] = run.means().clone();
            covariances[t] = run.covariances().clone();
        }

        void require(String kind, ReferenceCase one) {
            for (int i = 0; i < ONES.length; i++) {
                int k = i;
                PseudoObservationTest.require(one, "a_" + kind + "_" + i, t -> means[t][k]);
                for (int j = 0; j <= i; j++) {
                    int index = Covariance.index(i, j);
                    PseudoObservationTest.require(one, "P_" + kind + "_" + i + "_" + j, t -> covariances[t][index]);
                }
            }
        }
    }

    private static void require(ReferenceCase one, String column, IntToDoubleFunction actual) {
        double[] wanted = one.expected().get(column);
        double largest = Arrays.stream(wanted).filter(v -> !Double.isNaN(v)).map(Math::abs).max().orElseThrow();
        for (int t = 0; t < wanted.length; t++) {
            double is = actual.applyAsDouble(t);
            if (Double.isNaN(wanted[t]) ? !Double.isNaN(is) : !(Math.abs(is - wanted[t]) <= TOLERANCE * largest)) {
                throw new AssertionError(column + " at t=" + t + " is " + is + ", expected " + wanted[t]);
            }
        }
    }
}
