package org.betadrift.it.benchmarks;

import java.util.Set;
import java.util.function.Supplier;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.internal.CovarianceEngine;
import org.betadrift.likelihood.Likelihood;
import org.betadrift.likelihood.Maximisers;
import org.betadrift.likelihood.Parameterisation;
import org.betadrift.likelihood.Parameterisations;
import org.betadrift.likelihood.Search;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;

/** betadrift, as strategy {@code mle} calls it: a workspace for every fit, starts, certificate, standard errors, record. */
final class OurFit {
    private OurFit() {
    }

    static ModelTemplate template(Sample sample) {
        int states = sample.states().count();
        return ModelTemplate.of(sample.states(), InitialState.diffuse(states), Transition.randomWalk(states));
    }

    static LikelihoodEvaluator evaluator(Sample sample, ModelTemplate template) {
        return new CovarianceEngine().evaluator(sample, template);
    }

    static Supplier<double[]> bfgs(Sample sample, int starts) {
        Parameterisation family = Parameterisations.both(Parameterisations.diagonal(sample.states(), Set.of()),
                Parameterisations.observationNoise(sample.targets()));
        Search search = Search.defaults().withStarts(starts);
        return () -> Maximisers.bfgs().maximise(Likelihood.of(sample, template(sample), open -> evaluator(sample, open), family), search,
                Monitor.NONE).theta();
    }
}
