package org.betadrift.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.betadrift.model.Matrix;
import org.betadrift.model.StateConstraint;

/**
 * An orthonormal basis of the steps that keep a_i'beta for every row i, in the states that move: a'eta = 0. Gram-Schmidt, every vector
 * done twice (Golub and Van Loan 2013, 5.2), from the unit vectors in the order of the states; each has a positive part of the state
 * it was made from, so that the basis is the same wherever it is worked out.
 */
final class FreeDirections {
    /** What is left of a vector beside others when it is made of them. */
    private static final double DEPENDENT = 1e-10;
    /** A unit vector with this part of the most that any has left is far enough from the others. */
    private static final double APART = 0.5;

    private FreeDirections() { }

    /** K x p. @param moving ascending */
    static Matrix of(int states, int[] moving, List<StateConstraint> rows) {
        List<double[]> held = new ArrayList<>();
        for (StateConstraint row : rows) {
            double[] a = new double[states];
            for (int k : moving) {
                a[k] = row.weight(0, k);
            }
            double whole = norm(a);
            if (whole > 0) { // else it is about states that don't move
                divide(a, whole);
                take(held, a);
                if (norm(a) > DEPENDENT) {
                    divide(a, norm(a));
                    held.add(a);
                }
            }
        }
        List<double[]> free = new ArrayList<>();
        List<double[]> all = new ArrayList<>(held);
        while (free.size() < moving.length - held.size()) {
            double[] next = next(states, moving, all);
            free.add(next);
            all.add(next);
        }
        double[] values = new double[states * free.size()];
        for (int j = 0; j < free.size(); j++) {
            for (int k = 0; k < states; k++) {
                values[k * free.size() + j] = free.get(j)[k];
            }
        }
        return Matrix.of(states, free.size(), values);
    }

    private static double[] next(int states, int[] moving, List<double[]> all) {
        double[][] left = Arrays.stream(moving).mapToObj(k -> {
            double[] e = new double[states];
            e[k] = 1;
            take(all, e);
            return e;
        }).toArray(double[][]::new);
        double most = Arrays.stream(left).mapToDouble(FreeDirections::norm).max().orElseThrow();
        double[] next = Arrays.stream(left).filter(e -> norm(e) >= APART * most).findFirst().orElseThrow();
        divide(next, norm(next));
        return next;
    }

    /** Takes the parts of orthonormal vectors off x. */
    private static void take(List<double[]> parts, double[] x) {
        for (int pass = 0; pass < 2; pass++) {
            for (double[] part : parts) {
                double dot = 0;
                for (int k = 0; k < x.length; k++) {
                    dot += part[k] * x[k];
                }
                for (int k = 0; k < x.length; k++) {
                    x[k] -= dot * part[k];
                }
            }
        }
    }

    private static double norm(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private static void divide(double[] x, double by) {
        for (int k = 0; k < x.length; k++) {
            x[k] /= by;
        }
    }
}
