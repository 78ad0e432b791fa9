package org.betadrift.estimator.ols.internal;

import java.util.List;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Mean = least squares on the whole sample, P_0|0 = {@code variance} times the identity (100 as in the seed). A slope
 * starts at zero, with the same variance. Of several targets each by itself, on the dates on which it is present. It looks ahead: every filtered value rests on the whole sample through its start.
 */
@Component(name = "org.betadrift.initial.ols", immediate = true)
@Designate(ocd = OlsInitialState.Config.class)
@Strategy(name = "ols", description = "mean by least squares on the whole sample, P0 = variance * I", multivariate = true, options = "variance")
public final class OlsInitialState implements InitialStateEstimator {
    /** PID {@code org.betadrift.initial.ols}. */
    @ObjectClassDefinition(name = "betadrift initial state ols", description = "Mean by least squares on the whole sample")
    @interface Config {
        /** Default of the option {@code variance}. */
        @AttributeDefinition(name = "Variance", min = "0", description = "P0 is this times the identity, unless a run says otherwise")
        double variance() default 100;

        /** {@code service.ranking}. */
        @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
        int service_ranking() default 0;
    }

    /** @throws InvalidInputException the configured variance is negative or not finite */
    @Activate
    public OlsInitialState(Config config) {
        if (!(config.variance() >= 0) || Double.isInfinite(config.variance())) {
            throw InvalidInputException.of("variance of org.betadrift.initial.ols", config.variance(), "it must be finite and not negative",
                    "correct the configuration");
        }
    }

    @Override
    public Estimate<InitialState> estimate(EstimationContext context) {
        double variance = context.options().number("variance", 0, Double.MAX_VALUE);
        List<LeastSquares> fits = LeastSquares.ofEach(context.sample());
        int k = context.sample().states().count();
        InitialState initial = InitialState.known(LeastSquares.mean(fits, k), Covariance.scalar(k, variance));
        return Collinearity.warn(Estimate.of(initial, CausalFrom.never()), fits, "the initial mean is the least squares solution of smallest norm");
    }
}
