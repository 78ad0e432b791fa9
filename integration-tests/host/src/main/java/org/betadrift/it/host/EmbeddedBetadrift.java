package org.betadrift.it.host;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.betadrift.model.InvalidInputException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;

/**
 * An OSGi framework in this process, with the bundles of the Felix distribution. What the application shares with them comes
 * from its class path, through the system bundle: the api, so that both talk in the same types, and slf4j. Of the other
 * bundles none may be on the class path. Thread-safe.
 */
public final class EmbeddedBetadrift implements AutoCloseable {
    private static final long SERVICE_MILLIS = 10_000;
    private static final long STOP_MILLIS = 60_000; // runs in progress have 30 s of it, unless configured otherwise
    private final Framework framework;
    private final Path cache;
    private final Map<String, ServiceTracker<Object, Object>> trackers = new ConcurrentHashMap<>();

    private EmbeddedBetadrift(Framework framework, Path cache) {
        this.framework = framework;
        this.cache = cache;
    }

    /**
     * @param distribution the folder of the Felix distribution; it is only read
     * @throws InvalidInputException it isn't one
     * @throws BundleException a bundle doesn't resolve or start
     */
    public static EmbeddedBetadrift start(Path distribution) throws IOException, BundleException {
        Distribution shipped = new Distribution(distribution);
        FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow(EmbeddedBetadrift::noFramework);
        Map<String, String> configuration = shipped.configuration(); // lends the bundles the api and slf4j of the class path
        // For swap: a successor of the same version, as a SNAPSHOT's is, may stand beside the old one.
        configuration.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        Path cache = Files.createTempDirectory("betadrift-");
        configuration.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        EmbeddedBetadrift embedded = new EmbeddedBetadrift(factory.newFramework(configuration), cache);
        try {
            embedded.framework.start();
            List<Bundle> bundles = new ArrayList<>();
            for (Path jar : shipped.bundles()) {
                bundles.add(embedded.install(jar));
            }
            for (Bundle bundle : bundles) {
                bundle.start();
            }
            return embedded;
        } catch (IOException | BundleException | RuntimeException e) {
            embedded.close(); // its threads would keep the process alive
            throw e;
        }
    }

    /**
     * The best service of a type; waits for it. Ask again instead of keeping it: its own bundle may be updated too.
     *
     * @param filter of its properties, for example {@code (betadrift.name=csv)}; empty for any
     * @throws IllegalStateException it didn't come
     */
    public <S> S service(Class<S> type, String filter) throws InterruptedException {
        String wanted = "(&(" + Constants.OBJECTCLASS + "=" + type.getName() + ")" + filter + ")";
        Object service = trackers.computeIfAbsent(wanted, this::track).waitForService(SERVICE_MILLIS);
        if (service == null) {
            throw new IllegalStateException("no service " + wanted + " within " + SERVICE_MILLIS + " ms: see the log for a bundle that failed");
        }
        return type.cast(service);
    }

    /** @return installed, not started */
    public Bundle install(Path jar) throws IOException, BundleException {
        if (!Files.isRegularFile(jar)) {
            throw InvalidInputException.of("bundle", jar, "there is no such file", "check the name");
        }
        String location = jar.getFileName() + "#" + UUID.randomUUID(); // the same file may be installed once more
        try (InputStream in = Files.newInputStream(jar)) {
            return framework.getBundleContext().installBundle(location, in);
        }
    }

    /**
     * Starts a bundle beside the one of the same symbolic name, then takes that one away. So its strategies are never missing
     * (an update would leave a gap, in which a run that begins fails), and the runs inside the old ones end first.
     *
     * @throws InvalidInputException the successor offers no service; everything is as before
     */
    public synchronized void swap(Path successor) throws IOException, BundleException {
        Bundle next = install(successor);
        boolean serves = false;
        try {
            next.start();
            serves = next.getRegisteredServices() != null;
        } finally {
            if (!serves) {
                next.uninstall();
            }
        }
        if (!serves) {
            throw InvalidInputException.of("successor", successor, "it offers no service", "check its components; nothing was swapped");
        }
        for (Bundle old : framework.getBundleContext().getBundles()) {
            if (!old.equals(next) && next.getSymbolicName().equals(old.getSymbolicName())) {
                old.uninstall();
            }
        }
    }

    /** The framework's own view, for whatever else a host does with bundles. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** Runs in progress end first, or are cancelled. Once is enough. */
    @Override
    public void close() throws IOException, BundleException {
        try {
            framework.stop();
            framework.waitForStop(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Files.exists(cache)) {
            try (Stream<Path> files = Files.walk(cache)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private ServiceTracker<Object, Object> track(String filter) {
        try {
            ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context(), context().createFilter(filter), null);
            tracker.open();
            return tracker;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static IllegalStateException noFramework() {
        return new IllegalStateException("no OSGi framework on the class path: add one, for example org.apache.felix.framework");
    }
}
