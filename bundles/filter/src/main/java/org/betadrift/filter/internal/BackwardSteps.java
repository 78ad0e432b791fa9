package org.betadrift.filter.internal;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * How each date follows from the next one: beta_t-1 given beta_t and the dates before, for every step of a forward pass of
 * {@link UdKernel}. A step is beta_t = c + T beta_t-1 + sum over i of g_i w_i with independent w_i. Adding one w of variance q
 * to x, x' = x + g w, is undone by
 * <pre>{@code
 * E(w | x') = m'(x' - E x'),  m = q P'^-1 g = U'^-T b,  Var(w | x') = c,
 * x = x' - g w
 * }</pre>
 * with b and c as {@link UdFactor#add} gives them: no P is inverted, nothing is subtracted from a large variance, and an infinite
 * variance has its limit (b = 0). T is undone the same way, with the components of U D U' for noises: x = J (x' - E x') + E x +
 * a rest of covariance C = sum over parts of c d d', NaN for a state that nothing tells of. All of it is exact on diffuse dates.
 * Memory n K^2. One thread.
 */
final class BackwardSteps {
    private final int k;
    private final boolean identity;
    private final int[] count;        // noises of a date
    private final int[] states;       // by noise: g = e_state, or -1
    private final double[] g;         // by noise, K each; null as long as every g is a unit vector
    private final double[] m;         // by noise, K each
    private final double[] c;         // by noise
    private final double[] j;         // J of T, K x K a date; null for a random walk
    private final int[] components;   // parts of the rest of a date; null for a random walk
    private final double[] d;         // by part: its direction, K each; NaN where nothing tells of it
    private final double[] left;      // by part: its variance
    private final double[] regression;
    private final double[] work;
    private int t;

    /** @param unitNoises whether every Q_t is diagonal */
    BackwardSteps(int dates, int k, boolean identity, boolean unitNoises) {
        this.k = k;
        this.identity = identity;
        count = new int[dates];
        states = new int[dates * k];
        g = unitNoises ? null : new double[dates * k * k];
        m = new double[dates * k * k];
        c = new double[dates * k];
        j = identity ? null : new double[dates * k * k];
        components = identity ? null : new int[dates];
        d = identity ? null : new double[dates * k * k];
        left = identity ? null : new double[dates * k];
        regression = new double[k];
        work = new double[k * k];
    }

    /** The step into date t begins. */
    void begin(int date) {
        t = date;
        count[t] = 0;
        if (!identity) {
            components[t] = 0;
        }
    }

    /** Where the next {@link UdFactor#add} writes b. */
    double[] regression() {
        return regression;
    }

    /** P was given the noise of one state; b is in {@link #regression}. */
    void noise(int state, double left, UdFactor p) {
        states[t * k + count[t]] = state;
        keep(left, p);
    }

    /** P was given a noise in direction g; b is in {@link #regression}. */
    void noise(double[] direction, double left, UdFactor p) {
        int at = t * k + count[t];
        states[at] = -1;
        System.arraycopy(direction, 0, g, at * k, k);
        keep(left, p);
    }

    private void keep(double left, UdFactor p) {
        int at = t * k + count[t]++;
        p.solveTransposed(regression);
        System.arraycopy(regression, 0, m, at * k, k);
        c[at] = left;
    }

    /**
     * T P T' was given one component u of P, as T u: d = u - J T u, J += d m', C += c d d'.
     *
     * @param column u
     * @param moved T u
     * @param variance c
     */
    void component(double[] column, double[] moved, double variance, UdFactor p) {
        p.solveTransposed(regression);
        int at = t * k * k;
        int part = t * k + components[t]++;
        for (int i = 0; i < k; i++) {
            double sum = column[i];
            double size = Math.abs(column[i]);
            for (int l = 0; l < k; l++) {
                double term = j[at + i * k + l] * moved[l];
                sum -= term;
                size += Math.abs(term);
            }
            work[i] = sum;
            d[part * k + i] = Double.isInfinite(variance) ? Math.abs(sum) <= UdFactor.ZERO * size ? 0 : Double.NaN : sum;
        }
        left[part] = Double.isInfinite(variance) ? 1 : variance;
        for (int i = 0; i < k; i++) {
            for (int l = 0; l < k; l++) {
                j[at + i * k + l] += work[i] * regression[l];
            }
        }
    }

    /** From E(beta_t | y) - beta_t|t-1 to E(beta_t-1 | y) - beta_t-1|t-1, in place. */
    void mean(int date, double[] delta) {
        for (int at = date * k + count[date] - 1; at >= date * k; at--) {
            take(at, dot(at, delta), delta);
        }
        map(date, delta);
    }

    /** The same for a draw: each w from its distribution. */
    void draw(int date, double[] delta, DoubleSupplier gaussian) {
        for (int at = date * k + count[date] - 1; at >= date * k; at--) {
            take(at, dot(at, delta) + Math.sqrt(c[at]) * gaussian.getAsDouble(), delta);
        }
        map(date, delta);
        for (int part = date * k; !identity && part < date * k + components[date]; part++) {
            double z = Math.sqrt(left[part]) * gaussian.getAsDouble();
            for (int i = 0; i < k; i++) {
                delta[i] += z * d[part * k + i];
            }
        }
    }

    private double dot(int at, double[] delta) {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += m[at * k + i] * delta[i];
        }
        return sum;
    }

    /** x = x' - g w. */
    private void take(int at, double w, double[] delta) {
        if (states[at] >= 0) {
            delta[states[at]] -= w;
            return;
        }
        for (int i = 0; i < k; i++) {
            delta[i] -= g[at * k + i] * w;
        }
    }

    private void map(int date, double[] delta) {
        if (identity) {
            return;
        }
        for (int i = 0; i < k; i++) {
            double sum = 0;
            for (int l = 0; l < k; l++) {
                sum += j[(date * k + i) * k + l] * delta[l];
            }
            work[i] = sum;
        }
        System.arraycopy(work, 0, delta, 0, k);
    }

    /**
     * From Var(beta_t | y) to Var(beta_t-1 | y), in place: V = (I - g m') V (I - g m')' + c g g' for each noise, V = J V J' + C.
     *
     * @param v K x K, both triangles
     */
    void covariance(int date, double[] v) {
        for (int at = date * k + count[date] - 1; at >= date * k; at--) {
            // z = V m, by rows of the symmetric V: no sum waits for another
            double[] z = work;
            Arrays.fill(z, 0, k, 0);
            for (int l = 0; l < k; l++) {
                double ml = m[at * k + l];
                for (int i = 0; i < k; i++) {
                    z[i] += v[l * k + i] * ml;
                }
            }
            double mz = 0;
            for (int i = 0; i < k; i++) {
                mz += m[at * k + i] * z[i];
            }
            if (states[at] >= 0) {
                int s = states[at];
                double variance = v[s * k + s] - 2 * z[s] + mz + c[at];
                for (int i = 0; i < k; i++) {
                    v[s * k + i] -= z[i];
                    v[i * k + s] = v[s * k + i];
                }
                v[s * k + s] = variance;
            } else {
                double own = mz + c[at];
                for (int i = 0; i < k; i++) {
                    double gi = g[at * k + i];
                    for (int l = 0; l <= i; l++) {
                        double gl = g[at * k + l];
                        v[i * k + l] += own * gi * gl - gi * z[l] - z[i] * gl;
                        v[l * k + i] = v[i * k + l];
                    }
                }
            }
        }
        if (!identity) {
            sandwich(date, v);
        }
    }

    private void sandwich(int date, double[] v) {
        int at = date * k * k;
        for (int i = 0; i < k; i++) {
            for (int l = 0; l < k; l++) {
                double sum = 0;
                for (int a = 0; a < k; a++) {
                    double ja = j[at + i * k + a];
                    sum += ja == 0 ? 0 : ja * v[a * k + l]; // a state nothing tells of has NaN
                }
                work[i * k + l] = sum;
            }
        }
        for (int i = 0; i < k; i++) {
            for (int l = 0; l <= i; l++) {
                double sum = 0;
                for (int part = date * k; part < date * k + components[date]; part++) {
                    double di = d[part * k + i];
                    double dl = d[part * k + l];
                    sum += di == 0 || dl == 0 ? 0 : left[part] * di * dl;
                }
                for (int a = 0; a < k; a++) {
                    double ja = j[at + l * k + a];
                    sum += ja == 0 ? 0 : work[i * k + a] * ja;
                }
                v[i * k + l] = sum;
                v[l * k + i] = sum;
            }
        }
    }
}
