package org.betadrift.it.swap;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.osgi.framework.ServiceRegistration;

/** What runs wait for inside the guest's strategy {@code gated}. */
final class Gate implements BooleanSupplier, AutoCloseable {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    private ServiceRegistration<BooleanSupplier> registration;

    /** A closed one. */
    static Gate in(Container container) {
        Gate gate = new Gate();
        gate.registration = container.context().registerService(BooleanSupplier.class, gate, new Hashtable<>(Map.of("betadrift.it", "gate")));
        return gate;
    }


    @Override
    public boolean getAsBoolean() {
        reached.countDown();
        boolean interrupted = Thread.interrupted();
        try {
            return open.await(5, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until a run sits here. */
    void awaitRun() throws InterruptedException {
        if (!reached.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("no run reached the gate");
        }
    }

    void open() {
        open.countDown();
    }

    /** Lets everybody through; then the guest has no such strategy any more. */
    @Override
    public void close() {
        open();
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            // the framework is gone
        }
    }
}
