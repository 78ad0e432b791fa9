package org.betadrift.filter.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * X = A X A' + B for one A whose powers die out: X = sum over j of A^j B A'^j, summed by doubling, X_2m = X_m + A^m X_m A'^m.
 * One thread, no allocation after birth.
 */
final class Lyapunov {
    /** Beside 1 a power this small adds nothing. */
    private static final double GONE = 1e-20;
    private static final int MOST_DOUBLINGS = 60;

    private final int k;
    private final List<double[]> powers = new ArrayList<>(); // A, A^2, A^4, ...
    private final double[] term;
    private final double[] work;

    /** @param a K x K by rows, spectral radius below one */
    Lyapunov(double[] a, int k) {
        this.k = k;
        term = new double[k * (k + 1) / 2];
        work = new double[k * k];
        double[] power = a.clone();
        while (powers.size() < MOST_DOUBLINGS && largest(power) > GONE) {
            powers.add(power);
            power = squared(power);
        }
    }

    /** B packed becomes X. */
    void solve(double[] b) {
        for (int i = 0; i < powers.size(); i++) {
            System.arraycopy(b, 0, term, 0, term.length);
            Packed.sandwich(powers.get(i), 0, term, 0, work, k);
            addTerm(b);
        }
    }

    /** B packed becomes X of X = A'X A + B. */
    void solveTransposed(double[] b) {
        for (int i = 0; i < powers.size(); i++) {
            System.arraycopy(b, 0, term, 0, term.length);
            Packed.sandwichTransposed(powers.get(i), 0, term, 0, work, k);
            addTerm(b);
        }
    }

    private void addTerm(double[] b) {
        for (int ij = 0; ij < term.length; ij++) {
            b[ij] += term[ij];
        }
    }

    private double[] squared(double[] a) {
        double[] square = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int l = 0; l < k; l++) {
                for (int j = 0; j < k; j++) {
                    square[i * k + j] += a[i * k + l] * a[l * k + j];
                }
            }
        }
        return square;
    }

    private static double largest(double[] a) {
        double largest = 0;
        for (double x : a) {
            largest = Math.max(largest, Math.abs(x));
        }
        return largest;
    }
}
