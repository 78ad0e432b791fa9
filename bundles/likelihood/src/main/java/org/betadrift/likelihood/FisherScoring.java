package org.betadrift.likelihood;

import java.util.Arrays;

/**
 * A few steps of Fisher scoring in the variances themselves, kept at or above zero, damped where a step fails (Levenberg, Marquardt).
 * At zero the score and the expected information know which states move at all, so it needs no start of its own; its information matrix
 * is where a quasi-Newton search goes on from.
 */
final class FisherScoring {
    private final Objective f;
    private final Watch watch;
    private final int n;
    private double[] u;
    private double[] g;
    private double[][] info;
    private double value;

    FisherScoring(Objective f, double[] start, Watch watch) {
        this.f = f;
        this.watch = watch;
        n = f.size();
        u = start.clone();
        g = new double[n];
        info = new double[n][n];
        value = f.information(u, g, info);
    }

    /** Steps at most so often, and less when it gains nothing. @return this */
    FisherScoring steps(int most) {
        double damping = 0;
        for (int i = 0; i < most && watch.goesOn(); i++) {
            double before = value;
            damping = step(damping);
            if (!(value > before + 1e-8)) {
                break;
            }
        }
        return this;
    }

    /** @return the damping to go on with */
    private double step(double from) {
        double damping = from;
        for (int tries = 0; tries < 20; tries++) {
            double[] d = Equations.solve(info, damping, g, held());
            double[] next = new double[n];
            for (int i = 0; i < n; i++) {
                next[i] = f.isVariance(i) ? projected(i, u[i] + d[i]) : u[i] + Math.max(-2, Math.min(2, d[i]));
            }
            double[] slope = new double[n];
            double[][] its = new double[n][n];
            double there = f.information(next, slope, its);
            if (there > value - 1e-11 * Math.abs(value)) {
                u = next;
                g = slope;
                info = its;
                value = there;
                return damping < 1e-6 ? 0 : damping * 0.1;
            }
            damping = damping == 0 ? 0.1 : damping * 8;
        }
        return damping;
    }

    /** A step below zero stops on the way unless it began near; one up is kept within reach of what the information knows. */
    private double projected(int i, double to) {
        double kept = to >= 1e-11 ? to : u[i] > 1e-5 ? u[i] * 0.02 : 0;
        return Math.min(f.upper(i), u[i] > 0 ? Math.min(kept, u[i] * 50 + 1e-6) : kept);
    }

    private boolean[] held() {
        boolean[] held = new boolean[n];
        for (int i = 0; i < n; i++) {
            held[i] = f.isFrozen(i) || info[i][i] <= 0 || f.isVariance(i) && u[i] <= 0 && g[i] <= 0;
        }
        return held;
    }

    double[] coordinates() {
        return u.clone();
    }

    /** Inverse information in search coordinates, a little damped; 1 for what it doesn't know (phi). */
    double[][] inverse() {
        boolean[] held = held();
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = info[i][j] * (f.isVariance(i) ? u[i] : 1) * (f.isVariance(j) ? u[j] : 1) + (i == j ? 1e-2 : 0);
            }
            held[i] |= f.isVariance(i) && u[i] == 0;
        }
        double[][] inverse = new double[n][n];
        for (int c = 0; c < n; c++) {
            double[] e = new double[n];
            e[c] = 1;
            double[] column = held[c] ? e : Equations.solve(a, 0, e, held);
            for (int i = 0; i < n; i++) {
                inverse[i][c] = column[i];
            }
        }
        return inverse;
    }

    @Override
    public String toString() {
        return Arrays.toString(u) + " " + value;
    }
}
