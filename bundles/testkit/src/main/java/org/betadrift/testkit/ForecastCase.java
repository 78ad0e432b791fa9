package org.betadrift.testkit;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;

/** A random case cut into a past, perhaps with gaps, and a future of {@link #AHEAD} dates. Immutable. */
final class ForecastCase {
    static final int AHEAD = 3;
    private static final int PAST = 10;

    private final RandomCase past;
    private final RandomCase whole;
    private final StateSpaceModel model; // of the past

    private ForecastCase(RandomCase past, RandomCase whole, StateSpaceModel model) {
        this.past = past;
        this.whole = whole;
        this.model = model;
    }

    static List<ForecastCase> every(int count, boolean multivariate) {
        return LongStream.range(0, count).mapToObj(seed -> {
            RandomCase whole = RandomCase.of(seed, multivariate && seed % 2 == 0 ? 2 + (int) seed % 3 : 1, PAST + AHEAD);
            RandomCase past = seed % 4 > 1 ? whole.until(PAST).withGaps() : whole.until(PAST);
            return new ForecastCase(past, whole, past.model());
        }).toList();
    }

    /** In other units, or in another order. */
    ForecastCase changed(UnaryOperator<RandomCase> change) {
        RandomCase other = change.apply(past);
        return new ForecastCase(other, change.apply(whole), other.model());
    }

    /** With a transition of full rank that moves from date to date and a constant. */
    ForecastCase withMovingTransition() {
        int k = model.states().count();
        List<Matrix> perDate = IntStream.range(0, PAST).mapToObj(t -> {
            double[] entries = new double[k * k];
            for (int i = 0; i < k; i++) {
                entries[i * k + i] = 1 - 0.02 * t;
                entries[i * k + (i + 1) % k] += 0.05;
            }
            return Matrix.of(k, k, entries);
        }).toList();
        return with(Transition.varying(perDate).withConstant(constant(k)));
    }

    /** With a transition that forgets everything but a constant. */
    ForecastCase withForgottenStates() {
        int k = model.states().count();
        return with(Transition.fixed(Matrix.diagonal(new double[k])).withConstant(constant(k)));
    }

    private static Vector constant(int k) {
        return Vector.of(IntStream.range(0, k).mapToDouble(i -> 0.1 * (i + 1)).toArray());
    }

    private ForecastCase with(Transition transition) {
        return new ForecastCase(past, whole, StateSpaceModel.of(model.states(), model.initial(), transition, model.stateNoise(),
                model.observationNoise()));
    }

    StateSpaceModel model() {
        return model;
    }

    Sample sample() {
        return past.sample();
    }

    /** The textbook's. */
    FilterResult pass() {
        return pass(model, sample());
    }

    static FilterResult pass(StateSpaceModel model, Sample sample) {
        return new TextbookEngine().filter(model, sample, FilterOptions.defaults(), Monitor.NONE);
    }

    List<LocalDate> futureDates() {
        return whole.dates.subList(PAST, PAST + AHEAD);
    }

    /** Of the factors, and of a column that is none. */
    ReturnPanel.Builder future() {
        ReturnPanel.Builder panel = ReturnPanel.builder(futureDates()).column("no factor", new double[AHEAD]);
        whole.factors.forEach((name, values) -> panel.column(name, Arrays.copyOfRange(values, PAST, PAST + AHEAD)));
        return panel;
    }

    String factor() {
        return whole.factors().get(0);
    }

    /** The past and the future in one, without y in the future but for its first {@code seen} dates. */
    Sample longSample(int seen) {
        Map<String, double[]> y = new LinkedHashMap<>();
        past.targets.forEach((name, values) -> y.put(name, joined(values, whole.targets.get(name), PAST + seen, true)));
        Map<String, double[]> x = new LinkedHashMap<>();
        past.factors.forEach((name, values) -> x.put(name, joined(values, whole.factors.get(name), PAST + AHEAD, false)));
        return new RandomCase(whole.description, whole.dates, y, x, whole.variance, past.loads, whole.intercept, false, whole.parameters,
                whole.noise).sample();
    }

    private static double[] joined(double[] before, double[] after, int until, boolean missingThen) {
        double[] all = after.clone();
        System.arraycopy(before, 0, all, 0, PAST);
        Arrays.fill(all, until, all.length, missingThen ? Double.NaN : 0);
        return all;
    }

    /** What varies is carried on as on the last date. */
    StateSpaceModel longModel() {
        Transition t = model.transition();
        Transition longer = t.isConstant() ? t : Transition.varying(IntStream.range(0, PAST + AHEAD).mapToObj(i -> t.matrix(Math.min(i, PAST - 1)))
                .toList()).withConstant(t.constant());
        return StateSpaceModel.of(model.states(), model.initial(), longer, longer(model.stateNoise()), longer(model.observationNoise()));
    }

    private static Noise longer(Noise noise) {
        return noise.isConstant() ? noise
                : Noise.varying(IntStream.range(0, PAST + AHEAD).mapToObj(i -> noise.at(Math.min(i, PAST - 1))).toList());
    }

    int past() {
        return PAST;
    }

    boolean varies() {
        return !(model.transition().isConstant() && model.stateNoise().isConstant() && model.observationNoise().isConstant());
    }

    @Override
    public String toString() {
        return past.toString();
    }
}
