package org.betadrift.likelihood;

import org.betadrift.filter.Monitor;

/** Tells a monitor how far a search is, and says when enough has been worked out. */
final class Watch {
    private final Likelihood likelihood;
    private final Monitor monitor;
    private final int budget;
    private final int before;
    private String what = "maximising the likelihood";

    Watch(Likelihood likelihood, Monitor monitor, int budget) {
        this.likelihood = likelihood;
        this.monitor = monitor;
        this.budget = budget;
        this.before = likelihood.evaluations();
    }

    /** From now on. */
    void says(String doing) {
        what = doing;
    }

    /** Lets a cancelled run end. @return whether there is budget left */
    boolean goesOn() {
        monitor.progress(Double.NaN, what);
        return left() > 0;
    }

    int left() {
        return budget - (likelihood.evaluations() - before);
    }
}
