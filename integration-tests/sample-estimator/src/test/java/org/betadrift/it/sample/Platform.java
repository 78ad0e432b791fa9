package org.betadrift.it.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;

/** A running Felix with the bundles of the distribution; the api comes from the test, so that both talk in the same types. */
final class Platform {
    private final Framework framework;

    /** @param storage an empty folder of the framework's own */
    Platform(Path storage) throws IOException, BundleException {
        List<Path> bundles;
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("betadrift.distribution"), "bundle"))) {
            bundles = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
        Path api = bundles.stream().filter(Platform::isApi).findFirst().orElseThrow();
        framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(Map.of(
                Constants.FRAMEWORK_STORAGE, storage.toString(),
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "org.slf4j;version=" + System.getProperty("slf4j.version") + "," + exports(api)));
        framework.start();
        List<Bundle> installed = new ArrayList<>();
        for (Path bundle : bundles) {
            if (!isApi(bundle)) {
                installed.add(install(bundle));
            }
        }
        for (Bundle bundle : installed) {
            bundle.start();
        }
    }

    private static boolean isApi(Path bundle) {
        return bundle.getFileName().toString().startsWith("org.betadrift.api-");
    }

    private static String exports(Path bundle) throws IOException {
        try (JarFile file = new JarFile(bundle.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE).replaceAll(";uses:=\"[^\"]*\"", "");
        }
    }

    Bundle install(Path bundle) throws BundleException {
        return framework.getBundleContext().installBundle(bundle.toUri().toString());
    }

    /** Waits for it. */
    <S> S service(Class<S> type) throws InterruptedException {
        ServiceTracker<S, S> tracker = new ServiceTracker<>(framework.getBundleContext(), type, null);
        tracker.open();
        S service = tracker.waitForService(10_000);
        if (service == null) {
            throw new AssertionError("no " + type.getName());
        }
        return service;
    }

    void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
