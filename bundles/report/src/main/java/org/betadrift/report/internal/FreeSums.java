package org.betadrift.report.internal;

import org.betadrift.filter.StatePath;
import org.betadrift.model.StateConstraint;

/** What a constraint's a'beta comes to along a path that doesn't know of it. */
final class FreeSums {
    private final StateConstraint row;
    private final StatePath path;
    private final int first;
    private int dates;
    private double mean;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double misses;

    /** @param first date that counts */
    FreeSums(StateConstraint row, StatePath path, int first) {
        this.row = row;
        this.path = path;
        this.first = first;
        for (int t = first; t < path.dates().size(); t++) {
            double sum = at(t);
            if (Double.isFinite(sum)) {
                dates++;
                double before = sum - mean;
                mean += before / dates;
                squares += before * (sum - mean);
                min = Math.min(min, sum);
                max = Math.max(max, sum);
                misses += (sum - row.value(t)) * (sum - row.value(t));
            }
        }
    }

    StateConstraint row() {
        return row;
    }

    /** a_t'beta; NaN while a start leaves a part unknown. */
    double at(int t) {
        double sum = 0;
        for (int k = 0; k < row.dimension(); k++) {
            double weight = row.weight(t, k);
            sum += weight == 0 ? 0 : weight * path.mean(t, k);
        }
        return sum;
    }

    double[] counted() {
        double[] sums = new double[Math.max(0, path.dates().size() - first)];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = at(first + i);
        }
        return sums;
    }

    double mean() {
        return dates == 0 ? Double.NaN : mean;
    }

    double standardDeviation() {
        return dates < 2 ? Double.NaN : Math.sqrt(squares / (dates - 1));
    }

    double min() {
        return dates == 0 ? Double.NaN : min;
    }

    double max() {
        return dates == 0 ? Double.NaN : max;
    }

    double last() {
        return path.dates().isEmpty() ? Double.NaN : at(path.dates().size() - 1);
    }

    /** Root mean square of a'beta - c. */
    double distance() {
        return dates == 0 ? Double.NaN : Math.sqrt(misses / dates);
    }
}
