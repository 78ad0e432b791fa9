package org.betadrift.filter.internal.path;

import java.util.Arrays;

/**
 * Weighted rows of {@link Limits} for a {@link Sweep}: sqrt(w) (value - target). The auxiliary variables of a gross limit are taken out
 * by orthogonal transformations of its own rows, and worked out again once the path is known. One thread.
 */
final class LimitRows implements Sweep.Rows {
    private final Limits limits;
    private final int k;
    final double[] weight; // by row; 0 = absent
    final double[] target;
    private final double[][] kept; // by group: size x (size + K + 1)
    private double[] stack = {};
    private double[] sizes = {};
    private double[] spare = {};

    LimitRows(Limits limits) {
        this.limits = limits;
        k = limits.k;
        weight = new double[limits.count];
        target = new double[limits.count];
        kept = new double[limits.groups.size()][];
    }

    @Override
    public int most(int t) {
        return limits.firstRow(t + 1) - limits.firstRow(t);
    }

    @Override
    public int add(int t, double[] to, int at) {
        int rows = 0;
        for (int row = limits.firstRow(t); row < limits.firstRow(t + 1); row++) {
            if (limits.group[row] == null && weight[row] > 0) {
                double root = Math.sqrt(weight[row]);
                int start = at + rows++ * (k + 1);
                for (int j = 0; j < k; j++) {
                    to[start + j] = root * limits.a[row * k + j];
                }
                to[start + k] = root * (limits.b[row] + target[row]);
            }
        }
        for (Limits.Group g : limits.groups(t)) {
            rows += add(g, to, at + rows * (k + 1));
        }
        return rows;
    }

    private int add(Limits.Group g, double[] to, int at) {
        int index = g.index();
        kept[index] = null;
        int size = g.size();
        int width = size + k + 1;
        if (stack.length < (2 * size + 1) * width) {
            stack = new double[(2 * size + 1) * width];
            sizes = new double[2 * size + 1];
            spare = new double[width];
        }
        int rows = 0;
        for (int row = g.firstRow(); row <= g.total(); row++) {
            if (weight[row] > 0) {
                double root = Math.sqrt(weight[row]);
                int start = rows++ * width;
                for (int i = 0; i < size; i++) {
                    stack[start + i] = row == g.total() ? -root * g.shares()[i] : i == (row - g.firstRow()) / 2 ? root : 0;
                }
                for (int j = 0; j < k; j++) {
                    stack[start + size + j] = root * limits.a[row * k + j];
                }
                stack[start + width - 1] = root * (limits.b[row] + target[row]);
            }
        }
        if (rows == 0) {
            return 0;
        }
        Householder.order(stack, rows, width, sizes, spare);
        Householder.triangularise(stack, rows, width, size);
        kept[index] = Arrays.copyOf(stack, size * width);
        for (int row = size; row < rows; row++) {
            System.arraycopy(stack, row * width + size, to, at + (row - size) * (k + 1), k + 1);
        }
        return rows - size;
    }

    /** The auxiliary variables at the minimum; where their limit took no part, as small as the path allows. */
    void solve(double[] beta, double[] aux) {
        for (int index = 0; index < kept.length; index++) {
            Limits.Group g = limits.groups.get(index);
            if (kept[index] == null) {
                limits.settle(g, beta, aux);
                continue;
            }
            int size = g.size();
            int width = size + k + 1;
            for (int i = size - 1; i >= 0; i--) {
                double sum = kept[index][i * width + width - 1];
                for (int j = i + 1; j < size; j++) {
                    sum -= kept[index][i * width + j] * aux[g.firstAux() + j];
                }
                for (int j = 0; j < k; j++) {
                    sum -= kept[index][i * width + size + j] * beta[g.date() * k + j];
                }
                aux[g.firstAux() + i] = sum / kept[index][i * width + i];
            }
        }
    }
}
