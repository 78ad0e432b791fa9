package org.betadrift.diagnostics.internal;

/** Tails of the distributions that tests here need. */
final class Distributions {
    private static final double LEAST = 1e-300;

    private Distributions() { }

    /** P(X > x) of chi-squared: a series below the mean, Lentz's continued fraction above it (Abramowitz and Stegun 6.5.29, 6.5.31). */
    static double chiSquaredTail(double x, int degreesOfFreedom) {
        if (!(x > 0)) {
            return Double.isNaN(x) ? Double.NaN : 1;
        }
        double a = 0.5 * degreesOfFreedom;
        double y = 0.5 * x;
        double front = Math.exp(a * Math.log(y) - y - logGamma(degreesOfFreedom));
        if (y < a + 1) {
            double term = 1 / a;
            double sum = term;
            for (int i = 1; term > 1e-17 * sum; i++) {
                term *= y / (a + i);
                sum += term;
            }
            return 1 - front * sum;
        }
        double b = y + 1 - a;
        double c = 1 / LEAST;
        double d = 1 / b;
        double fraction = d;
        for (int i = 1; i < 10_000; i++) {
            double an = -i * (i - a);
            b += 2;
            d = 1 / nonZero(an * d + b);
            c = nonZero(b + an / c);
            fraction *= d * c;
            if (Math.abs(d * c - 1) < 1e-16) {
                break;
            }
        }
        return front * fraction;
    }

    private static double nonZero(double x) {
        return Math.abs(x) < LEAST ? LEAST : x;
    }

    /** log Gamma(n / 2), from Gamma(1) = 1 and Gamma(1/2) = sqrt pi. */
    private static double logGamma(int n) {
        double sum = n % 2 == 0 ? 0 : 0.5 * Math.log(Math.PI);
        for (int i = n % 2 == 0 ? 2 : 1; i < n; i += 2) {
            sum += Math.log(0.5 * i);
        }
        return sum;
    }

    /** P(max over [0, 1] of |W| > x) of a Brownian motion W (Feller 1971, X.5). */
    static double brownianExcursionTail(double x) {
        if (!(x > 0)) {
            return Double.isNaN(x) ? Double.NaN : 1;
        }
        if (x > 1.5) { // by reflections: 4 sum (-1)^k P(N > (2k + 1) x)
            double sum = 0;
            for (int k = 0; k < 20; k++) {
                double y = (2 * k + 1) * x;
                sum += (k % 2 == 0 ? 2 : -2) * chiSquaredTail(y * y, 1);
            }
            return Math.min(1, sum);
        }
        double sum = 0;
        for (int k = 0; k < 40; k++) {
            double odd = 2 * k + 1;
            sum += (k % 2 == 0 ? 1 : -1) / odd * Math.exp(-Math.PI * Math.PI * odd * odd / (8 * x * x));
        }
        return Math.max(0, 1 - 4 / Math.PI * sum);
    }
}
