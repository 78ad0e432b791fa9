package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.StatePath;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a 500-bit filter: log-likelihood to 1e-9, states to 1e-10, the rest to 1e-10 of the column's largest value. */
class CovarianceEngineReferenceTest {
    static Stream<ReferenceCase> cases() {
        return Stream.of(ReferenceCase.aSeed(), ReferenceCase.aProper(), ReferenceCase.aAr(), ReferenceCase.aCorrelatedQ(),
                ReferenceCase.bProper());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logLikelihood(ReferenceCase c) {
        assertThat(filter(c).logLikelihood()).isCloseTo(c.logLikelihood(), Offset.offset(1e-9));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void states(ReferenceCase c) {
        FilterResult r = filter(c);
        for (int k = 0; k < c.model().states().count(); k++) {
            assertPath(c, r.predicted(), "a_pred_" + k, k);
            assertPath(c, r.filtered(), "a_filt_" + k, k);
            for (int j = 0; j <= k; j++) {
                assertCovariance(c, r.predicted(), "P_pred_" + k + "_" + j, k, j);
                assertCovariance(c, r.filtered(), "P_filt_" + k + "_" + j, k, j);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void innovations(ReferenceCase c) {
        FilterResult r = filter(c);
        for (int t = 0; t < c.sample().periods(); t++) {
            assertClose(c, "v", t, r.innovation(t, 0));
            assertClose(c, "S", t, r.innovationCovariance(t, 0, 0));
            assertClose(c, "v_std", t, r.standardizedInnovation(t, 0));
            assertClose(c, "loglik", t, r.logLikelihood(t));
            for (int k = 0; k < c.model().states().count(); k++) {
                assertClose(c, "gain_" + k, t, r.gain(t, k, 0));
            }
        }
    }

    private static FilterResult filter(ReferenceCase c) {
        return new CovarianceEngine().filter(c.model(), c.sample(), FilterOptions.defaults(), Monitor.NONE);
    }

    private static void assertPath(ReferenceCase c, StatePath path, String column, int k) {
        for (int t = 0; t < c.sample().periods(); t++) {
            assertThat(path.mean(t, k)).as("%s %s t=%d", c, column, t).isCloseTo(c.expected().get(column)[t], Offset.offset(1e-10));
        }
    }

    private static void assertCovariance(ReferenceCase c, StatePath path, String column, int i, int j) {
        for (int t = 0; t < c.sample().periods(); t++) {
            assertClose(c, column, t, path.covariance(t, i, j));
        }
    }

    private static void assertClose(ReferenceCase c, String column, int t, double actual) {
        double[] expected = c.expected().get(column);
        if (Double.isNaN(expected[t])) {
            assertThat(Double.isNaN(actual)).as("%s %s t=%d is missing", c, column, t).isTrue();
            return;
        }
        double largest = 0;
        for (double e : expected) {
            largest = Double.isNaN(e) ? largest : Math.max(largest, Math.abs(e));
        }
        assertThat(actual).as("%s %s t=%d", c, column, t).isCloseTo(expected[t], Offset.offset(1e-10 * largest));
    }
}
