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
import java.util.function.Function;
import java.util.function.Supplier;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.Monitor;
import org.betadrift.model.ReturnPanel;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import org.betadrift.run.RunHandle;
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.StrategyWithdrawnException;

/** A run: what it does, how to end it, what came of it. It enters its strategies when it begins, not while it waits. */
final class Run implements RunHandle, Monitor {
    private final long id;
    private final Recipe recipe;
    private final Instant started = Instant.now();
    private final Registry registry;
    private final Supplier<Duration> drainBound;
    private final CompletableFuture<ExposureRun> future = new CompletableFuture<>();
    private volatile Parts parts; // null before it begins, and after its end: a handle that is kept pins no strategy
    private volatile boolean cancelled;
    private volatile String progress = "waiting";

    Run(long id, Recipe recipe, Registry registry, Supplier<Duration> drainBound) {
        this.id = id;
        this.recipe = recipe;
        this.registry = registry;
        this.drainBound = drainBound;
    }

    /** On this thread, to the end; the outcome is in {@link #completion}. */
    void execute(ReturnPanel panel) {
        execute(entered -> new Pipeline(recipe, panel, entered, this).run());
    }

    /** The same, with an audit by the same strategies. */
    void audit(ReturnPanel panel, int cuts, long seed) {
        execute(entered -> new Auditor(recipe, panel, entered, this).audit(cuts, seed));
    }

    private void execute(Function<Parts, ExposureRun> work) {
        try {
            progress(Double.NaN, "waiting");
            ExposureRun result;
            try (Parts entered = new Parts(recipe, registry)) {
                parts = entered;
                result = within(entered, work);
            } finally {
                parts = null;
            }
            progress = "done";
            future.complete(result);
        } catch (RuntimeException | Error e) {
            progress = "failed";
            future.completeExceptionally(e);
        }
    }

    private ExposureRun within(Parts entered, Function<Parts, ExposureRun> work) {
        try {
            progress(Double.NaN, "the sample");
            return work.apply(entered);
        } catch (StrategyWithdrawnException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // A strategy that is gone dies in many ways (its classes can't be loaded any more): say why.
            Optional<StrategyInfo> gone = entered.withdrawn();
            if (gone.isPresent()) {
                throw new StrategyWithdrawnException(gone.get(), drainBound.get(), e);
            }
            throw e;
        }
    }

    @Override
    public void progress(double fraction, String what) {
        progress = Double.isNaN(fraction) ? what : String.format(Locale.ROOT, "%s, %.0f %%", what, 100 * fraction);
        if (cancelled || Thread.currentThread().isInterrupted()) {
            throw new CancelledException(what);
        }
        Parts entered = parts;
        Optional.ofNullable(entered).flatMap(Parts::withdrawn).ifPresent(info -> {
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
        future.completeExceptionally(reason);
    }
}
