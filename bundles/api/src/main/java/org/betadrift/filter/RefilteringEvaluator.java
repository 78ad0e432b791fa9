package org.betadrift.filter;

import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;

/** Of an engine that only filters: a whole pass at every point. */
final class RefilteringEvaluator implements LikelihoodEvaluator {
    private static final FilterOptions SUM_ONLY = FilterOptions.defaults().withRetain(Retain.FINAL);
    private final FilterEngine engine;
    private final Sample sample;
    private final ModelTemplate template;

    RefilteringEvaluator(FilterEngine engine, Sample sample, ModelTemplate template) {
        this.engine = engine;
        this.sample = sample;
        this.template = template;
    }

    @Override
    public double value(double[] q, double[] r) {
        try {
            Noise stateNoise = q == null ? template.stateNoise().orElseThrow() : Noise.constant(Covariance.ofPacked(template.states().count(), q));
            Noise observationNoise = r == null ? template.observationNoise().orElseThrow()
                    : Noise.constant(Covariance.ofPacked(sample.targets().size(), r));
            return engine.filter(template.complete(stateNoise, observationNoise), sample, SUM_ONLY, Monitor.NONE).logLikelihood();
        } catch (NumericalException | InvalidInputException e) {
            return Double.NaN;
        }
    }
}
