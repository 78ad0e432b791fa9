package org.betadrift.filter.internal;

import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Noise;
import org.betadrift.model.StateName;
import org.betadrift.model.States;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The user's own Q: {@code fixed-matrix:1e-4,2e-5/2e-5,1e-5}. With {@code factor} it is the block of that factor's exposures alone,
 * a row a target that loads on it, and every other state is constant: {@code fixed-matrix:factor=MKT,value=1e-4,2e-5/2e-5,1e-5}.
 */
@Component(name = "org.betadrift.state-noise.fixed-matrix")
@Designate(ocd = Ranking.class)
@Strategy(name = "fixed-matrix", description = "a given covariance matrix, or that of one factor's exposures", causal = true, multivariate = true,
        options = {Options.VALUE, FixedMatrixStateNoise.FACTOR})
public final class FixedMatrixStateNoise implements StateNoiseEstimator {
    static final String FACTOR = "factor";

    @Override
    public Estimate<Noise> estimate(EstimationContext context) {
        States states = context.sample().states();
        Covariance q = context.options().has(FACTOR) ? block(context.options(), states)
                : context.options().covariance(Options.VALUE, states.texts(), "states");
        return Estimate.of(Noise.constant(q), CausalFrom.always());
    }

    private static Covariance block(Options options, States states) {
        String factor = options.text(FACTOR).strip().replaceAll("^\\[(.*)]$", "$1");
        int[] its = IntStream.range(0, states.count()).filter(k -> states.names().get(k).factor().equals(factor)).toArray();
        if (its.length == 0) {
            throw InvalidInputException.unknown(FACTOR, factor, states.names().stream().map(StateName::factor).distinct().toList());
        }
        List<String> names = IntStream.of(its).mapToObj(states.texts()::get).toList();
        Covariance block = options.covariance(Options.VALUE, names, "states");
        double[] packed = new double[Covariance.size(states.count())];
        for (int i = 0; i < its.length; i++) {
            for (int j = 0; j <= i; j++) {
                packed[Covariance.index(its[i], its[j])] = block.get(i, j);
            }
        }
        return Covariance.ofPacked(states.count(), packed);
    }
}
