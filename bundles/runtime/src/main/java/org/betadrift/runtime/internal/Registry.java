package org.betadrift.runtime.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.betadrift.estimation.StrategyProperties;
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.StrategyNotFoundException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/**
 * The strategies that are present, by role, best first (service.ranking, then lowest service.id). Thread-safe: services
 * come and go while runs pick.
 */
final class Registry {
    private final Map<Class<?>, ConcurrentSkipListMap<ServiceReference<?>, ComponentServiceObjects<?>>> roles = new ConcurrentHashMap<>();

    <S> void add(Class<S> role, ServiceReference<S> reference, ComponentServiceObjects<S> objects) {
        references(role).put(reference, objects);
    }

    <S> void remove(Class<S> role, ServiceReference<S> reference) {
        references(role).remove(reference);
    }

    private ConcurrentSkipListMap<ServiceReference<?>, ComponentServiceObjects<?>> references(Class<?> role) {
        // ServiceReference's own order is worst first
        return roles.computeIfAbsent(role, r -> new ConcurrentSkipListMap<>(Comparator.reverseOrder()));
    }

    /** The best strategy of that name, in use until the lease is closed. @throws StrategyNotFoundException with the names present */
    <S> Lease<S> pick(Class<S> role, String name) {
        return best(role, name).findFirst()
                .orElseThrow(() -> new StrategyNotFoundException(role.getSimpleName(), name, names(role)));
    }

    /** The best strategy of the role, whatever its name. */
    <S> Lease<S> pickFirst(Class<S> role) {
        return best(role, null).findFirst()
                .orElseThrow(() -> new StrategyNotFoundException(role.getSimpleName(), "any", List.of()));
    }

    /** The names of a role, sorted, each once. */
    List<String> names(Class<?> role) {
        return references(role).keySet().stream().map(Registry::name).distinct().sorted().toList();
    }

    private <S> Stream<Lease<S>> best(Class<S> role, String name) {
        return references(role).entrySet().stream()
                .filter(e -> name == null || name.equals(name(e.getKey())))
                .map(e -> Lease.<S>open(info(role, e.getKey()), e.getKey(), e.getValue()))
                .filter(Objects::nonNull); // it went away between look-up and use: the next best serves
    }

    /** Everything present, by role, best first. */
    List<StrategyInfo> strategies() {
        return roles.keySet().stream().sorted(Comparator.comparing(Class::getSimpleName))
                .flatMap(role -> references(role).keySet().stream().map(reference -> info(role, reference)))
                .toList();
    }

    private static String name(ServiceReference<?> reference) {
        return text(reference, StrategyProperties.NAME);
    }

    private static String text(ServiceReference<?> reference, String property) {
        Object value = reference.getProperty(property);
        return value == null ? "" : value.toString();
    }

    /** A service property that DS writes as one string or as an array of them. */
    static List<String> texts(ServiceReference<?> reference, String property) {
        Object value = reference.getProperty(property);
        return value instanceof String[] all ? List.of(all) : value == null ? List.of() : List.of(value.toString());
    }

    private static StrategyInfo info(Class<?> role, ServiceReference<?> reference) {
        Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
        var bundle = reference.getBundle(); // null once it is unregistered
        return new StrategyInfo(role.getSimpleName(), name(reference), text(reference, StrategyProperties.DESCRIPTION),
                Boolean.TRUE.equals(reference.getProperty(StrategyProperties.CAUSAL)),
                Boolean.TRUE.equals(reference.getProperty(StrategyProperties.MULTIVARIATE)),
                texts(reference, StrategyProperties.OPTIONS),
                bundle == null ? "" : bundle.getSymbolicName(), bundle == null ? "" : bundle.getVersion().toString(),
                (Long) reference.getProperty(Constants.SERVICE_ID), ranking instanceof Integer r ? r : 0);
    }
}
