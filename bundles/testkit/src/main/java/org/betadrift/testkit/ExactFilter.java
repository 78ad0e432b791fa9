package org.betadrift.testkit;

import java.math.BigDecimal;
import org.betadrift.model.Covariance;
import org.betadrift.model.StateSpaceModel;

/**
 * A filter in {@value ExactGaussian#DECIMALS} decimal digits, moved from date to date and row to row: what a kernel must agree
 * with. The rows are whatever the caller says, a row without noise too. One thread.
 */
public final class ExactFilter {
    private final ExactModel of;
    private final ExactGaussian state;
    private double logLikelihood;
    private int infinite;
    private int redundant;

    /** (beta_0|0, P_0|0), diffuse or not: the first call is {@code predict(0)}. R is not used. */
    public ExactFilter(StateSpaceModel model) {
        of = new ExactModel(model, null);
        state = of.start();
    }

    /** Into date t. */
    public void predict(int t) {
        of.appendNext(state, t);
        state.keep(of.k, 2 * of.k);
    }

    /** Sees y = h'beta + N(0, r); a row that was foretold exactly is left out. */
    public ExactGaussian.Row update(double y, double[] h, double r) {
        ExactGaussian.Row row = state.observe(y, h, r);
        logLikelihood += row.logDensity();
        infinite += row.infinite() ? 1 : 0;
        redundant += row.redundant() ? 1 : 0;
        return row;
    }

    /** Of the rows seen so far, all constants counted. */
    public double logLikelihood() {
        return logLikelihood;
    }

    /** Rows that entered through an infinite variance. */
    public int infinite() {
        return infinite;
    }

    /** Rows that were foretold exactly. */
    public int redundant() {
        return redundant;
    }

    /** NaN where the variance is infinite. */
    public double mean(int i) {
        return state.mean(i);
    }

    /** NaN where a variance is infinite. */
    public double covariance(int i, int j) {
        return state.covariance(i, j);
    }

    /**
     * Whether no eigenvalue of a packed triangle is below {@code -part} of its largest variance; exact, by elimination.
     *
     * @param part not negative
     */
    public static boolean isPositiveSemidefinite(int dimension, double[] packed, double part) {
        double largest = 0;
        for (int i = 0; i < dimension; i++) {
            largest = Math.max(largest, packed[Covariance.index(i, i)]);
        }
        double lift = part * largest;
        return largest == 0 || ExactMatrix.isPositiveDefinite(ExactMatrix.fill(dimension, dimension, (i, j) ->
                new BigDecimal(packed[Covariance.index(i, j)]).add(new BigDecimal(i == j ? lift : 0))));
    }
}
