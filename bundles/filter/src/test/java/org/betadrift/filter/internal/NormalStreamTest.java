package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NormalStreamTest {
    /** The first bits of xoshiro256++ from the state 1, 2, 3, 4, worked out by another program. */
    @Test
    void bitsAreThoseOfTheGenerator() {
        NormalStream stream = new NormalStream(1, 2, 3, 4);
        for (long expected : new long[] {41943041L, 58720359L, 3588806011781223L, 3591011842654386L,
            Long.parseUnsignedLong("9228616714210784205"), Long.parseUnsignedLong("9973669472204895162")}) {
            assertThat(stream.bits()).isEqualTo(expected);
        }
    }

    /** SplitMix64's mixing is that of the JDK's SplittableRandom. */
    @Test
    void mixesLikeSplitMix64() {
        SplittableRandom jdk = new SplittableRandom(42);
        for (long i = 1; i < 10; i++) {
            assertThat(NormalStream.mix(42 + i * 0x9e3779b97f4a7c15L)).isEqualTo(jdk.nextLong());
        }
    }

    /** For ever: a user's seeds must mean tomorrow what they mean today. Worked out by another program from the sources. */
    @Test
    void numbersOfASeedAreFixed() {
        requireFirst(new NormalStream(1, 0), -0.2674124190419329, 1.667234553002344, -0.5149763428317495, -1.0113302745138186, -0.8355894476643382);
        requireFirst(new NormalStream(-7, 3), 0.12696735730729986, 0.285246313959804, -1.147853798833751, 0.009014353337790444, 0.9631964073006402);
        requireFirst(new NormalStream(0, -1), 0.7784003790324833, -0.4336949765792622, 0.4312888480682613, 1.5841856644434793, 0.41562586011398084);
    }

    private static void requireFirst(NormalStream stream, double... expected) {
        for (double number : expected) {
            assertThat(stream.getAsDouble()).isCloseTo(number, Offset.offset(1e-14));
        }
    }

    /** Moments up to the sixth, tails, and neighbours in a stream, each to six standard errors. */
    @Test
    void areNormalAndIndependent() {
        int count = 1_000_000;
        double[] sums = new double[7];
        double neighbours = 0;
        double before = 0;
        int beyondTwo = 0;
        NormalStream stream = new NormalStream(5, 0);
        for (int i = 0; i < count; i++) {
            double z = stream.getAsDouble();
            double power = 1;
            for (int p = 1; p < sums.length; p++) {
                power *= z;
                sums[p] += power / count;
            }
            neighbours += z * before / count;
            before = z;
            beyondTwo += Math.abs(z) > 1.959963984540054 ? 1 : 0;
        }
        double[] expected = {0, 0, 1, 0, 3, 0, 15};
        double[] variance = {0, 1, 2, 15, 96, 945, 10170}; // E z^2p - (E z^p)^2
        for (int p = 1; p < sums.length; p++) {
            assertThat(sums[p]).as("moment %s", p).isCloseTo(expected[p], Offset.offset(6 * Math.sqrt(variance[p] / count)));
        }
        assertThat(neighbours).isCloseTo(0, Offset.offset(6 / Math.sqrt(count)));
        assertThat(beyondTwo / (double) count).isCloseTo(0.05, Offset.offset(6 * Math.sqrt(0.05 * 0.95 / count)));
    }

    /** Substreams, and those of neighbouring seeds, begin differently and are uncorrelated. */
    @Test
    void substreamsHaveNothingInCommon() {
        Set<Double> first = new HashSet<>();
        double products = 0;
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            double one = new NormalStream(9, i).getAsDouble();
            first.add(one);
            products += one * new NormalStream(9, i + 1).getAsDouble() / count;
            first.add(new NormalStream(10, i).getAsDouble());
        }
        assertThat(first).hasSize(2 * count);
        assertThat(products).isCloseTo(0, Offset.offset(6 / Math.sqrt(count)));
    }
}
