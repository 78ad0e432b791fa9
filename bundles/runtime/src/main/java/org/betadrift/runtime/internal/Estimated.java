package org.betadrift.runtime.internal;

import java.util.List;
import java.util.Optional;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.model.Noise;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.run.Provenance;

/**
 * What the estimators of a run found on one sample.
 *
 * @param givenR what the recipe's own observation noise is; empty where it names none
 * @param givenQ what the recipe's own state noise is; empty where it names none
 * @param convergence of the joint strategy
 * @param provenance of the estimators, in order of use, and of the engine of a search of its own
 * @param warnings in the order they arose
 */
record Estimated(StateSpaceModel model, Optional<Noise> givenR, Optional<Noise> givenQ, Optional<ConvergenceRecord> convergence,
        List<Provenance> provenance, List<String> warnings) { }
