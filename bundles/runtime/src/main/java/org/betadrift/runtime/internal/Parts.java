package org.betadrift.runtime.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.estimation.StrategyProperties;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.PathEstimator;
import org.betadrift.filter.Smoother;
import org.betadrift.run.Choice;
import org.betadrift.run.Provenance;
import org.betadrift.run.Recipe;
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.StrategyNotFoundException;

/** The strategies one run uses, all entered at its start and left at its end. */
final class Parts implements AutoCloseable {
    /** The one smoother there is a choice of. */
    private static final String SMOOTHER = "fixed-interval";
    /** The engine made for likelihoods without number; what is reported is filtered by the run's own. */
    private static final String SEARCH_ENGINE = "covariance";

    /**
     * A strategy in use.
     *
     * @param info as it was when the run began
     * @param options declared, configured and requested, merged when the run began
     */
    record Part<S>(StrategyInfo info, S service, Options options, int order) {
        /** @param causalFrom empty for a part that estimates nothing */
        Provenance provenance(Optional<CausalFrom> causalFrom) {
            return new Provenance(info, options.asMap(), causalFrom);
        }
    }

    private final Registry registry;
    private final Map<Offer<?>, StrategyInfo> entered = new LinkedHashMap<>();
    private final Part<FilterEngine> engine;
    private final Part<InitialStateEstimator> initial;
    private final Part<ObservationNoiseEstimator> observationNoise; // null = the joint strategy finds it from nothing
    private final Part<StateNoiseEstimator> stateNoise; // null = as above
    private final Part<JointNoiseEstimator> joint; // null = both noises are chosen
    private final Part<FilterEngine> searchEngine; // null = the engine serves the search too, or there is none
    private final Part<Smoother> smoother; // null = not asked for
    private final Part<PathEstimator> path; // null = not asked for
    private final List<Part<Diagnostic>> diagnostics;

    /**
     * @throws StrategyNotFoundException a name isn't there
     * @throws org.betadrift.estimation.OptionException an option isn't declared, or one of the path is wrong
     */
    Parts(Recipe recipe, Registry registry) {
        this.registry = registry;
        try {
            initial = part(registry.enter(InitialStateEstimator.class, recipe.initial().name()), recipe.initial());
            observationNoise = part(registry, ObservationNoiseEstimator.class, recipe.observationNoise());
            stateNoise = part(registry, StateNoiseEstimator.class, recipe.stateNoise());
            joint = part(registry, JointNoiseEstimator.class, recipe.joint());
            engine = recipe.engine().isPresent()
                    ? part(registry.enter(FilterEngine.class, recipe.engine().get().name()), recipe.engine().get())
                    : part(registry.enterAny(FilterEngine.class), Map.of());
            searchEngine = joint == null || recipe.engine().isPresent() ? null : searchEngine(registry);
            smoother = recipe.smooth() ? part(registry.enter(Smoother.class, SMOOTHER), Map.of()) : null;
            path = recipe.wantsPath() ? path(recipe, registry) : null;
            diagnostics = diagnostics(registry);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private Part<FilterEngine> searchEngine(Registry registry) {
        if (engine.info().name().equals(SEARCH_ENGINE) || !registry.names(FilterEngine.class).contains(SEARCH_ENGINE)) {
            return null;
        }
        try {
            return part(registry.enter(FilterEngine.class, SEARCH_ENGINE), Map.of());
        } catch (StrategyNotFoundException e) {
            return null; // nobody asked for it by name, and it left since the names were listed
        }
    }

    /** The chosen one, or the first: inequalities are nothing without one. */
    private Part<PathEstimator> path(Recipe recipe, Registry registry) {
        Part<PathEstimator> chosen = recipe.path().isPresent() ? part(registry, PathEstimator.class, recipe.path())
                : part(anyPath(recipe, registry), Map.of());
        WholePath.require(chosen.options());
        return chosen;
    }

    private static Offer<PathEstimator> anyPath(Recipe recipe, Registry registry) {
        try {
            return registry.enterAny(PathEstimator.class);
        } catch (StrategyNotFoundException e) {
            throw StrategyNotFoundException.none(PathEstimator.class.getSimpleName(), "constraint " + recipe.inequalities().get(0));
        }
    }

    private List<Part<Diagnostic>> diagnostics(Registry registry) {
        List<Part<Diagnostic>> parts = new ArrayList<>();
        for (String name : registry.names(Diagnostic.class)) {
            try {
                parts.add(part(registry.enter(Diagnostic.class, name), Map.of()));
            } catch (StrategyNotFoundException e) {
                // nobody asked for it by name, and it left since the names were listed
            }
        }
        parts.sort(Comparator.comparingInt(Part::order));
        return parts;
    }

    private <S> Part<S> part(Registry registry, Class<S> role, Optional<Choice> choice) {
        return choice.map(c -> part(registry.enter(role, c.name()), c)).orElse(null);
    }

    private <S> Part<S> part(Offer<S> offer, Choice choice) {
        return part(offer, choice.options());
    }

    private <S> Part<S> part(Offer<S> offer, Map<String, String> requested) {
        StrategyInfo info = offer.info();
        entered.put(offer, info);
        Map<String, Object> properties = offer.properties();
        return new Part<>(info, offer.service(), Options.merge(info.name(), offer.declaredOptions(), properties, requested),
                properties.get(StrategyProperties.ORDER) instanceof Integer order ? order : Integer.MAX_VALUE);
    }

    Part<FilterEngine> engine() {
        return engine;
    }

    Part<InitialStateEstimator> initial() {
        return initial;
    }

    Optional<Part<ObservationNoiseEstimator>> observationNoise() {
        return Optional.ofNullable(observationNoise);
    }

    Optional<Part<StateNoiseEstimator>> stateNoise() {
        return Optional.ofNullable(stateNoise);
    }

    Optional<Part<JointNoiseEstimator>> joint() {
        return Optional.ofNullable(joint);
    }

    /** The engine of the joint strategy's likelihoods, where that is another one than {@link #engine}. */
    Optional<Part<FilterEngine>> searchEngine() {
        return Optional.ofNullable(searchEngine);
    }

    /** Empty where the recipe didn't ask for one. */
    Optional<Part<Smoother>> smoother() {
        return Optional.ofNullable(smoother);
    }

    /** Empty where the recipe has no inequality and didn't ask for one. */
    Optional<Part<PathEstimator>> path() {
        return Optional.ofNullable(path);
    }

    /** In report order. */
    List<Part<Diagnostic>> diagnostics() {
        return diagnostics;
    }

    /** Every one that can refuse several targets; smoother and diagnostics take whatever was filtered. */
    List<Part<?>> all() {
        return Stream.<Part<?>>of(initial, observationNoise, stateNoise, joint, engine, path).filter(Objects::nonNull).toList();
    }

    /** Names of strategies of a role that take several targets, sorted. */
    List<String> takingSeveral(String role) {
        return registry.strategies().stream().filter(info -> info.role().equals(role) && info.multivariate()).map(StrategyInfo::name).distinct().sorted().toList();
    }

    /** A strategy whose bundle went, and did not wait for this run any longer. */
    Optional<StrategyInfo> withdrawn() {
        return entered.entrySet().stream().filter(e -> e.getKey().isWithdrawn()).map(Map.Entry::getValue).findFirst();
    }

    @Override
    public void close() {
        entered.keySet().forEach(Offer::leave);
        entered.clear();
    }
}
