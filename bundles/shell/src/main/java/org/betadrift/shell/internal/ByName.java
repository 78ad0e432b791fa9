package org.betadrift.shell.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.betadrift.estimation.StrategyProperties;
import org.betadrift.run.StrategyNotFoundException;
import org.osgi.framework.ServiceReference;

/** Services of one role by {@code betadrift.name}, best first. Thread-safe. */
final class ByName<S> {
    private final String role;
    private final Map<ServiceReference<S>, S> services = new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    ByName(Class<S> role) {
        this.role = role.getSimpleName();
    }

    void add(ServiceReference<S> reference, S service) {
        services.put(reference, service);
    }

    void remove(ServiceReference<S> reference) {
        services.remove(reference);
    }

    /** @throws StrategyNotFoundException with the names present */
    S get(String name) {
        return services.entrySet().stream().filter(e -> name.equals(name(e.getKey()))).map(Map.Entry::getValue).findFirst()
                .orElseThrow(() -> new StrategyNotFoundException(role, name, names()));
    }

    List<String> names() {
        return services.keySet().stream().map(ByName::name).distinct().sorted().toList();
    }

    private static String name(ServiceReference<?> reference) {
        return String.valueOf(reference.getProperty(StrategyProperties.NAME));
    }
}
