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
 * <li>A strategy whose bundle is stopped is taken from choice at once; the stop then waits for the runs inside it, bounded
 * (30 s unless configured, PID {@code org.betadrift.runtime}). A run that outlives the bound ends with a
 * {@link StrategyWithdrawnException}.
 * <li>Every result names the implementation behind each part: name, bundle, version, service id, configuration.
 * <li>A changed configuration is a new instance of a strategy and serves later runs; a run never sees it change.
 * <li>Results pin no strategy's class loader; keep them as long as you like.
 * </ol>
 * Clients never look strategies up by class: they ask by name.
 */
@ProviderType
public interface ExposureService {
    /**
     * Estimates, filters, diagnoses, on this thread. Interrupting it cancels the run as soon as a strategy listens.
     *
     * @throws StrategyNotFoundException at once, before anything runs
     * @throws StrategyWithdrawnException a strategy left and the run outlived the drain bound
     * @throws org.betadrift.filter.CancelledException this thread was interrupted, or the runtime is going
     * @throws org.betadrift.model.InvalidInputException the panel or the options can't carry the recipe
     * @throws org.betadrift.filter.NumericalException the computation failed on valid input
     */
    ExposureRun run(Recipe recipe, ReturnPanel panel);

    /**
     * The same, then again with the rows after a cut taken away, for several cuts, by the same strategies: does a predicted or filtered
     * value change that the run calls causal? Takes as long as that many runs.
     *
     * @param cuts how many dates to cut at, chosen at random; fewer where the sample has no more
     * @param seed of that choice
     * @return the run, with its {@link ExposureRun#audit}
     * @throws org.betadrift.model.BetadriftException as {@link #run}
     */
    ExposureRun audit(Recipe recipe, ReturnPanel panel, int cuts, long seed);

    /**
     * The same as {@link #run} on a thread of the runtime's.
     *
     * @throws StrategyNotFoundException at once, before anything runs
     */
    RunHandle submit(Recipe recipe, ReturnPanel panel);

    /** The runs that are not done, oldest first, whoever started them. A snapshot. */
    List<RunHandle> inProgress();

    /** What is present now, by role, best ranking first. */
    List<StrategyInfo> strategies();
}
