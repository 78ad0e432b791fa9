package org.betadrift.estimation;

/** Service property names, for hosts that filter the registry. The choice among equals: service.ranking, then lowest service.id. */
public final class StrategyProperties {
    /** String: what a recipe asks for. */
    public static final String NAME = "betadrift.name";
    /** String: one sentence. */
    public static final String DESCRIPTION = "betadrift.description";
    /** Boolean: can be causal. */
    public static final String CAUSAL = "betadrift.causal";
    /** Boolean: takes several targets. */
    public static final String MULTIVARIATE = "betadrift.multivariate";
    /** String[]: {@code key=default} or {@code key}. */
    public static final String OPTIONS = "betadrift.options";
    /** Diagnostics only, Integer: ascending in a report. */
    public static final String ORDER = "betadrift.order";

    private StrategyProperties() { }
}
