package org.betadrift.distribution.felix;

import java.io.PrintStream;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.function.ToIntBiFunction;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A command line in a bundle of its own, made by {@link StubBundle}. It shares no class with the launcher. */
public final class StubCommandLine implements BundleActivator, ToIntBiFunction<String[], PrintStream[]> {

    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("betadrift.role", "command-line");
        context.registerService(ToIntBiFunction.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {
        System.err.println("stopped");
    }

    @Override
    public int applyAsInt(String[] args, PrintStream[] streams) {
        System.out.println("stray");
        streams[0].println("result \u20ac " + String.join("|", args));
        switch (args[0]) {
            case "fail":
                throw new IllegalStateException("first line\nsecond line");
            case "sleep":
                streams[0].flush();
                sleep();
                return 0;
            default:
                return Integer.parseInt(args[0]);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
