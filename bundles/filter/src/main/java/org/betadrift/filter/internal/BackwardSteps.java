package org.betadrift.filter.internal;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;

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
 * a rest of covariance C. All of it is exact on diffuse dates. A discount is a noise of variance (1 / delta - 1) P to x of variance
 * P: E(x | x') = E x + delta (x' - E x'), Var(x | x') = (1 - delta) P. Memory n K^2. One thread.
 */
final class BackwardSteps {
    private final int k;
    private final int size;
    private final boolean identity;
    private final int[] count;        // noises of a date
    private final int[] states;       // by noise: g = e_state, or -1
    private final double[] g;         // by noise, K each; null as long as every g is a unit vector
    private final double[] m;         // by noise, K each
    private final double[] c;         // by noise
    private final double[] j;         // J of T, K x K a date; null for a random walk
    private final double[] rest;      // C of T, packed; null for a random walk
    private final double[] regression;
    private final double[] prior;     // P before a discount, packed; null without one
    private final double discount;
    private final double[] work;
    private final double[] drawn;
    private final UdFactor restFactor;
    private int t;

    /**
     * @param unitNoises whether every Q_t is diagonal
     * @param discount delta; NaN where Q has covariances
     */
    BackwardSteps(int dates, int k, boolean identity, boolean unitNoises, double discount) {
        this.k = k;
        this.identity = identity;
        size = Covariance.size(k);
        count = new int[dates];
        states = new int[dates * k];
        g = unitNoises ? null : new double[dates * k * k];
        m = new double[dates * k * k];
        c = new double[dates * k];
        j = identity ? null : new double[dates * k * k];
        rest = identity ? null : new double[dates * size];
        regression = new double[k];
        work = new double[k * k];
        drawn = new double[k];
        restFactor = new UdFactor(k);
        this.discount = discount;
        prior = Double.isNaN(discount) ? null : new double[dates * size];
    }

    /** The step into date t begins. */
    void begin(int date) {
        t = date;
        count[t] = 0;
    }

    /** Where the next {@link UdFactor#add} writes b. */
    double[] regression() {
        return regression;
    }

    /** P is about to be divided by delta. @throws InvalidInputException a variance is infinite: nothing would tell of beta_t-1 there */
    void discount(UdFactor p) {
        if (p.hasInfinite()) {
            throw InvalidInputException.of("state noise", "discount:" + discount, "it has forgotten a diffuse start before y tells of it, so "
                    + "the first exposures can't be smoothed", "give a known initial state");
        }
        p.copyPacked(prior, t * size);
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
     */
    void component(double[] column, double[] moved, double left, UdFactor p) {
        p.solveTransposed(regression);
        int at = t * k * k;
        for (int i = 0; i < k; i++) {
            double sum = column[i];
            for (int l = 0; l < k; l++) {
                sum -= j[at + i * k + l] * moved[l];
            }
            work[i] = sum;
        }
        for (int i = 0; i < k; i++) {
            for (int l = 0; l < k; l++) {
                j[at + i * k + l] += work[i] * regression[l];
            }
        }
        for (int i = 0, to = t * size; i < k; i++) {
            for (int l = 0; l <= i; l++, to++) {
                rest[to] += left * work[i] * work[l]; // NaN or infinite where nothing tells of the component
            }
        }
    }

    /** From E(beta_t | y) - beta_t|t-1 to E(beta_t-1 | y) - beta_t-1|t-1, in place. */
    void mean(int date, double[] delta) {
        for (int i = 0; i < k && prior != null; i++) {
            delta[i] *= discount;
        }
        for (int at = date * k + count[date] - 1; at >= date * k; at--) {
            take(at, dot(at, delta), delta);
        }
        map(date, delta);
    }

    /** The same for a draw: each w from its distribution. */
    void draw(int date, double[] delta, DoubleSupplier gaussian) {
        if (prior != null) {
            restFactor.set(prior, date * size);
            restFactor.draw(drawn, gaussian);
            for (int i = 0; i < k; i++) {
                delta[i] = discount * delta[i] + Math.sqrt(1 - discount) * drawn[i];
            }
        }
        for (int at = date * k + count[date] - 1; at >= date * k; at--) {
            take(at, dot(at, delta) + Math.sqrt(c[at]) * gaussian.getAsDouble(), delta);
        }
        map(date, delta);
        if (!identity) {
            double[] packed = Arrays.copyOfRange(rest, date * size, (date + 1) * size);
            restFactor.set(packed);
            restFactor.draw(drawn, gaussian);
            for (int i = 0; i < k; i++) {
                delta[i] += drawn[i];
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
     * From Var(beta_t | y) to Var(beta_t-1 | y), in place: V = delta^2 V + (1 - delta) P with a discount, V = (I - g m') V (I - g m')' + c g g' for each noise, V = J V J' + C.
     *
     * @param v K x K, both triangles
     */
    void covariance(int date, double[] v) {
        for (int i = 0, from = date * size; i < k && prior != null; i++) {
            for (int l = 0; l <= i; l++, from++) {
                v[i * k + l] = discount * discount * v[i * k + l] + (1 - discount) * prior[from];
                v[l * k + i] = v[i * k + l];
            }
        }
        for (int at = date * k + count[date] - 1; at >= date * k; at--) {
            double[] z = work;
            double mz = 0;
            for (int i = 0; i < k; i++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += v[i * k + l] * m[at * k + l];
                }
                z[i] = sum;
                mz += m[at * k + i] * sum;
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
                    sum += j[at + i * k + a] * v[a * k + l];
                }
                work[i * k + l] = sum;
            }
        }
        for (int i = 0; i < k; i++) {
            for (int l = 0; l <= i; l++) {
                double sum = rest[date * size + Covariance.index(i, l)];
                for (int a = 0; a < k; a++) {
                    sum += work[i * k + a] * j[at + l * k + a];
                }
                v[i * k + l] = sum;
                v[l * k + i] = sum;
            }
        }
    }
}
