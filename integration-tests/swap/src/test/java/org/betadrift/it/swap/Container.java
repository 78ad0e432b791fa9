package org.betadrift.it.swap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.util.tracker.ServiceTracker;

/** A framework with the bundles of the built distribution, ConfigurationAdmin and more; nothing is started but the framework. */
final class Container implements AutoCloseable {
    private static final String API = "org.betadrift.api";
    private static final String MARKER = "org.betadrift.it.marker";
    private final Log log = new Log();
    private final Path cache;
    private final Framework framework;

    /** Every bundle of the distribution, the api among them: only services of JDK types can be used from outside. */
    static Container whole(Brand brand, Path... more) throws Exception {
        return new Container(brand, false, more);
    }

    /** The api comes from the test's class path through the system bundle: test and bundles share its types. */
    static Container sharingApi(Brand brand, Path... more) throws Exception {
        return new Container(brand, true, more);
    }

    private Container(Brand brand, boolean shareApi, Path... more) throws Exception {
        List<Path> jars = new ArrayList<>(jars(Path.of(System.getProperty("betadrift.distribution"), "bundle")));
        jars.addAll(jars(Path.of(System.getProperty("betadrift.bundles"))));
        jars.addAll(List.of(more));
        String packages = "org.slf4j;version=" + System.getProperty("slf4j.version")
                + ",org.osgi.service.cm;version=" + System.getProperty("osgi.service.cm.version");
        if (shareApi) {
            Path api = jars.stream().filter(jar -> jar.getFileName().toString().startsWith(API + "-")).findFirst().orElseThrow();
            jars.remove(api);
            packages += "," + exports(api);
        }
        cache = Files.createTempDirectory("betadrift-swap");
        Map<String, String> configuration = new HashMap<>();
        configuration.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, packages);
        configuration.put("felix.log.level", "2"); // warnings
        configuration.put("ds.loglevel", "2");
        configuration.put("eclipse.consoleLog", "true"); // Equinox
        framework = brand.factory().newFramework(configuration);
        framework.init();
        context().addFrameworkListener(log::add);
        framework.start();
        for (Path jar : jars) {
            install(jar);
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static String exports(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE).replaceAll(";uses:=\"[^\"]*\"", "");
        }
    }

    /** The guest bundle of these tests. */
    static Path guest() {
        return Path.of(System.getProperty("betadrift.guest"));
    }

    Log log() {
        return log;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Bundle install(Path jar) throws BundleException {
        return context().installBundle(jar.toUri().toString());
    }

    /** Everything, in the order of installation. */
    Container start() throws BundleException {
        start(bundles());
        return this;
    }

    /** Those that aren't started yet. */
    void start(List<Bundle> inThisOrder) throws BundleException {
        for (Bundle bundle : inThisOrder) {
            bundle.start();
        }
    }

    /** All but the system bundle. */
    List<Bundle> bundles() {
        return Stream.of(context().getBundles()).filter(bundle -> bundle.getBundleId() != 0).toList();
    }

    Bundle bundle(String symbolicName) {
        return bundles().stream().filter(b -> symbolicName.equals(b.getSymbolicName())).findFirst()
                .orElseThrow(() -> new AssertionError(symbolicName + " is not installed"));
    }

    /** Waits for the end of it. */
    void refresh(Bundle... bundles) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(2);
        FrameworkListener listener = event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        };
        // among everybody's listeners too: the framework tells them later, in order, so by then the log holds what went wrong
        context().addFrameworkListener(listener);
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(bundles), event -> listener.frameworkEvent(event));
        if (!done.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the refresh does not end");
        }
        context().removeFrameworkListener(listener);
    }

    /** The whole configuration of a PID; the component is told later, on a thread of ConfigurationAdmin's. */
    void configure(String pid, Map<String, ?> properties) throws Exception {
        service(ConfigurationAdmin.class, "").getConfiguration(pid, "?").update(new Hashtable<>(properties));
    }

    /** Everybody has been told of every configuration made so far: there is one thread for it, and it tells of this one last. */
    void awaitConfigured() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        ServiceRegistration<ConfigurationListener> listener = context().registerService(ConfigurationListener.class, event -> {
            if (event.getPid().equals(MARKER)) {
                told.countDown();
            }
        }, null);
        configure(MARKER, Map.of("at", System.nanoTime()));
        if (!told.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("ConfigurationAdmin does not get through");
        }
        listener.unregister();
    }

    /** Waits for it; it is held from then on, as a host would. */
    <S> S service(Class<S> type, String filter) throws InterruptedException, InvalidSyntaxException {
        String whole = "(&(" + Constants.OBJECTCLASS + "=" + type.getName() + ")" + filter + ")";
        ServiceTracker<S, S> tracker = new ServiceTracker<>(context(), context().createFilter(whole), null);
        tracker.open();
        S service = tracker.waitForService(10_000);
        if (service == null) {
            throw new AssertionError("no service " + whole);
        }
        return service;
    }

    @Override
    public void close() throws BundleException, IOException {
        try {
            framework.stop();
            framework.waitForStop(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            log.close();
        }
        try (Stream<Path> files = Files.walk(cache)) {
            files.sorted(Comparator.reverseOrder()).forEach(Container::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
