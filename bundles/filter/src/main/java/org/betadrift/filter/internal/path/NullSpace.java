package org.betadrift.filter.internal.path;

/**
 * Directions that leave some rows as they are: with E' = Q R by Householder reflections, the longest remaining column first, E z depends on
 * the first coordinates of Q'z alone. Golub and Van Loan (2013), 5.4.
 */
final class NullSpace {
    private static final double NOTHING = 1e-9; // of a row that can move, in its units

    private final int size;
    private final double[] reflections; // rank x size
    private final double[] scales;      // 2 / v'v
    private int rank;

    /** @param rows count x size, changed */
    NullSpace(double[] rows, int count, int size) {
        this.size = size;
        reflections = new double[Math.min(count, size) * size];
        scales = new double[Math.min(count, size)];
        boolean[] done = new boolean[count];
        while (rank < scales.length) {
            int longest = -1;
            double most = NOTHING * NOTHING;
            for (int i = 0; i < count; i++) {
                double length = 0;
                for (int j = rank; j < size && !done[i]; j++) {
                    length += rows[i * size + j] * rows[i * size + j];
                }
                if (length > most) {
                    most = length;
                    longest = i;
                }
            }
            if (longest < 0) {
                break;
            }
            done[longest] = true;
            double first = rows[longest * size + rank];
            double v0 = first + (first > 0 ? 1 : -1) * Math.sqrt(most);
            int at = rank * size;
            double length = v0 * v0;
            for (int j = rank + 1; j < size; j++) {
                reflections[at + j] = rows[longest * size + j];
                length += reflections[at + j] * reflections[at + j];
            }
            reflections[at + rank] = v0;
            scales[rank] = 2 / length;
            for (int i = 0; i < count; i++) {
                if (!done[i]) {
                    reflect(rank, rows, i * size);
                }
            }
            rank++;
        }
    }

    private void reflect(int which, double[] z, int at) {
        double dot = 0;
        for (int j = which; j < size; j++) {
            dot += reflections[which * size + j] * z[at + j];
        }
        double f = scales[which] * dot;
        for (int j = which; j < size; j++) {
            z[at + j] -= f * reflections[which * size + j];
        }
    }

    /** Coordinates that are fixed, the first ones. */
    int rank() {
        return rank;
    }

    /** z becomes Q'z. */
    void turn(double[] z, int at) {
        for (int i = 0; i < rank; i++) {
            reflect(i, z, at);
        }
    }

    /** Q'z becomes z. */
    void turnBack(double[] z, int at) {
        for (int i = rank - 1; i >= 0; i--) {
            reflect(i, z, at);
        }
    }
}
