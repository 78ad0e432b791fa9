package org.betadrift.shell.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.betadrift.filter.CancelledException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.report.RenderOptions;
import org.betadrift.report.ReportRenderer;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import org.betadrift.run.RunHandle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code estimate}: reads, estimates, writes. */
@Command(name = "estimate", sortOptions = false, abbreviateSynopsis = true, description = "Estimates the exposures of one target, or of several at once, through time.")
final class EstimateCommand implements Callable<Integer> {
    private final Services services;
    private final PrintStream out;

    @Mixin
    private HelpOption help;

    @Mixin
    private EstimateOptions options;

    @Option(names = "--format", paramLabel = "text|json", defaultValue = "text", description = "How to write the result. Default: ${DEFAULT-VALUE}.")
    private String format;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write it. Default: standard output.")
    private Path file;

    @Option(names = "--strict", description = "Exit code 1 when a maximisation (--joint) has not converged; the result is written all the same."
            + " Default: the report says so, and the exit code is 0.")
    private boolean strict;

    @Option(names = "--audit", paramLabel = "CUTS", arity = "0..1", fallbackValue = "8", description = "Test for look-ahead: run again without the"
            + " rows after each of CUTS dates (8 unless given) chosen at random, and compare. Exit code 1 when a value changes that the run calls"
            + " causal; the result is written all the same.")
    private Integer audit;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of everything random: the draws of --path, the dates of --audit. Default: ${DEFAULT-VALUE}.")
    private long seed;

    EstimateCommand(Services services, PrintStream out) {
        this.services = services;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        Output output = new Output(file, options.files());
        ReportRenderer renderer = services.renderers().get(format);
        Recipe recipe = options.recipe(services.exposures(), seed);
        ReturnPanel panel = options.prepared(services.readers().get("csv").read(options.request()));
        ExposureRun run = audit == null ? run(recipe, panel) : services.exposures().audit(recipe, panel, audit, seed);
        String title = "betadrift: " + options.subject();
        output.write(out, stream -> renderer.render(run, new RenderOptions(title), stream));
        run.audit().ifPresent(LookAheadException::unlessClaimsHold);
        if (strict) {
            NotConvergedException.unlessConverged(run);
        }
        return Commands.DONE;
    }

    private ExposureRun run(Recipe recipe, ReturnPanel panel) {
        RunHandle handle = services.exposures().submit(recipe, panel);
        try {
            ExposureRun run = handle.get();
            services.history().add(handle.id(), run);
            return run;
        } catch (InterruptedException e) {
            handle.cancel();
            Thread.currentThread().interrupt();
            throw new CancelledException(handle.progress());
        }
    }
}
