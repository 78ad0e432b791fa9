package org.betadrift.likelihood;

import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/** An engine with nothing but a {@link PlainEvaluator}: one target, any start, T constant. */
public final class PlainEngine implements FilterEngine {
    @Override
    public FilterResult filter(StateSpaceModel model, Sample sample, FilterOptions options, Monitor monitor) {
        throw new UnsupportedOperationException("this engine only evaluates likelihoods");
    }

    @Override
    public LikelihoodEvaluator evaluator(Sample sample, ModelTemplate template) {
        return new PlainEvaluator(sample, template);
    }
}
