package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.StatePath;

/** A pass beside the numbers of a {@link ReferenceCase}. */
final class ReferenceComparison {
    private final ReferenceCase expected;
    private final FilterResult pass;

    ReferenceComparison(ReferenceCase expected, FilterResult pass) {
        this.expected = expected;
        this.pass = pass;
    }

    void check() {
        assertThat(pass.logLikelihood()).as("log-likelihood").isCloseTo(expected.logLikelihood(), Offset.offset(1e-9));
        int states = expected.model().states().count();
        for (int k = 0; k < states; k++) {
            int state = k;
            requirePath(pass.predicted(), "pred", k);
            requirePath(pass.filtered(), "filt", k);
            requireColumn("gain_" + k, t -> pass.gain(t, state, 0));
        }
        requireColumn("v", t -> pass.innovation(t, 0));
        requireColumn("S", t -> pass.innovationCovariance(t, 0, 0));
        requireColumn("v_std", t -> pass.standardizedInnovation(t, 0));
        requireColumn("loglik", pass::logLikelihood);
    }

    private void requirePath(StatePath path, String kind, int k) {
        requireColumn("a_" + kind + "_" + k, t -> path.mean(t, k), 1e-10);
        for (int j = 0; j <= k; j++) {
            int column = j;
            requireColumn("P_" + kind + "_" + k + "_" + j, t -> path.covariance(t, k, column));
        }
    }

    private void requireColumn(String name, IntToDoubleFunction actual) {
        double largest = Arrays.stream(expected.expected().get(name)).filter(v -> !Double.isNaN(v)).map(Math::abs).max().orElse(0);
        requireColumn(name, actual, 1e-10 * largest);
    }

    private void requireColumn(String name, IntToDoubleFunction actual, double tolerance) {
        double[] wanted = expected.expected().get(name);
        for (int t = 0; t < wanted.length; t++) {
            double is = actual.applyAsDouble(t);
            if (Double.isNaN(wanted[t]) ? !Double.isNaN(is) : !(Math.abs(is - wanted[t]) <= tolerance)) {
                throw new AssertionError(name + " at t=" + t + " is " + is + ", expected " + wanted[t] + " (to " + tolerance + ")");
            }
        }
    }
}
