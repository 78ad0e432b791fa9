package org.betadrift.filter.internal.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The inequalities of some dates as a {@link Billiard} has them: rows, then the parts of gross limits. Immutable. */
final class Walls {
    private static final double STILL = 1e-9;

    private final Limits limits;
    private final int[] rows;   // of the limits; walls first
    private final int walls;
    private final List<Billiard.Gross> gross = new ArrayList<>();

    Walls(Limits limits, int from, int to) {
        this.limits = limits;
        List<Integer> all = new ArrayList<>();
        for (int i = limits.firstRow(from); i < limits.firstRow(to); i++) {
            if (!limits.equality[i] && limits.group[i] == null) {
                all.add(i);
            }
        }
        walls = all.size();
        for (int t = from; t < to; t++) {
            for (Limits.Group g : limits.groups(t)) {
                gross.add(new Billiard.Gross(all.size(), g.shares(), -limits.b[g.total()]));
                for (int i = 0; i < g.size(); i++) {
                    all.add(g.firstRow() + 2 * i + 1);
                }
            }
        }
        rows = all.stream().mapToInt(Integer::intValue).toArray();
    }

    int count() {
        return rows.length;
    }

    /** The row of the limits behind one of them. */
    int row(int i) {
        return rows[i];
    }

    /** Values at a path; of parts without their auxiliary variable. */
    void values(double[] beta, double[] to) {
        for (int i = 0; i < rows.length; i++) {
            double sum = -limits.b[rows[i]];
            int k = limits.k;
            for (int j = 0, state = limits.date[rows[i]] * k; j < k; j++) {
                sum += limits.a[rows[i] * k + j] * beta[state + j];
            }
            to[i] = sum;
        }
    }

    /** @param f rows x size, what white coordinates do to them; what is only rounding is taken out */
    Billiard billiard(double[] f, int size) {
        for (int i = 0; i < rows.length; i++) {
            double length = 0;
            for (int j = 0; j < size; j++) {
                length += f[i * size + j] * f[i * size + j];
            }
            if (length <= STILL * STILL) {
                Arrays.fill(f, i * size, (i + 1) * size, 0);
            }
        }
        return new Billiard(size, f, walls, rows.length, gross.toArray(Billiard.Gross[]::new));
    }
}
