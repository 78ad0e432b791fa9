package org.betadrift.filter.internal;

import java.util.List;
import org.betadrift.estimation.Strategy;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.NumericalException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The exact engine: the Kalman filter over UD factors, see {@link UdFactor}. Any number of targets, exactly diffuse starts,
 * variances of zero. The default, as its numbers are right where others lose digits.
 */
@Component(name = "org.betadrift.engine.ud", property = "service.ranking:Integer=100")
@Designate(ocd = FirstRanking.class)
@Strategy(name = "ud", description = "exact Kalman filter over UD factors, any start, any number of targets", causal = true, multivariate = true)
public final class UdEngine implements FilterEngine {
    @Override
    public FilterResult filter(StateSpaceModel model, Sample sample, FilterOptions options, Monitor monitor) {
        Fit.require(model, sample);
        return filter(model, sample, options, monitor, List.of());
    }

    /** No allocation per call but with a stationary start or a discount. */
    @Override
    public LikelihoodEvaluator evaluator(Sample sample, ModelTemplate template) {
        if (template.stateNoise().map(q -> q.discount().isPresent()).orElse(false)) {
            return FilterEngine.super.evaluator(sample, template);
        }
        return FlatEvaluator.applies(sample, template) ? FlatEvaluator.of(sample, template, UdPass::new) : RowsEvaluator.of(sample, template, UdPass::new, false);
    }

    /** @param warnings of whoever handed over */
    static FilterResult filter(StateSpaceModel model, Sample sample, FilterOptions options, Monitor monitor, List<String> warnings) {
        ForwardPass pass = new ForwardPass(model, sample, options);
        UdKernel kernel = new UdKernel(model);
        if (!pass.run(kernel, monitor)) {
            throw impossible(sample, pass.failed(), kernel);
        }
        return pass.result(warnings);
    }

    static NumericalException impossible(Sample sample, int t, Kernel kernel) {
        double s = kernel.innovationVariance();
        double v = kernel.innovation();
        if (s == 0) {
            return new NumericalException(sample.date(t), "the innovation", v,
                    "the model foretells this observation without any doubt (S = 0) and it is another, give a larger observation noise");
        }
        if (s > 0 && Double.isFinite(s)) {
            return new NumericalException(sample.date(t), "the innovation", v, "the numbers overflow, scale the data");
        }
        return new NumericalException(sample.date(t), "the innovation variance S", s,
                "it must be positive and finite, give a larger observation noise or scale the data");
    }
}
