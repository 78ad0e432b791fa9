package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.betadrift.model.Covariance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The steps without loops do what the loops do. */
class UdStepsTest {
    private static final int DATES = 50;

    static IntStream states() {
        return IntStream.rangeClosed(1, UdSteps.MOST_STATES);
    }

    @ParameterizedTest
    @MethodSource("states")
    void loopsAgree(int k) {
        for (int seed = 1; seed <= 10; seed++) {
            Random random = new Random(1000L * seed + k);
            UdFactor straight = new UdFactor(k, UdSteps.of(k));
            UdFactor loops = new UdFactor(k, null);
            double[] start = triangle(k, random);
            straight.set(start);
            loops.set(start);
            double[] q = random.doubles(k, 1e-6, 1e-2).toArray();
            for (int t = 0; t < DATES; t++) {
                straight.addDiagonal(q);
                loops.addDiagonal(q);
                double[] h = random.doubles(k, -1, 1).toArray();
                straight.condition(h, 0, 1e-4);
                loops.condition(h, 0, 1e-4);
                String where = "seed " + seed + ", date " + t;
                assertThat(straight.variance()).as(where).isCloseTo(loops.variance(), within(1e-11 * loops.variance()));
                assertSame(packed(straight, k), packed(loops, k), where);
            }
        }
    }

    private static void assertSame(double[] actual, double[] expected, String where) {
        double largest = IntStream.range(0, expected.length).mapToDouble(i -> Math.abs(expected[i])).max().orElseThrow();
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as(where + ", entry " + i).isCloseTo(expected[i], within(1e-11 * largest));
        }
    }

    private static double[] packed(UdFactor p, int k) {
        double[] packed = new double[Covariance.size(k)];
        p.copyPacked(packed, 0);
        return packed;
    }

    /** A A', packed. */
    private static double[] triangle(int k, Random random) {
        double[] a = random.doubles(k * k, -1, 1).toArray();
        double[] packed = new double[Covariance.size(k)];
        for (int i = 0, at = 0; i < k; i++) {
            for (int j = 0; j <= i; j++, at++) {
                for (int l = 0; l < k; l++) {
                    packed[at] += a[i * k + l] * a[j * k + l];
                }
            }
        }
        return packed;
    }
}
