package org.betadrift.runtime.internal;

import java.util.HashMap;
import java.util.Map;
import org.betadrift.estimation.Options;
import org.betadrift.run.StrategyInfo;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/**
 * A strategy in use by one run, from its start to its end.
 *
 * @param info as it was when the run began
 * @param service never null
 * @param properties of the service when the run began: its configuration
 * @param release gives the service back
 */
record Lease<S>(StrategyInfo info, S service, Map<String, Object> properties, Runnable release) implements AutoCloseable {

    /** Null when the service is gone. */
    @SuppressWarnings("unchecked") // the registry keeps references and objects of one role together
    static <S> Lease<S> open(StrategyInfo info, ServiceReference<?> reference, ComponentServiceObjects<?> objects) {
        ComponentServiceObjects<S> itsObjects = (ComponentServiceObjects<S>) objects;
        S service = itsObjects.getService();
        if (service == null) {
            return null;
        }
        Map<String, Object> properties = new HashMap<>();
        for (String key : reference.getPropertyKeys()) {
            properties.put(key, reference.getProperty(key));
        }
        return new Lease<>(info, service, properties, () -> itsObjects.ungetService(service));
    }

    /** Declared, configured, requested. @throws org.betadrift.estimation.OptionException a requested key isn't declared */
    Options options(Map<String, String> requested) {
        return Options.merge(info.name(), info.options().toArray(String[]::new), properties, requested);
    }

    @Override
    public void close() {
        release.run();
    }
}
