package org.betadrift.it.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.betadrift.data.Frequency;
import org.betadrift.data.PanelReader;
import org.betadrift.data.PanelRequest;
import org.betadrift.model.BetadriftException;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Recipe;
import org.betadrift.run.RunHandle;
import org.betadrift.run.StrategyInfo;
import org.osgi.framework.BundleException;

/** A small host: discovers, lists, runs, swaps a strategy's bundle under submitted runs, and says who made what. */
public final class ResearchPlatform {
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;
    private static final int SUBMITTED = 200;

    private ResearchPlatform() { }

    /** @param args folder of the Felix distribution, a state noise estimator, the bundle that shall succeed its own */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 3) {
            end(WRONG_INPUT, "usage: ResearchPlatform DISTRIBUTION STATE-NOISE SUCCESSOR.jar");
        }
        try {
            run(Path.of(args[0]), args[1], Path.of(args[2]));
        } catch (InvalidInputException e) { // one line: what, where, the value, what to do
            end(WRONG_INPUT, e.getMessage());
        } catch (BundleException | BetadriftException e) {
            end(FAILED, e.getMessage());
        }
    }

    private static void run(Path distribution, String stateNoise, Path successor) throws IOException, BundleException, InterruptedException {
        try (EmbeddedBetadrift betadrift = EmbeddedBetadrift.start(distribution)) {
            ExposureService exposures = betadrift.service(ExposureService.class, "");
            exposures.strategies().forEach(s -> print("%-25s %-15s %s %s", s.role(), s.name(), s.bundle(), s.version()));

            ReturnPanel panel = betadrift.service(PanelReader.class, "(betadrift.name=csv)")
                    .read(PanelRequest.of(List.of(distribution.resolve("example/returns.csv"))).withFrequency(Frequency.WEEKLY));
            Recipe recipe = Recipe.builder().target("FUND", "PREF", "CONV")
                    .initial("ols").stateNoise(stateNoise).observationNoise("ols").build();
            print("before: %s", summary(exposures.run(recipe, panel)));

            List<RunHandle> submitted = IntStream.range(0, SUBMITTED).mapToObj(i -> exposures.submit(recipe, panel)).toList();
            betadrift.swap(successor);
            Map<String, Integer> runsByMaker = new TreeMap<>();
            for (RunHandle handle : submitted) {
                runsByMaker.merge(stateNoiseMaker(handle.get()), 1, Integer::sum);
            }
            runsByMaker.forEach((maker, runs) -> print("swapped under %d submitted runs: %d by %s", SUBMITTED, runs, maker));
            print("after: %s", summary(exposures.run(recipe, panel)));
        }
        print("closed");
    }

    private static String summary(ExposureRun run) {
        int last = run.sample().periods() - 1;
        return String.format(Locale.ROOT, "log-likelihood %.4f; on %s PREF %.4f, CONV %.4f; state noise by %s", run.filter().logLikelihood(),
                run.filter().filtered().dates().get(last), run.filter().filtered().of("PREF")[last], run.filter().filtered().of("CONV")[last],
                stateNoiseMaker(run));
    }

    /** From the provenance; two instances of one version differ in their service id. */
    private static String stateNoiseMaker(ExposureRun run) {
        StrategyInfo maker = run.provenance().stream().map(part -> part.strategy()).filter(s -> s.role().equals("StateNoiseEstimator"))
                .findFirst().orElseThrow();
        return maker.name() + " of " + maker.bundle() + " " + maker.version() + " (service " + maker.serviceId() + ")";
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static void end(int code, String why) {
        System.err.println("ResearchPlatform: " + why);
        System.exit(code);
    }
}
