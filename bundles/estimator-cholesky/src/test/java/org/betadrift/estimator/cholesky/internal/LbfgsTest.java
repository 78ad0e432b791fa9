package org.betadrift.estimator.cholesky.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Functions whose maximum is known. */
class LbfgsTest {
    /** Rosenbrock's valley (1960), upside down, chained over n coordinates. */
    private static double rosenbrock(double[] x, double[] g) {
        double value = 0;
        Arrays.fill(g, 0);
        for (int i = 0; i + 1 < x.length; i++) {
            double a = x[i + 1] - x[i] * x[i];
            double b = 1 - x[i];
            value -= 100 * a * a + b * b;
            g[i] += 400 * a * x[i] + 2 * b;
            g[i + 1] -= 200 * a;
        }
        return value;
    }

    @Test
    void rosenbrocksValley() {
        for (int n : new int[] {2, 10, 200}) {
            double[] start = new double[n];
            for (int i = 0; i < n; i++) {
                start[i] = i % 2 == 0 ? -1.2 : 1;
            }
            Lbfgs.End end = Lbfgs.climb(LbfgsTest::rosenbrock, start, 1e-9, () -> true);
            assertThat(end.settled()).isTrue();
            assertThat(end.steepest()).isLessThan(1e-9);
            if (n == 2) {
                assertThat(end.x()).containsExactly(new double[] {1, 1}, within(1e-7));
            }
        }
    }

    /** A value with an offset of 1e6 has no digits for the last steps: the slope alone must lead on. */
    @Test
    void convergesBeyondTheDigitsOfTheValue() {
        Lbfgs.Function far = (x, g) -> {
            double value = 1e6;
            for (int i = 0; i < x.length; i++) {
                double curvature = 1 + i;
                value -= 0.5 * curvature * x[i] * x[i] + 0.1 * Math.pow(x[i], 4);
                g[i] = -curvature * x[i] - 0.4 * Math.pow(x[i], 3);
            }
            return value;
        };
        double[] start = new double[30];
        Arrays.fill(start, 2);
        Lbfgs.End end = Lbfgs.climb(far, start, 1e-14, () -> true); // 1e-8 in all
        assertThat(end.steepest()).isLessThan(1e-8);
    }

    @Test
    void stepsBackIntoTheDomain() {
        Lbfgs.Function logarithm = (x, g) -> {
            if (!(x[0] > 0)) {
                return Double.NEGATIVE_INFINITY;
            }
            g[0] = 1 / x[0] - 3;
            return Math.log(x[0]) - 3 * x[0];
        };
        assertThat(Lbfgs.climb(logarithm, new double[] {1e-3}, 1e-10, () -> true).x()[0]).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(Lbfgs.climb(logarithm, new double[] {40}, 1e-10, () -> true).x()[0]).isCloseTo(1.0 / 3, within(1e-9));
    }

    @Test
    void stopsWhenToldTo() {
        AtomicInteger steps = new AtomicInteger();
        Lbfgs.End end = Lbfgs.climb(LbfgsTest::rosenbrock, new double[] {-1.2, 1}, 1e-9, () -> steps.incrementAndGet() <= 3);
        assertThat(end.settled()).isFalse();
        assertThat(steps.get()).isEqualTo(4);
    }

    @Test
    void outsideTheDomainThereIsNothing() {
        Lbfgs.End end = Lbfgs.climb((x, g) -> Double.NEGATIVE_INFINITY, new double[] {1}, 1e-9, () -> true);
        assertThat(end.value()).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
