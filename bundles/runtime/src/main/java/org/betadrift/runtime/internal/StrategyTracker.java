package org.betadrift.runtime.internal;

import java.time.Duration;
import java.util.function.Supplier;
import org.betadrift.estimation.StrategyProperties;
import org.betadrift.run.Choice;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the registry's offers of one role; holds up the stop of a bundle while runs are inside its strategies. */
final class StrategyTracker<S> extends ServiceTracker<S, Offer<S>> {
    private static final Logger LOG = LoggerFactory.getLogger(StrategyTracker.class);

    private final Class<S> role;
    private final Registry registry;
    private final Supplier<Duration> drainBound;

    StrategyTracker(BundleContext context, Class<S> role, Registry registry, Supplier<Duration> drainBound) {
        super(context, role, null);
        this.role = role;
        this.registry = registry;
        this.drainBound = drainBound;
    }

    @Override
    public Offer<S> addingService(ServiceReference<S> reference) {
        Offer<S> offer = new Offer<>(role, reference, () -> context.getService(reference));
        if (!Choice.isName(offer.name())) {
            LOG.warn("{} of {} is left out: its property {} is \"{}\", but a name is lower-case words with hyphens",
                    role.getSimpleName(), reference.getBundle(), StrategyProperties.NAME, offer.name());
            return null;
        }
        registry.add(role, offer);
        LOG.debug("{} {} of {} is here", role.getSimpleName(), offer.name(), reference.getBundle());
        return offer;
    }

    /**
     * Only a bundle that stops is held up: its classes may go next. A strategy that comes back under another configuration
     * keeps its classes, so the runs inside the old one may take their time.
     */
    @Override
    public void removedService(ServiceReference<S> reference, Offer<S> offer) {
        registry.remove(role, offer);
        LOG.debug("{} {} left", role.getSimpleName(), offer.name());
        Bundle bundle = reference.getBundle();
        boolean leaving = bundle == null || bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING;
        if (leaving && !offer.drain(drainBound.get())) {
            LOG.warn("{} {} leaves although runs are still inside after {} s", role.getSimpleName(), offer.name(), drainBound.get().toSeconds());
        }
        context.ungetService(reference);
    }
}
