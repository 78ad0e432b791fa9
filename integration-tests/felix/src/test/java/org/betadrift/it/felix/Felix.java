package org.betadrift.it.felix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;

/** A real Felix with the bundles of the built distribution, as a host would install them. */
final class Felix {
    private final Framework framework;
    private final Path cache;

    private Felix(Framework framework, Path cache) {
        this.framework = framework;
        this.cache = cache;
    }

    /** Every bundle of the distribution, the api among them: services of JDK types are reachable from outside. */
    static Felix whole(Path... more) throws IOException, BundleException {
        return start(false, more);
    }

    /** The api comes from the test's class path through the system bundle, so that test and bundles share its types. */
    static Felix sharingApi(Path... more) throws IOException, BundleException {
        return start(true, more);
    }

    private static Felix start(boolean shareApi, Path... more) throws IOException, BundleException {
        List<Path> jars = new ArrayList<>(distributionBundles());
        String packages = "org.slf4j;version=" + System.getProperty("slf4j.version");
        if (shareApi) {
            Path api = jars.stream().filter(jar -> jar.getFileName().toString().startsWith("org.betadrift.api-")).findFirst().orElseThrow();
            jars.remove(api);
            packages += "," + exports(api);
        }
        jars.addAll(List.of(more));
        Path cache = Files.createTempDirectory("felix-cache");
        Map<String, String> configuration = new HashMap<>();
        configuration.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, packages);
        configuration.put("felix.log.level", "1");
        Framework framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(configuration);
        framework.start();
        BundleContext context = framework.getBundleContext();
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : jars) {
            bundles.add(context.installBundle(jar.toUri().toString()));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        return new Felix(framework, cache);
    }

    /** The bundle folder of the distribution that was just built. */
    static List<Path> distributionBundles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("betadrift.distribution")).resolve("bundle"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static String exports(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE).replaceAll(";uses:=\"[^\"]*\"", "");
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Bundle bundle(String symbolicName) {
        return Stream.of(context().getBundles()).filter(b -> symbolicName.equals(b.getSymbolicName())).findFirst().orElseThrow();
    }

    /** Waits for it. */
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

    void close() throws BundleException, InterruptedException, IOException {
        framework.stop();
        framework.waitForStop(10_000);
        try (Stream<Path> files = Files.walk(cache)) {
            files.sorted(Comparator.reverseOrder()).forEach(Felix::delete);
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
