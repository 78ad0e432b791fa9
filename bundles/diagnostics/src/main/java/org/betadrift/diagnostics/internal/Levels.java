package org.betadrift.diagnostics.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.NumericalException;
import org.betadrift.filter.Retain;
import org.betadrift.model.ConstraintSystem;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;

/**
 * What the returns say of the right sides of a pass's constraints. Standardised innovations z of y given the constraints and the past are
 * independent N(0, 1) where the model holds, and linear in the right sides: z(c + d) = z(c) + X d, the columns of X by one more pass each.
 * So log p(y | c + d) is quadratic in d, highest at d = -(X'X)^-1 X'z, where it is z'X (X'X)^-1 X'z / 2 higher: a generalised least
 * squares regression on d (Rosenberg 1973; de Jong 1991). Its sums up to a date are a score sequence.
 */
final class Levels {
    /** Less of a column than this beside those before it is rounding. */
    private static final double DEPENDENT = 1e-7;

    private final List<StateConstraint> rows;
    private final double[] z;
    private final int[] dates;       // of each z
    private final double[][] x;      // by row
    private final double[][] basis;  // orthonormal, of the columns of X
    private final int rank;

    private Levels(List<StateConstraint> rows, double[] z, int[] dates, double[][] x) {
        this.rows = rows;
        this.z = z;
        this.dates = dates;
        this.x = x;
        List<double[]> all = new ArrayList<>();
        for (double[] column : x) {
            double[] rest = column.clone();
            for (int pass = 0; pass < 2; pass++) {
                for (double[] q : all) {
                    double dot = dot(q, rest);
                    for (int i = 0; i < rest.length; i++) {
                        rest[i] -= dot * q[i];
                    }
                }
            }
            double left = Math.sqrt(dot(rest, rest));
            if (left > DEPENDENT * Math.sqrt(dot(column, column))) {
                all.add(Arrays.stream(rest).map(v -> v / left).toArray());
            }
        }
        basis = all.toArray(double[][]::new);
        rank = basis.length;
    }

    /** @throws InvalidInputException a right side can't move alone: others imply it on some dates only, or states that don't move would have to */
    static Levels of(FilterResult filter, FilterEngine engine) {
        Sample sample = filter.sample();
        StateSpaceModel model = filter.model();
        List<StateConstraint> rows = own(model.constraints(), sample);
        // columns are differences of passes of one engine: the pass itself may be another's
        FilterResult base = pass(model, rows, sample, filter, engine);
        int m = sample.targets().size();
        double[] z = new double[sample.periods() * m];
        int[] dates = new int[z.length];
        int count = 0;
        for (int t = Math.min(filter.options().burnIn(), sample.periods()); t < sample.periods(); t++) {
            for (int i = 0; i < m; i++) {
                if (!Double.isNaN(base.standardizedInnovation(t, i))) {
                    z[count] = base.standardizedInnovation(t, i);
                    dates[count++] = t;
                }
            }
        }
        double[][] x = new double[rows.size()][count];
        for (int r = 0; r < x.length; r++) {
            List<StateConstraint> moved = new ArrayList<>(rows);
            moved.set(r, rows.get(r).shifted(1));
            FilterResult other;
            try {
                other = pass(model, moved, sample, filter, engine);
            } catch (NumericalException impossible) {
                throw new InvalidInputException("constraint " + rows.get(r) + " leaves no room for another right side on every date, as states that don't move can't "
                        + "follow it: it can't be tested by it");
            }
            for (int e = 0, t = Math.min(filter.options().burnIn(), sample.periods()); t < sample.periods(); t++) {
                for (int i = 0; i < m; i++) {
                    if (!Double.isNaN(base.standardizedInnovation(t, i))) {
                        x[r][e] = other.standardizedInnovation(t, i) - z[e];
                        e++;
                    }
                }
            }
        }
        return new Levels(rows, Arrays.copyOf(z, count), Arrays.copyOf(dates, count), x);
    }

    private static FilterResult pass(StateSpaceModel model, List<StateConstraint> rows, Sample sample, FilterResult filter, FilterEngine engine) {
        FilterOptions options = FilterOptions.defaults().withConvention(filter.options().convention()).withBurnIn(filter.options().burnIn())
                .withRetain(Retain.MEANS);
        return engine.filter(model.withConstraints(rows), sample, options, Monitor.NONE);
    }

    /** Those that aren't made of others, and so may move by themselves. */
    private static List<StateConstraint> own(List<StateConstraint> all, Sample sample) {
        ConstraintSystem system = ConstraintSystem.of(all, sample.dates());
        List<StateConstraint> own = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            int redundant = 0;
            int present = 0;
            for (int t = 0; t < sample.periods(); t++) {
                present += all.get(i).isPresent(t) ? 1 : 0;
                redundant += all.get(i).isPresent(t) && system.isRedundant(t, i) ? 1 : 0;
            }
            if (redundant > 0 && redundant < present) {
                throw new InvalidInputException("constraint " + all.get(i) + " is implied by others on some dates only: its right side can't be tested by itself");
            }
            if (redundant == 0) {
                own.add(all.get(i));
            }
        }
        return own;
    }

    /** Rows whose right sides may move. */
    List<StateConstraint> rows() {
        return rows;
    }

    /** How many independent right sides y tells of. */
    int rank() {
        return rank;
    }

    /** z'X (X'X)^-1 X'z: twice what the best right sides gain; chi-squared with {@link #rank} degrees of freedom where the constraints hold. */
    double statistic() {
        double sum = 0;
        for (double[] q : basis) {
            double part = dot(q, z);
            sum += part * part;
        }
        return sum;
    }

    /** Of one right side, the others as they are: where y would have it, less c. NaN where y doesn't tell. */
    double shift(int row) {
        double information = dot(x[row], x[row]);
        return information > 0 ? -dot(x[row], z) / information : Double.NaN;
    }

    /** Standard deviation of {@link #shift}. */
    double standardError(int row) {
        double information = dot(x[row], x[row]);
        return information > 0 ? 1 / Math.sqrt(information) : Double.NaN;
    }

    /** The largest |sum up to a date| of one row's scores in units of the standard deviation of them all, and where: {size, t}. */
    double[] largestExcursion(int row) {
        double whole = Math.sqrt(dot(x[row], x[row]));
        double sum = 0;
        double[] most = {0, Double.NaN};
        for (int e = 0; e < z.length; e++) {
            sum -= x[row][e] * z[e];
            if (Math.abs(sum) > most[0] * whole) {
                most = new double[] {Math.abs(sum) / whole, dates[e]};
            }
        }
        return most;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
