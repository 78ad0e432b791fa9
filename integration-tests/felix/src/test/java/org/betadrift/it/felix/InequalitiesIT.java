package org.betadrift.it.felix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.betadrift.it.felix.CommandLine.Outcome;
import org.betadrift.testkit.SharedFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Inequalities, from the command line to both reports. */
class InequalitiesIT {
    private static final double FEASIBLE = 1e-9;
    private static Felix felix;
    private static CommandLine betadrift;

    @TempDir
    private Path folder;

    @BeforeAll
    static void boot() throws Exception {
        felix = Felix.whole();
        betadrift = new CommandLine(felix);
    }

    @AfterAll
    static void stop() throws Exception {
        felix.close();
    }

    // ---- what works

    /** Real data: funds of funds on twelve strategies, none short, together one. */
    @Test
    void fundsOfFundsLongOnly() throws IOException {
        Path file = SharedFolder.file("data/edhec_monthly.csv");
        List<String> factors = Arrays.stream(Files.readAllLines(file).get(0).split(",")).skip(1).filter(name -> !name.equals("Funds of Funds")).toList();
        int k = factors.size();
        String[] arguments = {"estimate", "--data", file.toString(), "--target", "[Funds of Funds]",
            "--factors", factors.stream().map(name -> "[" + name + "]").collect(Collectors.joining(",")), "--initial", "diffuse",
            "--state-noise", "fixed:" + String.join(",", Stream.generate(() -> "1e-3").limit(k).toList()), "--observation-noise", "fixed:2e-5",
            "--constraint", "long-only", "--constraint", "sum=1", "--path", "path:draws=40,causal=true"};
        JsonNode json = json(arguments);
        JsonSchema.assertValid(json);
        assertThat(json.at("/path/kktResidual").doubleValue()).isLessThan(1e-8);
        assertThat(json.at("/path/violation").doubleValue()).isLessThan(FEASIBLE);
        assertThat(json.at("/path/logDensityGivenUp").doubleValue()).isGreaterThan(1);
        assertThat(json.at("/path/constraints")).hasSize(k + 1);
        int n = json.at("/run/periods").intValue();
        assertThat(n).isEqualTo(293);
        int known = 0;
        boolean wouldBeShort = false;
        for (int t = 0; t < n; t++) {
            requireFeasible(json.at("/series/pathMode/" + t));
            if (json.at("/series/pathCausal/" + t + "/0").isNumber()) {
                requireFeasible(json.at("/series/pathCausal/" + t));
                known++;
            }
            for (int i = 0; i < k; i++) {
                assertThat(json.at("/series/pathLower/" + t + "/" + i).doubleValue()).isGreaterThan(-FEASIBLE);
                wouldBeShort |= json.at("/series/filteredMean/" + t + "/" + i).doubleValue() < -0.05;
            }
        }
        assertThat(known).as("dates on which y has told of every strategy").isGreaterThan(270);
        assertThat(wouldBeShort).as("what the filter finds, which knows the sum only").isTrue();
        assertThat(json.at("/warnings").toString()).contains("come without the inequalities (long-only)");
    }

    private static void requireFeasible(JsonNode exposures) {
        double sum = 0;
        for (JsonNode exposure : exposures) {
            assertThat(exposure.doubleValue()).isGreaterThan(-FEASIBLE);
            sum += exposure.doubleValue();
        }
        assertThat(Math.abs(sum - 1)).isLessThan(FEASIBLE);
    }

    @Test
    void bothReportsTell() throws IOException {
        String[] arguments = estimate("--target", "y", "--factors", "a,b", "--constraint", "a>=0", "--constraint", "gross<=0.9",
                "--constraint", "net>=0.2", "--constraint", "net<=0.85");
        JsonNode json = json(arguments);
        JsonSchema.assertValid(json);
        assertThat(json.at("/model/constraints")).extracting(c -> c.get("expression").textValue()).containsExactly("a>=0", "gross<=0.9", "net>=0.2", "net<=0.85");
        assertThat(json.at("/path/draws").intValue()).isEqualTo(400);
        assertThat(json.at("/path/seed").longValue()).isEqualTo(1);
        for (int t = 0; t < 60; t++) {
            double a = json.at("/series/pathMode/" + t + "/0").doubleValue();
            double b = json.at("/series/pathMode/" + t + "/1").doubleValue();
            assertThat(a).isGreaterThan(-FEASIBLE);
            assertThat(Math.abs(a) + Math.abs(b)).isLessThan(0.9 + FEASIBLE);
            assertThat(a + b).isBetween(0.2 - FEASIBLE, 0.85 + FEASIBLE);
        }
        String text = betadrift.run(arguments).out();
        assertThat(text).contains("Exposures under the constraints (posterior mode, causal: given the dates up to each)",
                "Exposures under the constraints (posterior mode given every date, never causal)", "90 % from", "KKT residual",
                "of log posterior density.", "The filtered exposures above know the equalities only.", "Shadow prices:", "net<=0.85",
                "causal=auto,draws=400", "a limit on every date, of the path under the constraints alone");
        assertThat(text.lines()).allMatch(line -> line.length() <= 120);
        assertThat(betadrift.run(arguments).out()).as("the same seed").isEqualTo(text);
        JsonNode other = json(append(arguments, "--seed", "2"));
        assertThat(other.at("/series/pathMode")).isEqualTo(json.at("/series/pathMode"));
        assertThat(other.at("/series/pathMean")).isNotEqualTo(json.at("/series/pathMean"));
    }

    @Test
    void severalTargets() throws IOException {
        JsonNode json = json(estimate("--target", "y,z", "--factors", "a,b", "--constraint", "long-only", "--constraint", "sum=1", "--path", "path:draws=0"));
        JsonSchema.assertValid(json);
        assertThat(json.at("/path/constraints").toString()).isEqualTo("[\"long-only of a:y\",\"long-only of a:z\",\"long-only of b:y\",\"long-only of b:z\",\"sum=1 of y\",\"sum=1 of z\"]");
        for (int t = 0; t < 60; t++) {
            for (int target = 0; target < 2; target++) {
                double a = json.at("/series/pathMode/" + t + "/" + target).doubleValue();
                double b = json.at("/series/pathMode/" + t + "/" + (2 + target)).doubleValue();
                assertThat(Math.min(a, b)).isGreaterThan(-FEASIBLE);
                assertThat(Math.abs(a + b - 1)).isLessThan(FEASIBLE);
            }
        }
        assertThat(json.at("/series").has("pathLower")).isFalse();
    }

    @Test
    void theCausalPathIsAudited() throws IOException {
        Outcome outcome = betadrift.run(estimate("--target", "y", "--factors", "a,b", "--constraint", "long-only", "--initial", "known:mean=0.5,0.2,variance=1",
                "--observation-noise", "fixed:1e-5", "--state-noise", "fixed:1e-3,1e-3", "--path", "path:draws=0,causal=true", "--audit", "--format", "json"));
        assertThat(outcome.err()).isEmpty();
        JsonNode json = new ObjectMapper().readTree(outcome.out());
        assertThat(json.at("/audit/verdict").textValue()).isEqualTo("holds");
        assertThat(json.at("/audit/changes")).isEmpty();
    }

    @Test
    void theStrategyIsListedAndTheHelpTells() {
        assertThat(betadrift.run("strategies").out().lines()).anyMatch(line -> line.startsWith("PathEstimator") && line.contains(" path "));
        assertThat(betadrift.run("help", "estimate").out()).contains("--path=CHOICE", "long-only");
    }

    // ---- what doesn't

    @Test
    void whatNoExposuresSatisfy() throws IOException {
        assertRefused(estimate("--target", "y", "--factors", "a,b", "--constraint", "sum=1", "--constraint", "gross<=0.9"),
                "sum=1; gross<=0.9", "no exposures satisfy them together", "2020-01-03");
        assertRefused(estimate("--target", "y", "--factors", "a,b", "--constraint", "long-only", "--constraint", "net<=-1"), "no exposures satisfy them together");
        assertRefused(estimate("--target", "y", "--factors", "a,b", "--constraint", "c>=0"), "no state named c");
        assertRefused(estimate("--target", "y", "--factors", "a,b", "--constraint", "a>=0", "--path", "path:draws=1"), "a band needs at least 2");
        assertRefused(estimate("--target", "y", "--factors", "a,b", "--constraint", "a>=0", "--path", "pth"), "no PathEstimator named pth: did you mean path?");
        assertRefused(estimate("--target", "y", "--factors", "a,b", "--constraint", "a>=0", "--reestimate", "quarterly:30"), "asked of a point-in-time run");
        assertRefused(estimate("--target", "y", "--factors", "a,b", "--constraint", "a>=0", "--state-noise", "discount:0.98"), "discount", "a path needs a covariance");
    }

    /** Its component is taken away while its bundle, which has the engines, stays. */
    @Test
    void withoutAPathEstimator() throws Exception {
        String[] arguments = estimate("--target", "y", "--factors", "a,b", "--constraint", "a>=0");
        setEnabled("disableComponent");
        try {
            assertRefused(arguments, "constraint a>=0 needs a PathEstimator, and none is present: install one, or leave it out");
            assertRefused(append(arguments, "--path", "path"), "no PathEstimator named path: there is none");
            assertThat(betadrift.run(estimate("--target", "y", "--factors", "a,b", "--constraint", "sum=1")).code()).as("equalities need none").isZero();
        } finally {
            setEnabled("enableComponent");
        }
        assertThat(betadrift.run(arguments).code()).isZero();
    }

    /** Declarative Services' own types are the framework's, so reflection. */
    private static void setEnabled(String method) throws Exception {
        Object runtime = felix.context().getService(felix.context().getServiceReference("org.osgi.service.component.runtime.ServiceComponentRuntime"));
        Class<?> type = Arrays.stream(runtime.getClass().getInterfaces()).filter(one -> one.getSimpleName().equals("ServiceComponentRuntime")).findFirst().orElseThrow();
        Object description = type.getMethod("getComponentDescriptionDTO", Bundle.class, String.class)
                .invoke(runtime, felix.bundle("org.betadrift.filter"), "org.betadrift.path.path");
        Method change = Arrays.stream(type.getMethods()).filter(one -> one.getName().equals(method)).findFirst().orElseThrow();
        change.getReturnType().getMethod("getValue").invoke(change.invoke(runtime, description));
    }

    private void assertRefused(String[] arguments, String... words) {
        Outcome outcome = betadrift.run(arguments);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains(words).endsWith("\n").hasLineCount(1).doesNotContain("Exception");
    }

    /** A full command line on the file; what is given replaces the usual choice. */
    private String[] estimate(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("estimate", "--data", Files.write(folder.resolve("funds.csv"), rows()).toString()));
        String[][] usual = {{"--initial", "ols"}, {"--state-noise", "factor-vol"}, {"--observation-noise", "ols"}};
        for (String[] option : usual) {
            if (!List.of(options).contains(option[0])) {
                all.addAll(List.of(option));
            }
        }
        all.addAll(List.of(options));
        return all.toArray(String[]::new);
    }

    private static String[] append(String[] first, String... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }

    private JsonNode json(String... arguments) throws IOException {
        Outcome outcome = betadrift.run(append(arguments, "--format", "json"));
        assertThat(outcome.err()).isEmpty();
        return new ObjectMapper().readTree(outcome.out());
    }

    /** y is short of b now and then; z isn't. */
    private static List<String> rows() {
        Random random = new Random(23);
        return Stream.concat(Stream.of("Date,y,z,a,b"), IntStream.range(0, 60).mapToObj(t -> {
            double a = 0.02 * random.nextGaussian();
            double b = 0.02 * random.nextGaussian();
            double y = 0.9 * a - 0.1 * Math.sin(t / 9.0) * b + 0.002 * random.nextGaussian();
            double z = 0.4 * a + 0.6 * b + 0.003 * random.nextGaussian();
            return String.format(Locale.ROOT, "%s,%.6f,%.6f,%.6f,%.6f", LocalDate.of(2020, 1, 3).plusWeeks(t), y, z, a, b);
        })).toList();
    }
}
