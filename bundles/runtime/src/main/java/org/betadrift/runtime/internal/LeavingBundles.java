package org.betadrift.runtime.internal;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds up the stop of a bundle while runs are inside its strategies: its classes may go next; then says in one line what is
 * missing without it. It acts on the bundle's event, not on its services', which Declarative Services takes back one after the
 * other, holding locks.
 */
final class LeavingBundles implements SynchronousBundleListener {
    private static final Logger LOG = LoggerFactory.getLogger(LeavingBundles.class);

    private final Registry registry;
    private final Supplier<Duration> drainBound;

    LeavingBundles(Registry registry, Supplier<Duration> drainBound) {
        this.registry = registry;
        this.drainBound = drainBound;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING) {
            Duration bound = drainBound.get();
            List<String> leaving = registry.namesOf(event.getBundle());
            List<Offer<?>> occupied = registry.drain(event.getBundle(), bound);
            if (!occupied.isEmpty()) {
                LOG.warn("{} of {} leaves although runs are still inside after {} s",
                        occupied.stream().map(Offer::name).sorted().collect(Collectors.joining(", ")), event.getBundle(), bound.toSeconds());
            }
            List<String> missing = leaving.stream().filter(registry::isMissing).toList();
            if (!missing.isEmpty() && event.getBundle().getBundleContext().getBundle(0).getState() != Bundle.STOPPING) {
                LOG.info("{} stops: missing from now on {}", event.getBundle(), String.join(", ", missing));
            }
        }
    }
}
