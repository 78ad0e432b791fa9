package org.betadrift.filter.internal;

import java.util.List;
import org.betadrift.estimation.Strategy;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The fast engine: {@link CovarianceKernel} on well-conditioned dates, {@link UdKernel} while a diffuse start lasts. When it sees
 * trouble (S not positive and finite, or more than 1e10 times the row's noise, so that too few digits are left) the whole sample
 * is done again by {@code ud}, and the result says so. O(n K^2) for a random walk, O(n K^3) otherwise.
 */
@Component(name = "org.betadrift.engine.covariance")
@Designate(ocd = Ranking.class)
@Strategy(name = "covariance", description = "fast Kalman filter in covariance form, hands over to ud when digits are at risk",
        causal = true, multivariate = true)
public final class CovarianceEngine implements FilterEngine {
    @Override
    public FilterResult filter(StateSpaceModel model, Sample sample, FilterOptions options, Monitor monitor) {
        Fit.require(model, sample);
        ForwardPass pass = new ForwardPass(model, sample, options);
        if (pass.run(model.initial().hasDiffuse() ? new DiffuseThenFast(model) : new CovarianceKernel(model), monitor)) {
            return pass.result(List.of());
        }
        return UdEngine.filter(model, sample, options, monitor, List.of("engine covariance handed over to ud, as its digits ran out on "
                + sample.date(pass.failed())));
    }

    /** In straight line where it applies; no allocation per call but with a stationary start or a discount. */
    @Override
    public LikelihoodEvaluator evaluator(Sample sample, ModelTemplate template) {
        if (template.stateNoise().map(q -> q.discount().isPresent()).orElse(false)) {
            return FilterEngine.super.evaluator(sample, template);
        }
        return FlatEvaluator.applies(sample, template) ? FlatEvaluator.of(sample, template, FastPass::new) : RowsEvaluator.of(sample, template, FastPass::new, true);
    }
}
