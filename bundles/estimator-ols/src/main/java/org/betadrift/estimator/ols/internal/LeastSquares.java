package org.betadrift.estimator.ols.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.filter.NumericalException;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.Vector;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * y = X beta + e of one target over dates on which it is present, by EJML's singular value decomposition. Whether factors are
 * collinear is decided on columns scaled to unit length, so that units don't matter; where they are, beta is the
 * solution of smallest norm in the data's own units (as numpy's pinv gives it). beta is of the levels: y doesn't load on
 * the slopes, which come after them.
 */
final class LeastSquares {
    /** A singular value of the scaled columns at most this large, relative to the largest, counts as zero. */
    private static final double RANK_TOLERANCE = 1e-10;
    /** A state takes part in a collinearity when its share of a null direction (a unit vector) is larger than this. */
    private static final double NULL_SHARE = 1e-4;
    /** A share of a null direction that is nothing but rounding. */
    private static final double ROUNDING = 1e-12;

    private final Sample sample;
    private final int target;
    private final int[] states;     // that the target loads on
    private final int[] dates;      // those of the regression
    private final int k;
    private final double[] lengths; // of the columns of X
    private final Svd scaled;       // of X with columns of unit length
    private final int rank;
    private final double[] beta;

    /** On all dates on which the target is present. @throws InvalidInputException fewer observations than states */
    static LeastSquares of(Sample sample, int target) {
        return of(sample, target, observedDates(sample, target));
    }

    /** @param dates some of {@link #observedDates}; kept @throws InvalidInputException fewer observations than states */
    static LeastSquares of(Sample sample, int target, int[] dates) {
        return new LeastSquares(sample, target, dates);
    }

    /** Every target by itself, on all dates on which it is present. @throws InvalidInputException one has fewer observations than states */
    static List<LeastSquares> ofEach(Sample sample) {
        return IntStream.range(0, sample.targets().size()).mapToObj(i -> of(sample, i)).toList();
    }

    private LeastSquares(Sample sample, int target, int[] dates) {
        this.sample = sample;
        this.target = target;
        this.dates = dates;
        states = levels(sample, target);
        k = states.length;
        if (dates.length < k) {
            throw InvalidInputException.of("number of observations" + ofTarget(sample, target), dates.length, "least squares needs at least one for each of the states "
                    + IntStream.of(states).mapToObj(sample.states().names()::get).toList(), "give more data or fewer factors");
        }
        DMatrixRMaj x = new DMatrixRMaj(dates.length, k);
        lengths = new double[k];
        for (int j = 0; j < k; j++) {
            for (int i = 0; i < dates.length; i++) {
                x.set(i, j, sample.regressor(dates[i], states[j]));
            }
            lengths[j] = length(x, j);
        }
        scaled = Svd.of(withUnitColumns(x));
        rank = scaled.rank();
        beta = withoutNullDirections(solution());
    }

    /** Indices of the dates on which a target is present. */
    static int[] observedDates(Sample sample, int target) {
        return IntStream.range(0, sample.periods()).filter(t -> !Double.isNaN(sample.y(t, target))).toArray();
    }

    /** The states that a target loads on: its own but the slopes, which come after them. */
    static int[] levels(Sample sample, int target) {
        return IntStream.range(0, sample.states().count()).filter(j -> sample.target(j) == target && !sample.isSlope(j)).toArray();
    }

    /** {@code of A}, with a blank before it, for messages; empty where there is one target. */
    static String ofTarget(Sample sample, int target) {
        return sample.targets().size() == 1 ? "" : " of " + sample.targets().get(target);
    }

    /** As {@link #ofTarget(Sample, int)}. */
    String ofTarget() {
        return ofTarget(sample, target);
    }

    /** The target's name. */
    String target() {
        return sample.targets().get(target);
    }

    /** Of level j: its place among all states. */
    int state(int j) {
        return states[j];
    }

    /** One of the solutions, where there are several. */
    private double[] solution() {
        double[] b = scaled.solve(targets(), rank);
        for (int j = 0; j < k; j++) {
            b[j] = lengths[j] == 0 ? 0 : b[j] / lengths[j];
        }
        return b;
    }

    /** The solution of smallest norm: what lies along the directions that change nothing is taken off. */
    private double[] withoutNullDirections(double[] b) {
        List<double[]> directions = new ArrayList<>();
        for (int s = rank; s < k; s++) {
            double[] n = new double[k];
            for (int j = 0; j < k; j++) {
                double share = scaled.v.get(j, s);
                boolean rounding = Math.abs(share) < ROUNDING; // which a tiny column would make the largest share of all
                n[j] = rounding ? 0 : lengths[j] == 0 ? share : share / lengths[j]; // back in the data's units
            }
            normalize(n);
            directions.forEach(d -> takeOff(n, d));
            normalize(n);
            directions.add(n);
        }
        directions.forEach(d -> takeOff(b, d));
        return b;
    }

    private static void takeOff(double[] b, double[] direction) {
        double along = 0;
        for (int j = 0; j < b.length; j++) {
            along += b[j] * direction[j];
        }
        for (int j = 0; j < b.length; j++) {
            b[j] -= along * direction[j];
        }
    }

    private static void normalize(double[] n) {
        double largest = 0;
        for (double v : n) {
            largest = Math.max(largest, Math.abs(v));
        }
        double sum = 0;
        for (int j = 0; j < n.length; j++) {
            n[j] /= largest; // neither over- nor underflows
            sum += n[j] * n[j];
        }
        for (int j = 0; j < n.length; j++) {
            n[j] /= Math.sqrt(sum);
        }
    }

    private double[] targets() {
        double[] y = new double[dates.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = sample.y(dates[i], target);
        }
        return y;
    }

    private static double length(DMatrixRMaj x, int column) {
        double largest = 0;
        for (int i = 0; i < x.numRows; i++) {
            largest = Math.max(largest, Math.abs(x.get(i, column)));
        }
        double sum = 0;
        for (int i = 0; i < x.numRows && largest > 0; i++) {
            double r = x.get(i, column) / largest; // neither over- nor underflows
            sum += r * r;
        }
        return largest * Math.sqrt(sum);
    }

    private DMatrixRMaj withUnitColumns(DMatrixRMaj x) {
        DMatrixRMaj unit = x.copy();
        for (int j = 0; j < k; j++) {
            for (int i = 0; i < x.numRows && lengths[j] > 0; i++) {
                unit.set(i, j, x.get(i, j) / lengths[j]);
            }
        }
        return unit;
    }

    /** Number of dates. */
    int observations() {
        return dates.length;
    }

    /** Number of levels. */
    int levels() {
        return k;
    }

    /** One a level. */
    double[] beta() {
        return beta.clone();
    }

    /** The means of all K states: what least squares says of the levels, 0 of slopes. */
    static Vector mean(List<LeastSquares> fits, int states) {
        double[] mean = new double[states];
        for (LeastSquares fit : fits) {
            for (int j = 0; j < fit.k; j++) {
                mean[fit.states[j]] = fit.beta[j];
            }
        }
        return Vector.of(mean);
    }

    /** The states that are linear combinations of each other, in order; empty when there are none. */
    List<String> collinearStates() {
        return collinear().mapToObj(j -> sample.states().texts().get(states[j])).toList();
    }

    /** Their factors. */
    List<String> collinearFactors() {
        return collinear().mapToObj(j -> sample.states().names().get(states[j]).factor()).toList();
    }

    private IntStream collinear() {
        return IntStream.range(0, k).filter(j -> IntStream.range(rank, k).anyMatch(s -> Math.abs(scaled.v.get(j, s)) > NULL_SHARE));
    }

    /** e = y - X beta, one a date. */
    double[] residuals() {
        double[] e = targets();
        for (int i = 0; i < e.length; i++) {
            for (int j = 0; j < k; j++) {
                e[i] -= sample.regressor(dates[i], states[j]) * beta[j];
            }
        }
        return e;
    }

    /** e by date of the sample; NaN where the target isn't part of the regression. */
    double[] residualsByDate() {
        double[] all = new double[sample.periods()];
        Arrays.fill(all, Double.NaN);
        double[] e = residuals();
        for (int i = 0; i < e.length; i++) {
            all[dates[i]] = e[i];
        }
        return all;
    }

    /** Population variance of the residuals: mean((e - mean(e))^2), as in seed 002. */
    double residualVariance() {
        double[] e = residuals();
        double mean = 0;
        for (double v : e) {
            mean += v / e.length;
        }
        double sum = 0;
        for (double v : e) {
            sum += (v - mean) * (v - mean);
        }
        return sum / e.length;
    }

    /** (X'X)^-1, row-major; only without collinear states. */
    double[] inverseCrossProduct() {
        double[] inverse = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double sum = 0;
                for (int s = 0; s < k; s++) {
                    sum += scaled.v.get(i, s) * scaled.v.get(j, s) / (scaled.values[s] * scaled.values[s]);
                }
                inverse[i * k + j] = sum / lengths[i] / lengths[j];
            }
        }
        return inverse;
    }

    /** X = U diag(values) V', values descending. */
    private record Svd(DMatrixRMaj u, double[] values, DMatrixRMaj v) {
        static Svd of(DMatrixRMaj x) {
            SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(x.numRows, x.numCols, true, true, true);
            if (!svd.decompose(x.copy())) {
                throw new NumericalException(null, "the singular value decomposition of the factors", Double.NaN, "check the factors for extreme values");
            }
            DMatrixRMaj u = svd.getU(null, false);
            DMatrixRMaj w = svd.getW(null);
            DMatrixRMaj v = svd.getV(null, false);
            SingularOps_DDRM.descendingOrder(u, false, w, v, false);
            double[] values = new double[x.numCols];
            for (int s = 0; s < values.length; s++) {
                values[s] = w.get(s, s);
            }
            return new Svd(u, values, v);
        }

        int rank() {
            int r = 0;
            while (r < values.length && values[r] > RANK_TOLERANCE * values[0]) {
                r++;
            }
            return r;
        }

        /** V diag(1 / values) U'y over the first {@code rank} directions. */
        double[] solve(double[] y, int rank) {
            double[] b = new double[values.length];
            for (int s = 0; s < rank; s++) {
                double projection = 0;
                for (int i = 0; i < y.length; i++) {
                    projection += u.get(i, s) * y[i];
                }
                for (int j = 0; j < b.length; j++) {
                    b[j] += v.get(j, s) * projection / values[s];
                }
            }
            return b;
        }
    }
}
