package org.betadrift.estimator.ols.internal;

import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Vector;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Mean = least squares on the whole sample, P_0|0 = s2 (X'X)^-1 with s2 = e'e / (n - K). It looks ahead. */
@Component(name = "org.betadrift.initial.ols-covariance")
@Designate(ocd = Ranking.class)
@Strategy(name = "ols-covariance", description = "mean and s2 (X'X)^-1 by least squares on the whole sample")
public final class OlsCovarianceInitialState implements InitialStateEstimator {
    @Override
    public Estimate<InitialState> estimate(EstimationContext context) {
        int k = context.sample().states().count();
        LeastSquares fit = LeastSquares.of(context.sample());
        if (!fit.collinearStates().isEmpty()) {
            throw InvalidInputException.of("(X'X)^-1", "undefined", "factors " + String.join(", ", fit.collinearStates()) + " are collinear",
                    "drop one of them, or use initial ols");
        }
        if (fit.observations() == k) {
            throw InvalidInputException.of("number of observations", k, "s2 needs more of them than states", "give more data, or use initial ols");
        }
        double sse = 0;
        for (double e : fit.residuals()) {
            sse += e * e;
        }
        double s2 = sse / (fit.observations() - k);
        double[] p = fit.inverseCrossProduct();
        for (int i = 0; i < p.length; i++) {
            p[i] *= s2;
        }
        InitialState initial = InitialState.known(Vector.of(fit.beta()), Covariance.of(Matrix.of(k, k, p)));
        return Estimate.of(initial, CausalFrom.never());
    }
}
