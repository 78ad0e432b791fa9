package org.betadrift.run;

import java.util.List;

/**
 * A strategy present in the registry. A snapshot, safe to keep.
 *
 * @param role simple name of the service interface
 * @param name what a recipe asks for
 * @param description one sentence, may be empty
 * @param causal whether it can be causal
 * @param multivariate whether it takes several targets
 * @param options {@code key=default} or {@code key}
 * @param bundle symbolic name of the bundle that registered it
 * @param version of that bundle
 * @param serviceId its {@code service.id}
 * @param ranking its {@code service.ranking}
 */
public record StrategyInfo(String role, String name, String description, boolean causal, boolean multivariate,
        List<String> options, String bundle, String version, long serviceId, int ranking) {
    /** Copies the list. */
    public StrategyInfo {
        options = List.copyOf(options);
    }
}
