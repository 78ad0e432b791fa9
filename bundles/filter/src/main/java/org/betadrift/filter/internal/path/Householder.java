package org.betadrift.filter.internal.path;

/**
 * Householder reflections on small row-major matrices (Golub and Van Loan 2013, 5.2). Rows of very different weight come out right
 * when the heavy ones stand first (Higham 2002, 19.4), see {@link #order}.
 */
final class Householder {
    private Householder() { }

    /** Makes the first {@code pivots} columns upper triangular, in place; the other columns are turned with them. */
    static void triangularise(double[] a, int rows, int width, int pivots) {
        for (int j = 0; j < pivots && j < rows - 1; j++) {
            double largest = 0;
            for (int i = j; i < rows; i++) {
                largest = Math.max(largest, Math.abs(a[i * width + j]));
            }
            if (largest == 0) {
                continue;
            }
            double sum = 0;
            for (int i = j; i < rows; i++) {
                double x = a[i * width + j] / largest;
                sum += x * x;
            }
            double norm = largest * Math.sqrt(sum);
            int head = j * width;
            double first = a[head + j];
            double diagonal = first > 0 ? -norm : norm;
            double v0 = first - diagonal;
            // v = (v0, rest of the column); 2 / v'v = -1 / (diagonal v0)
            for (int c = j + 1; c < width; c++) {
                double dot = v0 * a[head + c];
                for (int i = j + 1, at = head + width; i < rows; i++, at += width) {
                    dot += a[at + j] * a[at + c];
                }
                double f = dot / diagonal / v0;
                a[head + c] += f * v0;
                for (int i = j + 1, at = head + width; i < rows; i++, at += width) {
                    a[at + c] += f * a[at + j];
                }
            }
            a[head + j] = diagonal;
            for (int i = j + 1, at = head + width; i < rows; i++, at += width) {
                a[at + j] = 0;
            }
        }
    }

    /** Puts rows with large entries first, the last column not counted. */
    static void order(double[] a, int rows, int width, double[] sizes, double[] spare) {
        for (int i = 0; i < rows; i++) {
            double size = 0;
            for (int c = 0; c < width - 1; c++) {
                size = Math.max(size, Math.abs(a[i * width + c]));
            }
            int to = i;
            while (to > 0 && sizes[to - 1] < size) {
                sizes[to] = sizes[to - 1];
                to--;
            }
            sizes[to] = size;
            if (to < i) {
                System.arraycopy(a, i * width, spare, 0, width);
                System.arraycopy(a, to * width, a, (to + 1) * width, (i - to) * width);
                System.arraycopy(spare, 0, a, to * width, width);
            }
        }
    }
}
