package org.betadrift.runtime.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.estimation.StrategyProperties;
import org.betadrift.filter.FilterEngine;
import org.betadrift.run.Choice;
import org.betadrift.run.Recipe;
import org.osgi.framework.ServiceException;

/** The services one run uses, all taken at its start and given back at its end. One thread. */
final class Parts implements AutoCloseable {
    /** A strategy with its effective options. */
    record Part<S>(Lease<S> lease, Options options) {
        S service() {
            return lease.service();
        }
    }

    private final List<Lease<?>> leases = new ArrayList<>();
    private final Part<FilterEngine> engine;
    private final Part<InitialStateEstimator> initial;
    private final Part<ObservationNoiseEstimator> observationNoise;
    private final Part<StateNoiseEstimator> stateNoise;
    private final List<Part<Diagnostic>> diagnostics;

    /**
     * @throws org.betadrift.run.StrategyNotFoundException a name isn't there
     * @throws org.betadrift.estimation.OptionException an option isn't declared
     */
    Parts(Recipe recipe, Registry registry) {
        try {
            initial = pick(registry, InitialStateEstimator.class, recipe.initial());
            observationNoise = pick(registry, ObservationNoiseEstimator.class, recipe.observationNoise());
            stateNoise = pick(registry, StateNoiseEstimator.class, recipe.stateNoise());
            engine = recipe.engine().isPresent() ? pick(registry, FilterEngine.class, recipe.engine().get())
                    : part(registry.pickFirst(FilterEngine.class), Map.of());
            diagnostics = registry.names(Diagnostic.class).stream()
                    .map(name -> part(registry.pick(Diagnostic.class, name), Map.of()))
                    .sorted(Comparator.comparingInt(Parts::order)).toList();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private <S> Part<S> pick(Registry registry, Class<S> role, Choice choice) {
        return part(registry.pick(role, choice.name()), choice.options());
    }

    private <S> Part<S> part(Lease<S> lease, Map<String, String> requested) {
        leases.add(lease);
        return new Part<>(lease, lease.options(requested));
    }

    private static int order(Part<Diagnostic> part) {
        return part.lease().properties().get(StrategyProperties.ORDER) instanceof Integer order ? order : Integer.MAX_VALUE;
    }

    Part<FilterEngine> engine() {
        return engine;
    }

    Part<InitialStateEstimator> initial() {
        return initial;
    }

    Part<ObservationNoiseEstimator> observationNoise() {
        return observationNoise;
    }

    Part<StateNoiseEstimator> stateNoise() {
        return stateNoise;
    }

    /** In report order. */
    List<Part<Diagnostic>> diagnostics() {
        return diagnostics;
    }

    @Override
    public void close() {
        for (Lease<?> lease : leases) {
            try {
                lease.close();
            } catch (IllegalStateException | ServiceException e) {
                // the strategy left while the run was in it: there is nothing left to give back
            }
        }
    }
}
