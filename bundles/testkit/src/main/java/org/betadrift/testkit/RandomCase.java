package org.betadrift.testkit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.betadrift.model.Covariance;
import org.betadrift.model.GaussianState;
import org.betadrift.model.InitialState;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateName;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;

/**
 * A random sample with the model it was drawn from; the same seed makes the same case. Factors of very different sizes,
 * exposures that drift, with or without an intercept, correlated noises that are constant or vary, T = I or not. Methods
 * give the same case in other units, in another order, with gaps, or cut short: what laws are made of. Immutable.
 */
public final class RandomCase {
    /** A column of the panel that is no factor: positive, and missing on some of the dates without y. */
    public static final String VARIANCE = "variance";

    /** Of one state: mean and variance of beta_0|0 (infinite = diffuse), variance of a step, and its place on T's diagonal. */
    record Parameters(double mean, double variance, double drift, double phi) {
        boolean isDiffuse() {
            return Double.isInfinite(variance);
        }

        /** The same in other units. */
        Parameters times(double c) {
            return new Parameters(mean * c, variance * c * c, drift * c * c, phi);
        }
    }

    private static final double CORRELATION = 0.3;

    final String description;
    final List<LocalDate> dates;
    final Map<String, double[]> targets;
    final Map<String, double[]> factors;
    final double[] variance;
    final Map<String, List<String>> loads; // target to its factors
    final boolean intercept;
    final boolean varying;
    final Map<StateName, Parameters> parameters;
    final double noise; // R's diagonal

    RandomCase(String description, List<LocalDate> dates, Map<String, double[]> targets, Map<String, double[]> factors, double[] variance,
            Map<String, List<String>> loads, boolean intercept, boolean varying, Map<StateName, Parameters> parameters, double noise) {
        this.description = description;
        this.dates = dates;
        this.targets = targets;
        this.factors = factors;
        this.variance = variance;
        this.loads = loads;
        this.intercept = intercept;
        this.varying = varying;
        this.parameters = parameters;
        this.noise = noise;
    }

    /** @param targets at least 1 @param dates at least 1 */
    public static RandomCase of(long seed, int targets, int dates) {
        return new CaseGenerator(seed, targets, dates).draw();
    }

    /** y and H. */
    public Sample sample() {
        ReturnPanel.Builder panel = ReturnPanel.builder(dates);
        targets.forEach(panel::column);
        factors.forEach(panel::column);
        panel.column(VARIANCE, variance);
        Sample.Builder sample = Sample.builder(panel.build()).intercept(intercept);
        loads.forEach(sample::target);
        return sample.build();
    }

    /** The model of {@link #sample()}: a known initial state, T, Q and R. */
    public StateSpaceModel model() {
        return StateSpaceModel.of(sample().states(), initialState(), transition(), stateNoise(), observationNoise());
    }

    /** A known one, unless {@link #withDiffuse} said otherwise. */
    public InitialState initialState() {
        List<StateName> states = states();
        double[] means = states.stream().mapToDouble(s -> parameters.get(s).mean).toArray();
        boolean[] diffuse = new boolean[means.length];
        for (int k = 0; k < diffuse.length; k++) {
            diffuse[k] = parameters.get(states.get(k)).isDiffuse();
        }
        Covariance known = covariance(1, s -> parameters.get(s).isDiffuse() ? 0 : parameters.get(s).variance);
        return InitialState.mixed(new GaussianState(Vector.of(means), known), diffuse);
    }

    /** T = I or a diagonal. */
    public Transition transition() {
        return Transition.fixed(Matrix.diagonal(states().stream().mapToDouble(s -> parameters.get(s).phi).toArray()));
    }

    /** Q. */
    public Noise stateNoise() {
        return throughTime(weight -> covariance(weight, s -> parameters.get(s).drift));
    }

    /** R. */
    public Noise observationNoise() {
        int m = targets.size();
        double[] packed = new double[Covariance.size(m)];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                packed[Covariance.index(i, j)] = i == j ? noise : CORRELATION * noise;
            }
        }
        return throughTime(weight -> Covariance.ofPacked(m, Arrays.stream(packed).map(v -> v * weight).toArray()));
    }

    private Noise throughTime(DoubleFunction<Covariance> ofWeight) {
        if (!varying) {
            return Noise.constant(ofWeight.apply(1));
        }
        return Noise.varying(IntStream.range(0, dates.size()).mapToObj(t -> ofWeight.apply(1 + 0.5 * Math.sin(t))).toList());
    }

    /** Equally correlated, so that neither order nor units matter. */
    private Covariance covariance(double weight, ToDoubleFunction<StateName> variances) {
        List<StateName> states = states();
        double[] packed = new double[Covariance.size(states.size())];
        for (int i = 0; i < states.size(); i++) {
            for (int j = 0; j <= i; j++) {
                double root = Math.sqrt(variances.applyAsDouble(states.get(i))) * Math.sqrt(variances.applyAsDouble(states.get(j)));
                packed[Covariance.index(i, j)] = weight * root * (i == j ? 1 : CORRELATION);
            }
        }
        return Covariance.ofPacked(states.size(), packed);
    }

    private List<StateName> states() {
        return sample().states().names();
    }

    /** The factors' names. */
    public List<String> factors() {
        return List.copyOf(factors.keySet());
    }

    /** The first dates only; the rest never happened. */
    public RandomCase until(int rows) {
        return new RandomCase(description + ", first " + rows, dates.subList(0, rows), cut(targets, rows), cut(factors, rows),
                Arrays.copyOf(variance, rows), loads, intercept, varying, parameters, noise);
    }

    /** The dates from this one on. What varies is said of the whole. */
    RandomCase from(int row) {
        return new RandomCase(description + ", from " + row, dates.subList(row, dates.size()), rest(targets, row), rest(factors, row),
                Arrays.copyOfRange(variance, row, dates.size()), loads, intercept, varying, parameters, noise);
    }

    private Map<String, double[]> rest(Map<String, double[]> columns, int row) {
        return mapped(columns, (name, t) -> columns.get(name)[row + t], dates.size() - row);
    }

    /** No y from this date on. */
    RandomCase withoutTargetsFrom(int row) {
        Map<String, double[]> y = mapped(targets, (name, t) -> t < row ? targets.get(name)[t] : Double.NaN, dates.size());
        return new RandomCase(description + ", no y from " + row, dates, y, factors, variance, loads, intercept, varying, parameters, noise);
    }

    private static Map<String, double[]> cut(Map<String, double[]> columns, int rows) {
        return mapped(columns, (name, t) -> columns.get(name)[t], rows);
    }

    /** Every y in other units, and the model with them. */
    public RandomCase targetsTimes(double c) {
        Map<StateName, Parameters> scaled = new LinkedHashMap<>();
        parameters.forEach((state, p) -> scaled.put(state, p.times(c)));
        Map<String, double[]> y = mapped(targets, (name, t) -> c * targets.get(name)[t], dates.size());
        return new RandomCase(description + ", y times " + c, dates, y, factors, variance, loads, intercept, varying, scaled,
                noise * c * c);
    }

    /** One factor in other units, and the model with it. */
    public RandomCase factorTimes(String factor, double c) {
        Map<StateName, Parameters> scaled = new LinkedHashMap<>();
        parameters.forEach((state, p) -> scaled.put(state, state.factor().equals(factor) ? p.times(1 / c) : p));
        return with(", " + factor + " times " + c, changed(factor, v -> c * v), loads, scaled);
    }

    /** Nothing is known of these states. */
    public RandomCase withDiffuse(Predicate<StateName> which) {
        Map<StateName, Parameters> its = new LinkedHashMap<>();
        parameters.forEach((state, p) -> its.put(state, which.test(state) ? new Parameters(0, Double.POSITIVE_INFINITY, p.drift, p.phi) : p));
        return with(", diffuse " + its.keySet().stream().filter(state -> its.get(state).isDiffuse()).toList(), factors, loads, its);
    }

    /** Exposures that never move: Q = 0, T = I. */
    public RandomCase withoutDrift() {
        Map<StateName, Parameters> its = new LinkedHashMap<>();
        parameters.forEach((state, p) -> its.put(state, new Parameters(p.mean, p.variance, 0, 1)));
        return with(", no drift", factors, loads, its);
    }

    /** The factors of the first date that has them, again on the next: nothing new is seen of what is diffuse. */
    public RandomCase withRepeatedFirstRow() {
        double[] any = factors.get(factors().get(0));
        int first = 0;
        while (Double.isNaN(any[first])) {
            first++;
        }
        int from = first;
        return with(", first row twice", mapped(factors, (name, t) -> factors.get(name)[t == from + 1 ? from : t], dates.size()), loads, parameters);
    }

    /** The factors in the opposite order. */
    public RandomCase reversed() {
        Map<String, List<String>> reversed = new LinkedHashMap<>();
        loads.forEach((target, names) -> {
            List<String> itsOwn = new ArrayList<>(names);
            Collections.reverse(itsOwn);
            reversed.put(target, itsOwn);
        });
        return with(", reversed", factors, reversed, parameters);
    }

    /** A factor that never moves. */
    public RandomCase withConstantFactor(double value) {
        return with(", a constant factor", changed(factors().get(0), v -> value), loads, parameters);
    }

    /** Every factor a multiple of the first. */
    public RandomCase withCollinearFactors() {
        double[] first = factors.get(factors().get(0));
        return with(", collinear", mapped(factors, (name, t) -> (1 + factors().indexOf(name)) * first[t], dates.size()), loads, parameters);
    }

    /** No y at all. */
    public RandomCase withoutTargets() {
        Map<String, double[]> y = mapped(targets, (name, t) -> Double.NaN, dates.size());
        return new RandomCase(description + ", no y", dates, y, factors, variance, loads, intercept, varying, parameters, noise);
    }

    /** What tends to break an estimator or a filter. */
    List<RandomCase> hardOnes() {
        String factor = factors().get(0);
        return List.of(withoutTargets(), until(1), until(2), withConstantFactor(0), withConstantFactor(1), withCollinearFactors(),
                targetsTimes(0), targetsTimes(1e150), targetsTimes(1e-150), factorTimes(factor, 1e150), factorTimes(factor, 1e-150));
    }

    /**
     * A tenth of the cells of y is missing, the first and the last date too; on half of the dates without any y the factors
     * and {@link #VARIANCE} are missing as well.
     */
    public RandomCase withGaps() {
        Random random = new Random(description.hashCode());
        int n = dates.size();
        boolean[] factorsToo = new boolean[n];
        Map<String, boolean[]> missing = new LinkedHashMap<>();
        targets.keySet().forEach(target -> missing.put(target, new boolean[n]));
        for (int t = 0; t < n; t++) {
            boolean all = t == 0 || t == n - 1 || random.nextInt(20) == 0;
            int date = t;
            missing.values().forEach(cells -> cells[date] = all || random.nextInt(20) == 0);
            factorsToo[t] = missing.values().stream().allMatch(cells -> cells[date]) && random.nextBoolean();
        }
        return new RandomCase(description + ", gaps", dates,
                mapped(targets, (name, t) -> missing.get(name)[t] ? Double.NaN : targets.get(name)[t], n),
                mapped(factors, (name, t) -> factorsToo[t] ? Double.NaN : factors.get(name)[t], n),
                IntStream.range(0, n).mapToDouble(t -> factorsToo[t] ? Double.NaN : variance[t]).toArray(),
                loads, intercept, varying, parameters, noise);
    }

    private RandomCase with(String what, Map<String, double[]> x, Map<String, List<String>> newLoads, Map<StateName, Parameters> its) {
        return new RandomCase(description + what, dates, targets, x, variance, newLoads, intercept, varying, its, noise);
    }

    private Map<String, double[]> changed(String factor, DoubleUnaryOperator change) {
        return mapped(factors, (name, t) -> {
            double v = factors.get(name)[t];
            return name.equals(factor) && !Double.isNaN(v) ? change.applyAsDouble(v) : v;
        }, dates.size());
    }

    private static Map<String, double[]> mapped(Map<String, double[]> columns, ToDoubleBiFunction<String, Integer> value, int rows) {
        Map<String, double[]> mapped = new LinkedHashMap<>();
        for (String name : columns.keySet()) {
            mapped.put(name, IntStream.range(0, rows).mapToDouble(t -> value.applyAsDouble(name, t)).toArray());
        }
        return mapped;
    }

    /** The seed, and what was done to the case since. */
    @Override
    public String toString() {
        return description;
    }
}
