package org.betadrift.filter.internal.path;

import java.util.function.DoubleSupplier;

/**
 * Moves the inputs of date 0 and with them every later date, all other inputs as they are: the move that states without noise need, and
 * one of the whole level of the others. Exact like {@link Block}. One thread.
 */
final class Level {
    private final PathNumbers numbers;
    private final int size;          // inputs of date 0
    private final double[] moves;    // n x K x size, of beta_t
    private final double[] root;     // C with C'C the second derivative, size x size, upper
    private final NullSpace still;
    private final Walls walls;
    private final Billiard billiard; // null when nothing can move
    private final double[] z;
    private final double[] by;
    private final double[] values;

    Level(PathNumbers numbers, Limits limits) {
        this.numbers = numbers;
        int k = numbers.k;
        int n = numbers.n;
        size = numbers.inputs(0);
        moves = new double[n * k * size];
        System.arraycopy(numbers.root(0), 0, moves, 0, k * size);
        for (int t = 1; t < n; t++) {
            double[] transition = numbers.transition(t);
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < size; j++) {
                    double sum = transition == null ? moves[((t - 1) * k + i) * size + j] : 0;
                    for (int l = 0; transition != null && l < k; l++) {
                        sum += transition[i * k + l] * moves[((t - 1) * k + l) * size + j];
                    }
                    moves[(t * k + i) * size + j] = sum;
                }
            }
        }
        root = root();
        walls = new Walls(limits, 0, n);
        double[] f = new double[walls.count() * size];
        for (int i = 0; i < walls.count(); i++) {
            respond(limits, walls.row(i), f, i);
        }
        int equalities = 0;
        double[] e = new double[limits.count * size];
        for (int row = 0; row < limits.count; row++) {
            if (limits.equality[row]) {
                respond(limits, row, e, equalities++);
            }
        }
        still = new NullSpace(e, equalities, size);
        int free = size - still.rank();
        double[] moving = new double[walls.count() * free];
        for (int i = 0; i < walls.count(); i++) {
            still.turn(f, i * size);
            System.arraycopy(f, i * size + still.rank(), moving, i * free, free);
        }
        billiard = free == 0 ? null : walls.billiard(moving, free);
        z = new double[size];
        by = new double[size];
        values = new double[walls.count()];
    }

    /** One date after another. */
    private double[] root() {
        int k = numbers.k;
        double[] stack = {};
        int kept = 0;
        for (int t = 0; t < numbers.n; t++) {
            double[] rows = numbers.rows(t);
            int count = rows.length / (k + 1);
            int costly = t == 0 ? numbers.costly(0) : 0;
            double[] next = new double[Math.max(size, kept + count + costly) * size];
            System.arraycopy(stack, 0, next, 0, kept * size);
            for (int row = 0; row < count; row++) {
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < size; j++) {
                        next[(kept + row) * size + j] += rows[row * (k + 1) + i] * moves[(t * k + i) * size + j];
                    }
                }
            }
            for (int i = 0; i < costly; i++) {
                next[(kept + count + i) * size + i] = 1;
            }
            Householder.triangularise(next, kept + count + costly, size, size);
            kept = Math.min(size, kept + count + costly);
            stack = next;
        }
        return java.util.Arrays.copyOf(stack, size * size);
    }

    /** Of a row, in white coordinates: x C = a'moves. */
    private void respond(Limits limits, int row, double[] to, int place) {
        int k = numbers.k;
        int t = limits.date[row];
        for (int j = 0; j < size; j++) {
            double sum = 0;
            for (int i = 0; i < k; i++) {
                sum += limits.a[row * k + i] * moves[(t * k + i) * size + j];
            }
            for (int l = 0; l < j; l++) {
                sum -= to[place * size + l] * root[l * size + j];
            }
            to[place * size + j] = sum / root[j * size + j];
        }
    }

    /** @return whether it moved */
    boolean draw(PathState state, DoubleSupplier gaussian) {
        if (billiard == null) {
            return true;
        }
        int k = numbers.k;
        for (int j = 0; j < size; j++) { // gradient
            z[j] = j < numbers.costly(0) ? state.u[j] : 0;
        }
        for (int t = 0; t < numbers.n; t++) {
            double[] rows = numbers.rows(t);
            for (int at = 0; at < rows.length; at += k + 1) {
                double left = -rows[at + k];
                for (int i = 0; i < k; i++) {
                    left += rows[at + i] * state.beta[t * k + i];
                }
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < size; j++) {
                        z[j] += left * rows[at + i] * moves[(t * k + i) * size + j];
                    }
                }
            }
        }
        for (int j = 0; j < size; j++) { // C'z = gradient
            for (int l = 0; l < j; l++) {
                z[j] -= root[l * size + j] * z[l];
            }
            z[j] /= root[j * size + j];
            by[j] = -z[j];
        }
        still.turn(z, 0);
        walls.values(state.beta, values);
        boolean moved = billiard.draw(z, still.rank(), values, gaussian);
        still.turnBack(z, 0);
        for (int j = size - 1; j >= 0; j--) {
            by[j] += z[j];
            for (int l = j + 1; l < size; l++) {
                by[j] -= root[j * size + l] * by[l];
            }
            by[j] /= root[j * size + j];
            state.u[j] += moved ? by[j] : 0;
        }
        for (int at = 0; at < state.beta.length && moved; at++) {
            for (int j = 0; j < size; j++) {
                state.beta[at] += moves[at * size + j] * by[j];
            }
        }
        return moved;
    }
}
