package org.betadrift.filter.internal;

import java.util.function.DoubleSupplier;

/**
 * Independent N(0, 1) numbers from a seed, bit by bit the same on every machine and every Java: the generator is written here,
 * as the JDK names none that is both specified and in java.base; Java 17's arithmetic is strict; sqrt is exactly rounded
 * everywhere; and log is StrictMath's. Substreams of one seed are independent, so work may be cut into pieces in any way.
 *
 * <p>Sources: Blackman and Vigna (2021), xoshiro256++, ACM TOMS 47(4), for the bits; Steele, Lea and Flood (2014), SplitMix64,
 * OOPSLA, for its state: words 4 s to 4 s + 3 of the seed's sequence make substream s; Marsaglia and Bray (1964), the polar method.
 * Mutable, one thread.
 */
final class NormalStream implements DoubleSupplier {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long a;
    private long b;
    private long c;
    private long d;
    private double spare;
    private boolean hasSpare;

    /** @param substream any number, also a negative one */
    NormalStream(long seed, long substream) {
        long start = mix(seed) + 4 * substream * GOLDEN;
        a = mix(start + GOLDEN); // four different words, so that never all of them are zero
        b = mix(start + 2 * GOLDEN);
        c = mix(start + 3 * GOLDEN);
        d = mix(start + 4 * GOLDEN);
    }

    /** From a state of xoshiro256++, not all zero. */
    NormalStream(long a, long b, long c, long d) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
    }

    static long mix(long z) {
        long x = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        x = (x ^ x >>> 27) * 0x94d049bb133111ebL;
        return x ^ x >>> 31;
    }

    long bits() {
        long result = Long.rotateLeft(a + d, 23) + a;
        long t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = Long.rotateLeft(d, 45);
        return result;
    }

    /** Two of them from a point (u, v) in the unit disc: u f and v f, f = sqrt(-2 log s / s), s = u^2 + v^2. */
    @Override
    public double getAsDouble() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double u;
        double v;
        double s;
        do {
            u = symmetric();
            v = symmetric();
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double f = Math.sqrt(-2 * StrictMath.log(s) / s);
        spare = v * f;
        hasSpare = true;
        return u * f;
    }

    /** Uniform in [-1, 1), 54 bits. */
    private double symmetric() {
        return (bits() >> 10) * 0x1p-53;
    }
}
