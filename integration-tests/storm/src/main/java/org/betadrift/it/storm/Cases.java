package org.betadrift.it.storm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.betadrift.model.ReturnPanel;
import org.betadrift.run.Choice;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Provenance;
import org.betadrift.run.Recipe;
import org.betadrift.testkit.ReferenceCase;

/** Recipes that mix all strategies, and the log-likelihood of each under every implementation and configuration of the storm. */
public final class Cases {
    /** Bundles. */
    public static final String OLS = "org.betadrift.estimator.ols";
    public static final String FACTOR_VOL = "org.betadrift.estimator.factorvol";
    public static final String FILTER = "org.betadrift.filter";
    public static final String GUEST = "org.betadrift.it.guest";

    /** Of PID {@code org.betadrift.initial.ols}: variance. */
    public static final List<Integer> VARIANCES = List.of(100, 10, 1);
    /** Of PID {@code org.betadrift.state-noise.factor-vol}: scale. */
    public static final List<Integer> SCALES = List.of(1, 2, 5);
    /** Of PID {@code org.betadrift.it.rival}: level. */
    public static final List<Double> LEVELS = List.of(0.5, 0.25);

    private static final Map<String, String> BUNDLES = Map.of("ols", OLS, "ols-covariance", OLS, "known", FILTER, "fixed", FILTER,
            "fixed-matrix", FILTER, "series", FILTER);
    private static final String KNOWN = "known:mean=0.5,0.2,variance=0.25,0.16";
    private static final List<Recipe> RECIPES = List.of(
            recipe("ols", "ols", "factor-vol"),
            recipe("ols-covariance", "ols", "factor-vol"),
            recipe("ols:variance=7", "fixed:2.7e-05", "factor-vol"),
            recipe(KNOWN, "series:r", "factor-vol"),
            recipe("ols", "series:r", "fixed:0.0004,0.0001"),
            recipe(KNOWN, "ols", "fixed-matrix:0.0004,-0.0001/-0.0001,0.0001"));

    /** Their last bits differ, and either may be the best while the bundle of both comes back. */
    private static final List<String> ENGINES = List.of("ud", "covariance");

    private static final int WEEKS = 260;

    private final Map<Recipe, Map<List<String>, Double>> logLikelihoods = new HashMap<>();

    /** Of y on x1 and x2. */
    public static Recipe recipe(String initial, String observationNoise, String stateNoise) {
        return builder(initial, observationNoise, stateNoise).build();
    }

    private static Recipe.Builder builder(String initial, String observationNoise, String stateNoise) {
        return Recipe.builder().target("y", "x1", "x2").initial(initial).observationNoise(observationNoise).stateNoise(stateNoise);
    }

    /** What the load runs. */
    public static List<Recipe> recipes() {
        return RECIPES;
    }

    /** Five years of the testkit's data A, and a column of variances. */
    public static ReturnPanel panel() {
        ReturnPanel a = ReferenceCase.panel("A");
        ReturnPanel.Builder panel = ReturnPanel.builder(a.dates().subList(0, WEEKS));
        for (String column : List.of("y", "x1", "x2")) {
            panel.column(column, Arrays.copyOf(a.column(column), WEEKS));
        }
        return panel.column("r", IntStream.range(0, WEEKS).mapToDouble(t -> (1 + t % 3) * 1e-5).toArray()).build();
    }

    /**
     * Runs each recipe with each configuration's numbers as options of its own, on a quiet system, under the {@code factor-vol} that is the
     * best now: once for each of the two.
     *
     * @return its bundle
     */
    public String compute(ExposureService exposures) {
        String best = exposures.strategies().stream().filter(s -> s.role().equals("StateNoiseEstimator") && s.name().equals("factor-vol"))
                .findFirst().orElseThrow().bundle();
        RECIPES.forEach(recipe -> compute(exposures, recipe, best));
        return best;
    }

    private void compute(ExposureService exposures, Recipe recipe, String best) {
        boolean rival = best.equals(GUEST);
        // ols says in its provenance how it would take several targets
        Choice observationNoise = variants(recipe.observationNoise().orElseThrow(), "ols", "covariance", List.of("full")).get(0);
        for (Choice initial : variants(recipe.initial(), "ols", "variance", VARIANCES)) {
            for (Choice q : variants(recipe.stateNoise().orElseThrow(), "factor-vol", rival ? "level" : "scale", rival ? LEVELS : SCALES)) {
                for (String engine : ENGINES) {
                    Recipe explicit = builder(initial.toString(), observationNoise.toString(), q.toString()).engine(engine).build();
                    List<String> key = Stream.concat(Stream.of(initial, observationNoise, q)
                            .map(c -> key(BUNDLES.getOrDefault(c.name(), best), c.options())), Stream.of(engine)).toList();
                    logLikelihoods.computeIfAbsent(recipe, r -> new HashMap<>())
                            .put(key, exposures.run(explicit, panel()).filter().logLikelihood());
                }
            }
        }
    }

    /** A choice that leaves a configurable option open, with each value; any other choice as it is. */
    private static List<Choice> variants(Choice choice, String configurable, String option, List<?> values) {
        if (!choice.name().equals(configurable) || !choice.options().isEmpty()) {
            return List.of(choice);
        }
        return values.stream().map(value -> new Choice(choice.name(), Map.of(option, value.toString()))).toList();
    }

    private static String key(String bundle, Map<String, String> configuration) {
        return bundle + new TreeMap<>(configuration);
    }

    /** What a run that was made by these must have found. */
    public double logLikelihood(Recipe recipe, List<Provenance> provenance) {
        List<String> key = Stream.concat(provenance.subList(0, 3).stream().map(p -> key(p.strategy().bundle(), p.configuration())),
                provenance.stream().filter(p -> p.strategy().role().equals("FilterEngine")).map(p -> p.strategy().name())).toList();
        Double expected = logLikelihoods.get(recipe).get(key);
        if (expected == null) {
            throw new AssertionError("nobody configured this: " + key);
        }
        return expected;
    }

    /** The values of one engine, all different: a mix-up can't go unnoticed. */
    public List<Double> all() {
        List<Double> all = new ArrayList<>();
        logLikelihoods.values().forEach(byKey -> byKey.forEach((key, value) -> {
            if (key.contains(ENGINES.get(0))) {
                all.add(value);
            }
        }));
        return all;
    }
}
