package org.betadrift.run;

import java.util.List;
import org.betadrift.model.ReturnPanel;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Service: the host's one door. Thread-safe, always there while the runtime is.
 * <ol>
 * <li>It never goes away because a strategy left; a missing name is a {@link StrategyNotFoundException} with the names
 * that are present.
 * <li>A run takes all its services once, at its start, and uses them to its end; a newcomer serves later runs only.
 * <li>Every result names the implementation behind each part: name, bundle, version, service id, configuration.
 * <li>A changed configuration is a new instance; a run never sees it change.
 * <li>Results pin no strategy's class loader; keep them as long as you like.
 * </ol>
 * Clients never look strategies up by class: they ask by name.
 */
@ProviderType
public interface ExposureService {
    /**
     * Estimates, filters, diagnoses.
     *
     * @throws StrategyNotFoundException at once, before anything runs
     * @throws org.betadrift.model.InvalidInputException the panel or the options can't carry the recipe
     * @throws org.betadrift.filter.NumericalException the computation failed on valid input
     */
    ExposureRun run(Recipe recipe, ReturnPanel panel);

    /** What is present now, by role, best ranking first. */
    List<StrategyInfo> strategies();
}
