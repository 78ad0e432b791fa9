package org.betadrift.runtime.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.StrategyNotFoundException;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * The strategies that are present, by role. The best is the one of highest service.ranking, then of lowest service.id, as
 * things are at the moment of asking. Thread-safe: services come and go while runs pick.
 */
final class Registry {
    private final Map<Class<?>, Map<ServiceReference<?>, Offer<?>>> roles = new ConcurrentHashMap<>();
    private final Set<Offer<?>> all = ConcurrentHashMap.newKeySet(); // those in choice, and those that left with runs inside

    <S> void add(Class<S> role, Offer<S> offer) {
        all.removeIf(Offer::isOver);
        all.add(offer);
        roles.computeIfAbsent(role, r -> new ConcurrentHashMap<>()).put(offer.reference(), offer);
    }

    /** Takes it from choice, and from every run that has looked it up but not entered yet. */
    <S> void remove(Class<S> role, Offer<S> offer) {
        roles.getOrDefault(role, Map.of()).remove(offer.reference());
        offer.close();
    }

    /**
     * A bundle goes: takes all its strategies from choice at once, then waits for the runs inside any of them, those of an
     * earlier configuration too.
     *
     * @param bound for all together
     * @return those with runs inside when the bound was over
     */
    List<Offer<?>> drain(Bundle bundle, Duration bound) {
        List<Offer<?>> its = all.stream().filter(offer -> bundle.equals(offer.bundle())).toList();
        its.forEach(Offer::close);
        roles.values().forEach(offers -> offers.values().removeAll(its));
        long end = System.nanoTime() + bound.toNanos();
        List<Offer<?>> occupied = new ArrayList<>();
        for (Offer<?> offer : its) {
            if (!offer.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                occupied.add(offer);
            }
        }
        all.removeAll(its);
        return occupied;
    }

    /** The best strategy of that name, entered. @throws StrategyNotFoundException with the names present */
    <S> Offer<S> enter(Class<S> role, String name) {
        return best(role).filter(offer -> offer.name().equals(name)).filter(Offer::enter).findFirst()
                .orElseThrow(() -> new StrategyNotFoundException(role.getSimpleName(), name,
                        names(role).stream().filter(other -> !other.equals(name)).toList())); // one that can't be had is no help
    }

    /** The best strategy of the role, whatever its name, entered. @throws StrategyNotFoundException there is none */
    <S> Offer<S> enterAny(Class<S> role) {
        return best(role).filter(Offer::enter).findFirst()
                .orElseThrow(() -> new StrategyNotFoundException(role.getSimpleName(), "(any)", List.of()));
    }

    /** The names of a role, sorted, each once. */
    List<String> names(Class<?> role) {
        return best(role).map(Offer::name).distinct().sorted().toList();
    }

    /** {@code ROLE NAME} of what a bundle offers or, since it began to stop, offered; sorted, each once. */
    List<String> namesOf(Bundle bundle) {
        return all.stream().filter(offer -> bundle.equals(offer.bundle())).map(Offer::roleAndName).distinct().sorted().toList();
    }

    /** Whether nobody offers that {@code ROLE NAME}. */
    boolean isMissing(String roleAndName) {
        return roles.values().stream().flatMap(offers -> offers.values().stream()).noneMatch(offer -> offer.roleAndName().equals(roleAndName));
    }

    /** Everything present, by role, best first. */
    List<StrategyInfo> strategies() {
        return roles.keySet().stream().sorted(Comparator.comparing(Class::getSimpleName))
                .flatMap(this::best).map(Offer::info).toList();
    }

    @SuppressWarnings("unchecked") // add keeps roles and offers together
    private <S> Stream<Offer<S>> best(Class<S> role) {
        // ServiceReference's own order is worst first
        return roles.getOrDefault(role, Map.of()).values().stream().map(offer -> (Offer<S>) offer)
                .sorted(Comparator.comparing(Offer<S>::reference, Comparator.reverseOrder()));
    }
}
