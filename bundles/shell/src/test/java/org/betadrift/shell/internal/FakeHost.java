package org.betadrift.shell.internal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.betadrift.data.PanelReader;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.StatePath;
import org.betadrift.filter.StatePath.Knows;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.report.ReportRenderer;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Recipe;
import org.betadrift.run.RunHandle;
import org.betadrift.run.StrategyInfo;
import org.osgi.framework.ServiceReference;

/** Commands over services that no framework holds: a runtime that remembers its recipes, a reader, a renderer of one word. */
final class FakeHost {
    /** What a command line led to. */
    record Outcome(int code, String out, String err) { }

    final List<Recipe> recipes = new ArrayList<>();
    final List<Object> audits = new ArrayList<>(); // cuts, seed
    private final UnaryOperator<ExposureRun> finish;
    private final Commands commands;

    /** @param finish makes of a plain run the one that the runtime gives */
    FakeHost(UnaryOperator<ExposureRun> finish) {
        this.finish = finish;
        ByName<PanelReader> readers = new ByName<>(PanelReader.class);
        readers.add(reference("csv"), request -> panel());
        ByName<ReportRenderer> renderers = new ByName<>(ReportRenderer.class);
        renderers.add(reference("text"), (run, options, out) -> out.write("rendered\n".getBytes(StandardCharsets.UTF_8)));
        ExposureService exposures = (ExposureService) Proxy.newProxyInstance(FakeHost.class.getClassLoader(), new Class<?>[] {ExposureService.class},
                (self, method, args) -> answer(method.getName(), args));
        commands = new Commands(new Services(() -> exposures, readers, renderers, new History()));
    }

    Outcome run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = commands.execute(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), args);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** {@code estimate} of y on x, and what else is given. */
    Outcome estimate(String... more) {
        List<String> args = new ArrayList<>(List.of("estimate", "--data", "fund.csv", "--target", "y", "--factors", "x", "--initial", "known"));
        args.addAll(Arrays.asList(more));
        return run(args.toArray(String[]::new));
    }

    private Object answer(String method, Object... args) {
        return switch (method) {
            case "strategies" -> List.of(strategy("InitialStateEstimator", "known"), strategy("ObservationNoiseEstimator", "ols"),
                    strategy("StateNoiseEstimator", "factor-vol"), strategy("JointNoiseEstimator", "mle"), strategy("JointNoiseEstimator", "mle-q"));
            case "submit" -> handle(done((Recipe) args[0]));
            case "audit" -> {
                audits.addAll(List.of(args[2], args[3]));
                yield done((Recipe) args[0]);
            }
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private ExposureRun done(Recipe recipe) {
        recipes.add(recipe);
        return finish.apply(plain(recipe));
    }

    private static RunHandle handle(ExposureRun run) {
        return (RunHandle) Proxy.newProxyInstance(FakeHost.class.getClassLoader(), new Class<?>[] {RunHandle.class},
                (self, method, args) -> method.getName().equals("get") ? run : method.getName().equals("id") ? (Object) 1L : null);
    }

    private static StrategyInfo strategy(String role, String name) {
        return new StrategyInfo(role, name, "", false, false, List.of(), "test.bundle", "1.0.0", 1, 0);
    }

    private static ReturnPanel panel() {
        return ReturnPanel.builder(List.of(LocalDate.of(2020, 1, 3), LocalDate.of(2020, 1, 10))).column("y", 1, 2).column("x", 1, 1).build();
    }

    private static ExposureRun plain(Recipe recipe) {
        Sample sample = recipe.sample(panel());
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.of(1), Covariance.diagonal(1)), Transition.randomWalk(1),
                Noise.constant(Covariance.diagonal(1)), Noise.constant(Covariance.diagonal(1)));
        double[] two = {1, 2};
        FilterResult filter = FilterResult.builder(model, sample, FilterOptions.defaults())
                .predicted(StatePath.ofUnsafe(Knows.PREDICTED, model.states(), sample.dates(), two, two))
                .filtered(StatePath.ofUnsafe(Knows.FILTERED, model.states(), sample.dates(), two, two))
                .innovations(two).innovationCovariances(two).standardizedInnovations(two).gains(two).logLikelihoods(two).build();
        return ExposureRun.of(recipe, filter, Map.of(), List.of(), List.of());
    }

    @SuppressWarnings("unchecked")
    private static <S> ServiceReference<S> reference(String name) {
        return (ServiceReference<S>) Proxy.newProxyInstance(FakeHost.class.getClassLoader(), new Class<?>[] {ServiceReference.class},
                (self, method, args) -> switch (method.getName()) {
                    case "getProperty" -> name;
                    case "compareTo" -> 0;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
