package org.betadrift.runtime.internal;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.filter.StatePath.Knows;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Vector;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.Recipe;

/**
 * For y on x: {@code known}, {@code engine}, a textbook filter of one state, {@code q} = 4, and for R {@code r} = 1; {@code variance} of
 * the whole sample; {@code liar}, the same, which says that it is causal; {@code column}, x squared of each date; {@code relative}, that
 * in units of the whole sample's.
 */
final class FakeStrategies {
    private static final int WEEKS = 30;
    private final FakeRegistry fake;

    FakeStrategies(FakeRegistry fake) {
        this.fake = fake;
    }

    void add() {
        fake.add(InitialStateEstimator.class, "known", 0,
                context -> Estimate.of(InitialState.known(Vector.of(3), Covariance.diagonal(1)), CausalFrom.always()));
        fake.add(ObservationNoiseEstimator.class, "r", 0,
                context -> Estimate.of(Noise.constant(Covariance.diagonal(1)), CausalFrom.always()));
        fake.add(ObservationNoiseEstimator.class, "variance", 0,
                context -> Estimate.of(Noise.constant(Covariance.diagonal(meanSquare(context.sample()))), CausalFrom.never()));
        fake.add(ObservationNoiseEstimator.class, "liar", 0,
                context -> Estimate.of(Noise.constant(Covariance.diagonal(meanSquare(context.sample()))), CausalFrom.always()));
        fake.add(ObservationNoiseEstimator.class, "column", 0, context -> Estimate.of(squares(context.sample(), 1), CausalFrom.always()));
        fake.add(ObservationNoiseEstimator.class, "relative", 0,
                context -> Estimate.of(squares(context.sample(), meanSquare(context.sample())), CausalFrom.never()));
        fake.add(StateNoiseEstimator.class, "q", 0, context -> Estimate.of(Noise.constant(Covariance.diagonal(4)), CausalFrom.always()));
        fake.add(FilterEngine.class, "engine", 0, FakeStrategies::filter);
    }

    static ReturnPanel panel() {
        double[] y = IntStream.range(0, WEEKS).mapToDouble(t -> t == 7 ? Double.NaN : 1 + 0.1 * t + Math.sin(t)).toArray();
        double[] x = IntStream.range(0, WEEKS).mapToDouble(t -> 1 + 0.5 * Math.cos(2.0 * t)).toArray();
        return ReturnPanel.builder(IntStream.range(0, WEEKS).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList())
                .column("y", y).column("x", x).build();
    }

    ExposureRun run(Recipe recipe) {
        Run run = new Run(1, recipe, fake.registry, () -> Duration.ofSeconds(1));
        run.execute(panel());
        return run.outcome();
    }

    ExposureRun audit(Recipe recipe, int cuts, long seed) {
        Run run = new Run(1, recipe, fake.registry, () -> Duration.ofSeconds(1));
        run.audit(panel(), cuts, seed);
        return run.outcome();
    }

    /** Of y. */
    static double meanSquare(Sample sample) {
        return IntStream.range(0, sample.periods()).mapToDouble(t -> sample.y(t, 0)).filter(y -> !Double.isNaN(y)).map(y -> y * y).average().orElseThrow();
    }

    private static Noise squares(Sample sample, double unit) {
        return Noise.varying(IntStream.range(0, sample.periods()).mapToDouble(t -> sample.h(t, 0, 0) * sample.h(t, 0, 0) / unit).toArray());
    }

    static FilterResult filter(StateSpaceModel model, Sample sample, FilterOptions options, Monitor monitor) {
        int n = sample.periods();
        double[][] of = new double[9][n];
        double b = model.initial().prior().mean().get(0);
        double p = model.initial().prior().covariance().variance(0);
        for (int t = 0; t < n; t++) {
            double phi = model.transition().matrix(t).get(0, 0);
            b = phi * b + model.transition().constant().get(0);
            p = model.stateNoise().discount().isPresent() ? phi * p * phi / model.stateNoise().discount().getAsDouble()
                    : phi * p * phi + model.stateNoise().at(t).variance(0);
            of[0][t] = b;
            of[1][t] = p;
            double h = sample.h(t, 0, 0);
            double s = h * p * h + model.observationNoise().at(t).variance(0);
            double e = sample.y(t, 0) - h * b;
            boolean seen = !Double.isNaN(e);
            double k = p * h / s;
            b = seen ? b + k * e : b;
            p = seen ? p - k * h * p : p;
            of[2][t] = b;
            of[3][t] = p;
            of[4][t] = e;
            of[5][t] = seen ? s : Double.NaN;
            of[6][t] = e / Math.sqrt(s);
            of[7][t] = seen ? k : Double.NaN;
            of[8][t] = seen ? -0.5 * (Math.log(2 * Math.PI) + Math.log(s) + e * e / s) : 0;
        }
        List<LocalDate> dates = sample.dates();
        boolean all = options.retain() == Retain.ALL;
        return FilterResult.builder(model, sample, options)
                .predicted(StatePath.ofUnsafe(Knows.PREDICTED, model.states(), dates, of[0], all ? of[1] : null))
                .filtered(StatePath.ofUnsafe(Knows.FILTERED, model.states(), dates, of[2], all ? of[3] : null))
                .innovations(of[4]).innovationCovariances(of[5]).standardizedInnovations(of[6]).gains(of[7]).logLikelihoods(of[8])
                .observations((int) IntStream.range(options.burnIn(), n).filter(t -> !Double.isNaN(of[4][t])).count()).build();
    }
}
