package org.betadrift.filter.internal.path;

import java.util.function.DoubleSupplier;

/**
 * One draw of z ~ N(0, I) within walls, from another: exact Hamiltonian Monte Carlo (Pakman and Paninski 2014). With a velocity drawn
 * from N(0, I) the point moves along z cos s + v sin s for a quarter of a turn and is mirrored by each wall it hits; no step is rejected
 * and no step size chosen. A wall is value = offset + f'z >= 0, or a gross limit, whose face changes where a part changes its sign. Times
 * are kept as cosine and sine, so there is no transcendental function and every machine draws the same numbers. One thread.
 */
final class Billiard {
    /** A gross limit: limit - sum of shares |x_i| >= 0, x_i the values of rows first.. */
    record Gross(int first, double[] shares, double limit) { }

    private static final double TOUCHES = 1e-13; // in posterior standard deviations
    private static final int CACHED = 3_000_000;

    private final int size;       // of z
    private final int walls;      // rows that are walls; then the parts of gross limits
    private final int count;
    private final double[] f;     // rows x size
    private final Gross[] gross;
    private final double[][] products; // by row, F f_row; null where it doesn't pay
    private final double[] lengths;    // f'f
    private final double[] p;          // f'z
    private final double[] q;          // f'v
    private final double[] offset;
    private final double[] v;
    private final double[] mirror;
    private final int[] sign;
    private final int most;
    private double cos;           // of the next hit
    private double sin;
    private double restCos;       // of what is left of the turn
    private double restSin;

    /** @param f rows x size; walls first */
    Billiard(int size, double[] f, int walls, int count, Gross[] gross) {
        this.size = size;
        this.f = f;
        this.walls = walls;
        this.count = count;
        this.gross = gross;
        products = (long) count * count <= CACHED && size > 8 ? new double[count][] : null;
        lengths = new double[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < size; j++) {
                lengths[i] += f[i * size + j] * f[i * size + j];
            }
        }
        p = new double[count];
        q = new double[count];
        offset = new double[count];
        v = new double[size];
        mirror = new double[count];
        sign = new int[count];
        most = 1000 + 100 * count;
    }

    /**
     * @param z replaced, from {@code at} on
     * @param values of the rows at z
     * @return whether it moved; false after far too many hits, z is as it was then
     */
    boolean draw(double[] z, int at, double[] values, DoubleSupplier gaussian) {
        for (int j = 0; j < size; j++) {
            v[j] = gaussian.getAsDouble();
        }
        for (int i = 0; i < count; i++) {
            p[i] = 0;
            q[i] = 0;
            for (int j = 0; j < size; j++) {
                p[i] += f[i * size + j] * z[at + j];
                q[i] += f[i * size + j] * v[j];
            }
            offset[i] = values[i] - p[i];
            sign[i] = values[i] > 0 || values[i] == 0 && q[i] >= 0 ? 1 : -1;
        }
        double[] was = java.util.Arrays.copyOfRange(z, at, at + size);
        restCos = 0;
        restSin = 1;
        for (int hits = 0; hits < most; hits++) {
            int hit = next();
            advance(z, at);
            if (hit < 0) {
                return true;
            }
            bounce(hit);
        }
        System.arraycopy(was, 0, z, at, size);
        return false;
    }

    /** The first wall, part (its sign changes) or gross limit (count + its index) on the way; -1 for the end of the turn. */
    private int next() {
        int hit = -1;
        cos = restCos;
        sin = restSin;
        for (int i = 0; i < walls; i++) {
            if (lengths[i] > 0 && reaches(offset[i], p[i], q[i])) {
                hit = i;
            }
        }
        for (int g = 0; g < gross.length; g++) {
            double o = gross[g].limit;
            double gp = 0;
            double gq = 0;
            for (int i = 0; i < gross[g].shares.length; i++) {
                int row = gross[g].first + i;
                if (reaches(sign[row] * offset[row], sign[row] * p[row], sign[row] * q[row])) {
                    hit = row;
                }
                double share = sign[row] * gross[g].shares[i];
                o -= share * offset[row];
                gp -= share * p[row];
                gq -= share * q[row];
            }
            if (reaches(o, gp, gq)) {
                hit = count + g;
            }
        }
        return hit;
    }

    /** Whether o + p cos s + q sin s falls through 0 before the next hit so far, which it becomes then. */
    private boolean reaches(double o, double wallP, double wallQ) {
        if (o + wallP <= TOUCHES && wallQ < 0) {
            boolean first = sin > 0;
            cos = 1;
            sin = 0;
            return first;
        }
        double rr = wallP * wallP + wallQ * wallQ;
        double hh = rr - o * o;
        if (hh <= 0) {
            return false;
        }
        double h = Math.sqrt(hh);
        double c = (-o * wallP - wallQ * h) / rr; // of the two crossings the one where it falls
        double s = (-o * wallQ + wallP * h) / rr;
        if (s < 0 || c <= 0 || s * cos - c * sin >= 0) {
            return false;
        }
        cos = c;
        sin = s;
        return true;
    }

    private void advance(double[] z, int at) {
        for (int i = 0; i < count; i++) {
            double now = p[i] * cos + q[i] * sin;
            q[i] = q[i] * cos - p[i] * sin;
            p[i] = now;
        }
        for (int j = 0; j < size; j++) {
            double now = z[at + j] * cos + v[j] * sin;
            v[j] = v[j] * cos - z[at + j] * sin;
            z[at + j] = now;
        }
        double c = restCos * cos + restSin * sin;
        restSin = Math.max(0, restSin * cos - restCos * sin);
        restCos = c;
    }

    private void bounce(int hit) {
        if (hit >= count) {
            Gross g = gross[hit - count];
            java.util.Arrays.fill(mirror, 0);
            double speed = 0;
            for (int i = 0; i < g.shares.length; i++) {
                int row = g.first + i;
                speed -= sign[row] * g.shares[i] * q[row];
                add(row, -sign[row] * g.shares[i], mirror);
            }
            double length = 0;
            for (int i = 0; i < g.shares.length; i++) {
                length -= sign[g.first + i] * g.shares[i] * mirror[g.first + i];
            }
            double turn = -2 * speed / length;
            for (int i = 0; i < count; i++) {
                q[i] += turn * mirror[i];
            }
            for (int i = 0; i < g.shares.length; i++) {
                int row = g.first + i;
                push(row, -turn * sign[row] * g.shares[i]);
            }
        } else if (hit >= walls) {
            sign[hit] = -sign[hit];
        } else {
            double turn = -2 * q[hit] / lengths[hit];
            push(hit, turn);
            add(hit, turn, q);
        }
    }

    private void push(int row, double by) {
        for (int j = 0; j < size; j++) {
            v[j] += by * f[row * size + j];
        }
    }

    /** to += by F f_row. */
    private void add(int row, double by, double[] to) {
        double[] product = products == null ? null : products[row];
        if (product == null) {
            product = new double[count];
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < size; j++) {
                    product[i] += f[i * size + j] * f[row * size + j];
                }
            }
            if (products != null) {
                products[row] = product;
            }
        }
        for (int i = 0; i < count; i++) {
            to[i] += by * product[i];
        }
    }
}
