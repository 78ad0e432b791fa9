package org.betadrift.run;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** A run, in progress or done. Thread-safe. */
@ProviderType
public interface RunHandle {
    /** Counts up from 1 in one ExposureService. */
    long id();

    /** What was asked for. */
    Recipe recipe();

    /** When it was submitted. */
    Instant started();

    /** Completes with the run, or with the exception {@link #get} throws. */
    CompletionStage<ExposureRun> completion();

    /**
     * Waits for the result.
     *
     * @throws org.betadrift.model.BetadriftException whatever ended the run
     * @throws InterruptedException this thread was interrupted while waiting; the run goes on
     */
    ExposureRun get() throws InterruptedException;

    /** What is being done, a few words, with its own fraction where that is known. */
    String progress();

    /** Asks the run to end: it does with a {@link org.betadrift.filter.CancelledException}, as soon as a strategy listens. */
    void cancel();
}
