package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.betadrift.model.Covariance;
import org.betadrift.testkit.ExactFilter;
import org.betadrift.testkit.IllConditioned;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the UD kernel keeps where the covariance form loses its digits, beside 170 decimal digits. */
class IllConditionedTest {
    private static final double LOG_LIKELIHOOD = 1e-7;
    private static final double VARIANCE = 1e-8;
    /** From a diffuse start variances are those of the first rows' inverse, here collinear to 1e-8: half of sixteen digits are left. */
    private static final double DIFFUSE_VARIANCE = 1e-7;
    private static final double EIGENVALUE = 1e-15;
    private static final double[] ONES = {1, 1, 1};

    static List<IllConditioned> known() {
        return IllConditioned.known();
    }

    static List<IllConditioned> diffuse() {
        return IllConditioned.diffuse();
    }

    @ParameterizedTest
    @MethodSource({"known", "diffuse"})
    void keepsItsDigits(IllConditioned one) {
        KernelRun run = new KernelRun(one.model());
        ExactFilter exact = new ExactFilter(one.model());
        double r = one.model().observationNoise().at(0).variance(0);
        double variance = one.model().initial().hasDiffuse() ? DIFFUSE_VARIANCE : VARIANCE;
        for (int t = 0; t < IllConditioned.DATES; t++) {
            run.predict(t);
            exact.predict(t);
            requireVariances(t, "predicted", run, exact, variance);
            run.update(one.y()[t], one.h()[t], r);
            exact.update(one.y()[t], one.h()[t], r);
            requireVariances(t, "after y", run, exact, variance);
            if (one.constrained()) {
                run.update(1, ONES, 0);
                exact.update(1, ONES, 0);
                requireVariances(t, "after the sum", run, exact, variance);
            }
        }
        assertThat(run.diffuse()).as("diffuse rows").isEqualTo(exact.infinite());
        assertThat(run.redundant()).as("redundant rows").isEqualTo(exact.redundant());
        assertThat(run.logLikelihood()).as("log-likelihood").isCloseTo(exact.logLikelihood(), Offset.offset(LOG_LIKELIHOOD));
    }

    private static void requireVariances(int t, String when, KernelRun run, ExactFilter exact, double tolerance) {
        double[] packed = run.covariances();
        int states = ONES.length;
        boolean finite = true;
        for (int i = 0; i < states; i++) {
            double wanted = exact.covariance(i, i);
            double is = packed[Covariance.index(i, i)];
            if (Double.isNaN(wanted) ? !Double.isNaN(is) : !(Math.abs(is - wanted) <= tolerance * wanted)) {
                throw new AssertionError("variance of state " + i + " at t=" + t + ", " + when + ", is " + is + ", expected " + wanted);
            }
            finite &= !Double.isNaN(wanted);
        }
        if (finite && !ExactFilter.isPositiveSemidefinite(states, packed, EIGENVALUE)) {
            throw new AssertionError("P at t=" + t + ", " + when + ", has a negative eigenvalue: " + Arrays.toString(packed));
        }
    }
}
