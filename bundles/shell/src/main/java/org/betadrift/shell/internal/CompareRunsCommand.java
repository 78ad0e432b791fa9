package org.betadrift.shell.internal;

import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.betadrift.filter.StatePath;
import org.betadrift.run.Choice;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Provenance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code compare-runs}: who made two runs, and how far their numbers are apart. */
@Command(name = "compare-runs", description = "Compares two runs this shell has finished: who made each part, and the numbers.")
final class CompareRunsCommand implements Callable<Integer> {
    private final Services services;
    private final PrintStream out;

    @Mixin
    private HelpOption help;

    @Parameters(index = "0", paramLabel = "RUN", description = "A number of the runs command.")
    private long first;

    @Parameters(index = "1", paramLabel = "RUN", description = "Another one.")
    private long second;

    CompareRunsCommand(Services services, PrintStream out) {
        this.services = services;
        this.out = out;
    }

    @Override
    public Integer call() {
        ExposureRun a = services.history().get(first);
        ExposureRun b = services.history().get(second);
        Columns columns = new Columns().row("", "Run " + first, "Run " + second, "");
        columns.row("Dates", dates(a), dates(b), mark(dates(a).equals(dates(b))));
        for (int i = 0; i < Math.max(a.provenance().size(), b.provenance().size()); i++) {
            String left = part(a, i);
            String right = part(b, i);
            columns.row(role(i < a.provenance().size() ? a : b, i), left, right, mark(left.equals(right)));
        }
        columns.row("Log-likelihood", number(a.filter().logLikelihood()), number(b.filter().logLikelihood()),
                mark(a.filter().logLikelihood() == b.filter().logLikelihood()));
        columns.print(out);
        differences(a, b).forEach(out::println);
        return Commands.DONE;
    }

    private static String role(ExposureRun run, int i) {
        return run.provenance().get(i).strategy().role();
    }

    private static String part(ExposureRun run, int i) {
        if (i >= run.provenance().size()) {
            return "-";
        }
        Provenance p = run.provenance().get(i);
        return new Choice(p.strategy().name(), p.configuration()) + " of " + p.strategy().bundle() + " " + p.strategy().version()
                + ", service " + p.strategy().serviceId();
    }

    private static String dates(ExposureRun run) {
        return run.sample().date(0) + " to " + run.sample().date(run.sample().periods() - 1);
    }

    private static String mark(boolean same) {
        return same ? "" : "differs";
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, "%.6f", x);
    }

    /** The largest distance of each state's filtered paths on the dates both have it, where both have the same states and dates. */
    private static List<String> differences(ExposureRun a, ExposureRun b) {
        StatePath pathA = a.filter().filtered();
        StatePath pathB = b.filter().filtered();
        if (!pathA.states().equals(pathB.states()) || !pathA.dates().equals(pathB.dates())) {
            return List.of("The runs have different states or dates: their exposures are not compared.");
        }
        List<String> lines = new ArrayList<>();
        for (String state : pathA.states().texts()) {
            double[] x = pathA.of(state);
            double[] y = pathB.of(state);
            lines.add("Filtered exposure to " + state + ": " + distance(x, y, pathA.dates()));
        }
        return lines;
    }

    private static String distance(double[] x, double[] y, List<LocalDate> dates) {
        int worst = -1;
        for (int t = 0; t < x.length; t++) {
            double distance = Math.abs(x[t] - y[t]); // NaN while a diffuse start leaves one of them unknown
            worst = !Double.isNaN(distance) && (worst < 0 || distance > Math.abs(x[worst] - y[worst])) ? t : worst;
        }
        if (worst < 0) {
            return "no date on which both have it";
        }
        double distance = Math.abs(x[worst] - y[worst]);
        return distance == 0 ? "the same on every date" : String.format(Locale.ROOT, "at most %.3g apart (%s)", distance, dates.get(worst));
    }
}
