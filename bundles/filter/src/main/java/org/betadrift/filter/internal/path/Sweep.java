package org.betadrift.filter.internal.path;

import java.util.Arrays;

/**
 * Minimises 1/2 sum |u_t|^2 + 1/2 sum (rows)^2 over the inputs of {@link PathNumbers}, for its rows and any more: backwards by
 * orthogonal transformations, then forwards. On each date the cost of the future is 1/2 |R beta_t - z|^2; with beta_t = T beta_t-1 + c
 * + L u_t put in, a QR factorisation takes u_t out and leaves the same for beta_t-1. It is the square-root form of the linear-quadratic
 * regulator (Rao, Wright and Rawlings 1998) and of the backward information filter (Bierman 1977, ch. 10); heavy rows cost no digits.
 * Dates from..to-1; beta_from-1 is given where from is above 0. One thread.
 */
final class Sweep {
    /** More rows of unit noise. */
    interface Rows {
        /** None. */
        Rows NONE = new Rows() {
            @Override
            public int most(int t) {
                return 0;
            }

            @Override
            public int add(int t, double[] to, int at) {
                return 0;
            }
        };

        /** At most so many on a date. */
        int most(int t);

        /** Writes those of a date, K + 1 numbers each. @return how many */
        int add(int t, double[] to, int at);
    }

    /** Part of a column's length that counts as nothing. */
    private static final double NOTHING = 1e-10;

    private final PathNumbers numbers;
    private final int k;
    private final int from;
    private final int[] first;      // of a date in triangles
    private final double[] triangles; // by date r x (r + K + 1)
    private double[] raw = {};      // rows on beta_t
    private double[] stack = {};    // rows on (u_t, beta_t-1)
    private double[] sizes = {};
    private final double[] spare;
    private final double[] moved;
    private int undetermined = -1;

    Sweep(PathNumbers numbers, int from, int to) {
        this.numbers = numbers;
        this.from = from;
        k = numbers.k;
        first = new int[to - from + 1];
        int widest = 0;
        for (int t = from; t < to; t++) {
            first[t - from + 1] = first[t - from] + numbers.inputs(t) * width(t);
            widest = Math.max(widest, width(t));
        }
        triangles = new double[first[to - from]];
        spare = new double[Math.max(widest, k + 1)];
        moved = new double[k];
    }

    private int width(int t) {
        return numbers.inputs(t) + (t == 0 ? 0 : k) + 1;
    }

    /** Dates to-1 down to the first. */
    void backward(Rows more, int to) {
        int carried = 0;
        undetermined = -1;
        for (int t = to - 1; t >= from; t--) {
            int r = numbers.inputs(t);
            int past = t == 0 ? 0 : k;
            int width = r + past + 1;
            double[] base = numbers.rows(t);
            reserve((k + base.length / (k + 1) + more.most(t)) * (k + 1), (k + base.length / (k + 1) + more.most(t) + r) * width);
            System.arraycopy(base, 0, raw, carried * (k + 1), base.length);
            int rows = carried + base.length / (k + 1);
            rows += more.add(t, raw, rows * (k + 1));
            for (int row = 0; row < rows; row++) {
                putIn(t, row, r, past);
            }
            Arrays.fill(stack, rows * width, (rows + r) * width, 0);
            for (int i = 0; i < numbers.costly(t); i++) {
                stack[(rows + i) * width + i] = 1;
            }
            rows += r;
            Householder.order(stack, rows, width, sizes, spare);
            double[] lengths = t == 0 && numbers.diffuse > 0 ? lengths(rows, width) : null;
            Householder.triangularise(stack, rows, width, r + past);
            if (lengths != null) {
                findUndetermined(lengths, r, width);
            }
            System.arraycopy(stack, 0, triangles, first[t - from], r * width);
            carried = Math.min(rows - r, past);
            for (int row = 0; row < carried; row++) {
                System.arraycopy(stack, (r + row) * width + r, raw, row * (k + 1), k + 1);
            }
        }
    }

    private void reserve(int rawSize, int stackSize) {
        if (raw.length < rawSize) {
            raw = Arrays.copyOf(raw, rawSize);
        }
        if (stack.length < stackSize) {
            stack = new double[stackSize];
            sizes = new double[stackSize];
        }
    }

    /** a'beta_t = z becomes (a'L) u_t + (a'T) beta_t-1 = z - a'c. */
    private void putIn(int t, int row, int r, int past) {
        int at = row * (k + 1);
        int to = row * (r + past + 1);
        double[] root = numbers.root(t);
        for (int i = 0; i < r; i++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                sum += raw[at + j] * root[j * r + i];
            }
            stack[to + i] = sum;
        }
        double[] transition = numbers.transition(t);
        double[] constant = t == 0 ? numbers.start : numbers.constant;
        double z = raw[at + k];
        for (int j = 0; j < k; j++) {
            z -= raw[at + j] * constant[j];
        }
        if (past > 0 && transition == null) {
            System.arraycopy(raw, at, stack, to + r, k);
        } else if (past > 0) {
            for (int j = 0; j < k; j++) {
                double sum = 0;
                for (int i = 0; i < k; i++) {
                    sum += raw[at + i] * transition[i * k + j];
                }
                stack[to + r + j] = sum;
            }
        }
        stack[to + r + past] = z;
    }

    private double[] lengths(int rows, int width) {
        double[] lengths = new double[width];
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < width; c++) {
                lengths[c] = Math.hypot(lengths[c], stack[row * width + c]);
            }
        }
        return lengths;
    }

    private void findUndetermined(double[] lengths, int r, int width) {
        for (int i = numbers.costly(0); i < r && undetermined < 0; i++) {
            undetermined = Math.abs(stack[i * width + i]) <= NOTHING * lengths[i] ? i : -1;
        }
    }

    /** An input of date 0 that no row tells of; -1 when there is none. */
    int undetermined() {
        return undetermined;
    }

    /** Path and inputs of the dates from..to-1, at the minimum. @param beta n x K @param u by input */
    void forward(double[] beta, double[] u, int to) {
        for (int t = from; t < to; t++) {
            input(t, beta, u, null, 0);
            step(t, beta, u);
        }
    }

    /** u_t = R_u^-1 (z - R_ub beta_t-1 + e). @param e added; null for nothing */
    void input(int t, double[] beta, double[] u, double[] e, int eAt) {
        int r = numbers.inputs(t);
        int width = width(t);
        int uAt = numbers.firstInput(t);
        for (int i = r - 1; i >= 0; i--) {
            int row = first[t - from] + i * width;
            double sum = triangles[row + width - 1] + (e == null ? 0 : e[eAt + i]);
            for (int j = i + 1; j < r; j++) {
                sum -= triangles[row + j] * u[uAt + j];
            }
            for (int j = 0; j < width - 1 - r; j++) {
                sum -= triangles[row + r + j] * beta[(t - 1) * k + j];
            }
            u[uAt + i] = sum / triangles[row + i];
        }
    }

    /** e = R_u u_t + R_ub beta_t-1 - z: what makes this input of this past. */
    void surprise(int t, double[] beta, double[] u, double[] e, int eAt) {
        int r = numbers.inputs(t);
        int width = width(t);
        int uAt = numbers.firstInput(t);
        for (int i = 0; i < r; i++) {
            int row = first[t - from] + i * width;
            double sum = -triangles[row + width - 1];
            for (int j = i; j < r; j++) {
                sum += triangles[row + j] * u[uAt + j];
            }
            for (int j = 0; j < width - 1 - r; j++) {
                sum += triangles[row + r + j] * beta[(t - 1) * k + j];
            }
            e[eAt + i] = sum;
        }
    }

    /** beta_t of beta_t-1 and u_t. */
    void step(int t, double[] beta, double[] u) {
        numbers.predict(t, beta, moved);
        int r = numbers.inputs(t);
        double[] root = numbers.root(t);
        for (int i = 0; i < k; i++) {
            double sum = moved[i];
            for (int j = 0; j < r; j++) {
                sum += root[i * r + j] * u[numbers.firstInput(t) + j];
            }
            beta[t * k + i] = sum;
        }
    }

    /** What e_t does to beta_t at once: L R_u^-1, K x r. */
    double[] noise(int t) {
        int r = numbers.inputs(t);
        int width = width(t);
        double[] root = numbers.root(t);
        double[] b = new double[k * r];
        for (int i = 0; i < k; i++) { // x R_u = row of L
            for (int j = 0; j < r; j++) {
                double sum = root[i * r + j];
                for (int l = 0; l < j; l++) {
                    sum -= b[i * r + l] * triangles[first[t - from] + l * width + j];
                }
                b[i * r + j] = sum / triangles[first[t - from] + j * width + j];
            }
        }
        return b;
    }

    /** What beta_t-1 does to beta_t when inputs answer it: T - L R_u^-1 R_ub, K x K. @param noise of {@link #noise} */
    double[] answer(int t, double[] noise) {
        int r = numbers.inputs(t);
        int width = width(t);
        double[] transition = numbers.transition(t);
        double[] a = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double sum = transition == null ? (i == j ? 1 : 0) : transition[i * k + j];
                for (int l = 0; l < r; l++) {
                    sum -= noise[i * r + l] * triangles[first[t - from] + l * width + r + j];
                }
                a[i * k + j] = sum;
            }
        }
        return a;
    }

    /** Var(beta_t) given every row, date by date: V = A V A' + B B'. @return n x K x K */
    double[][] covariances(int to) {
        double[][] all = new double[to][];
        double[] v = new double[k * k];
        for (int t = from; t < to; t++) {
            double[] b = noise(t);
            int r = numbers.inputs(t);
            double[] next = new double[k * k];
            double[] av = new double[k * k];
            double[] a = t == from ? null : answer(t, b);
            for (int i = 0; a != null && i < k; i++) {
                for (int j = 0; j < k; j++) {
                    for (int l = 0; l < k; l++) {
                        av[i * k + j] += a[i * k + l] * v[l * k + j];
                    }
                }
            }
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    double sum = 0;
                    for (int l = 0; l < r; l++) {
                        sum += b[i * r + l] * b[j * r + l];
                    }
                    for (int l = 0; a != null && l < k; l++) {
                        sum += av[i * k + l] * a[j * k + l];
                    }
                    next[i * k + j] = sum;
                }
            }
            v = next;
            all[t] = v;
        }
        return all;
    }

    /**
     * How many dates a path remembers given every row: the time in which the largest lag-one correlation, of a state in the middle of
     * the range, falls to 1 / e.
     *
     * @param v of {@link #covariances}
     */
    double memory(double[][] v) {
        double longest = 0;
        for (int i = 0; i < k; i++) {
            double[] correlations = new double[Math.max(0, v.length - 1)];
            int count = 0;
            for (int t = 1; t < v.length; t++) {
                double[] a = answer(t, noise(t));
                double covariance = 0;
                for (int l = 0; l < k; l++) {
                    covariance += a[i * k + l] * v[t - 1][l * k + i];
                }
                double scale = Math.sqrt(v[t][i * k + i] * v[t - 1][i * k + i]);
                if (scale > 0) {
                    correlations[count++] = Math.min(1, covariance / scale);
                }
            }
            Arrays.sort(correlations, 0, count);
            double middle = count == 0 ? 0 : correlations[count / 2];
            longest = middle < 1 - 1e-6 && middle > 0 ? Math.max(longest, -1 / StrictMath.log(middle)) : longest;
        }
        return longest;
    }

    /** Standard deviations of the inputs of date 0 given every row: the lengths of the rows of R_u^-1. */
    double[] firstDeviations() {
        int r = numbers.inputs(0);
        int width = width(0);
        double[] lengths = new double[r];
        for (int i = 0; i < r; i++) {
            double[] row = new double[r]; // x R_u = unit vector
            double sum = 0;
            for (int j = i; j < r; j++) {
                double x = i == j ? 1 : 0;
                for (int l = i; l < j; l++) {
                    x -= row[l] * triangles[l * width + j];
                }
                row[j] = x / triangles[j * width + j];
                sum += row[j] * row[j];
            }
            lengths[i] = Math.sqrt(sum);
        }
        return lengths;
    }
}
