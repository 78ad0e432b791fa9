package org.betadrift.filter;

import org.osgi.annotation.versioning.ProviderType;

/** The run's ear and mouth inside long work. Thread-safe and cheap: call it now and then, not at every step. */
@ProviderType
public interface Monitor {
    /** Does nothing, never ends anything. */
    Monitor NONE = (fraction, what) -> { };

    /**
     * Says how far the work is and gives it a chance to end.
     *
     * @param fraction 0..1 of this piece of work, or NaN when unknown
     * @param what is being done, a few words
     * @throws CancelledException the run was cancelled or its thread interrupted; let it pass
     */
    void progress(double fraction, String what);
}
