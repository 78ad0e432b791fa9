package org.betadrift.it.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What the command line of the Felix distribution answers: what Karaf has to say too. */
final class CommandLine {
    private static final Path FELIX = Path.of(System.getProperty("betadrift.felix"));
    private static final String ESTIMATE = "--frequency weekly --target FUND --factors PREF,CONV --initial ols --state-noise factor-vol"
            + " --observation-noise ols";

    private CommandLine() { }

    /** An estimate on the Felix distribution's example, as a line for Karaf. */
    static String estimate() {
        return estimate("'" + FELIX.resolve("example/returns.csv") + "'");
    }

    /** The same on another copy of the example. */
    static String estimate(String data) {
        return "betadrift:estimate --data " + data + " " + ESTIMATE;
    }

    static List<String> numbers() throws IOException, InterruptedException {
        return numbers(run(("estimate --data example/returns.csv " + ESTIMATE).split(" ")));
    }

    /** The model, both tables and the paths, to the last digit. */
    static List<String> numbers(String report) {
        List<String> lines = report.lines().map(String::stripTrailing).filter(line -> !line.isEmpty()).toList();
        assertThat(lines).as(report).contains("Model", "Fit summary", "Factor dynamics");
        return lines.subList(lines.indexOf("Model"), lines.size());
    }

    static Set<String> strategies() throws IOException, InterruptedException {
        return strategies(run("strategies"));
    }

    /** Without the order: among equals it is that of registration. */
    static Set<String> strategies(String table) {
        return table.lines().map(line -> line.strip().replaceAll("\\s+", " ")).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(FELIX.resolve("bin/betadrift").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(FELIX.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(key -> key.startsWith("JAVA"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return out;
    }
}
