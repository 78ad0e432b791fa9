package org.betadrift.shell.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.betadrift.data.Frequency;
import org.betadrift.data.PanelReader;
import org.betadrift.data.PanelRequest;
import org.betadrift.model.ReturnPanel;
import org.betadrift.report.RenderOptions;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code demo}: the main job on the shipped example, whose true exposures are known. */
@Command(name = "demo", description = "Runs the shipped example and shows how close the estimate comes to the truth.")
final class DemoCommand implements Callable<Integer> {
    private static final String TARGET = "FUND";
    private static final List<String> FACTORS = List.of("PREF", "CONV");

    private final Services services;
    private final PrintStream out;

    @Mixin
    private HelpOption help;

    DemoCommand(Services services, PrintStream out) {
        this.services = services;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        PanelReader reader = services.readers().get("csv");
        Recipe recipe = Recipe.builder().target(TARGET, FACTORS.toArray(String[]::new))
                .initial("ols").stateNoise("factor-vol").observationNoise("ols").build();
        try (Example example = new Example()) {
            ReturnPanel panel = reader.read(PanelRequest.of(List.of(example.file("returns.csv"), example.file("yields.csv")))
                    .withFrequency(Frequency.WEEKLY).withDeltas(Set.of("Y10")));
            ReturnPanel truth = reader.read(PanelRequest.of(List.of(example.file("truth.csv"))));
            ExposureRun run = services.exposures().run(recipe, panel);
            services.renderers().get("text").render(run, new RenderOptions("betadrift demo: a simulated fund, ten years of weeks"), out);
            printTruth(run, truth);
        }
        return 0;
    }

    private void printTruth(ExposureRun run, ReturnPanel truth) {
        out.println();
        out.println("The example is simulated, so its true exposures are known. Filtered exposure against truth:");
        for (String factor : FACTORS) {
            double[] actual = aligned(run, truth, factor);
            double[] estimated = run.filter().filtered().of(factor);
            out.printf(Locale.ROOT, "  %-6s correlation %.3f, root mean square distance %.3f%n", factor,
                    Closeness.correlation(estimated, actual), Closeness.rootMeanSquareDistance(estimated, actual));
        }
        String home = System.getProperty("betadrift.home"); // set by the Felix distribution, whose example folder holds the files
        if (home != null) {
            out.println();
            out.println("The same by hand:");
            out.println("  betadrift estimate --data '" + Path.of(home, "example", "returns.csv") + "' \\");
            out.println("      --frequency weekly --target FUND --factors PREF,CONV --initial ols --state-noise factor-vol --observation-noise ols");
        }
        out.flush();
    }

    /** The truth on the run's dates. */
    private static double[] aligned(ExposureRun run, ReturnPanel truth, String factor) {
        double[] all = truth.column(factor);
        return run.sample().dates().stream().mapToInt(truth.dates()::indexOf).mapToDouble(i -> i < 0 ? Double.NaN : all[i]).toArray();
    }
}
