package org.betadrift.report.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.betadrift.diagnostic.DiagnosticResult;
import org.betadrift.diagnostic.DiagnosticResult.Status;
import org.betadrift.diagnostic.Table;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.ConvergenceRecord.Mode;
import org.betadrift.estimation.ConvergenceRecord.Parameter;
import org.betadrift.estimation.ConvergenceRecord.Profile;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.Retain;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.GaussianState;
import org.betadrift.model.InitialState;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.States;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.report.RenderOptions;
import org.betadrift.report.ReportRenderer;
import org.betadrift.run.Audit;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Provenance;
import org.betadrift.run.Recipe;
import org.betadrift.testkit.ExactEngine;
import org.betadrift.run.Reestimation;
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.Vintage;

/** Small runs made by hand: their numbers need not follow from each other, a renderer doesn't look. */
final class Fixtures {
    static final String NASTY = "He said \"β → ∞\" \\ \u0001\n/";
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    private Fixtures() { }

    /** One target, two factors, 5 weeks, the third y missing, constant noises, both tables, a caution and a warning. */
    static ExposureRun plain() {
        return plain(Noise.constant(Covariance.diagonal(1.234567e-4, 2e-5)));
    }

    /** The same with a state noise that follows the filter. */
    static ExposureRun discounted() {
        return plain(Noise.discount(2, 0.98));
    }

    private static ExposureRun plain(Noise q) {
        List<LocalDate> dates = weeks(5);
        Sample sample = Sample.builder(ReturnPanel.builder(dates).step("file fund.csv").step("weekly")
                .column("Preferred Income (FPE)", -0.001567, -0.00314, NAN, 0.004907, -0.002108)
                .column("Preferred Stock (PFF)", -0.003284, -0.004053, -0.001781, 0.001784, -0.000705)
                .column("Convertibles (ICVT)", 0.001821, -0.004442, 0.003853, -0.009292, -0.00673).build())
                .target("Preferred Income (FPE)", List.of("Preferred Stock (PFF)", "Convertibles (ICVT)")).build();
        StateSpaceModel model = StateSpaceModel.of(sample.states(),
                InitialState.known(Vector.of(0.6123, 0.05), Covariance.diagonal(100, 100)), Transition.randomWalk(2),
                q, Noise.constant(Covariance.diagonal(2.7e-5)));
        FilterResult filter = FilterResult.builder(model, sample, FilterOptions.defaults().withBurnIn(1))
                .predicted(path(StatePath.Knows.PREDICTED, sample, new double[] {0.6123, 0.05, 0.55, 0.1, 0.5, 0.0, 0.5, 0.0, 0.7, -0.25}))
                .filtered(path(StatePath.Knows.FILTERED, sample, new double[] {0.55, 0.1, 0.5, 0.0, 0.5, 0.0, 0.7, -0.25, 0.6, -1e-7}))
                .innovations(new double[] {0.0004, -0.0011, NAN, 0.0040, -0.0016})
                .innovationCovariances(new double[] {1e-4, 9e-5, NAN, 8e-5, 1.0 / 3})
                .standardizedInnovations(new double[] {0.1, -0.2, NAN, 0.3, -0.0})
                .gains(new double[] {1, 2, 3, 4, NAN, NAN, 5, 6, 7, 8})
                .logLikelihoods(new double[] {3.5, 3.25, 0, 3.0, 2.875}).build();
        Map<String, DiagnosticResult> diagnostics = new LinkedHashMap<>();
        diagnostics.put("fit-summary", DiagnosticResult.of(Status.OK, "a summary", fitTable()
                .row("Preferred Income (FPE)", "2020-01-10 → 2020-01-31", 3, 0.0016, 0.00256, 1.97e-5, 9.125, 7.5, 0.25).build()));
        diagnostics.put("factor-dynamics", DiagnosticResult.of(Status.OK, "two states", factorTable()
                .row("Preferred Income (FPE)", "Preferred Stock (PFF)",
                        0.575, 0.0957, 0.6, 0.2612, 0.5, 0.7, 0.1528, 5.0, -0.0005, -0.00042)
                .row("Preferred Income (FPE)", "Convertibles (ICVT)",
                        -0.0625, 0.125, -1e-7, NAN, -0.25, 0, 0.2, 6.0, 0.0008, 6.7e-10).build()));
        diagnostics.put("ljung-box", DiagnosticResult.of(Status.CAUTION,
                "the innovations are correlated; the standard errors are too small",
                Table.builder("ljung-box").number("lags", "Lags").number("q", "Q").number("pValue", "p").row(10, 23.4, 0.0094).build())
                .withTest(23.4, 0.0094));
        CausalFrom never = CausalFrom.never();
        List<Provenance> provenance = List.of(
                part("InitialStateEstimator", "ols", "estimator.ols", 31, Map.of("variance", "100"), never),
                part("ObservationNoiseEstimator", "ols", "estimator.ols", 32, Map.of(), never),
                part("StateNoiseEstimator", "factor-vol", "estimator.factorvol", 41, Map.of(), never),
                part("FilterEngine", "covariance", "filter", 21, Map.of(), null),
                part("Diagnostic", "fit-summary", "diagnostics", 51, Map.of(), null));
        return ExposureRun.of(recipe(sample), filter, diagnostics, provenance,
                List.of("1 observation is missing: the state was predicted only"));
    }

    /** An alpha, names nobody should give, a diffuse state, a full Q and an R that varies; no diagnostic; causal from a date. */
    static ExposureRun varying() {
        List<LocalDate> dates = weeks(3);
        Sample sample = Sample.builder(ReturnPanel.builder(dates).column("y \"1\"", 1, 2, 3).column(NASTY, 0.5, -0.5, 0.25).build())
                .target("y \"1\"", List.of(NASTY)).intercept(true).build();
        InitialState initial = InitialState.mixed(new GaussianState(Vector.of(0.125, 0), Covariance.diagonal(0.5, 0)), false, true);
        StateSpaceModel model = StateSpaceModel.of(sample.states(), initial, Transition.fixed(Matrix.of(2, 2, 1, 0.5, 0, 0.9)),
                Noise.constant(Covariance.ofPacked(2, 2e-3, 1e-3, 1e-3)), Noise.varying(1e-5, 4e-5, 2e-5));
        FilterOptions options = FilterOptions.defaults().withConvention(LikelihoodConvention.NO_CONSTANT_DIFFUSE);
        FilterResult filter = FilterResult.builder(model, sample, options)
                .predicted(StatePath.ofUnsafe(StatePath.Knows.PREDICTED, sample.states(), dates, new double[] {0.125, NAN, 0.2, 1, 0.3, 2},
                        new double[] {0.5, NAN, INF, 0.4, 0.1, 3, 0.3, 0.05, 2}))
                .filtered(path(StatePath.Knows.FILTERED, sample, new double[] {0.2, 1, 0.3, 2, 0.4, 3}))
                .innovations(new double[] {NAN, 0.5, 0.25})
                .innovationCovariances(new double[] {INF, 2, 1})
                .standardizedInnovations(new double[] {NAN, 0.35, 0.25})
                .gains(new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6})
                .logLikelihoods(new double[] {-1.5, -2.5, -0.125}).diffuseObservations(1).build();
        CausalFrom secondRow = CausalFrom.afterRows(sample, 2);
        List<Provenance> provenance = List.of(
                part("InitialStateEstimator", "known", "filter", 22, Map.of("mean", "0.125", "variance", "0.5"), CausalFrom.always()),
                part("ObservationNoiseEstimator", "series", "filter", 23, Map.of("value", "[a b]"), secondRow),
                part("StateNoiseEstimator", "fixed-matrix", "filter", 24,
                        Map.of("value", "0.002,0.001/0.001,0.001", "why", "because it is long"), CausalFrom.always()),
                part("FilterEngine", "covariance", "filter", 21, Map.of(), null));
        return ExposureRun.of(recipe(sample), filter, Map.of(), provenance, List.of());
    }

    /** Two targets that share a factor, a full R, a Q that varies, each state at its own speed; causal; a diagnostic that failed. */
    static ExposureRun several() {
        List<LocalDate> dates = weeks(4);
        Sample sample = Sample.builder(ReturnPanel.builder(dates).column("A", 1, 2, NAN, 4).column("B", 5, 6, 7, 8)
                .column("F", 0.1, 0.2, 0.3, 0.4).column("G", 1, 1, 2, 2).build())
                .target("A", List.of("F")).target("B", List.of("G", "F")).build();
        Noise stateNoise = Noise.varying(List.of(Covariance.diagonal(1, 2, 3), Covariance.diagonal(1, 3, 3),
                Covariance.diagonal(2, 4, 3), Covariance.diagonal(1, 1, 3)));
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.diffuse(3),
                Transition.ar1(Vector.of(0.9, 0.95, 1)), stateNoise,
                Noise.constant(Covariance.ofPacked(2, 2.5e-5, 1e-6, 4e-5)));
        double[] covariances = numbers(4 * 4);
        FilterResult filter = FilterResult.builder(model, sample, FilterOptions.defaults())
                .predicted(path(StatePath.Knows.PREDICTED, sample, numbers(4 * 3)))
                .filtered(path(StatePath.Knows.FILTERED, sample, numbers(4 * 3)))
                .innovations(numbers(4 * 2)).innovationCovariances(covariances).standardizedInnovations(numbers(4 * 2))
                .gains(numbers(4 * 3 * 2)).logLikelihoods(numbers(4)).diffuseObservations(3).build();
        Map<String, DiagnosticResult> diagnostics = new LinkedHashMap<>();
        diagnostics.put("fit-summary", DiagnosticResult.of(Status.OK, "a summary", fitTable()
                .row("A", "2020-01-03 → 2020-01-24", 3, 1, 2.5, 3, 4, 5, 6)
                .row("B", "2020-01-03 → 2020-01-24", 4, 1.5, 2, 3, 4, 5, 6).build()));
        diagnostics.put("factor-dynamics", DiagnosticResult.of(Status.OK, "three states", factorTable()
                .row("A", "F", 1.5, 2, 3, 4, 5, 6, 7, 8, 9, 10).row("B", "F", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
                .row("B", "G", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).build()));
        diagnostics.put("sign-runs", DiagnosticResult.of(Status.FAIL, "it needs 20 observations"));
        List<Provenance> provenance = List.of(part("InitialStateEstimator", "diffuse", "filter", 22, Map.of(), CausalFrom.always()),
                part("FilterEngine", "covariance", "filter", 21, Map.of(), null));
        return ExposureRun.of(recipe(sample), filter, diagnostics, provenance, List.of("first", "second"));
    }

    /** Three assets whose exposures to one factor move as one, a full R, a static alpha; both noises by a maximisation of some parameters. */
    static ExposureRun assets() {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            parameters.add(new Parameter("V[" + i + "]", 1e-4 * (i + 1), 1e-5, "observed information", i == 29, i == 29 ? -2.5 : NAN));
        }
        ConvergenceRecord record = ConvergenceRecord.builder(true, "One maximum, reached from 2 starts.").parameters(parameters)
                .modes(List.of(new Mode(1.5, Collections.nCopies(30, 1e-4), List.of("ols", "factor-vol"))))
                .method("dense: 3 targets of 6 states").notes(List.of("Q of F has rank 1: one source moves all three exposures",
                        "from the start of the user's alone the search would have ended 3.2 log-likelihood units lower"))
                .work(210, ConvergenceRecord.Score.ANALYTIC).certificate(2e-7, INF).build();
        double[] w = {0.01, 0.02, -0.03};
        double[] q = new double[Covariance.size(6)];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j <= i; j++) {
                q[Covariance.index(3 + i, 3 + j)] = w[i] * w[j];
            }
        }
        return together(List.of("OIL", "IBM", "WEYER"), Noise.constant(Covariance.ofPacked(6, q)),
                Noise.constant(Covariance.ofPacked(3, 0.04, 0.003, 0.09, -0.006, 0, 0.01)), Optional.of(record));
    }

    /** Thirteen assets with long names, whose numbers don't fit one beside the other; nothing ties them together but R. */
    static ExposureRun wide() {
        List<String> assets = IntStream.range(0, 13).mapToObj(i -> "Asset number " + (char) ('A' + i)).toList();
        double[] r = new double[Covariance.size(13)];
        for (int i = 0; i < 13; i++) {
            for (int j = 0; j <= i; j++) {
                r[Covariance.index(i, j)] = i == j ? 0.01 * (i + 1) * (i + 1) : 0.001 * (i + 1) * (j + 1);
            }
        }
        return together(assets, Noise.constant(Covariance.scalar(26, 1e-4)), Noise.constant(Covariance.ofPacked(13, r)), Optional.empty());
    }

    /** Assets on F and an alpha, two dates. */
    private static ExposureRun together(List<String> assets, Noise q, Noise r, Optional<ConvergenceRecord> record) {
        int m = assets.size();
        ReturnPanel.Builder panel = ReturnPanel.builder(weeks(2)).column("F", 0.5, -0.25);
        assets.forEach(asset -> panel.column(asset, 1, asset.equals("IBM") ? NAN : 2));
        Sample.Builder builder = Sample.builder(panel.build()).intercept(true);
        assets.forEach(asset -> builder.target(asset, List.of("F")));
        Sample sample = builder.build();
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.filled(2 * m, 0), Covariance.scalar(2 * m, 100)),
                Transition.randomWalk(2 * m), q, r);
        double[] p = new double[2 * Covariance.size(2 * m)];
        for (int t = 0; t < 2; t++) {
            for (int i = 0; i < 2 * m; i++) {
                for (int j = 0; j <= i; j++) {
                    boolean tied = i % m != j % m && i / m == 1 && j / m == 1 && record.isPresent();
                    p[t * Covariance.size(2 * m) + Covariance.index(i, j)] = i == j ? 0.25 / (t + 1) : tied ? 0.05 / (t + 1) : 0;
                }
            }
        }
        FilterResult filter = FilterResult.builder(model, sample, FilterOptions.defaults())
                .predicted(StatePath.ofUnsafe(StatePath.Knows.PREDICTED, sample.states(), sample.dates(), numbers(4 * m), p))
                .filtered(StatePath.ofUnsafe(StatePath.Knows.FILTERED, sample.states(), sample.dates(), numbers(4 * m), p))
                .innovations(numbers(2 * m)).innovationCovariances(numbers(2 * m * m)).standardizedInnovations(numbers(2 * m))
                .gains(numbers(4 * m * m)).logLikelihoods(numbers(2)).build();
        Recipe.Builder recipe = Recipe.builder().initial("diffuse").joint("mle").intercept(true);
        assets.forEach(asset -> recipe.target(asset, "F"));
        ExposureRun run = ExposureRun.of(recipe.build(), filter, Map.of(), List.of(part("JointNoiseEstimator", "mle", "estimator.mle", 61, Map.of(), CausalFrom.never()),
                part("StateNoiseEstimator", "fixed-matrix", "filter", 24, Map.of("factor", "F", "value",
                        String.join("/", Collections.nCopies(20, "1e-05,2e-05,3e-05"))), CausalFrom.always())),
                List.of("factors " + String.join(" and ", assets.stream().map(asset -> "F:" + asset + ", G:" + asset).toList()) + " are collinear"));
        return record.isPresent() ? run.withConvergence(record.get()) : run;
    }

    /** A diffuse start of two states, mean reversion, unequal distances counted in Q, and the backward pass. */
    static ExposureRun smoothed() {
        List<LocalDate> dates = List.of(LocalDate.of(2020, 1, 3), LocalDate.of(2020, 1, 10), LocalDate.of(2020, 1, 17), LocalDate.of(2020, 1, 31));
        Sample sample = Sample.builder(ReturnPanel.builder(dates).column("y", 1, 2, NAN, 4).column("F", 0.1, 0.2, 0.3, 0.4).build())
                .target("y", List.of("F")).intercept(true).build();
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.diffuse(2),
                Transition.meanReverting(Vector.of(1, 0.9), Vector.of(0, 1.25)),
                Noise.constant(Covariance.diagonal(0, 1e-3)).times(1, 1, 1, 2), Noise.constant(Covariance.diagonal(0.25)));
        FilterResult filter = FilterResult.builder(model, sample, FilterOptions.defaults())
                .predicted(StatePath.ofUnsafe(StatePath.Knows.PREDICTED, sample.states(), dates, new double[] {NAN, NAN, NAN, NAN, 0.5, 1, 0.5, 1.1},
                        new double[] {INF, NAN, INF, INF, NAN, INF, 1, 0.5, 2, 1, 0.5, 2}))
                .filtered(StatePath.ofUnsafe(StatePath.Knows.FILTERED, sample.states(), dates, new double[] {NAN, NAN, 0.5, 1, 0.5, 1, 0.75, 1.5},
                        new double[] {INF, NAN, INF, 1, 0.5, 2, 1, 0.5, 2, 0.5, 0.25, 1}))
                .innovations(new double[] {NAN, NAN, NAN, 3}).innovationCovariances(new double[] {INF, INF, NAN, 4})
                .standardizedInnovations(new double[] {NAN, NAN, NAN, 1.5}).gains(new double[] {NAN, NAN, NAN, NAN, NAN, NAN, 0.1, 0.2})
                .logLikelihoods(new double[] {-1, -2, 0, -3}).diffuseObservations(2).diffuseDates(0, 1).build();
        SmootherResult backward = SmootherResult.builder(filter)
                .smoothed(path(StatePath.Knows.SMOOTHED, sample, new double[] {0.7, 1.1, 0.72, 1.2, 0.74, 1.4, 0.75, 1.5}))
                .u(new double[] {0, 2, NAN, 3}).d(new double[] {0, 1, NAN, 2}).r(numbers(4 * 2)).n(numbers(4 * 3)).build();
        List<Provenance> provenance = List.of(part("InitialStateEstimator", "diffuse", "filter", 22, Map.of(), CausalFrom.always()),
                part("FilterEngine", "ud", "filter", 21, Map.of(), null), part("Smoother", "fixed-interval", "filter", 25, Map.of(), null));
        return ExposureRun.of(builder(sample).elapsed(true).smooth(true).transition("mean-reverting:1,0.9:0,1.25").build(),
                filter, Map.of(), provenance, List.of()).withSmoothed(backward);
    }

    /** A T on every date, a constant, a slope, and no more than means kept. */
    static ExposureRun means() {
        List<LocalDate> dates = weeks(3);
        Sample sample = Sample.builder(ReturnPanel.builder(dates).column("y", 1, 2, 3).column("F", 0.1, 0.2, 0.3).build())
                .target("y", List.of("F")).slopes(true).build();
        Transition transition = Transition.varying(List.of(Matrix.identity(2), Matrix.of(2, 2, 1, 1, 0, 1), Matrix.of(2, 2, 1, 2, 0, 1)))
                .withConstant(Vector.of(0, 0.5));
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.of(1, 0), Covariance.diagonal(1, 1)), transition,
                Noise.constant(Covariance.diagonal(1, 0)), Noise.constant(Covariance.diagonal(0.25)));
        FilterResult filter = FilterResult.builder(model, sample, FilterOptions.defaults().withRetain(Retain.MEANS))
                .predicted(StatePath.ofUnsafe(StatePath.Knows.PREDICTED, sample.states(), dates, numbers(6), null))
                .filtered(StatePath.ofUnsafe(StatePath.Knows.FILTERED, sample.states(), dates, numbers(6), null))
                .innovations(numbers(3)).innovationCovariances(numbers(3)).standardizedInnovations(numbers(3)).logLikelihoods(numbers(3)).build();
        return ExposureRun.of(recipe(sample), filter, Map.of(), List.of(), List.of("a diagnostic is left out"));
    }

    /** Nothing kept but the last date. */
    static ExposureRun last() {
        Sample sample = plain().sample();
        List<LocalDate> end = List.of(sample.date(4));
        FilterResult filter = FilterResult.builder(plain().model(), sample, FilterOptions.defaults().withRetain(Retain.FINAL))
                .predicted(StatePath.ofUnsafe(StatePath.Knows.PREDICTED, sample.states(), end, new double[] {1, 2}, new double[] {4, 0.5, 9}))
                .filtered(StatePath.ofUnsafe(StatePath.Knows.FILTERED, sample.states(), end, new double[] {3, 4}, new double[] {1, 0.25, 4}))
                .logLikelihood(12.5).build();
        return ExposureRun.of(recipe(sample), filter, Map.of(), List.of(), List.of());
    }

    /** Both noises by a maximisation: a variance at zero, two modes, a profile, and an engine of the search's own. */
    static ExposureRun maximised() {
        ConvergenceRecord record = ConvergenceRecord.builder(true,
                "two maxima: 2 of 3 starts reached the better one, by 4.2 log-likelihood units; Q[Convertibles (ICVT)] is exactly zero, so that exposure is constant")
                .suggestion("more starts (starts=8) would make sure of the maximum")
                .parameters(List.of(new Parameter("Q[Preferred Stock (PFF)]", 1.234567e-4, 3.3e-5, "observed information", false, NAN),
                        new Parameter("Q[Convertibles (ICVT)]", 0, 3.8e-5,
                                "one-sided: where the log-likelihood has fallen by 1/2, the others held", true, -12.25),
                        new Parameter("R", 2.7e-5, 1.5e-6, "observed information", false, NAN)))
                .modes(List.of(new Mode(4.925, List.of(2e-5, 1e-6, 3e-5), List.of("flat")),
                        new Mode(9.125, List.of(1.234567e-4, 0.0, 2.7e-5), List.of("factor-vol", "ols"))))
                .profiles(List.of(new Profile("Q[Preferred Stock (PFF)]", List.of(1e-5, 1e-4, 1e-3), List.of(5.0, 9.0, 6.0), 4e-5, 3e-4)))
                .work(41, ConvergenceRecord.Score.ANALYTIC).certificate(1.5e-9, 1234.5).build();
        return jointly("mle", record);
    }

    /** A search that ended on a ridge, and tells little. */
    static ExposureRun unconverged() {
        return jointly("phi", ConvergenceRecord.builder(false, "The log-likelihood is flat: Q and R can't be told apart.")
                .parameters(List.of(new Parameter("phi", 0.5, NAN, "", false, NAN))).work(2000, ConvergenceRecord.Score.NONE)
                .certificate(NAN, INF).build());
    }

    /** Two vintages, of which one has not converged, and a claim that held. */
    static ExposureRun pointInTime() {
        ExposureRun one = unconverged();
        Sample sample = one.sample();
        Recipe.Builder recipe = Recipe.builder().initial("diffuse").joint("phi").pointInTime(new Reestimation(Period.ofMonths(3), 1));
        one.recipe().factors().forEach((target, factors) -> recipe.target(target, factors.toArray(String[]::new)));
        CausalFrom first = CausalFrom.afterRows(sample, 2);
        List<Provenance> provenance = one.provenance().stream()
                .map(part -> new Provenance(part.strategy(), part.configuration(), part.causalFrom().map(c -> c.isNever() ? first : c)))
                .toList();
        StateSpaceModel model = one.model();
        StateSpaceModel older = StateSpaceModel.of(model.states(), model.initial(), model.transition(), model.stateNoise(), Noise.varying(1e-5, 2e-5, 3e-5));
        ConvergenceRecord well = ConvergenceRecord.builder(true, "One maximum.").work(12, ConvergenceRecord.Score.DIFFERENCES).build();
        return ExposureRun.of(recipe.build(), one.filter(), Map.of(), provenance, List.of()).withConvergence(well)
                .withVintages(List.of(new Vintage(sample.date(0), sample.date(1), sample.date(2), older, one.convergence()),
                        new Vintage(sample.date(2), sample.date(3), sample.date(4), model, Optional.of(well))))
                .withAudit(Audit.of(first, 7, List.of(sample.date(2), sample.date(3)), Map.of(), List.of()));
    }

    /** A claim that was found out. */
    static ExposureRun broken() {
        ExposureRun run = varying();
        Sample sample = run.sample();
        return run.withAudit(Audit.of(run.causalFrom(), -3, List.of(sample.date(1)), Map.of(sample.date(0), "too few"),
                List.of(new Audit.Change(sample.date(1), sample.date(1), "alpha", "filtered mean", 0.3, NAN))));
    }

    /** Nothing is claimed, and what that is worth. */
    static ExposureRun unclaimed() {
        ExposureRun run = plain();
        Sample sample = run.sample();
        String state = sample.states().texts().get(0);
        return run.withAudit(Audit.of(run.causalFrom(), 1, List.of(sample.date(2), sample.date(3)), Map.of(), List.of(
                new Audit.Change(sample.date(2), sample.date(1), state, "predicted mean", 0.5, 0.52),
                new Audit.Change(sample.date(3), sample.date(1), state, "predicted mean", 0.5, 0.6),
                new Audit.Change(sample.date(3), sample.date(2), state, "filtered standard deviation", 0.1, 0.2))));
    }

    private static ExposureRun jointly(String strategy, ConvergenceRecord record) {
        ExposureRun plain = plain();
        CausalFrom never = CausalFrom.never();
        List<Provenance> provenance = List.of(
                part("InitialStateEstimator", "diffuse", "filter", 22, Map.of(), CausalFrom.always()),
                part("JointNoiseEstimator", strategy, "estimator.mle", 61, Map.of("state", "diagonal"), never),
                part("FilterEngine", "covariance", "filter", 21, Map.of(), null),
                part("FilterEngine", "ud", "filter", 20, Map.of(), null));
        Recipe.Builder recipe = Recipe.builder().initial("diffuse").joint(strategy);
        plain.recipe().factors().forEach((target, factors) -> recipe.target(target, factors.toArray(String[]::new)));
        return ExposureRun.of(recipe.build(), plain.filter(), Map.of(), provenance, List.of()).withConvergence(record);
    }

    /** One target and any doubles at all, subnormal, huge, not finite, in every array that takes them. */
    static ExposureRun wild(long seed) {
        Random random = new Random(seed);
        int n = 40;
        List<LocalDate> dates = weeks(n);
        double[] y = random.doubles(n, -1, 1).toArray();
        Sample sample = Sample.builder(ReturnPanel.builder(dates).column("y", y).column("F", y).column("G", y).build())
                .target("y", List.of("F", "G")).build();
        double[] r = random.doubles(n).toArray();
        StateSpaceModel model = StateSpaceModel.of(sample.states(),
                InitialState.known(Vector.of(finite(random), finite(random)), Covariance.diagonal(random.nextDouble(), Double.MIN_VALUE)),
                Transition.fixed(Matrix.of(2, 2, finite(random), finite(random), finite(random), finite(random))),
                Noise.constant(Covariance.diagonal(Math.abs(finite(random)), random.nextDouble() * 1e-300)), Noise.varying(r));
        FilterResult filter = FilterResult.builder(model, sample, FilterOptions.defaults())
                .predicted(StatePath.ofUnsafe(StatePath.Knows.PREDICTED, sample.states(), dates, any(random, 2 * n), any(random, 3 * n)))
                .filtered(StatePath.ofUnsafe(StatePath.Knows.FILTERED, sample.states(), dates, any(random, 2 * n), any(random, 3 * n)))
                .innovations(any(random, n)).innovationCovariances(any(random, n)).standardizedInnovations(any(random, n))
                .gains(any(random, 2 * n)).logLikelihoods(any(random, n)).build();
        return ExposureRun.of(recipe(sample), filter, Map.of(), List.of(), List.of());
    }

    /** Two targets: a sum each, within a tolerance, and an average with weights by date. */
    static ExposureRun constrained() {
        Sample sample = Sample.builder(ReturnPanel.builder(weeks(4)).column("A", 1, 2, 3, 4).column("B", 5, 6, 7, 8)
                .column("F", 0.1, 0.2, 0.4, 0.3).column("G", 1, 1, 2, 2).column("w1", 1, 2, 3, 4).column("w2", 1, 1, 1, 1).build())
                .target("A", List.of("F", "G")).target("B", List.of("F", "G")).build();
        Recipe recipe = builder(sample).constraint("sum=1~0.05").constraint("avg(F; w1,w2)=1").build();
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.filled(4, 0.5), Covariance.scalar(4, 1)),
                Transition.randomWalk(4), Noise.constant(Covariance.scalar(4, 0.01)), Noise.constant(Covariance.diagonal(0.25, 0.5)))
                .withConstraints(recipe.constraintRows(sample));
        FilterResult filter = new ExactEngine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
        return ExposureRun.of(recipe, filter, Map.of(), List.of(part("FilterEngine", "ud", "filter", 21, Map.of(), null)), List.of());
    }

    /** One target whose exposures sum to one, smoothed, tested, and beside the run without that. */
    static ExposureRun compared() {
        Sample sample = Sample.builder(ReturnPanel.builder(weeks(8)).column("A", 1, 2, 3, 4, 2, 1, 2, 2).column("F", 1, 2, -1, 3, 1, 2, 1, 3)
                .column("G", 2, 1, 2, -1, 1, 1, 2, 1).build()).target("A", List.of("F", "G")).build();
        Recipe recipe = builder(sample).constraint("sum=1").compareUnconstrained(true).smooth(true).build();
        ExposureRun free = compared(recipe.unconstrained(), sample, List.of("a warning of the free run"));
        Table tests = Table.builder("restriction").text("test", "Test").number("statistic", "Statistic").number("degreesOfFreedom", "df")
                .number("pValue", "p-value").text("against", "Against").row("level", 2.5, 1, 0.114, "another right side on every date")
                .row("path", 1.25, NAN, 0.42, "another right side for a time").build();
        Table levels = Table.builder("restriction-levels").text("constraint", "Constraint").text("target", "Target").number("shift", "Returns would have it")
                .number("standardError", "Standard error").row("sum=1", "A", 0.125, 0.08).build();
        ExposureRun run = compared(recipe, sample, List.of());
        return ExposureRun.of(recipe, run.filter(), Map.of("restriction", DiagnosticResult.of(Status.OK, "they don't speak against it", tests, levels)
                .withTest(2.5, 0.114)), run.provenance(), List.of()).withSmoothed(run.smoothed().orElseThrow()).withUnconstrained(free);
    }

    private static ExposureRun compared(Recipe recipe, Sample sample, List<String> warnings) {
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.filled(2, 0.5), Covariance.scalar(2, 1)),
                Transition.randomWalk(2), Noise.constant(Covariance.diagonal(0.03, 0.01)), Noise.constant(Covariance.diagonal(0.25)))
                .withConstraints(recipe.constraintRows(sample));
        FilterResult filter = new ExactEngine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
        int rows = model.constraints().size();
        SmootherResult.Builder smoothed = SmootherResult.builder(filter)
                .smoothed(StatePath.ofUnsafe(StatePath.Knows.SMOOTHED, sample.states(), sample.dates(), numbers(16), numbers(24)))
                .u(numbers(8)).d(numbers(8)).r(numbers(16)).n(numbers(24));
        if (rows > 0) {
            smoothed.constraints(new double[] {0.5, -1, 2, NAN, 0.25, 3, -0.5, 1}, new double[] {1, 2, 4, NAN, 0, 2, 1, 1});
        }
        return ExposureRun.of(recipe, filter, Map.of(), List.of(part("FilterEngine", "ud", "filter", 21, Map.of(), null)), warnings)
                .withSmoothed(smoothed.build());
    }

    /** Two targets with inequalities: a path with draws, a causal one that begins without a number, prices of any size. */
    static ExposureRun limited() {
        return limited(true);
    }

    /** The same with the mode alone. */
    static ExposureRun modeOnly() {
        return limited(false);
    }

    private static ExposureRun limited(boolean whole) {
        ExposureRun free = constrained();
        Sample sample = free.sample();
        Recipe recipe = builder(sample).constraint("sum=1~0.05").constraint("avg(F; w1,w2)=1").constraint("long-only").constraint("gross<=1.5")
                .constraint("G:A<=0.9").seed(42).build();
        StateSpaceModel model = free.model().withConstraints(recipe.constraintRows(sample)); // 2 + 1 + 4 + 2 + 1 rows
        int n = sample.periods();
        int k = sample.states().count();
        int c = model.constraints().size();
        double[] prices = new double[n * c];
        for (int t = 0; t < n; t++) {
            prices[t * c] = NAN;
            prices[t * c + 1] = NAN;
            prices[t * c + 2] = 1.5 - t;
            prices[t * c + 3] = t == 2 ? 12.5 : t == 3 ? 1e-9 : 0;
            prices[t * c + 4] = 0.25;
            prices[t * c + 7] = t;
        }
        double[] mode = IntStream.range(0, n * k).mapToDouble(i -> i % k == 0 ? 1e-15 * i : 0.1 * (i % 7)).toArray();
        PathResult.Builder path = PathResult.builder(model, sample).mode(StatePath.ofUnsafe(StatePath.Knows.SMOOTHED, sample.states(), sample.dates(), mode, null))
                .shadowPrices(prices).kktResidual(2.5e-10).violation(0).iterations(1).logDensityGivenUp(3.25);
        if (whole) {
            double[] causal = mode.clone();
            causal[1] = NAN;
            path.causal(StatePath.ofUnsafe(StatePath.Knows.FILTERED, sample.states(), sample.dates(), causal, null))
                    .draws(PosteriorPaths.ofUnsafe(sample.states(), sample.dates(), 3, IntStream.range(0, 3 * n * k).mapToDouble(i -> i / 100.0).toArray()),
                            IntStream.range(0, n * k).mapToDouble(i -> 2.5 + i).toArray());
        }
        return ExposureRun.of(recipe, free.filter(), Map.of(), List.of(part("FilterEngine", "ud", "filter", 21, Map.of(), null),
                part("PathEstimator", "path", "filter", 23, Map.of("draws", whole ? "3" : "0"), null)), List.of("a warning")).withPath(path.build());
    }

    static Map<String, ExposureRun> all() {
        Map<String, ExposureRun> all = new LinkedHashMap<>();
        all.put("plain", plain());
        all.put("varying", varying());
        all.put("several", several());
        all.put("assets", assets());
        all.put("wide", wide());
        all.put("smoothed", smoothed());
        all.put("means", means());
        all.put("last", last());
        all.put("discounted", discounted());
        all.put("maximised", maximised());
        all.put("unconverged", unconverged());
        all.put("point-in-time", pointInTime());
        all.put("broken", broken());
        all.put("constrained", constrained());
        all.put("limited", limited());
        all.put("mode-only", modeOnly());
        all.put("unclaimed", unclaimed());
        all.put("compared", compared());
        for (long seed = 1; seed <= 20; seed++) {
            all.put("wild " + seed, wild(seed));
        }
        return all;
    }

    static String render(ReportRenderer renderer, ExposureRun run) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            renderer.render(run, new RenderOptions("Exposures of a fund"), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    static Table.Builder fitTable() {
        return Table.builder("fit-summary").text("target", "Target").text("dateRange", "Date Range").text("observations", "# Observations")
                .number("finalRmse", "Final RMSE").number("meanRmse", "Mean RMSE").number("totalSse", "Total SSE")
                .number("cumulativeLogLikelihood", "Cumulative Log-Likelihood").number("meanGainNorm", "Mean Gain Norm")
                .number("meanDriftNorm", "Mean Drift Norm");
    }

    static Table.Builder factorTable() {
        return Table.builder("factor-dynamics").text("target", "Target").text("factor", "Factor")
                .number("averageBeta", "Avg Beta").number("betaStd", "Beta Std").number("finalBeta", "Final Beta")
                .number("betaZScore", "Beta Z-Score").number("minBeta", "Min Beta").number("maxBeta", "Max Beta")
                .number("driftVolatility", "Drift Volatility").number("meanGain", "Mean Gain")
                .number("averageContribution", "Avg Contribution").number("finalContribution", "Final Contribution");
    }

    static Provenance part(String role, String name, String bundle, long serviceId, Map<String, String> options, CausalFrom causalFrom) {
        StrategyInfo strategy = new StrategyInfo(role, name, "", false, false, List.of(), "org.betadrift." + bundle, "1.0.0",
                serviceId, 0);
        return new Provenance(strategy, options, Optional.ofNullable(causalFrom));
    }

    private static Recipe recipe(Sample sample) {
        return builder(sample).build();
    }

    private static Recipe.Builder builder(Sample sample) {
        Recipe.Builder recipe = Recipe.builder().initial("ols").observationNoise("ols").stateNoise("factor-vol")
                .intercept(sample.hasIntercept());
        sample.targets().forEach(target -> recipe.target(target, sample.factors(target).toArray(String[]::new)));
        return recipe;
    }

    private static List<LocalDate> weeks(int n) {
        return IntStream.range(0, n).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
    }

    /** Means as given, covariances that tell every cell apart. */
    private static StatePath path(StatePath.Knows knows, Sample sample, double[] means) {
        States states = sample.states();
        return StatePath.ofUnsafe(knows, states, sample.dates(), means, numbers(sample.periods() * Covariance.size(states.count())));
    }

    private static double[] numbers(int n) {
        return IntStream.range(0, n).mapToDouble(i -> (i + 1) / 7.0).toArray();
    }

    private static double[] any(Random random, int n) {
        List<Double> special = new ArrayList<>(List.of(0.0, -0.0, Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, NAN, INF, -INF,
                2e23, 9007199254740993.0, 0.1, 1.0 / 3, 1e22, 1e21, 4.35, 2.2250738585072011e-308));
        return IntStream.range(0, n).mapToDouble(i -> random.nextInt(4) == 0 ? special.get(random.nextInt(special.size()))
                : Double.longBitsToDouble(random.nextLong())).toArray();
    }

    private static double finite(Random random) {
        double x = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(x) ? x : finite(random);
    }
}
