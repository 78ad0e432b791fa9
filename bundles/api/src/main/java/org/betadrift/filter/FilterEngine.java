package org.betadrift.filter;

import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.osgi.annotation.versioning.ConsumerType;

/** Service: a Kalman filter. Stateless, thread-safe, deterministic. */
@ConsumerType
public interface FilterEngine {
    /**
     * One forward pass: predict, update, and so on from the first date to the last. A missing y is skipped: its filtered
     * state is the predicted one. Constraints of the model are applied between the predict into a date and its y, and are in no sum;
     * an engine that can't take them all refuses the model.
     *
     * @param monitor called now and then; it may end the pass
     * @throws NumericalException an impossible observation, with the date
     * @throws org.betadrift.model.InvalidInputException the model and the sample don't fit each other or this engine
     */
    FilterResult filter(StateSpaceModel model, Sample sample, FilterOptions options, Monitor monitor);

    /**
     * A workspace for the log-likelihood of what {@code template} leaves open. By default it filters anew at every point, so
     * an engine that only filters serves every maximiser, slowly.
     *
     * @throws org.betadrift.model.InvalidInputException the template and the sample don't fit each other or this engine
     */
    default LikelihoodEvaluator evaluator(Sample sample, ModelTemplate template) {
        return new RefilteringEvaluator(this, sample, template);
    }
}
