package org.betadrift.runtime.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.Monitor;
import org.betadrift.model.ReturnPanel;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import org.betadrift.run.RunHandle;
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.StrategyWithdrawnException;

/** A run from the moment its strategies are entered: what it does, how to end it, what came of it. */
final class Run implements RunHandle, Monitor {
    private final long id;
    private final Recipe recipe;
    private final Instant started = Instant.now();
    private final Parts parts;
    private final Supplier<Duration> drainBound;
    private final CompletableFuture<ExposureRun> future = new CompletableFuture<>();
    private volatile boolean cancelled;
    private volatile String progress = "waiting";

    /** @param parts entered; left when the run ends */
    Run(long id, Recipe recipe, Parts parts, Supplier<Duration> drainBound) {
        this.id = id;
        this.recipe = recipe;
        this.parts = parts;
        this.drainBound = drainBound;
    }

    /** On this thread, to the end; the outcome is in {@link #completion}. */
    void execute(ReturnPanel panel) {
        try (parts) {
            try {
                progress(Double.NaN, "the sample");
                ExposureRun result = new Pipeline(recipe, recipe.sample(panel), parts, this).run();
                future.complete(result);
            } catch (RuntimeException | Error e) {
                // A strategy that is gone dies in many ways (its classes can't be loaded any more): say why.
                Optional<StrategyInfo> gone = e instanceof StrategyWithdrawnException ? Optional.empty() : parts.withdrawn();
                future.completeExceptionally(gone.<Throwable>map(info -> new StrategyWithdrawnException(info, drainBound.get(), e)).orElse(e));
            }
        }
        progress = "done";
    }

    @Override
    public void progress(double fraction, String what) {
        progress = Double.isNaN(fraction) ? what : String.format(Locale.ROOT, "%s, %.0f %%", what, 100 * fraction);
        if (cancelled || Thread.currentThread().isInterrupted()) {
            throw new CancelledException(what);
        }
        parts.withdrawn().ifPresent(info -> {
            throw new StrategyWithdrawnException(info, drainBound.get(), null);
        });
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Recipe recipe() {
        return recipe;
    }

    @Override
    public Instant started() {
        return started;
    }

    @Override
    public CompletionStage<ExposureRun> completion() {
        return future.minimalCompletionStage();
    }

    @Override
    public ExposureRun get() throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    /** The outcome of a run that has ended. */
    ExposureRun outcome() {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw thrown(e.getCause());
        }
    }

    /** Returns early when it ends, or when this thread is interrupted. */
    void awaitEnd(Duration bound) {
        try {
            future.handle((result, error) -> null).get(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // the caller looks for itself
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException thrown(Throwable cause) {
        if (cause instanceof RuntimeException e) {
            return e;
        }
        throw (Error) cause;
    }

    @Override
    public String progress() {
        return progress;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    /** Before it began: nothing will come of it. */
    void refuse(RuntimeException reason) {
        parts.close();
        future.completeExceptionally(reason);
    }
}
