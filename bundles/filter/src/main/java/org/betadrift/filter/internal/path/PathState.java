package org.betadrift.filter.internal.path;

import java.util.Arrays;

/** A path with its inputs, auxiliary variables, slacks and multipliers. Mutable, one thread. */
final class PathState {
    final double[] beta;   // n x K
    final double[] u;      // by input
    final double[] aux;
    final double[] slack;  // by row of the limits; the value of an equality
    final double[] price;  // multipliers: not negative but of equalities

    PathState(PathNumbers numbers, Limits limits) {
        beta = new double[numbers.n * numbers.k];
        u = new double[numbers.firstInput(numbers.n)];
        aux = new double[limits.auxCount];
        slack = new double[limits.count];
        price = new double[limits.count];
    }

    private PathState(PathState of) {
        beta = of.beta.clone();
        u = of.u.clone();
        aux = of.aux.clone();
        slack = of.slack.clone();
        price = of.price.clone();
    }

    PathState copy() {
        return new PathState(this);
    }

    /** beta, u and aux go the part alpha of the way. */
    void towards(PathState to, double alpha) {
        move(beta, to.beta, alpha);
        move(u, to.u, alpha);
        move(aux, to.aux, alpha);
    }

    private static void move(double[] from, double[] to, double alpha) {
        for (int i = 0; i < from.length; i++) {
            from[i] += alpha * (to[i] - from[i]);
        }
    }

    @Override
    public String toString() {
        return "beta " + Arrays.toString(beta);
    }
}
