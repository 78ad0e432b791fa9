package org.betadrift.filter.internal.path;

import java.util.function.DoubleSupplier;

/**
 * Redraws the dates from..to-1 of a path given all others, exactly from their truncated Gaussian distribution's own Markov chain
 * ({@link Billiard}). White coordinates are the surprises of a {@link Sweep} over these dates; those that would move an equality, or
 * beta_to, are left as they are, the others are independent N(0, 1). One thread.
 */
final class Block {
    private final PathNumbers numbers;
    private final int from;
    private final int end;         // dates whose inputs move
    private final int to;
    private final Sweep sweep;
    private final Walls walls;
    private final NullSpace still;
    private final Billiard billiard;
    private final int size;        // inputs
    private final double[] z;
    private final double[] values;
    private final double[] fixed;

    /** @param variances units of beta_to, by date */
    Block(PathNumbers numbers, Limits limits, double[][] variances, int from, int to) {
        this.numbers = numbers;
        this.from = from;
        this.to = to;
        int k = numbers.k;
        end = Math.min(to + 1, numbers.n);
        sweep = new Sweep(numbers, from, end);
        sweep.backward(new Ends(limits, variances), end);
        size = numbers.firstInput(end) - numbers.firstInput(from);
        walls = new Walls(limits, from, to);
        int equalities = 0;
        for (int i = limits.firstRow(from); i < limits.firstRow(to); i++) {
            equalities += limits.equality[i] ? 1 : 0;
        }
        double[] f = new double[walls.count() * size];
        double[] e = new double[(equalities + k) * size];
        respond(limits, variances, f, e, equalities);
        still = new NullSpace(e, equalities + (to < end ? k : 0), size);
        int free = size - still.rank();
        double[] moving = new double[walls.count() * free];
        for (int i = 0; i < walls.count(); i++) {
            still.turn(f, i * size);
            System.arraycopy(f, i * size + still.rank(), moving, i * free, free);
        }
        billiard = walls.billiard(moving, free);
        z = new double[size];
        values = new double[walls.count()];
        fixed = new double[k];
    }

    /** Rows on what stays fixed: they change nothing of what moves, and leave no direction without a finite variance. */
    private final class Ends implements Sweep.Rows {
        private final LimitRows rows;
        private final double[][] variances;

        Ends(Limits limits, double[][] variances) {
            this.variances = variances;
            rows = new LimitRows(limits);
            for (int i = 0; i < limits.count; i++) {
                rows.weight[i] = limits.equality[i] ? 1 : 0;
            }
        }

        @Override
        public int most(int t) {
            return rows.most(t) + numbers.k;
        }

        @Override
        public int add(int t, double[] to, int at) {
            int count = rows.add(t, to, at);
            int k = numbers.k;
            for (int i = 0; t == Block.this.to && i < k; i++) {
                double variance = variances[t][i * k + i];
                if (variance > 0) {
                    java.util.Arrays.fill(to, at + count * (k + 1), at + (count + 1) * (k + 1), 0);
                    to[at + count * (k + 1) + i] = 1 / Math.sqrt(variance);
                    count++;
                }
            }
            return count;
        }
    }

    /** What each coordinate does to walls, equalities and beta_to, date after date. */
    private void respond(Limits limits, double[][] variances, double[] f, double[] e, int equalities) {
        int k = numbers.k;
        double[] moves = new double[k * size]; // of beta_t
        int wall = 0;
        int[] order = new int[limits.count];
        for (int i = 0; i < walls.count(); i++) {
            order[walls.row(i)] = i + 1;
        }
        int equality = 0;
        for (int t = from; t < end; t++) {
            double[] noise = sweep.noise(t);
            int r = numbers.inputs(t);
            int first = numbers.firstInput(t) - numbers.firstInput(from);
            if (t > from) {
                double[] answer = sweep.answer(t, noise);
                double[] next = new double[k * size];
                for (int i = 0; i < k; i++) {
                    for (int l = 0; l < k; l++) {
                        for (int j = 0; j < first; j++) {
                            next[i * size + j] += answer[i * k + l] * moves[l * size + j];
                        }
                    }
                }
                moves = next;
            }
            for (int i = 0; i < k; i++) {
                System.arraycopy(noise, i * r, moves, i * size + first, r);
            }
            for (int row = limits.firstRow(t); t < to && row < limits.firstRow(t + 1); row++) {
                double[] target = limits.equality[row] ? e : f;
                int place = limits.equality[row] ? equality++ : order[row] - 1;
                for (int i = 0; place >= 0 && i < k; i++) {
                    double a = limits.a[row * k + i];
                    for (int j = 0; a != 0 && j < first + r; j++) {
                        target[place * size + j] += a * moves[i * size + j];
                    }
                }
            }
        }
        for (int i = 0; to < end && i < k; i++) {
            double sd = Math.sqrt(Math.max(0, variances[to][i * k + i]));
            for (int j = 0; sd > 0 && j < size; j++) {
                e[(equalities + i) * size + j] = moves[i * size + j] / sd;
            }
        }
    }

    /** @return whether it moved */
    boolean draw(PathState state, DoubleSupplier gaussian) {
        int k = numbers.k;
        int first = numbers.firstInput(from);
        for (int t = from; t < end; t++) {
            sweep.surprise(t, state.beta, state.u, z, numbers.firstInput(t) - first);
        }
        still.turn(z, 0);
        walls.values(state.beta, values);
        boolean moved = billiard.draw(z, still.rank(), values, gaussian);
        still.turnBack(z, 0);
        if (to < end) {
            System.arraycopy(state.beta, to * k, fixed, 0, k);
        }
        for (int t = from; t < end && moved; t++) {
            sweep.input(t, state.beta, state.u, z, numbers.firstInput(t) - first);
            sweep.step(t, state.beta, state.u);
        }
        if (to < end) {
            System.arraycopy(fixed, 0, state.beta, to * k, k);
        }
        return moved;
    }
}
