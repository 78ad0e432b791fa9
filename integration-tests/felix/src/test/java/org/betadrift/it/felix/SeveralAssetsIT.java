package org.betadrift.it.felix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import org.assertj.core.data.Offset;
import org.betadrift.it.felix.CommandLine.Outcome;
import org.betadrift.model.Covariance;
import org.betadrift.model.ReturnPanel;
import org.betadrift.testkit.ReferenceCase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several assets at once, from the command line to both reports. */
class SeveralAssetsIT {
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

    @Test
    void fourStocks() throws IOException {
        Outcome outcome = betadrift.run(FourStocksCase.arguments("json"));
        assertThat(outcome.err()).isEmpty();
        JsonNode json = new ObjectMapper().readTree(outcome.out());
        JsonSchema.assertValid(json);
        FourStocksCase.assertNumbers(json);
        assertThat(betadrift.run(FourStocksCase.arguments("text")).out()).contains("-1607.6083", "State noise Q of MARKET: standard deviations",
                "Exposures together on 1987-12-31 (filtered and smoothed, the same on the last date)").doesNotContain("State noise Q of alpha");
    }

    @Test
    void fourRegressions() throws IOException {
        Outcome outcome = betadrift.run(FourStocksCase.leastSquares());
        assertThat(outcome.err()).isEmpty();
        FourStocksCase.assertLeastSquares(new ObjectMapper().readTree(outcome.out()));
    }

    /** Data C, four simulated assets: the model of the reference, spelt out in options, has the reference's log-likelihood. */
    @Test
    void theReferenceFromTheCommandLine() throws IOException {
        ReferenceCase c = ReferenceCase.cProper();
        int k = 8;
        JsonNode json = json("estimate", "--data", data("C", ReferenceCase.panel("C")).toString(), "--target", "y1,y2,y3,y4", "--factors", "x",
                "--intercept", "--initial", "known:mean=" + list(k, i -> c.model().initial().prior().mean().get(i)) + ",variance="
                + list(k, i -> c.model().initial().prior().covariance().variance(i)),
                "--state-noise", "fixed-matrix:factor=x,value=" + rows(4, 4, c.model().stateNoise().at(0)),
                "--observation-noise", "fixed-matrix:" + rows(0, 4, c.model().observationNoise().at(0)));
        assertThat(json.at("/likelihood/value").doubleValue()).isCloseTo(c.logLikelihood(), Offset.offset(1e-9));
        assertThat(json.at("/model/observationNoise/3/2").doubleValue()).isEqualTo(c.model().observationNoise().at(0).get(3, 2));
        JsonNode whole = json("estimate", "--data", data("C", ReferenceCase.panel("C")).toString(), "--target", "y1,y2,y3,y4", "--factors", "x",
                "--intercept", "--initial", "known:mean=0,variance=inf", "--state-noise", "fixed-matrix:" + rows(0, k, c.model().stateNoise().at(0)),
                "--observation-noise", "fixed-matrix:" + rows(0, 4, c.model().observationNoise().at(0)));
        assertThat(whole.at("/likelihood/value").doubleValue()).isCloseTo(ReferenceCase.cDiffuse().logLikelihood(), Offset.offset(1e-9));
    }

    /** Seed 003's question in one line: static alphas, dynamic betas, full V and W, exactly diffuse. mle/C.json holds the maximum, found elsewhere. */
    @Test
    void seed003sQuestionInOneLine() throws IOException {
        String[] line = {"estimate", "--data", data("C", ReferenceCase.panel("C")).toString(), "--target", "y1,y2,y3,y4", "--factors", "x", "--intercept",
            "--initial", "diffuse", "--convention", "no-constant-diffuse", "--joint", "cholesky:start=10"};
        JsonNode json = json(line);
        JsonSchema.assertValid(json);
        assertThat(json.at("/likelihood/value").doubleValue()).isCloseTo(716.521380, Offset.offset(1e-6));
        assertThat(json.at("/estimation/converged").booleanValue()).isTrue();
        assertThat(json.at("/estimation/method").textValue()).isEqualTo("decoupled: 4 series of 2 states");
        assertThat(json.at("/estimation/notes").toString()).contains("W of x (rank 1 of 4) is singular", "your start alone reaches this maximum");
        assertThat(json.at("/model/stateNoiseBlocks/1/rank").intValue()).isEqualTo(1);
        assertThat(json.at("/model/observationCorrelations/3/1").doubleValue()).isCloseTo(0.3024, Offset.offset(1e-4));
        String text = betadrift.run(line).out();
        assertThat(text).contains("716.5214", "State noise Q of x, rank 1 of 4: standard deviations and correlations", "Converged      yes",
                "are not unique", "Exposures together on 1987-12-31").doesNotContain("Infinity", "NaN");
        assertThat(text.lines()).allMatch(row -> row.length() <= 120);
    }

    /** Weighted by columns that move, the betas average one on every date; V and W are those of the likelihood under that. */
    @Test
    void averageBetasAreOne() throws IOException {
        String[] line = estimate("--target", "y,z", "--factors", "a", "--initial", "diffuse", "--joint", "cholesky", "--constraint", "avg(a; wy,wz)=1");
        JsonNode hard = json(line);
        JsonSchema.assertValid(hard);
        assertThat(hard.at("/estimation/converged").booleanValue()).isTrue();
        assertThat(hard.at("/estimation/method").textValue()).isEqualTo("general: one row at a time");
        assertThat(hard.at("/estimation/modes/0/logLikelihood").doubleValue())
                .isCloseTo(hard.at("/likelihood/value").doubleValue(), Offset.offset(1e-6));
        for (int t = 0; t < 60; t++) {
            JsonNode beta = hard.at("/series/filteredMean/" + t);
            assertThat((weight(t, 1) * beta.get(0).doubleValue() + weight(t, 2) * beta.get(1).doubleValue()) / (weight(t, 1) + weight(t, 2)))
                    .isCloseTo(1, Offset.offset(1e-10));
        }
        JsonNode soft = json(estimate("--target", "y,z", "--factors", "a", "--initial", "diffuse", "--joint", "cholesky", "--constraint", "avg(a; 2,1)=1~0.1"));
        assertThat(soft.at("/model/constraints/0/tolerance").doubleValue()).isEqualTo(0.1);
        assertThat(soft.at("/estimation/modes/0/logLikelihood").doubleValue())
                .isCloseTo(soft.at("/likelihood/value").doubleValue(), Offset.offset(1e-6));
    }

    private static double weight(int t, int column) {
        return column == 1 ? 1 + 0.01 * t : 2 - 0.01 * t;
    }

    /** Least squares, R with covariances, cells missing, factors in common and of one asset's own. */
    @Test
    void commonAndOwnFactors() throws IOException {
        JsonNode json = json(estimate("--target", "y,z", "--factors", "a; z: b", "--intercept"));
        JsonSchema.assertValid(json);
        assertThat(json.at("/run/states").toString()).isEqualTo("[\"alpha:y\",\"alpha:z\",\"a:y\",\"a:z\",\"b:z\"]");
        assertThat(json.at("/run/missing").intValue()).isEqualTo(10);
        assertThat(json.at("/series/observed/3/1").isNull()).isTrue();
        assertThat(json.at("/series/observed/3/0").isNumber()).isTrue();
        assertThat(json.at("/model/observationCorrelations/1/0").doubleValue()).isGreaterThan(0.5);
        assertThat(json.at("/model/observationStandardDeviations/1").doubleValue())
                .isEqualTo(Math.sqrt(json.at("/model/observationNoise/1/1").doubleValue()));
        assertThat(json.at("/model/stateNoiseBlocks")).extracting(block -> block.get("factor").textValue() + block.get("targets"))
                .containsExactly("alpha[\"y\",\"z\"]", "a[\"y\",\"z\"]", "b[\"z\"]");
        assertThat(json.at("/factors")).extracting(f -> f.get("target").textValue() + " " + f.get("factor").textValue())
                .containsExactly("y alpha", "y a", "z alpha", "z a", "z b");
        assertThat(json(estimate("--target", "y,z", "--factors", "a", "--observation-noise", "ols:covariance=diagonal"))
                .at("/model/observationNoise/1/0").doubleValue()).isZero();

        Outcome text = betadrift.run(estimate("--target", "y,z", "--factors", "a; z: b", "--intercept", "--smooth"));
        assertThat(text.out()).startsWith("betadrift: y, z on a; z on b too\n").contains("Observation noise R: standard deviations and correlations",
                "Exposures together on", "Cumulative Log-Likelihood: ");
        assertThat(text.out().lines()).allMatch(line -> line.length() <= 120);
    }

    /** Nothing ties them together: the numbers are those of each alone, and the report says so. */
    @Test
    void independentAssetsAreAsIfAlone() throws IOException {
        String[] noise = {"--initial", "known:mean=0,variance=1", "--state-noise", "fixed:1e-4,1e-4", "--observation-noise", "fixed:1e-4,4e-4"};
        JsonNode both = json(estimate(append(noise, "--target", "y,z", "--factors", "a")));
        JsonNode y = json(estimate("--initial", "known:mean=0,variance=1", "--state-noise", "fixed:1e-4", "--observation-noise", "fixed:1e-4",
                "--target", "y", "--factors", "a"));
        JsonNode z = json(estimate("--initial", "known:mean=0,variance=1", "--state-noise", "fixed:1e-4", "--observation-noise", "fixed:4e-4",
                "--target", "z", "--factors", "a"));
        assertThat(both.at("/likelihood/value").doubleValue())
                .isCloseTo(y.at("/likelihood/value").doubleValue() + z.at("/likelihood/value").doubleValue(), Offset.offset(1e-9));
        assertThat(both.at("/series/filteredMean/59/1").doubleValue()).isCloseTo(z.at("/series/filteredMean/59/0").doubleValue(), Offset.offset(1e-12));
        assertThat(both.at("/fit/1/totalSse").doubleValue()).isCloseTo(z.at("/fit/totalSse").doubleValue(), Offset.offset(1e-12));
        assertThat(betadrift.run(estimate(append(noise, "--target", "y,z", "--factors", "a"))).out())
                .contains("Observation noise R: uncorrelated", "Uncorrelated from asset to asset: as if each had been estimated alone.");
    }

    @Test
    void riskFreeAndScaleTakeEveryTarget() throws IOException {
        JsonNode json = json(estimate("--target", "y,z", "--factors", "a;z:b", "--risk-free", "rf:b", "--scale", "100"));
        assertThat(json.at("/run/data").toString()).contains("rf taken off y, z, b", "y, z, a, b times 100.0");
        assertThat(json.at("/series/observed/0/1").doubleValue())
                .isCloseTo(100 * (Double.parseDouble(rows().get(1).split(",")[2]) - 0.001), Offset.offset(1e-12));
        // an asset that explains another is changed once
        JsonNode mutual = json(estimate("--target", "y,z", "--factors", "a;z:y", "--risk-free", "rf:y", "--scale", "100"));
        assertThat(mutual.at("/series/observed/0/0").doubleValue()).isEqualTo(json.at("/series/observed/0/0").doubleValue());
        assertThat(mutual.at("/run/data").toString()).contains("rf taken off y, z\"", "y, z, a times 100.0");
    }

    @Test
    void rollingNoisesAreOfEachAsset() throws IOException {
        for (String r : List.of("ols-rolling:window=12", "ewma")) {
            JsonNode json = json(estimate("--target", "y,z", "--factors", "a", "--initial", "ols-window", "--observation-noise", r));
            JsonSchema.assertValid(json);
            assertThat(json.at("/series/observationNoise/40/1/1").doubleValue()).isPositive();
            assertThat(json.at("/series/observationNoise/40/1/0").doubleValue()).isZero();
            assertThat(json.at("/model/observationCorrelations").isNull()).isTrue();
        }
    }

    @Test
    void helpTells() {
        assertThat(betadrift.run("help", "estimate").out()).contains("[;TARGET:COL]", "MKT;A:SMB,HML;B:OIL", "ols:covariance=diagonal",
                "fixed-matrix:factor=MKT");
    }

    // ---- what doesn't

    @Test
    void badInput() throws IOException {
        assertRefused(estimate("--target", "y,zz", "--factors", "a"), "no column named zz", "did you mean z?", "present are y, z, a, b, rf, empty, wy, wz, minus, twice");
        assertRefused(estimate("--target", "y,z", "--factors", "a;z:bb"), "no column named bb", "did you mean b?");
        assertRefused(estimate("--target", "y,z,y", "--factors", "a"), "target y is given twice");
        assertRefused(estimate("--target", "y,z", "--factors", "a;x:b"), "factors of x: no target named x", "present are y, z");
        assertRefused(estimate("--target", "y,z", "--factors", "a;z:b;z:b"), "factors of z is given twice");
        assertRefused(estimate("--target", "y,z", "--factors", "a,b;z:a"), "factors of z is [a, b, a]", "name each factor once");
        assertRefused(estimate("--target", "y,z", "--factors", "a;z:z"), "factor is z, but it is the target itself");
        assertRefused(estimate("--target", "y,z", "--factors", "a,y"), "factor is y, but it is the target itself");
        assertRefused(estimate("--target", "y,z", "--factors", "z:a"), "number of factors of y is 0", "add an intercept");
        assertRefused(estimate("--target", "y,empty,z", "--factors", "a"),
                "number of observations of empty is 0, but it is missing on every date: take out what has no data");
        assertRefused(estimate("--target", "y,z", "--factors", "a", "--observation-noise", "fixed-matrix:1,2/2,1"),
                "option value of fixed-matrix is 1,2/2,1", "over the targets [y, z]", "no negative eigenvalue");
        assertRefused(estimate("--target", "y,z", "--factors", "a", "--observation-noise", "fixed:1e-4"), "one number for each of the targets [y, z] (2)");
        assertRefused(estimate("--target", "y,z", "--factors", "a", "--state-noise", "fixed-matrix:factor=c,value=1,0/0,1"), "no factor named c");
        assertRefused(joint("mle"), "number of targets is 2, but JointNoiseEstimator mle takes one", "or choose cholesky");
        assertRefused(joint("cholesky", "--constraint", "avg(a; wy,minus)=1"),
                "sum of the weights of avg(a; wy,minus)=1 on 2020-01-03 is 0.0, but an average divides by it: check the columns wy, minus");
        assertRefused(joint("cholesky", "--constraint", "avg(a; 0,0)=1"), "sum of the weights of avg(a; 0,0)=1 is 0.0");
        assertRefused(joint("cholesky", "--constraint", "avg(a; wy)=1"), "number of weights of avg(a; wy)=1 is 1, but there are 2 targets with the factor a");
        assertRefused(joint("cholesky:start=1,2"), "option start is 1,2, but there are 6 Cholesky entries");
        assertRefused(joint("cholesky:uncorrelated=y/q"), "no target named q");
        assertRefused(estimate("--target", "y,twice", "--factors", "a", "--initial", "diffuse", "--joint", "cholesky"),
                "residual of twice is an exact combination of others (2.000 x y)", "leave one of them out");
        assertRefused(estimate("--target", "y,z", "--factors", "a", "--observation-noise", "series:rf"), "number of targets is 2", "series takes one");
    }

    private void assertRefused(String[] arguments, String... words) {
        Outcome outcome = betadrift.run(arguments);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains(words).endsWith("\n").hasLineCount(1).doesNotContain("Exception");
    }

    /** A full command line on the file; what is given replaces the usual choice. */
    private String[] estimate(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("estimate", "--data", Files.write(folder.resolve("assets.csv"), rows()).toString()));
        List<String> given = List.of(options);
        String[][] usual = {{"--initial", "ols"}, {"--state-noise", "factor-vol"}, {"--observation-noise", "ols"}};
        for (String[] option : usual) {
            if (!given.contains(option[0]) && (option[0].equals("--initial") || !given.contains("--joint"))) {
                all.addAll(List.of(option));
            }
        }
        all.addAll(given);
        return all.toArray(String[]::new);
    }

    private String[] joint(String strategy, String... more) throws IOException {
        return estimate(append(new String[] {"--target", "y,z", "--factors", "a", "--initial", "diffuse", "--joint", strategy}, more));
    }

    private static String[] append(String[] first, String... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }

    private JsonNode json(String... arguments) throws IOException {
        Outcome outcome = betadrift.run(append(arguments, "--format", "json"));
        assertThat(outcome.err()).isEmpty();
        return new ObjectMapper().readTree(outcome.out());
    }

    /** y and z on a, with noise in common; z is missing on every sixth date. Weights wy, wz, and minus = -wy. */
    private static List<String> rows() {
        List<String> rows = new ArrayList<>(List.of("Date,y,z,a,b,rf,empty,wy,wz,minus,twice"));
        Random random = new Random(17);
        for (int t = 0; t < 60; t++) {
            double a = 0.02 * random.nextGaussian();
            double b = 0.02 * random.nextGaussian();
            double common = 0.01 * random.nextGaussian();
            double y = 0.7 * a + common + 0.003 * random.nextGaussian();
            double z = 0.4 * a + 0.3 * b + common + 0.003 * random.nextGaussian();
            rows.add(String.format(Locale.ROOT, "%s,%.6f,%s,%.6f,%.6f,0.001,,%s,%s,%s,%.6f", LocalDate.of(2020, 1, 3).plusWeeks(t), y,
                    t % 6 == 3 ? "" : String.format(Locale.ROOT, "%.6f", z), a, b, weight(t, 1), weight(t, 2), -weight(t, 1), 2 * Double.parseDouble(
                    String.format(Locale.ROOT, "%.6f", y))));
        }
        return rows;
    }

    private Path data(String name, ReturnPanel panel) throws IOException {
        List<String> rows = new ArrayList<>(List.of("date," + String.join(",", panel.names())));
        List<double[]> columns = panel.names().stream().map(panel::column).toList();
        for (int t = 0; t < panel.dates().size(); t++) {
            int date = t;
            rows.add(panel.dates().get(t) + "," + columns.stream().map(column -> String.valueOf(column[date])).collect(Collectors.joining(",")));
        }
        return Files.write(folder.resolve(name + ".csv"), rows);
    }

    private static String list(int n, java.util.function.IntToDoubleFunction number) {
        return IntStream.range(0, n).mapToObj(i -> String.valueOf(number.applyAsDouble(i))).collect(Collectors.joining(","));
    }

    private static String rows(int first, int n, Covariance matrix) {
        return IntStream.range(0, n).mapToObj(i -> list(n, j -> matrix.get(first + i, first + j))).collect(Collectors.joining("/"));
    }
}
