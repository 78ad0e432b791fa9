package org.betadrift.estimator.cholesky.internal;

import org.betadrift.filter.Monitor;

/** Tells a monitor what goes on, and says when enough has been worked out. */
final class Watch {
    private final Surface surface;
    private final Monitor monitor;
    private final int budget;
    private String what = "maximising the likelihood";

    Watch(Surface surface, Monitor monitor, int budget) {
        this.surface = surface;
        this.monitor = monitor;
        this.budget = budget;
    }

    /** From now on. */
    void says(String doing) {
        what = doing;
    }

    /** Lets a cancelled run end. @return whether there is budget left */
    boolean goesOn() {
        monitor.progress(Double.NaN, what);
        return surface.evaluations() < budget;
    }
}
