package org.betadrift.estimator.ols.internal;

import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.OptionException;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Sample;

/** s2 (X'X)^-1 of the levels, s2 = e'e / (n - K), with variances of their own for slopes, of which least squares says nothing. */
final class LeastSquaresCovariance {
    private LeastSquaresCovariance() { }

    /** @throws InvalidInputException there are collinear factors, or as many states as observations */
    static Covariance of(LeastSquares fit, Sample sample, double slopeVariance) {
        int levels = fit.levels();
        if (!fit.collinearStates().isEmpty()) {
            throw InvalidInputException.of("(X'X)^-1", "undefined", "factors " + String.join(", ", fit.collinearStates()) + " are collinear",
                    "drop one of them, or use initial ols");
        }
        if (fit.observations() == levels) {
            throw InvalidInputException.of("number of observations", levels, "s2 needs more of them than states", "give more data, or use initial ols");
        }
        double sse = 0;
        for (double e : fit.residuals()) {
            sse += e * e;
        }
        double s2 = sse / (fit.observations() - levels);
        double[] inverse = fit.inverseCrossProduct();
        int k = sample.states().count();
        double[] p = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                boolean ofLevels = i < levels && j < levels;
                p[i * k + j] = ofLevels ? s2 * inverse[i * levels + j] : i == j ? slopeVariance : 0;
            }
        }
        return Covariance.of(Matrix.of(k, k, p));
    }

    /** There is no silent default: with slopes it must be given. @param strategy for messages */
    static double slopeVariance(EstimationContext context, String key, String strategy) {
        boolean needed = context.sample().hasSlopes();
        if (!needed && !context.options().has(key)) {
            return 0;
        }
        double variance = context.options().number(key, 0, Double.MAX_VALUE);
        if (!needed) {
            throw new OptionException("option " + key + " of " + strategy + " is " + variance
                    + ", but there are no slopes: take it out, or choose transition local-linear-trend");
        }
        return variance;
    }
}
