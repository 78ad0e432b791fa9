package org.betadrift.runtime.internal;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** A registry with services that no framework holds. */
final class FakeRegistry {
    final Registry registry = new Registry();
    private final List<Offer<?>> offers = new ArrayList<>();
    private long nextId = 1;

    /** @param keysAndValues more service properties */
    <S> Offer<S> add(Class<S> role, String name, int ranking, S service, Object... keysAndValues) {
        Map<String, Object> properties = new HashMap<>(Map.of("betadrift.name", name, "service.id", nextId++, "service.ranking", ranking));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        Offer<S> offer = new Offer<>(role, reference(properties), service);
        offers.add(offer);
        registry.add(role, offer);
        return offer;
    }

    /** How many times a run is inside a strategy. */
    int inside() {
        return offers.stream().mapToInt(Offer::inside).sum();
    }

    @SuppressWarnings("unchecked")
    private static <S> ServiceReference<S> reference(Map<String, Object> properties) {
        Bundle bundle = (Bundle) Proxy.newProxyInstance(FakeRegistry.class.getClassLoader(), new Class<?>[] {Bundle.class},
                (self, method, args) -> switch (method.getName()) {
                    case "getSymbolicName" -> "test.bundle";
                    case "getVersion" -> new Version(1, 2, 3);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (ServiceReference<S>) Proxy.newProxyInstance(FakeRegistry.class.getClassLoader(), new Class<?>[] {ServiceReference.class},
                (self, method, args) -> switch (method.getName()) {
                    case "getProperty" -> properties.get(args[0]);
                    case "getPropertyKeys" -> properties.keySet().toArray(String[]::new);
                    case "getBundle" -> bundle;
                    case "compareTo" -> compare(properties, (ServiceReference<?>) args[0]);
                    case "equals" -> self == args[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** As the OSGi specification says: a lower ranking is less, and of equals the higher id. */
    private static int compare(Map<String, Object> a, ServiceReference<?> b) {
        int byRanking = Integer.compare((Integer) a.get("service.ranking"), (Integer) b.getProperty("service.ranking"));
        return byRanking != 0 ? byRanking : Long.compare((Long) b.getProperty("service.id"), (Long) a.get("service.id"));
    }
}
