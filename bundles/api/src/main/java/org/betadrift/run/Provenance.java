package org.betadrift.run;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.betadrift.estimation.CausalFrom;

/**
 * Which implementation made one part of a run.
 *
 * @param strategy as it was when the run began
 * @param configuration the effective options, declared, configured and requested merged
 * @param causalFrom empty for parts that estimate nothing
 */
public record Provenance(StrategyInfo strategy, Map<String, String> configuration, Optional<CausalFrom> causalFrom) {
    /** Copies the map, sorted. */
    public Provenance {
        configuration = java.util.Collections.unmodifiableMap(new TreeMap<>(configuration));
    }
}
