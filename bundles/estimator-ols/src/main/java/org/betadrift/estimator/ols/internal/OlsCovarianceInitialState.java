package org.betadrift.estimator.ols.internal;

import java.util.Arrays;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.OptionException;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Vector;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Mean = least squares on the whole sample, P_0|0 = s2 (X'X)^-1 with s2 = e'e / (n - K), K levels. It looks ahead. Of
 * slopes least squares says nothing: they start at zero, with the variance that the option {@code slope-variance} gives.
 */
@Component(name = "org.betadrift.initial.ols-covariance")
@Designate(ocd = Ranking.class)
@Strategy(name = "ols-covariance", description = "mean and s2 (X'X)^-1 by least squares on the whole sample",
        options = OlsCovarianceInitialState.SLOPE_VARIANCE)
public final class OlsCovarianceInitialState implements InitialStateEstimator {
    static final String SLOPE_VARIANCE = "slope-variance";

    @Override
    public Estimate<InitialState> estimate(EstimationContext context) {
        double slopeVariance = slopeVariance(context);
        LeastSquares fit = LeastSquares.of(context.sample());
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
        int k = context.sample().states().count();
        double[] p = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                boolean ofLevels = i < levels && j < levels;
                p[i * k + j] = ofLevels ? s2 * inverse[i * levels + j] : i == j ? slopeVariance : 0;
            }
        }
        InitialState initial = InitialState.known(Vector.of(Arrays.copyOf(fit.beta(), k)), Covariance.of(Matrix.of(k, k, p)));
        return Estimate.of(initial, CausalFrom.never());
    }

    /** There is no silent default: with slopes it must be given. */
    private static double slopeVariance(EstimationContext context) {
        boolean needed = context.sample().hasSlopes();
        if (!needed && !context.options().has(SLOPE_VARIANCE)) {
            return 0;
        }
        double variance = context.options().number(SLOPE_VARIANCE, 0, Double.MAX_VALUE);
        if (!needed) {
            throw new OptionException("option " + SLOPE_VARIANCE + " of ols-covariance is " + variance
                    + ", but there are no slopes: take it out, or choose transition local-linear-trend");
        }
        return variance;
    }
}
