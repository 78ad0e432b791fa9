package org.betadrift.estimator.mle.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.filter.Monitor;
import org.betadrift.likelihood.PlainEngine;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is fitted, every likelihood is asked for under the run's constraints. */
class MleConstraintsTest {
    private final Sample sample = Sample.builder(ReferenceCase.panel("A")).target("y", List.of("x1", "x2")).build();
    private final List<StateConstraint> rows = List.of(StateConstraint.of("sum=1", Relation.EQUAL, Vector.of(1, 1), 1, 0));
    private final List<List<StateConstraint>> asked = new ArrayList<>();

    /** Notes the constraints of a template, then evaluates without them. */
    private final FilterEngine engine = new FilterEngine() {
        @Override
        public FilterResult filter(StateSpaceModel model, Sample of, FilterOptions options, Monitor monitor) {
            throw new UnsupportedOperationException("this engine only evaluates likelihoods");
        }

        @Override
        public LikelihoodEvaluator evaluator(Sample of, ModelTemplate template) {
            asked.add(template.constraints());
            return new PlainEngine().evaluator(of, template.withConstraints(List.of()));
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"phi=given", "phi=common", "state=scalar", "state=full"})
    void reachEveryLikelihood(String option) {
        Transition transition = option.equals("phi=common") ? Transition.meanReverting(Vector.of(0.9, 0.9), Vector.of(0.5, 0.5)) : Transition.randomWalk(2);
        EstimationContext context = EstimationContext.of(sample, transition, engine).withInitialState(InitialState.diffuse(2)).withConstraints(rows);
        Strategies.mle(context, option);
        assertThat(asked).isNotEmpty().allSatisfy(its -> assertThat(its).isEqualTo(rows));
    }
}
