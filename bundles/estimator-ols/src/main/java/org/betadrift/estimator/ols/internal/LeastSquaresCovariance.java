package org.betadrift.estimator.ols.internal;

import java.util.List;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.OptionException;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Sample;

/**
 * s2 (X'X)^-1 of each target's levels, s2 = e'e / (n - K) of its regression, with variances of their own for slopes, of which least
 * squares says nothing. Between the levels of different targets it is zero.
 */
final class LeastSquaresCovariance {
    private LeastSquaresCovariance() { }

    /** @throws InvalidInputException there are collinear factors, or as many states as observations */
    static Covariance of(List<LeastSquares> fits, Sample sample, double slopeVariance) {
        int k = sample.states().count();
        double[] p = new double[k * k];
        for (int i = 0; i < k; i++) {
            p[i * k + i] = sample.isSlope(i) ? slopeVariance : 0;
        }
        fits.forEach(fit -> fill(p, k, fit));
        return Covariance.of(Matrix.of(k, k, p));
    }

    private static void fill(double[] p, int k, LeastSquares fit) {
        int levels = fit.levels();
        if (!fit.collinearStates().isEmpty()) {
            throw InvalidInputException.of("(X'X)^-1", "undefined", "factors " + String.join(", ", fit.collinearStates()) + " are collinear",
                    "drop one of them, or use initial ols");
        }
        if (fit.observations() == levels) {
            throw InvalidInputException.of("number of observations" + fit.ofTarget(), levels, "s2 needs more of them than states",
                    "give more data, or use initial ols");
        }
        double sse = 0;
        for (double e : fit.residuals()) {
            sse += e * e;
        }
        double s2 = sse / (fit.observations() - levels);
        double[] inverse = fit.inverseCrossProduct();
        for (int i = 0; i < levels; i++) {
            for (int j = 0; j < levels; j++) {
                p[fit.state(i) * k + fit.state(j)] = s2 * inverse[i * levels + j];
            }
        }
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
