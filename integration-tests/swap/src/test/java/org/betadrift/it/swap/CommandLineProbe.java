package org.betadrift.it.swap;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.ToIntBiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.util.tracker.ServiceTracker;

/** Through the command line, by JDK types only: the api may be one of the bundles that go. */
final class CommandLineProbe implements Probe {
    private static final Pattern LIKELIHOOD = Pattern.compile("\"likelihood\"\\s*:\\s*\\{[^}]*\"value\"\\s*:\\s*([-0-9.eE]+)");
    private static final String[] EXAMPLE = {"estimate",
        "--data", Path.of(System.getProperty("betadrift.distribution"), "example", "returns.csv").toString(), "--frequency", "weekly",
        "--target", "FUND", "--factors", "PREF,CONV", "--initial", "ols", "--state-noise", "factor-vol", "--observation-noise", "ols",
        "--format", "json"};
    private final ServiceTracker<?, ToIntBiFunction<String[], PrintStream[]>> commandLine;

    CommandLineProbe(Container container) throws Exception {
        commandLine = new ServiceTracker<>(container.context(),
                container.context().createFilter("(&(objectClass=" + ToIntBiFunction.class.getName() + ")(betadrift.role=command-line))"), null);
        commandLine.open();
    }

    @Override
    public String ask() {
        ToIntBiFunction<String[], PrintStream[]> betadrift = commandLine.getService();
        if (betadrift == null) {
            return "no command line";
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = betadrift.applyAsInt(EXAMPLE, new PrintStream[] {
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8)});
        Matcher found = LIKELIHOOD.matcher(out.toString(StandardCharsets.UTF_8));
        return code == 0 && found.find() ? ANSWERED + found.group(1) : err.toString(StandardCharsets.UTF_8).strip();
    }
}
