package org.betadrift.runtime.internal;

import org.betadrift.estimation.StrategyProperties;
import org.betadrift.run.Choice;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the registry's offers of one role. */
final class StrategyTracker<S> extends ServiceTracker<S, Offer<S>> {
    private static final Logger LOG = LoggerFactory.getLogger(StrategyTracker.class);

    private final Class<S> role;
    private final Registry registry;

    StrategyTracker(BundleContext context, Class<S> role, Registry registry) {
        super(context, role, null);
        this.role = role;
        this.registry = registry;
    }

    @Override
    public Offer<S> addingService(ServiceReference<S> reference) {
        Bundle bundle = reference.getBundle();
        if (bundle == null || bundle.getState() == Bundle.STOPPING) {
            return null; // configured while its bundle goes: it would have to go at once
        }
        S service = context.getService(reference); // at once: later its component may be on its way out, which a framework logs as an error
        if (service == null) {
            return null;
        }
        Offer<S> offer = new Offer<>(role, reference, service);
        if (!Choice.isName(offer.name())) {
            LOG.warn("{} of {} is left out: its property {} is \"{}\", but a name is lower-case words with hyphens",
                    role.getSimpleName(), bundle, StrategyProperties.NAME, offer.name());
            context.ungetService(reference);
            return null;
        }
        registry.add(role, offer);
        LOG.debug("{} {} of {} is here", role.getSimpleName(), offer.name(), bundle);
        return offer;
    }

    /**
     * Waits for nobody: a strategy that comes back under another configuration keeps its classes, so the runs inside the old
     * one may take their time. A bundle that stops is held up by {@link LeavingBundles}.
     */
    @Override
    public void removedService(ServiceReference<S> reference, Offer<S> offer) {
        registry.remove(role, offer);
        LOG.debug("{} {} left", role.getSimpleName(), offer.name());
        context.ungetService(reference);
    }
}
