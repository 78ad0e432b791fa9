package org.betadrift.runtime.internal;

import java.util.List;
import java.util.Optional;
import org.betadrift.diagnostic.Alternative;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.run.Recipe;

/**
 * The model that a run's constraints are tested against: they hold on the first date only, and the noises are estimated anew by the same strategies. The
 * start is so the same in both, which a likelihood ratio needs where it is vague or diffuse. There is one only where the constraints
 * take parameters from a joint strategy's noises, as from {@code mle:state=full}: then the run's model is a special case of it.
 */
final class WiderModel {
    private final Recipe recipe;
    private final Sample sample;
    private final Parts parts;
    private final Monitor monitor;

    WiderModel(Recipe recipe, Sample sample, Parts parts, Monitor monitor) {
        this.recipe = recipe;
        this.sample = sample;
        this.parts = parts;
        this.monitor = monitor;
    }

    Optional<Alternative> of(Pass pass) {
        List<StateConstraint> rows = pass.filter().model().constraints();
        if (pass.convergence().isEmpty() || !pass.vintages().isEmpty() || !rows.stream().allMatch(row -> row.isExact() && row.periods() == 0)) {
            return Optional.empty();
        }
        List<StateConstraint> first = rows.stream().map(row -> row.onFirstDate(sample.periods())).toList();
        Estimated wider = new Estimation(recipe, sample, parts, monitor, first, pass.filter().model()).run();
        int more = wider.convergence().map(record -> record.parameters().size()).orElse(0) - pass.convergence().get().parameters().size();
        if (more < 1) {
            return Optional.empty();
        }
        FilterResult filter = parts.engine().service().filter(wider.model(), sample, recipe.filterOptions(), monitor);
        return Optional.of(new Alternative(filter, more));
    }
}
