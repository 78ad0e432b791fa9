package org.betadrift.runtime.internal;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.betadrift.data.PanelReader;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.JointNoiseEstimator;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.filter.CancelledException;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.Forecaster;
import org.betadrift.filter.PathEstimator;
import org.betadrift.filter.Simulator;
import org.betadrift.filter.Smoother;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.report.ReportRenderer;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Recipe;
import org.betadrift.run.RunHandle;
import org.betadrift.run.StrategyInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service over whatever strategies the registry holds. They are tracked, not referenced: a strategy that leaves is
 * waited for while its bundle stops, and Declarative Services would hold locks of its own meanwhile (five seconds, then an
 * exception). Forecasters, simulators, readers and renderers are tracked only to be listed.
 */
@Component(name = "org.betadrift.runtime", immediate = true) // runs go on when the last client lets the service go
@Designate(ocd = RuntimeConfiguration.class)
public final class RegistryExposureService implements ExposureService {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryExposureService.class);
    private static final List<Class<?>> ROLES = List.of(InitialStateEstimator.class, ObservationNoiseEstimator.class,
            StateNoiseEstimator.class, JointNoiseEstimator.class, FilterEngine.class, Smoother.class, Forecaster.class, Simulator.class,
            PathEstimator.class, Diagnostic.class, ReportRenderer.class, PanelReader.class);

    private final Registry registry = new Registry();
    private final List<StrategyTracker<?>> trackers;
    private final BundleContext context;
    private final LeavingBundles leavingBundles;
    private final Set<Run> inProgress = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastId = new AtomicLong();
    private volatile Duration drainBound;
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
        Thread thread = new Thread(work, "betadrift-run");
        thread.setDaemon(true);
        thread.setContextClassLoader(RegistryExposureService.class.getClassLoader()); // not the one of whoever submits first
        return thread;
    });
    private volatile boolean stopping;

    /** @throws InvalidInputException a configured value is out of range */
    @Activate
    public RegistryExposureService(BundleContext context, RuntimeConfiguration configuration) {
        this.context = context;
        configure(configuration);
        leavingBundles = new LeavingBundles(registry, () -> drainBound);
        context.addBundleListener(leavingBundles);
        trackers = ROLES.stream().<StrategyTracker<?>>map(role -> new StrategyTracker<>(context, role, registry)).toList();
        trackers.forEach(StrategyTracker::open);
    }

    /** In place, so that the service stays and runs in progress are still waited for. */
    @Modified
    void configure(RuntimeConfiguration configuration) {
        int seconds = inRange("drain.seconds", configuration.drain_seconds(), 3600);
        int threads = inRange("threads", configuration.threads(), 1024);
        drainBound = Duration.ofSeconds(seconds);
        int pool = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        executor.setMaximumPoolSize(Math.max(pool, executor.getCorePoolSize()));
        executor.setCorePoolSize(pool);
        executor.setMaximumPoolSize(pool);
    }

    private static int inRange(String key, int value, int high) {
        if (value < 0 || value > high) {
            throw InvalidInputException.of(key + " of org.betadrift.runtime", value, "it lies in 0.." + high, "correct the configuration");
        }
        return value;
    }

    /** Runs in progress have the drain bound to end in, then they are cancelled. */
    @Deactivate
    void stop() {
        stopping = true;
        long end = System.nanoTime() + drainBound.toNanos();
        for (Run run : inProgress) {
            run.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        inProgress.forEach(Run::cancel);
        executor.shutdownNow().forEach(Runnable::run); // those that never began: cancelled, they end at once
        context.removeBundleListener(leavingBundles);
        trackers.forEach(StrategyTracker::close);
        if (context.getBundle(0).getState() != Bundle.STOPPING) {
            LOG.info("{} stops: missing from now on the ExposureService", context.getBundle());
        }
    }

    @Override
    public ExposureRun run(Recipe recipe, ReturnPanel panel) {
        Run run = begin(recipe);
        execute(run, () -> run.execute(panel));
        return run.outcome();
    }

    @Override
    public ExposureRun audit(Recipe recipe, ReturnPanel panel, int cuts, long seed) {
        Run run = begin(recipe);
        execute(run, () -> run.audit(panel, cuts, seed));
        return run.outcome();
    }

    @Override
    public RunHandle submit(Recipe recipe, ReturnPanel panel) {
        new Parts(recipe, registry).close(); // what is wrong is said at once; the run enters when it begins
        Run run = begin(recipe);
        try {
            executor.execute(() -> execute(run, () -> run.execute(panel)));
        } catch (RejectedExecutionException e) {
            inProgress.remove(run);
            run.refuse(new CancelledException("submission: the runtime is stopping"));
        }
        return run;
    }

    private Run begin(Recipe recipe) {
        Run run = new Run(lastId.incrementAndGet(), recipe, registry, () -> drainBound);
        inProgress.add(run);
        if (stopping) { // asked after it was added: stop() sees the run, or the run sees stop()
            inProgress.remove(run);
            throw new CancelledException("submission: the runtime is stopping");
        }
        return run;
    }

    private void execute(Run run, Runnable work) {
        try {
            work.run();
        } finally {
            inProgress.remove(run);
        }
    }

    @Override
    public List<RunHandle> inProgress() {
        return inProgress.stream().sorted(Comparator.comparingLong(Run::id)).<RunHandle>map(run -> run).toList();
    }

    @Override
    public List<StrategyInfo> strategies() {
        return registry.strategies();
    }
}
