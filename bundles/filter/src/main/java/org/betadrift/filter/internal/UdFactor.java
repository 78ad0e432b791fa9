package org.betadrift.filter.internal;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * A covariance P = U D U', U unit upper triangular, D diagonal and never negative: what {@code ud} keeps instead of P. Entries
 * of D may be infinite: then they stand for kappa times their weight in the limit kappa -> infinity, and every formula below is
 * written with its limit, so a diffuse start needs neither a large number nor a second recursion. Mutable, one thread, no
 * allocation after birth. No fused multiply-add: the bits are the same on every machine.
 *
 * <p>Sources: Bierman (1977), ch. V (measurement update); Agee and Turner (1972) (update by c g g'); Durbin and Koopman (2012),
 * ch. 5 for the limits they must agree with. A finite part in an infinite direction never reaches a result, so only leading orders
 * in kappa are kept.
 */
final class UdFactor {
    /**
     * A projection is zero when it is no more than this part of the numbers it was summed from. Used where zero and almost zero
     * part ways: whether a row sees an infinite direction, and whether it is new beside an exact one.
     */
    static final double ZERO = 1e-12;

    /** Below this part of its new value an old variance hardly counts. */
    private static final double NEXT_TO_NOTHING = 0.01;

    /** Variances below it are none for {@link UdSteps}. */
    private static final double SMALLEST = 1e-280;

    private final int k;
    private final double[] u;         // above the diagonal, by columns: (i, j) at j (j - 1) / 2 + i
    private final double[] d;         // variance, or weight where infinite
    private final boolean[] infinite;
    private int infinities;           // how many entries of D are infinite
    private final double[] f;         // U'h of the last condition
    private final double[] gain;      // of the last condition, P h / S
    private final double[] v;         // work
    private final double[] scale;     // work
    private final double[] triangle;  // work, packed
    private final UdSteps steps;      // without loops; null when K is too large for them
    private double variance;
    private boolean varianceIsInfinite;

    /** P = 0. */
    UdFactor(int k) {
        this(k, UdSteps.of(k));
    }

    /** P = 0. @param steps for K states; null to do them in loops */
    UdFactor(int k, UdSteps steps) {
        this.k = k;
        this.steps = steps;
        u = new double[k * (k - 1) / 2];
        d = new double[k];
        infinite = new boolean[k];
        f = new double[k];
        gain = new double[k];
        v = new double[k];
        scale = new double[k];
        triangle = new double[k * (k + 1) / 2];
    }

    /** P = 0. */
    void clear() {
        Arrays.fill(u, 0);
        Arrays.fill(d, 0);
        Arrays.fill(infinite, false);
        infinities = 0;
    }

    void copyFrom(UdFactor other) {
        System.arraycopy(other.u, 0, u, 0, u.length);
        System.arraycopy(other.d, 0, d, 0, k);
        System.arraycopy(other.infinite, 0, infinite, 0, k);
        infinities = other.infinities;
    }

    /** From a packed positive semi-definite triangle. */
    void set(double[] packed) {
        set(packed, 0);
    }

    /** From one that starts at {@code at}. */
    void set(double[] packed, int at) {
        clear();
        double[] p = triangle;
        System.arraycopy(packed, at, p, 0, p.length);
        for (int j = k - 1; j >= 0; j--) {
            double pivot = p[packedIndex(j, j)];
            double whole = packed[at + packedIndex(j, j)];
            if (pivot <= whole * 1e-15) {
                continue; // what is left is rounding: a zero variance given the later ones
            }
            d[j] = pivot;
            for (int i = 0; i < j; i++) {
                u[column(j) + i] = p[packedIndex(j, i)] / pivot;
            }
            for (int i = 0; i < j; i++) {
                for (int l = 0; l <= i; l++) {
                    p[packedIndex(i, l)] -= u[column(j) + i] * p[packedIndex(j, l)];
                }
            }
        }
    }

    static int column(int j) {
        return j * (j - 1) / 2;
    }

    private static int packedIndex(int i, int j) {
        return i * (i + 1) / 2 + j;
    }

    /** Whether any variance is infinite. */
    boolean hasInfinite() {
        return infinities > 0;
    }

    boolean isInfinite(int j) {
        return infinite[j];
    }

    double d(int j) {
        return d[j];
    }

    /** Column j of U into {@code destination}. */
    void copyColumn(int j, double[] destination) {
        Arrays.fill(destination, 0, k, 0);
        System.arraycopy(u, column(j), destination, 0, j);
        destination[j] = 1;
    }

    /**
     * P += c g g'. With s = U^-1 g, from the last component to the first: d_j' = d_j + c s_j^2, b_j = c s_j / d_j',
     * u_ij += b_j (g_i - s_j u_ij), c = c d_j / d_j'. Where d_j is next to nothing beside d_j', u_ij may be large and would cancel:
     * there the same in other words, u_ij = d_j / d_j' u_ij + b_j g_i.
     *
     * @param c not negative; a weight of infinity when {@code isInfinite}
     * @param b written: E(w | x') = b' U'^-1 (x' - E x') for the noise w of variance c in x' = x + g w; null when nobody asks
     * @return Var(w | x'); infinite when c was and x' tells nothing of w
     */
    double add(double c, boolean isInfinite, double[] g, double[] b) {
        double left = c;
        boolean leftIsInfinite = isInfinite;
        for (int i = 0; i < k; i++) {
            v[i] = g[i];
            scale[i] = Math.abs(g[i]);
        }
        for (int j = k - 1; j >= 0; j--) {
            double s = v[j];
            if ((leftIsInfinite || d[j] == 0) && Math.abs(s) <= ZERO * scale[j]) {
                s = 0;
            }
            int column = column(j);
            if (s == 0 || left == 0) {
                if (b != null) {
                    b[j] = 0;
                }
                continue;
            }
            double share; // b_j
            double kept = 1; // d_j / d_j'
            if (infinite[j] && !leftIsInfinite) {
                share = 0; // d_j' = d_j
            } else if (leftIsInfinite && !infinite[j]) {
                share = 1 / s;
                kept = 0;
                double finite = d[j] / s / s;
                d[j] = left * s * s;
                infinite[j] = true;
                infinities++;
                left = finite;
                leftIsInfinite = false;
            } else {
                double before = d[j];
                double after = before + left * s * s;
                share = after > 0 ? left * s / after : 0;
                kept = after > 0 ? before / after : 1;
                left *= kept;
                d[j] = after;
            }
            if (b != null) {
                b[j] = share;
            }
            for (int i = 0; i < j; i++) {
                double old = u[column + i];
                double moved = v[i] - s * old;
                u[column + i] = kept < NEXT_TO_NOTHING ? kept * old + share * v[i] : old + share * moved;
                scale[i] += Math.abs(s * old);
                v[i] = moved;
            }
        }
        return leftIsInfinite ? Double.POSITIVE_INFINITY : left;
    }

    /** P += diag(q): {@link #addToState} for each positive q. @param q K, none negative */
    void addDiagonal(double[] q) {
        if (steps != null && isRegular(q) && infinities == 0 && isRegular(d)) {
            steps.add(u, d, q);
            return;
        }
        for (int i = 0; i < k; i++) {
            if (q[i] > 0) {
                addToState(i, q[i], null);
            }
        }
    }

    /** Whether all are so large that no quotient of them and no inverse overflows. */
    private boolean isRegular(double[] variances) {
        double least = variances[0];
        for (int i = 1; i < k; i++) {
            least = Math.min(least, variances[i]);
        }
        return least > SMALLEST;
    }

    /**
     * P += q e_state e_state': {@link #add} for one component, without its zeros. The weight that is left is kept as its inverse,
     * which only grows: 1 / c' = 1 / c + s_j^2 / d_j. So no division waits for another one, and d_j' = d_j + c s_j^2,
     * b_j = s_j / d_j c'.
     *
     * @param q positive
     */
    double addToState(int state, double q, double[] b) {
        if (b != null) {
            Arrays.fill(b, 0);
        }
        double left = q;
        double inverse = 1 / q;
        // the component itself: s = 1, g_i = 0 above it
        int column = column(state);
        double share = 0;
        if (!infinite[state]) {
            double before = d[state];
            inverse += 1 / before;
            d[state] = before + q;
            share = q / (before + q);
            left = 1 / inverse;
        }
        if (b != null) {
            b[state] = share;
        }
        for (int i = 0; i < state; i++) {
            double old = u[column + i];
            v[i] = -old;
            scale[i] = Math.abs(old);
            u[column + i] = old - share * old;
        }
        for (int j = state - 1; j >= 0 && left > 0; j--) {
            double s = v[j];
            if (s == 0 || d[j] == 0 && !infinite[j] && Math.abs(s) <= ZERO * scale[j]) {
                continue; // what is only rounding mustn't take all
            }
            column = column(j);
            share = 0;
            if (!infinite[j]) {
                double before = d[j];
                double part = s / before;
                d[j] = before + left * s * s;
                inverse += s * part;
                left = 1 / inverse;
                share = before > 0 ? part * left : 1 / s; // a zero variance takes all
            }
            if (b != null) {
                b[j] = share;
            }
            for (int i = 0; i < j; i++) {
                double old = u[column + i];
                double moved = v[i] - s * old;
                scale[i] += Math.abs(s * old);
                v[i] = moved;
                u[column + i] = old + share * moved;
            }
        }
        return left;
    }

    /**
     * Conditions on h'x + e, Var(e) = r. With f = U'h, from the first component to the last, S_0 = r: S_j = S_j-1 + d_j f_j^2,
     * d_j' = d_j S_j-1 / S_j, u_ij' = u_ij - (f_j / S_j-1) m_i, m_i += d_j f_j u_ij; then S = S_K and the gain is m / S.
     *
     * @param at where h starts in {@code h}
     * @return false when S = 0: nothing was done, the row was known already. {@link #variance} is S, of weight of infinity when
     *     {@link #varianceIsInfinite}
     */
    boolean condition(double[] h, int at, double r) {
        boolean exact = r == 0;
        if (exact || infinities > 0) {
            return conditionWithLimits(h, at, r, exact);
        }
        varianceIsInfinite = false;
        if (steps != null) {
            variance = steps.condition(u, d, h, at, r, gain);
            return true;
        }
        double[] m = gain;
        double s = r;
        double inverse = 1 / r;
        for (int j = 0; j < k; j++) {
            int column = column(j);
            double fj = h[at + j];
            for (int i = 0; i < j; i++) {
                fj += h[at + i] * u[column + i];
            }
            double g = d[j] * fj;
            double next = s + fj * g;
            double step = -fj * inverse;
            inverse = 1 / next;
            d[j] *= s * inverse;
            for (int i = 0; i < j; i++) {
                double old = u[column + i];
                double mi = m[i];
                u[column + i] = old + mi * step;
                m[i] = mi + old * g;
            }
            m[j] = g;
            s = next;
        }
        variance = s;
        for (int i = 0; i < k; i++) {
            m[i] *= inverse;
        }
        return true;
    }

    private boolean conditionWithLimits(double[] h, int at, double r, boolean exact) {
        project(h, at, exact);
        if (exact) {
            variances(v);
        }
        double[] m = gain;
        Arrays.fill(m, 0);
        double s = r;
        boolean sIsInfinite = false;
        for (int j = 0; j < k; j++) {
            int column = column(j);
            double fj = f[j];
            double g = d[j] * fj;
            if (g == 0 && (s == 0 || fj == 0)) {
                continue;
            }
            if (infinite[j] && !sIsInfinite) {
                // the first infinite component the row sees takes all its news: d_j' = S_j-1 / f_j^2
                double step = s == 0 ? 0 : -fj / s;
                for (int i = 0; i < j; i++) {
                    double old = u[column + i];
                    u[column + i] = old + m[i] * step;
                    m[i] = old * g;
                }
                d[j] = s / fj / fj;
                infinite[j] = false;
                infinities--;
                s = g * fj;
                sIsInfinite = true;
                m[j] = g;
                continue;
            }
            boolean counts = infinite[j] || !sIsInfinite; // else d_j f_j^2 is nothing beside S
            double next = counts ? s + fj * g : s;
            double step = s == 0 ? 0 : -fj / s;
            if (counts) {
                d[j] *= s / next;
            }
            for (int i = 0; i < j; i++) {
                double old = u[column + i];
                u[column + i] = old + m[i] * step;
                if (counts) {
                    m[i] += old * g;
                }
            }
            if (counts) {
                m[j] = g;
            }
            s = next;
        }
        variance = s;
        varianceIsInfinite = sIsInfinite;
        if (s == 0) {
            return false;
        }
        for (int i = 0; i < k; i++) {
            m[i] /= s;
        }
        if (exact) {
            forgetHeld(v);
        }
        return true;
    }

    /** Of every state; NaN where infinite. */
    private void variances(double[] to) {
        for (int i = 0; i < k; i++) {
            to[i] = varianceOf(i);
        }
    }

    private double varianceOf(int i) {
        double sum = infinite[i] ? Double.NaN : d[i];
        for (int j = i + 1; j < k; j++) {
            double entry = u[column(j) + i];
            sum += infinite[j] && entry != 0 ? Double.NaN : d[j] * (entry * entry);
        }
        return sum;
    }

    /**
     * A state that an exact row has left no more of than rounding is known: its row of U is zero, for rounding would look like news to the next row.
     *
     * @param before variances before the row
     */
    private void forgetHeld(double[] before) {
        for (int i = 0; i < k; i++) {
            if (varianceOf(i) <= ZERO * ZERO * before[i]) {
                d[i] = 0;
                for (int j = i + 1; j < k; j++) {
                    u[column(j) + i] = 0;
                }
            }
        }
    }

    /** f = U'h; what is no more than rounding is zero where the component is infinite, and everywhere for an exact row. */
    private void project(double[] h, int at, boolean exact) {
        for (int j = 0; j < k; j++) {
            int column = column(j);
            double sum = h[at + j];
            double size = Math.abs(sum);
            for (int i = 0; i < j; i++) {
                double term = h[at + i] * u[column + i];
                sum += term;
                size += Math.abs(term);
            }
            f[j] = (exact || infinite[j]) && Math.abs(sum) <= ZERO * size ? 0 : sum;
        }
    }

    /** S of the last {@link #condition}. */
    double variance() {
        return variance;
    }

    /** Whether S of the last {@link #condition} was infinite, so that {@link #variance} is its weight. */
    boolean varianceIsInfinite() {
        return varianceIsInfinite;
    }

    /** Gain of the last {@link #condition}, P h / S. */
    double gain(int i) {
        return gain[i];
    }

    void copyGain(double[] destination, int at) {
        System.arraycopy(gain, 0, destination, at, k);
    }

    /** Whether h'x has an infinite variance. */
    boolean seesInfinite(double[] h, int at) {
        if (infinities == 0) {
            return false;
        }
        project(h, at, false);
        for (int j = 0; j < k; j++) {
            if (infinite[j] && f[j] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether x_i has an infinite variance. */
    boolean isStateInfinite(int i) {
        if (infinities == 0) {
            return false;
        }
        for (int j = i; j < k; j++) {
            if (infinite[j] && (i == j || u[column(j) + i] != 0)) {
                return true;
            }
        }
        return false;
    }

    /** P, packed; NaN in the rows and columns of states with an infinite variance. */
    void copyPacked(double[] destination, int at) {
        if (steps != null && infinities == 0) {
            steps.pack(u, d, destination, at);
            return;
        }
        // P = sum over j of d_j u_j u_j'
        for (int j = 0; j < k; j++) {
            int column = column(j);
            int row = at + packedIndex(j, 0);
            for (int i = 0; i < j; i++) {
                double part = d[j] * u[column + i];
                destination[row + i] = part;
                int to = at + packedIndex(i, 0);
                for (int l = 0; l <= i; l++) {
                    destination[to + l] += part * u[column + l];
                }
            }
            destination[row + j] = d[j];
        }
        for (int i = 0; i < k && infinities > 0; i++) {
            if (isStateInfinite(i)) {
                for (int l = 0; l < k; l++) {
                    destination[at + packedIndex(Math.max(i, l), Math.min(i, l))] = Double.NaN;
                }
            }
        }
    }

    /** P *= c, c positive; the weights of infinity too. */
    void scale(double c) {
        for (int j = 0; j < k; j++) {
            d[j] *= c;
        }
    }

    /** A draw from N(0, P): U D^1/2 z. */
    void draw(double[] destination, DoubleSupplier gaussian) {
        for (int j = 0; j < k; j++) {
            v[j] = Math.sqrt(d[j]) * gaussian.getAsDouble();
        }
        for (int i = 0; i < k; i++) {
            double sum = v[i];
            for (int j = i + 1; j < k; j++) {
                sum += u[column(j) + i] * v[j];
            }
            destination[i] = sum;
        }
    }

    /** Solves U'x = b in place: x_j = b_j - sum over i &lt; j of u_ij x_i. */
    void solveTransposed(double[] b) {
        for (int j = 1; j < k; j++) {
            int column = column(j);
            double sum = b[j];
            for (int i = 0; i < j; i++) {
                sum -= u[column + i] * b[i];
            }
            b[j] = sum;
        }
    }
}
