package org.betadrift.estimator.cholesky.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Where to climb from: V of least squares, and W = s V / mean(x^2) for some s. X = 1 is s = 0.01. */
final class Starts {
    private static final double UNIT = 0.01;
    private static final double LEAST = 1e-4;
    private static final double MOST = 10;

    private Starts() { }

    /**
     * By name: s = 0.01, s = 1, then at random.
     *
     * @param count 1 or more
     */
    static Map<String, double[]> of(Family family, int count, long seed) {
        Map<String, double[]> starts = new LinkedHashMap<>();
        starts.put("s = 0.01", family.level(1));
        if (count > 1) {
            starts.put("s = 1", family.level(1 / UNIT));
        }
        Random random = new Random(seed);
        for (int i = 2; i < count; i++) {
            starts.put("random " + (i - 1), random(family, random));
        }
        return starts;
    }

    private static double[] random(Family family, Random random) {
        double[] theta = family.level(1);
        for (int d = 0; d < family.drifts().size(); d++) {
            Drift drift = family.drifts().get(d);
            double s = Math.exp(Math.log(LEAST) + Math.log(MOST / LEAST) * random.nextDouble());
            for (int e = 0; e < drift.entries(); e++) {
                theta[family.at(d) + e] = Math.sqrt(s / UNIT) * random.nextGaussian();
            }
        }
        return theta;
    }

    /**
     * A user's: Cholesky entries L row by row in the data's units, of V = L L', then of every free W = L L' in the order of the factors.
     *
     * @param numbers {@link #count} of them, none on the diagonal of V zero
     */
    static double[] users(Family family, double[] numbers) {
        double[] theta = family.level(1);
        int next = 0;
        int m = family.sample().targets().size();
        double[][] l = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                if (family.observation().isFree(i, j)) {
                    l[i][j] = numbers[next++];
                }
            }
        }
        family.observation().near(l, theta, 0);
        for (int d = 0; d < family.drifts().size(); d++) {
            Drift drift = family.drifts().get(d);
            double[] entries = java.util.Arrays.copyOfRange(numbers, next, next + drift.entries());
            next += entries.length;
            double[][] b = drift.factor(entries, 0);
            double[][] white = Dense.times(Dense.inverseOfLower(drift.whitening()), b);
            double by = 1 / Math.sqrt(drift.places().get(0).unit());
            for (int e = 0; e < entries.length; e++) {
                theta[family.at(d) + e] = by * white[drift.row(e)][drift.column(e)];
            }
        }
        return theta;
    }

    /** How many numbers a user's start has. */
    static int count(Family family) {
        return family.observation().size() + family.drifts().stream().mapToInt(Drift::entries).sum();
    }

    /** Whether the numbers make a V that is positive definite. */
    static boolean isRegular(Family family, double[] numbers) {
        int next = 0;
        for (int i = 0; i < family.sample().targets().size(); i++) {
            for (int j = 0; j <= i; j++) {
                if (family.observation().isFree(i, j) && numbers[next++] == 0 && i == j) {
                    return false;
                }
            }
        }
        return true;
    }
}
