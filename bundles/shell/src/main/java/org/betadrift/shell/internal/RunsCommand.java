package org.betadrift.shell.internal;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.betadrift.run.Choice;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import org.betadrift.run.RunHandle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code runs}: what is in progress, whoever started it, and what this shell has finished. */
@Command(name = "runs", description = "Lists the runs in progress, and the last ones this shell has finished (for compare-runs).")
final class RunsCommand implements Callable<Integer> {
    private final Services services;
    private final PrintStream out;

    @Mixin
    private HelpOption help;

    RunsCommand(Services services, PrintStream out) {
        this.services = services;
        this.out = out;
    }

    @Override
    public Integer call() {
        Columns columns = new Columns().row("Run", "State", "Since", "Targets", "Recipe");
        for (Map.Entry<Long, ExposureRun> done : services.history().all()) {
            columns.row(done.getKey(), String.format(Locale.ROOT, "done, log-likelihood %.4f", done.getValue().filter().logLikelihood()), "",
                    targets(done.getValue().recipe()), choices(done.getValue().recipe()));
        }
        for (RunHandle run : services.exposures().inProgress()) {
            columns.row(run.id(), run.progress(), Duration.between(run.started(), Instant.now()).toSeconds() + " s",
                    targets(run.recipe()), choices(run.recipe()));
        }
        columns.print(out);
        return Commands.DONE;
    }

    private static String targets(Recipe recipe) {
        return String.join(",", recipe.factors().keySet());
    }

    private static String choices(Recipe recipe) {
        return Stream.of(Optional.of(recipe.initial()), recipe.observationNoise(), recipe.stateNoise(), recipe.joint())
                .flatMap(Optional::stream).map(Choice::toString).collect(Collectors.joining(" | "));
    }
}
