package org.betadrift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;

/**
 * A pass or its smoothing beside the numbers of a {@link ReferenceCase}: a column to a part of its largest number. Where the
 * reference has none, an infinite variance or a missing y, there must be NaN.
 */
final class ReferenceComparison {
    private final ReferenceCase expected;
    private final int states;
    private final int targets;

    ReferenceComparison(ReferenceCase expected) {
        this.expected = expected;
        this.states = expected.model().states().count();
        this.targets = expected.sample().targets().size();
    }

    /** @param logLikelihood absolute @param tolerance of all else, a part of a column's largest number */
    void check(FilterResult pass, double logLikelihood, double tolerance) {
        LikelihoodConvention convention = pass.options().convention();
        assertThat(pass.logLikelihood()).as("log-likelihood, " + convention)
                .isCloseTo(expected.logLikelihood(convention), Offset.offset(logLikelihood));
        assertThat(pass.diffuseObservations()).as("diffuse observations").isEqualTo(expected.diffuseObservations());
        assertThat(pass.observations()).as("observations").isEqualTo(expected.sample().observations());
        requirePath(pass.predicted(), "pred", tolerance, tolerance);
        requirePath(pass.filtered(), "filt", tolerance, tolerance);
        for (int i = 0; i < targets; i++) {
            int target = i;
            requireColumn("v" + place(i), tolerance, t -> pass.innovation(t, target));
            requireColumn("v_std" + place(i), tolerance, t -> pass.standardizedInnovation(t, target));
            for (int j = 0; j <= i; j++) {
                int other = j;
                requireColumn("S" + place(i) + place(j), tolerance, t -> pass.innovationCovariance(t, target, other));
            }
            for (int k = 0; k < states; k++) {
                int state = k;
                requireColumn("gain_" + k + place(i), tolerance, t -> pass.gain(t, state, target));
            }
        }
        requireTerms(pass, tolerance);
    }

    /** The first dates of a diffuse start have terms too, in every convention another: the reference leaves them out. */
    private void requireTerms(FilterResult pass, double tolerance) {
        double largest = largest("loglik");
        double[] wanted = expected.expected().get("loglik");
        for (int t = 0; t < wanted.length; t++) {
            double is = pass.logLikelihood(t);
            if (Double.isNaN(wanted[t]) ? !Double.isFinite(is) : !(Math.abs(is - wanted[t]) <= tolerance * largest)) {
                throw new AssertionError("log-likelihood at t=" + t + " is " + is + ", expected " + wanted[t]);
            }
        }
    }

    /** @param means a part of a column's largest number @param covariances the same */
    void check(SmootherResult smoothing, double means, double covariances) {
        requirePath(smoothing.smoothed(), "smooth", means, covariances);
    }

    private void requirePath(StatePath path, String kind, double means, double covariances) {
        for (int k = 0; k < states; k++) {
            int state = k;
            requireColumn("a_" + kind + "_" + k, means, t -> path.mean(t, state));
            for (int j = 0; j <= k; j++) {
                int column = j;
                requireColumn("P_" + kind + "_" + k + "_" + j, covariances, t -> path.covariance(t, state, column));
            }
        }
    }

    /** With one target the columns have no index for it. */
    private String place(int target) {
        return targets == 1 ? "" : "_" + target;
    }

    private double largest(String name) {
        return Arrays.stream(expected.expected().get(name)).filter(v -> !Double.isNaN(v)).map(Math::abs).max().orElse(0);
    }

    private void requireColumn(String name, double tolerance, IntToDoubleFunction actual) {
        double[] wanted = expected.expected().get(name);
        double allowed = tolerance * largest(name);
        for (int t = 0; t < wanted.length; t++) {
            double is = actual.applyAsDouble(t);
            if (Double.isNaN(wanted[t]) ? !Double.isNaN(is) : !(Math.abs(is - wanted[t]) <= allowed)) {
                throw new AssertionError(name + " at t=" + t + " is " + is + ", expected " + wanted[t] + " (to " + allowed + ")");
            }
        }
    }
}
