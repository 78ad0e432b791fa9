package org.betadrift.filter.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Forecast;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.NumericalException;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.PathDistribution;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.Test;

/** What holds of this forecaster beyond its contract: real engines, diffuse starts, slopes, errors to the word. */
class StandardForecasterTest {
    private static final StandardForecaster FORECASTER = new StandardForecaster();
    private static final int PAST = 30;
    private static final int AHEAD = 8;

    private static List<LocalDate> dates(int from, int to) {
        return IntStream.range(from, to).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList();
    }

    /** Dates from..to-1; y is there before {@code seen}. */
    private static ReturnPanel panel(int from, int to, int seen) {
        return ReturnPanel.builder(dates(from, to))
                .column("y", IntStream.range(from, to).mapToDouble(t -> t < seen && t % 7 != 4 ? Math.sin(t) : Double.NaN).toArray())
                .column("a", IntStream.range(from, to).mapToDouble(t -> Math.cos(3 * t)).toArray())
                .column("b", IntStream.range(from, to).mapToDouble(t -> Math.sin(5 * t + 1)).toArray()).build();
    }

    private static Sample sample(int n) {
        return sample(n, n, false);
    }

    private static Sample sample(int n, int seen, boolean slopes) {
        return Sample.builder(panel(0, n, seen)).target("y", List.of("a", "b")).intercept(true).slopes(slopes).build();
    }

    private static StateSpaceModel walk(Sample sample, InitialState initial) {
        int k = sample.states().count();
        return StateSpaceModel.of(sample.states(), initial, sample.hasSlopes() ? Transition.localLinearTrend(sample.states()) : Transition.randomWalk(k),
                Noise.constant(Covariance.scalar(k, 0.01)), Noise.constant(Covariance.diagonal(0.3)));
    }

    private static FilterResult filter(FilterEngine engine, StateSpaceModel model, Sample sample, Retain retain) {
        return engine.filter(model, sample, FilterOptions.defaults().withRetain(retain), Monitor.NONE);
    }

    /** Under a diffuse start, by both engines, with all that may be retained; a local linear trend with slopes among the states. */
    @Test
    void agreesWithOneGaussianVectorUnderADiffuseStart() {
        for (boolean slopes : new boolean[] {false, true}) {
            Sample past = sample(PAST, PAST, slopes);
            Sample whole = sample(PAST + AHEAD, PAST, slopes);
            StateSpaceModel model = walk(past, InitialState.diffuse(past.states().count()));
            PathDistribution expected = PathDistribution.posterior(model, whole);
            for (FilterEngine engine : List.of(new UdEngine(), new CovarianceEngine())) {
                for (Retain retain : Retain.values()) {
                    Forecast forecast = FORECASTER.forecast(filter(engine, model, past, retain), panel(PAST, PAST + AHEAD, 0));
                    for (int t = 0; t < AHEAD; t++) {
                        int date = PAST + t;
                        assertThat(forecast.mean(t, 0)).isCloseTo(expected.targetMean(date, 0), Offset.offset(1e-9));
                        assertThat(forecast.covariance(t, 0, 0)).isCloseTo(expected.targetCovariance(date, 0, date, 0), Offset.offset(1e-8));
                        for (int k = 0; k < past.states().count(); k++) {
                            assertThat(forecast.states().mean(t, k)).isCloseTo(expected.mean(date, k), Offset.offset(1e-9));
                            assertThat(forecast.states().covariance(t, k, 0)).isCloseTo(expected.covariance(date, k, date, 0), Offset.offset(1e-8));
                        }
                    }
                }
            }
        }
    }

    /** The predicted states of the exact engine on the sample extended by missing y, to 1e-12, over a long horizon and a coupled T. */
    @Test
    void agreesWithTheFilterOnTheExtendedSample() {
        Sample past = sample(PAST);
        int ahead = 100;
        Sample whole = sample(PAST + ahead, PAST, false);
        StateSpaceModel model = StateSpaceModel.of(past.states(), InitialState.diffuse(3),
                Transition.fixed(Matrix.of(3, 3, 1, 0, 0, 0, 0.9, 0.2, 0, -0.1, 0.8)).withConstant(Vector.of(0, 0.1, 0.05)),
                Noise.constant(Covariance.ofPacked(3, 0, 0, 0.02, 0, 0.01, 0.03)), Noise.constant(Covariance.diagonal(0.3)));
        StatePath expected = filter(new UdEngine(), model, whole, Retain.ALL).predicted();
        Forecast forecast = FORECASTER.forecast(filter(new UdEngine(), model, past, Retain.ALL), panel(PAST, PAST + ahead, 0));
        for (int t = 0; t < ahead; t++) {
            for (int k = 0; k < 3; k++) {
                double deviation = expected.standardDeviation(PAST + t, k);
                assertThat(forecast.states().mean(t, k)).isCloseTo(expected.mean(PAST + t, k), Offset.offset(1e-12 * (1 + deviation)));
                assertThat(forecast.states().covariance(t, k, k)).isCloseTo(deviation * deviation, Offset.offset(1e-12 * (1 + deviation * deviation)));
            }
        }
    }

    /** Data B, four states, one of them static: one step ahead from half of the dates is the filter's own prediction. */
    @Test
    void oneStepIsTheFiltersPredictionOnReferenceData() {
        ReferenceCase b = ReferenceCase.bProper();
        FilterResult whole = filter(new UdEngine(), b.model(), b.sample(), Retain.ALL);
        ReturnPanel panel = ReferenceCase.panel("B");
        for (int n : new int[] {1, 50, 300, 599}) {
            ReturnPanel.Builder first = ReturnPanel.builder(panel.dates().subList(0, n));
            ReturnPanel.Builder next = ReturnPanel.builder(panel.dates().subList(n, n + 1));
            panel.names().forEach(name -> {
                first.column(name, Arrays.copyOf(panel.column(name), n));
                next.column(name, panel.column(name)[n]);
            });
            Sample past = Sample.builder(first.build()).target("y", List.of("x1", "x2", "x3")).intercept(true).build();
            Forecast forecast = FORECASTER.forecast(filter(new UdEngine(), b.model(), past, Retain.FINAL), next.build());
            double s = whole.innovationCovariance(n, 0, 0);
            if (!Double.isNaN(s)) {
                assertThat(forecast.mean(0, 0)).isCloseTo(b.sample().y(n, 0) - whole.innovation(n, 0), Offset.offset(1e-15));
                assertThat(forecast.covariance(0, 0, 0)).isCloseTo(s, Offset.offset(1e-14 * s));
            }
            for (int k = 0; k < 4; k++) {
                assertThat(forecast.states().mean(0, k)).isCloseTo(whole.predicted().mean(n, k), Offset.offset(1e-14));
            }
        }
    }

    /** An exact row leaves no doubt of its sum: the forecast of that sum has the variance that Q and R add, not a negative one. */
    @Test
    void knowsWhatIsKnownExactly() {
        Sample past = sample(3);
        StateSpaceModel exact = StateSpaceModel.of(past.states(), InitialState.diffuse(3), Transition.randomWalk(3),
                Noise.constant(Covariance.scalar(3, 0)), Noise.constant(Covariance.diagonal(0)));
        Forecast forecast = FORECASTER.forecast(filter(new UdEngine(), exact, past, Retain.ALL), panel(3, 6, 0));
        for (int t = 0; t < 3; t++) {
            assertThat(forecast.covariance(t, 0, 0)).isBetween(0.0, 1e-14);
            assertThat(forecast.interval(t, 0, 0.99).contains(forecast.mean(t, 0))).isTrue();
        }
    }

    /** Without any date it goes on from the start. */
    @Test
    void forecastsFromAKnownStart() {
        Sample none = sample(0);
        StateSpaceModel model = walk(none, InitialState.known(Vector.of(1, 2, 3), Covariance.scalar(3, 4)));
        Forecast forecast = FORECASTER.forecast(filter(new UdEngine(), model, none, Retain.ALL), panel(0, 2, 0));
        assertThat(forecast.states().mean(1, 2)).isEqualTo(3);
        assertThat(forecast.states().covariance(1, 2, 2)).isCloseTo(4.02, Offset.offset(1e-14));
        StateSpaceModel diffuse = walk(none, InitialState.diffuse(3));
        assertThatThrownBy(() -> FORECASTER.forecast(filter(new UdEngine(), diffuse, none, Retain.ALL), panel(0, 2, 0))).hasMessageContaining("infinite");
    }

    @Test
    void warningsAreSentences() {
        Sample past = sample(PAST);
        StateSpaceModel model = StateSpaceModel.of(past.states(), InitialState.diffuse(3), Transition.randomWalk(3),
                Noise.varying(IntStream.range(0, PAST).mapToObj(t -> Covariance.scalar(3, 0.01)).toList()),
                Noise.varying(IntStream.range(0, PAST).mapToDouble(t -> 1 + t).toArray()));
        Forecast forecast = FORECASTER.forecast(filter(new UdEngine(), model, past, Retain.FINAL), panel(PAST, PAST + 1, 0));
        assertThat(forecast.warnings()).containsExactly(
                "the state noise Q and the observation noise R vary: they are carried on as on the last date, 2020-07-24");
        assertThat(forecast.covariance(0, 0, 0)).isGreaterThan(30);
        StateSpaceModel one = StateSpaceModel.of(past.states(), InitialState.diffuse(3), Transition.randomWalk(3), Noise.constant(Covariance.scalar(3, 0.01)),
                model.observationNoise());
        assertThat(FORECASTER.forecast(filter(new UdEngine(), one, past, Retain.FINAL), panel(PAST, PAST + 1, 0)).warnings())
                .containsExactly("the observation noise R varies: it is carried on as on the last date, 2020-07-24");
    }

    @Test
    void errorsSayWhatToDo() {
        Sample past = sample(PAST);
        FilterResult pass = filter(new UdEngine(), walk(past, InitialState.diffuse(3)), past, Retain.FINAL);
        assertRefused(pass, panel(PAST - 1, PAST + 2, 0),
                "first date of the future is 2020-07-24, but the sample ends on 2020-07-24: give later dates only");
        assertRefused(pass, ReturnPanel.builder(dates(PAST, PAST + 1)).column("A", 1).build(), "no column named a: did you mean A? present are A");
        assertRefused(pass, panel(PAST, PAST + 2, 0).withColumn("b", 1, Double.NaN),
                "factor b on 2020-08-07 is missing, but the forecast of that date needs it: say what it shall be there");
        Sample two = sample(2);
        assertRefused(filter(new UdEngine(), walk(two, InitialState.diffuse(3)), two, Retain.FINAL), panel(2, 4, 0),
                "variance of state alpha on the last date is infinite, but the start is diffuse and y never tells of it: give it a known start or leave out a factor");
        StateSpaceModel explosive = StateSpaceModel.of(past.states(), InitialState.diffuse(3), Transition.ar1(Vector.of(1, 1, 2)),
                Noise.constant(Covariance.scalar(3, 0.01)), Noise.constant(Covariance.diagonal(0.3)));
        FilterResult growing = filter(new UdEngine(), explosive, past, Retain.FINAL);
        assertThatThrownBy(() -> FORECASTER.forecast(growing, panel(PAST, PAST + 2000, 0))).isInstanceOf(NumericalException.class)
                .hasMessageContaining("the variance of state b on 20").hasMessageContaining("overflow");
    }

    private static void assertRefused(FilterResult pass, ReturnPanel future, String message) {
        assertThatThrownBy(() -> FORECASTER.forecast(pass, future)).isInstanceOf(InvalidInputException.class).hasMessage(message);
    }
}
