package org.betadrift.runtime.internal;

import java.util.List;
import java.util.Optional;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.filter.FilterResult;
import org.betadrift.run.Provenance;
import org.betadrift.run.Vintage;

/**
 * What estimating and filtering gave.
 *
 * @param convergence the latest vintage's
 * @param vintages none where everything was estimated once
 * @param provenance of the estimators
 * @param warnings in the order they arose
 */
record Pass(FilterResult filter, Optional<ConvergenceRecord> convergence, List<Vintage> vintages, List<Provenance> provenance,
        List<String> warnings) { }
