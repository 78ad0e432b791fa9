package org.betadrift.it.host.morning;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.betadrift.model.ReturnPanel;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Recipe;
import org.betadrift.run.RunHandle;
import org.betadrift.run.StrategyNotFoundException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exposures of every fund of a panel to PREF and CONV, by fund; where a strategy is away, those of the last time. The
 * reference is static: strategies come and go behind the service, and only when the runtime itself does is this component
 * made anew. Never refer to strategies: name them.
 */
@Component(property = "host=morning", immediate = true) // else it ends, with what it keeps, when its last client lets it go
public final class MorningExposures implements Function<ReturnPanel, Map<String, ExposureRun>> {
    private static final Logger LOG = LoggerFactory.getLogger(MorningExposures.class);
    private static final List<String> FACTORS = List.of("PREF", "CONV");
    private final ExposureService exposures;
    private final Map<String, ExposureRun> latest = new ConcurrentHashMap<>(); // results outlive the bundles that made them

    /** By the component runtime. */
    @Activate
    public MorningExposures(@Reference ExposureService exposures) {
        this.exposures = exposures;
    }

    @Override
    public Map<String, ExposureRun> apply(ReturnPanel panel) {
        List<String> funds = panel.names().stream().filter(name -> !FACTORS.contains(name)).toList();
        try {
            List<RunHandle> submitted = funds.stream().map(fund -> exposures.submit(recipe(fund), panel)).toList();
            for (int i = 0; i < submitted.size(); i++) {
                ExposureRun run = submitted.get(i).get();
                latest.put(funds.get(i), run);
                run.provenance().forEach(part -> LOG.debug("{} by {} {}", part.strategy().name(), part.strategy().bundle(), part.strategy().version()));
            }
        } catch (StrategyNotFoundException e) { // from submit, or from get when it left while the run waited for its turn
            LOG.warn("exposures of the last time: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the runs go on; nobody waits for them
        }
        return Map.copyOf(latest);
    }

    private static Recipe recipe(String fund) {
        return Recipe.builder().target(fund, FACTORS.toArray(String[]::new)).initial("ols").stateNoise("factor-vol").observationNoise("ols").build();
    }
}
