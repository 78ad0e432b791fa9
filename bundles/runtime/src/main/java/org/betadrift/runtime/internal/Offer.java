package org.betadrift.runtime.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.betadrift.estimation.Options;
import org.betadrift.estimation.StrategyProperties;
import org.betadrift.run.StrategyInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * One strategy that is present: who it is, its service, and how many runs are inside it. A run enters before it takes the
 * service and leaves at its end; draining closes the door first, so nobody slips in. Thread-safe.
 */
final class Offer<S> {
    private final Class<S> role;
    private final ServiceReference<S> reference;
    private final S service;
    private final Bundle bundle;
    private final String bundleName; // as they were when it came: its bundle may be updated before it goes
    private final String bundleVersion;
    private int inside;
    private boolean closed;
    private boolean withdrawn;

    /** @param service held for as long as the offer lasts */
    Offer(Class<S> role, ServiceReference<S> reference, S service) {
        this.role = role;
        this.reference = reference;
        this.service = service;
        bundle = reference.getBundle();
        bundleName = bundle == null ? "" : bundle.getSymbolicName();
        bundleVersion = bundle == null ? "" : bundle.getVersion().toString();
    }

    ServiceReference<S> reference() {
        return reference;
    }

    /** That registered it; null when it was gone again at once. */
    Bundle bundle() {
        return bundle;
    }

    String name() {
        return text(StrategyProperties.NAME);
    }

    /** {@code ROLE NAME}, for people. */
    String roleAndName() {
        return role.getSimpleName() + " " + name();
    }

    /** @return false when the strategy is leaving: the caller takes the next best */
    synchronized boolean enter() {
        if (closed) {
            return false;
        }
        inside++;
        return true;
    }

    S service() {
        return service;
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Runs inside now. */
    synchronized int inside() {
        return inside;
    }

    /** No run enters any more. */
    synchronized void close() {
        closed = true;
    }

    /**
     * Waits for the runs inside; those that are still there after the bound are marked as left alone.
     *
     * @return whether all had left
     */
    synchronized boolean drain(Duration bound) {
        close();
        long end = System.nanoTime() + bound.toNanos();
        try {
            for (long left = bound.toNanos(); inside > 0 && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever stops the bundle won't wait: as if the bound were over
        }
        withdrawn = inside > 0;
        return !withdrawn;
    }

    /** Closed and empty: nobody asks for it any more. */
    synchronized boolean isOver() {
        return closed && inside == 0;
    }

    /** Whether the strategy's bundle went while runs were inside. */
    synchronized boolean isWithdrawn() {
        return withdrawn;
    }

    /** A snapshot of the service's properties: its configuration now. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        for (String key : reference.getPropertyKeys()) {
            properties.put(key, reference.getProperty(key));
        }
        return properties;
    }

    StrategyInfo info() {
        return new StrategyInfo(role.getSimpleName(), name(), text(StrategyProperties.DESCRIPTION),
                Boolean.TRUE.equals(reference.getProperty(StrategyProperties.CAUSAL)),
                Boolean.TRUE.equals(reference.getProperty(StrategyProperties.MULTIVARIATE)),
                Stream.of(declaredOptions()).map(this::withDefault).toList(),
                bundleName, bundleVersion,
                reference.getProperty(Constants.SERVICE_ID) instanceof Long id ? id : -1,
                reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0);
    }

    private String text(String property) {
        Object value = reference.getProperty(property);
        return value == null ? "" : value.toString();
    }

    /** {@code key} or {@code key=default}, as the strategy declares them. */
    String[] declaredOptions() {
        Object value = reference.getProperty(StrategyProperties.OPTIONS); // one string or an array of them
        return value instanceof String[] all ? all : value == null ? new String[0] : new String[] {value.toString()};
    }

    /** {@code key=value} with what serves unless a run says otherwise: the configured value, else the declared default. */
    private String withDefault(String declaration) {
        Options options = Options.merge(name(), new String[] {declaration}, properties(), Map.of());
        String key = declaration.split("=", 2)[0];
        return options.has(key) ? key + "=" + options.text(key) : key;
    }
}
