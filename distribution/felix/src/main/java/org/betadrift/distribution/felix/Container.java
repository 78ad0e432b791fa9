package org.betadrift.distribution.felix;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.ToIntBiFunction;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.util.tracker.ServiceTracker;

/** The embedded framework with all bundles of the distribution started. */
final class Container implements AutoCloseable {

    private static final String COMMAND_LINE = "(&(" + Constants.OBJECTCLASS + "=java.util.function.ToIntBiFunction)(betadrift.role=command-line))";
    private static final String TIMEOUT = "betadrift.start.timeout";
    private static final String COMPONENT_RUNTIME = "org.apache.felix.scr";
    private static final long STOP_MILLIS = 10_000;

    private final Framework framework;
    private final long timeoutMillis;
    private final List<String> failures = new ArrayList<>();

    private Container(Framework framework, long timeoutMillis) {
        this.framework = framework;
        this.timeoutMillis = timeoutMillis;
    }

    static Container start(Home home, Path cache) throws StartException {
        Map<String, String> configuration = home.configuration();
        configuration.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        List<Path> jars = home.bundles();
        Container container = new Container(new FrameworkFactory().newFramework(configuration), timeout(configuration));
        try {
            container.framework.init();
            List<Bundle> bundles = container.install(jars);
            container.framework.start();
            // Together: one by one, as each is started, takes twice as long.
            container.framework.adapt(FrameworkWiring.class).resolveBundles(bundles);
            container.start(bundles);
        } catch (BundleException e) {
            container.close();
            throw new StartException("the framework did not start: " + e.getMessage(), e);
        }
        return container;
    }

    /** One line for every bundle that could not be installed or started. */
    List<String> failures() {
        return failures;
    }

    /** Waits for the service that is the command line. */
    @SuppressWarnings("unchecked") // the signature belongs to the role
    ToIntBiFunction<String[], PrintStream[]> commandLine() throws StartException {
        BundleContext context = framework.getBundleContext();
        try {
            var tracker = new ServiceTracker<Object, Object>(context, context.createFilter(COMMAND_LINE), null);
            tracker.open();
            Object service = tracker.waitForService(timeoutMillis);
            if (service != null) {
                return (ToIntBiFunction<String[], PrintStream[]>) service;
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        StringJoiner reasons = new StringJoiner("; ");
        reasons.add("the command line did not come up within " + timeoutMillis + " ms");
        failures.forEach(reasons::add);
        ComponentReport.unsatisfied(context).forEach(reasons::add);
        throw new StartException(reasons.toString());
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(STOP_MILLIS);
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Bundle> install(List<Path> jars) {
        BundleContext context = framework.getBundleContext();
        List<Bundle> bundles = new ArrayList<>(jars.size());
        for (Path jar : jars) {
            try {
                // By reference the jar is used where it lies, not copied; Felix decodes the URL.
                bundles.add(context.installBundle("reference:" + jar.toUri().toASCIIString()));
            } catch (BundleException e) {
                failures.add("bundle " + jar.getFileName() + " is not installed: " + reason(e));
            }
        }
        return bundles;
    }

    /** SCR comes last: it then finds every component at once and publishes the services before its start returns. */
    private void start(List<Bundle> bundles) {
        bundles.stream().filter(bundle -> !isComponentRuntime(bundle)).forEach(this::start);
        bundles.stream().filter(Container::isComponentRuntime).forEach(this::start);
    }

    private void start(Bundle bundle) {
        boolean fragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
        if (fragment) {
            return;
        }
        try {
            bundle.start();
        } catch (BundleException e) {
            failures.add("bundle " + bundle.getSymbolicName() + " is not started: " + reason(e));
        }
    }

    private static String reason(BundleException e) {
        String message = OneLine.of(e.getMessage());
        // Felix names the missing requirement first and then lists all of them once more.
        int repeated = message.indexOf(" Unresolved requirements:");
        if (repeated >= 0) {
            return message.substring(0, repeated);
        }
        return e.getCause() == null ? message : message + " " + OneLine.of(e.getCause().toString());
    }

    private static boolean isComponentRuntime(Bundle bundle) {
        return COMPONENT_RUNTIME.equals(bundle.getSymbolicName());
    }

    private static long timeout(Map<String, String> configuration) throws StartException {
        String value = configuration.getOrDefault(TIMEOUT, "10000");
        try {
            return Math.max(1, Long.parseLong(value.strip()));
        } catch (NumberFormatException e) {
            throw new StartException("conf/framework.properties: " + TIMEOUT + "=" + value + " is not a number of milliseconds", e);
        }
    }
}
