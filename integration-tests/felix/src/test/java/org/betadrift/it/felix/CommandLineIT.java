package org.betadrift.it.felix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.betadrift.it.felix.CommandLine.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command line in a whole framework: what it prints, and every kind of bad input. */
class CommandLineIT {
    private static final Path EXAMPLE = Path.of(System.getProperty("betadrift.distribution")).resolve("example");
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
    void demoPrintsBothTablesAndComesCloseToTheTruth() {
        Outcome demo = betadrift.run("demo");
        assertThat(demo.code()).isZero();
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out()).contains("Final RMSE", "Drift Volatility", "PREF", "CONV", "uses the whole sample", "org.betadrift.estimator.factorvol");
        List<Double> correlations = demo.out().lines().filter(line -> line.contains("correlation "))
                .map(line -> Double.parseDouble(line.replaceAll(".*correlation ([-0-9.]+),.*", "$1"))).toList();
        assertThat(correlations).hasSize(2).allSatisfy(c -> assertThat(c).isGreaterThan(0.8));
    }

    @Test
    void goldenCase() throws IOException {
        Outcome golden = betadrift.run(GoldenCase.arguments("--format", "json"));
        assertThat(golden.err()).isEmpty();
        JsonNode json = new ObjectMapper().readTree(golden.out());
        JsonSchema.assertValid(json);
        GoldenCase.assertNumbers(json);
    }

    @Test
    void goldenCaseOfRollingNoise() throws IOException {
        Outcome golden = betadrift.run(RollingCase.arguments());
        assertThat(golden.err()).isEmpty();
        JsonNode json = new ObjectMapper().readTree(golden.out());
        JsonSchema.assertValid(json);
        RollingCase.assertNumbers(json);
    }

    /** A discount has a number of its own in the model, and what it came to in the series. */
    @Test
    void aDiscountRunsAndIsSmoothed() throws IOException {
        JsonNode json = json(estimate(good(), "--state-noise", "discount:0.95", "--smooth"));
        JsonSchema.assertValid(json);
        assertThat(json.at("/model/stateNoiseDiscount").doubleValue()).isEqualTo(0.95);
        assertThat(json.at("/model/stateNoise").isNull()).isTrue();
        assertThat(json.at("/series/stateNoise/9/0/0").doubleValue())
                .isEqualTo((1 - 0.95) * json.at("/series/predictedCovariance/9/0/0").doubleValue());
        assertThat(json.at("/series/smoothedMean").size()).isEqualTo(60);
        assertThat(betadrift.run(estimate(good(), "--state-noise", "discount:0.95")).out()).contains("discount 0.95");
        assertRefused(estimate(good(), "--state-noise", "discount:0"), "discount is 0.0, but it must be above 0");
        assertRefused(estimate(good(), "--state-noise", "discount:1.1"), "option value of discount is 1.1");
    }

    @Test
    void goldenCaseAsText() {
        assertThat(betadrift.run(GoldenCase.arguments()).out())
                .contains("1933.0803", "5.4003", "0.0160", "-0.7238", "0.9947", "uses the whole sample");
    }

    @Test
    void strategiesListsBundleVersionAndRanking() {
        Outcome strategies = betadrift.run("strategies");
        assertThat(strategies.code()).isZero();
        assertThat(strategies.out().lines().findFirst().orElseThrow()).contains("Role", "Name", "Bundle", "Version", "Ranking");
        assertThat(strategies.out().lines().filter(line -> line.contains(" factor-vol ")).findFirst().orElseThrow())
                .contains("StateNoiseEstimator", "scale=1", "org.betadrift.estimator.factorvol", "1.0.0", " 0 ");
    }

    @Test
    void helpShowsEveryOptionWithItsDefault() {
        assertThat(betadrift.run("help").out()).contains("demo", "estimate", "strategies", "help");
        Outcome help = betadrift.run("help", "estimate");
        assertThat(help.code()).isZero();
        for (String option : List.of("--data", "--target", "--factors", "--scale", "--risk-free", "--frequency", "--level", "--delta", "--from",
                "--to", "--intercept", "--burn-in", "--verbose", "--transition", "--initial", "--state-noise", "--observation-noise",
                "--engine", "--convention", "--elapsed", "--smooth", "--joint", "--strict", "--reestimate", "--audit", "--seed", "--format", "--out")) {
            assertThat(help.out()).contains(option);
        }
        assertThat(help.out()).contains("mean-reverting:PHI", "local-linear-trend", "diffuse", "stationary", "inf");
        assertThat(help.out()).contains("Default: random-walk", "Default: full", "Default: none", "Default: text");
    }

    @Test
    void outWritesTheFileAndNothingElse() throws IOException {
        Path file = folder.resolve("result.json");
        Outcome estimate = betadrift.run(estimate(good(), "--format", "json", "--out", file.toString()));
        assertThat(estimate).isEqualTo(new Outcome(0, "", ""));
        JsonSchema.assertValid(new ObjectMapper().readTree(file.toFile()));
        assertThat(filesIn(folder)).containsExactly("good.csv", "result.json");
    }

    /** A link is written through, a pipe is written into; neither is replaced by a file. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void outKeepsLinksAndPipes() throws Exception {
        Path file = Files.createFile(folder.resolve("result.json"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThat(betadrift.run(estimate(good(), "--format", "json", "--out", link.toString())).code()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(new ObjectMapper().readTree(file.toFile()).at("/run/periods").asInt()).isEqualTo(60);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(betadrift.run(estimate(good(), "--out", file.toString())).code()).isZero();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        CompletableFuture<JsonNode> read = CompletableFuture.supplyAsync(() -> {
            try (InputStream in = Files.newInputStream(pipe)) {
                return new ObjectMapper().readTree(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(betadrift.run(estimate(good(), "--format", "json", "--out", pipe.toString())).code()).isZero();
        assertThat(read.get(30, TimeUnit.SECONDS).at("/run/periods").asInt()).isEqualTo(60);
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(filesIn(folder)).containsExactly("good.csv", "link", "pipe", "result.json");
    }

    @Test
    void sameInputSameBits() throws IOException {
        Path data = good();
        assertThat(betadrift.run(estimate(data, "--format", "json")).out()).isEqualTo(betadrift.run(estimate(data, "--format", "json")).out());
    }

    @Test
    void scaleByHundredGivesTheSameExposures() throws IOException {
        JsonNode plain = json(estimate(good(), "--state-noise", "fixed:1e-4,1e-4"));
        JsonNode percent = json(estimate(good(), "--state-noise", "fixed:1e-4,1e-4", "--scale", "100"));
        for (int k = 0; k < 2; k++) {
            assertThat(percent.at("/factors/" + k + "/finalBeta").doubleValue())
                    .isCloseTo(plain.at("/factors/" + k + "/finalBeta").doubleValue(), org.assertj.core.data.Offset.offset(1e-10));
        }
        // each of n densities is of a value a hundred times as large
        assertThat(percent.at("/likelihood/value").doubleValue()).isCloseTo(
                plain.at("/likelihood/value").doubleValue() - 60 * Math.log(100), org.assertj.core.data.Offset.offset(1e-8));
    }

    @Test
    void riskFreeIsTakenOffTheTargetAndTheNamedFactors() throws IOException {
        List<String> rows = new ArrayList<>(List.of("Date,y,a,b,rf"));
        List<String> excess = new ArrayList<>(List.of("Date,y,a,b"));
        Random random = new Random(3);
        for (int t = 0; t < 40; t++) {
            double y = random.nextGaussian();
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double rf = random.nextDouble();
            LocalDate date = LocalDate.of(2020, 1, 3).plusWeeks(t);
            rows.add(date + "," + y + "," + a + "," + b + "," + rf);
            excess.add(date + "," + (y - rf) + "," + (a - rf) + "," + b);
        }
        JsonNode byOption = json(estimate(file("total.csv", rows), "--risk-free", "rf:a"));
        JsonNode byHand = json(estimate(file("excess.csv", excess)));
        assertThat(byOption.at("/series/filteredMean")).isEqualTo(byHand.at("/series/filteredMean"));
    }

    @Test
    void aSeriesOfVariancesIsRAtItsDates() throws IOException {
        List<String> rows = new ArrayList<>(Files.readAllLines(good()));
        for (int i = 0; i < rows.size(); i++) {
            rows.set(i, rows.get(i) + (i == 0 ? ",[R-x]" : "," + i * 1e-5));
        }
        JsonNode json = json(estimate(file("r.csv", rows), "--observation-noise", "series:[[R-x]]"));
        assertThat(json.at("/model/observationNoise").isNull()).isTrue();
        assertThat(json.at("/model/observationNoiseVaries").booleanValue()).isTrue();
        assertThat(json.at("/series/observationNoise/4/0/0").doubleValue()).isEqualTo(5 * 1e-5);
        JsonSchema.assertValid(json);
    }

    /** OLS and factor volatilities look at all their rows: alone nothing is causal, point in time everything is. */
    @Test
    void pointInTimeIsCausalWhateverTheStrategiesLookAt() throws IOException {
        JsonNode whole = json(estimate(good(), "--audit=3"));
        JsonSchema.assertValid(whole);
        assertThat(whole.at("/audit/verdict").asText()).isEqualTo("no-claim");
        assertThat(whole.at("/audit/lookAhead")).hasSize(3);
        assertThat(whole.at("/audit/changes")).isNotEmpty();
        JsonNode then = json(estimate(good(), "--reestimate", "monthly:20", "--audit=6", "--seed", "5"));
        JsonSchema.assertValid(then);
        assertThat(then.at("/audit/verdict").asText()).isEqualTo("holds");
        assertThat(then.at("/audit/cuts")).hasSize(6);
        assertThat(then.at("/run/burnIn").asInt()).isEqualTo(20);
        assertThat(then.at("/run/pointInTime/vintages").asInt()).isEqualTo(then.at("/vintages").size()).isGreaterThan(8);
        assertThat(then.at("/provenance/0/causalFrom").asText()).isEqualTo(then.at("/vintages/0/from").asText()).isEqualTo(then.at("/series/date/20").asText());
        String text = betadrift.run(estimate(good(), "--reestimate", "monthly:20", "--audit")).out();
        assertThat(text).contains("Point in time", "Vintages", "Look-ahead audit", "Holds: the run says it is causal from 2020-05-22");
    }

    @Test
    void aScheduleThatServesNothingIsRefused() throws IOException {
        assertRefused(estimate(good(), "--reestimate", "yearly:60"), "rows of the first estimation is 60, but the sample has 60");
        assertRefused(estimate(good(), "--reestimate", "weekly"), "no --reestimate named weekly", "present are yearly, quarterly, monthly");
    }

    /** Over a gap Q counts as often as weeks have gone by. */
    @Test
    void elapsedDaysScaleTheStateNoise() throws IOException {
        List<String> rows = new ArrayList<>(goodRows());
        rows.subList(10, 13).clear();
        Path data = file("gap.csv", rows);
        JsonNode json = json(estimate(data, "--elapsed", "--state-noise", "fixed:1e-4,1e-5"));
        JsonSchema.assertValid(json);
        assertThat(json.at("/model/elapsed/medianDays").doubleValue()).isEqualTo(7);
        assertThat(json.at("/series/elapsed/9").doubleValue()).isEqualTo(4);
        assertThat(json.at("/series/stateNoise/9/0/0").doubleValue()).isEqualTo(4e-4);
        assertThat(json.at("/series/stateNoise/8/0/0").doubleValue()).isEqualTo(1e-4);
        assertThat(betadrift.run(estimate(data, "--elapsed")).out())
                .contains("Elapsed days: Q counts the days since the date before, divided by 7, their median: 1 to 4");
        JsonNode even = json(estimate(good(), "--elapsed"));
        assertThat(even.at("/series/filteredMean")).isEqualTo(json(estimate(good())).at("/series/filteredMean"));
        JsonSchema.assertValid(even);
    }

    @Test
    void aLocalLinearTrendGivesEveryExposureASlope() throws IOException {
        JsonNode json = json(estimate(good(), "--transition", "local-linear-trend", "--intercept"));
        JsonSchema.assertValid(json);
        assertThat(json.at("/run/states").toString()).isEqualTo("[\"alpha\",\"a\",\"b\",\"slope:a\",\"slope:b\"]");
        assertThat(json.at("/model/transition/1").toString()).isEqualTo("[0.0,1.0,0.0,1.0,0.0]");
        assertThat(json.at("/warnings").toString()).contains("factor-vol leaves every slope constant");
        assertThat(json(estimate(good(), "--transition", "local-linear-trend", "--state-noise", "factor-vol:slope=0.01", "--initial",
                "ols-covariance:slope-variance=0.01")).at("/warnings").size()).isZero();
        assertRefused(estimate(good(), "--transition", "local-linear-trend", "--initial", "ols-covariance"), "option slope-variance of ols-covariance");
        assertRefused(estimate(good(), "--transition", "local-linear-trend", "--state-noise", "fixed:1,1"), "the states [a, b, slope:a, slope:b] (4)");
    }

    @Test
    void aStationaryStartIsWorkedOutFromTheModel() throws IOException {
        JsonNode json = json(estimate(good(), "--transition", "ar1:0.5,0", "--initial", "stationary", "--state-noise", "fixed:3,2"));
        assertThat(json.at("/model/initial/covariance/0/0").doubleValue()).isCloseTo(4, org.assertj.core.data.Offset.offset(1e-12)); // 3 / (1 - 0.5^2)
        assertThat(json.at("/model/initial/covariance/1/1").doubleValue()).isEqualTo(2);
        assertThat(json.at("/model/initial/mean").toString()).isEqualTo("[0.0,0.0]");
        assertThat(json.at("/provenance/0/causalFrom").asText()).isEqualTo("2020-01-03");
    }

    /** Exactly diffuse, and close to a large variance at the end; what is infinite meanwhile is null. */
    @Test
    void aDiffuseStart() throws IOException {
        String[] noises = {"--state-noise", "fixed:1e-4,1e-4", "--observation-noise", "fixed:2.5e-5", "--engine", "ud"};
        JsonNode diffuse = json(estimate(good(), append(noises, "--initial", "diffuse")));
        JsonSchema.assertValid(diffuse);
        assertThat(diffuse.at("/model/initial").toString())
                .isEqualTo("{\"mean\":[null,null],\"covariance\":[[null,null],[null,null]],\"diffuse\":[true,true]}");
        assertThat(diffuse.at("/likelihood/diffuseObservations").intValue()).isEqualTo(2);
        assertThat(diffuse.at("/likelihood/diffuseDates").toString()).isEqualTo("[\"2020-01-03\",\"2020-01-10\"]");
        assertThat(diffuse.at("/series/predictedMean/0").toString()).isEqualTo("[null,null]");
        assertThat(diffuse.at("/series/filteredMean/0").toString()).isEqualTo("[null,null]");
        assertThat(diffuse.at("/series/innovation/1/0").isNull()).isTrue();
        assertThat(diffuse.at("/series/filteredMean/1").get(0).isNumber()).isTrue();
        assertThat(diffuse.at("/diagnostics").toString()).contains("over 58 observations; the diffuse start takes 2 more", "1 of a, 1 of b");
        assertThat(diffuse.at("/provenance/0/causalFrom").asText()).isEqualTo("2020-01-03");
        JsonNode large = json(estimate(good(), append(noises, "--initial", "known:mean=0,0,variance=1e8,1e8")));
        assertClose(diffuse.at("/series/filteredMean/59"), large.at("/series/filteredMean/59"), 1e-5);
        assertThat(betadrift.run(estimate(good(), append(noises, "--initial", "diffuse"))).out())
                .contains("Diffuse start   2 observations, 2020-01-03 to 2020-01-10");
        double counted = json(estimate(good(), append(noises, "--initial", "diffuse", "--convention", "no-constant-diffuse")))
                .at("/likelihood/value").doubleValue();
        assertThat(counted).isCloseTo(diffuse.at("/likelihood/value").doubleValue() + Math.log(2 * Math.PI), org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void onlyOneStateMayBeDiffuse() throws IOException {
        JsonNode json = json(estimate(good(), "--initial", "known:mean=0.7,0,variance=0.01,inf", "--engine", "ud"));
        JsonSchema.assertValid(json);
        assertThat(json.at("/model/initial/diffuse").toString()).isEqualTo("[false,true]");
        assertThat(json.at("/likelihood/diffuseObservations").intValue()).isEqualTo(1);
        assertThat(json.at("/series/predictedMean/0/1").isNull()).isTrue();
        assertThat(json.at("/series/filteredMean/0/1").isNumber()).isTrue();
    }

    /** Smoothed is filtered on the last date, and never causal whatever the rest is. */
    @Test
    void smoothing() throws IOException {
        String[] causal = {"--state-noise", "fixed:1e-4,1e-4", "--observation-noise", "fixed:2.5e-5", "--initial", "diffuse",
            "--engine", "ud", "--smooth"};
        JsonNode json = json(estimate(good(), causal));
        JsonSchema.assertValid(json);
        JsonNode series = json.get("series");
        assertThat(series.get("smoothedMean")).hasSize(60).allSatisfy(states -> assertThat(states).allMatch(JsonNode::isNumber));
        assertClose(series.at("/smoothedMean/59"), series.at("/filteredMean/59"), 1e-9);
        assertClose(series.at("/smoothedCovariance/59/0"), series.at("/filteredCovariance/59/0"), 1e-12);
        for (String list : List.of("smoothedCovariance", "leaveOneOutResidual", "leaveOneOutVariance", "leverage")) {
            assertThat(series.get(list)).as(list).hasSize(60);
        }
        assertThat(series.get("leverage")).allSatisfy(h -> assertThat(h.get(0).doubleValue()).isBetween(-1e-9, 1 + 1e-9));
        assertThat(json.get("provenance")).extracting(p -> p.get("role").asText() + " " + p.get("name").asText()).contains("Smoother fixed-interval");
        assertThat(betadrift.run(estimate(good(), causal)).out()).contains("Exposures through time (smoothed)", "never causal",
                "The filtered exposures are causal");
        assertThat(json(estimate(good())).at("/series").has("smoothedMean")).isFalse();
    }

    @Test
    void aDiffuseTrendIsSmoothed() throws IOException {
        JsonNode json = json(estimate(good(), "--transition", "local-linear-trend", "--initial", "diffuse", "--engine", "ud", "--smooth"));
        JsonSchema.assertValid(json);
        assertThat(json.at("/likelihood/diffuseObservations").intValue()).isEqualTo(4);
        assertThat(json.at("/series/smoothedMean/0/3").isNumber()).isTrue();
    }

    @Test
    void severalTargetsOnATrendThatNothingIsKnownOf() throws IOException {
        JsonNode json = json(estimate(good(), "--target", "y,a", "--factors", "b", "--intercept", "--transition", "local-linear-trend",
                "--initial", "diffuse", "--observation-noise", "fixed:2.5e-5,4e-4", "--engine", "ud", "--smooth", "--burn-in", "1"));
        JsonSchema.assertValid(json);
        assertThat(json.at("/run/states").toString())
                .isEqualTo("[\"alpha:y\",\"alpha:a\",\"b:y\",\"b:a\",\"slope:b:y\",\"slope:b:a\"]");
        assertThat(json.at("/likelihood/observations").intValue()).isEqualTo(118);
        assertThat(json.at("/likelihood/diffuseObservations").intValue()).isEqualTo(4); // six, two of them in the burn-in
        assertThat(json.at("/likelihood/diffuseDates")).hasSize(3);
        assertThat(json.at("/series/leverage/30/1").isNumber()).isTrue();
    }

    /** phi = 1 is the random walk, phi = 0 predicts nothing but the mean, and without a mean it is the initial state's. */
    @Test
    void meanReversion() throws IOException {
        String[] noise = {"--state-noise", "fixed:1e-4,1e-4"};
        assertThat(json(estimate(good(), append(noise, "--transition", "mean-reverting:1:0.3"))).at("/series/filteredMean"))
                .isEqualTo(json(estimate(good(), noise)).at("/series/filteredMean"));
        JsonNode forgetful = json(estimate(good(), append(noise, "--transition", "mean-reverting:0:0.3,0.4")));
        assertThat(forgetful.at("/series/predictedMean")).allSatisfy(mean -> assertThat(mean.toString()).isEqualTo("[0.3,0.4]"));
        JsonNode home = json(estimate(good(), append(noise, "--transition", "mean-reverting:0.5,0.25")));
        JsonSchema.assertValid(home);
        assertThat(home.at("/model/transitionConstant/1").doubleValue()).isEqualTo(0.75 * home.at("/model/initial/mean/1").doubleValue());
        assertClose(home.at("/series/predictedMean/0"), home.at("/model/initial/mean"), 1e-15);
        JsonNode stationary = json(estimate(good(), append(noise, "--transition", "mean-reverting:0.5:0.7", "--initial", "stationary")));
        assertClose(stationary.at("/series/predictedMean/0"), stationary.at("/model/initial/mean"), 1e-15);
        assertThat(betadrift.run(estimate(good(), append(noise, "--transition", "mean-reverting:0.5:0.7"))).out()).contains("Reverts to", "0.7");
    }

    private static void assertClose(JsonNode actual, JsonNode expected, double within) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).doubleValue()).isCloseTo(expected.get(i).doubleValue(), org.assertj.core.data.Offset.offset(within));
        }
    }

    /** Collinear factors: an answer and a warning that names them. */
    @Test
    void collinearFactorsAreWarnedOf() throws IOException {
        List<String> rows = new ArrayList<>(Files.readAllLines(good()));
        rows.set(0, rows.get(0) + ",twice");
        for (int i = 1; i < rows.size(); i++) {
            rows.set(i, rows.get(i) + "," + 2 * Double.parseDouble(rows.get(i).split(",")[2]));
        }
        Outcome outcome = betadrift.run(estimate(file("collinear.csv", rows), "--factors", "a,b,twice"));
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("factors a, twice are collinear");
    }

    /** The same numbers in every dress a CSV may come in. */
    @ParameterizedTest
    @MethodSource
    void dressDoesNotMatter(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name + ".csv");
        Files.write(file, content);
        assertThat(json(estimate(file)).at("/series/filteredMean")).isEqualTo(json(estimate(good())).at("/series/filteredMean"));
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> dressDoesNotMatter() {
        String plain = String.join("\n", goodRows()) + "\n";
        String quoted = plain.lines().map(line -> "\"" + line.replace(",", "\",\"") + "\"").reduce("", (a, b) -> a + b + "\n");
        return Stream.of(
                org.junit.jupiter.params.provider.Arguments.of("crlf", plain.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)),
                org.junit.jupiter.params.provider.Arguments.of("byte-order-mark", ("\uFEFF" + plain).getBytes(StandardCharsets.UTF_8)),
                org.junit.jupiter.params.provider.Arguments.of("quoted", quoted.getBytes(StandardCharsets.UTF_8)),
                org.junit.jupiter.params.provider.Arguments.of("semicolons", plain.replace(',', ';').getBytes(StandardCharsets.UTF_8)));
    }

    // ---- what doesn't

    @Test
    void missingFile() {
        assertRefused(estimate(folder.resolve("nowhere.csv")), "nowhere.csv", "there is no such file", "check the name");
    }

    @Test
    void emptyFile() throws IOException {
        assertRefused(estimate(file("empty.csv", List.of())), "empty.csv", "is empty");
    }

    @Test
    void headerWithoutData() throws IOException {
        assertRefused(estimate(file("header.csv", List.of("Date,y,a,b"))), "header.csv:1", "rows of data must follow");
    }

    @Test
    void unknownColumn() throws IOException {
        assertRefused(estimate(good(), "--factors", "a,bb"), "no column named bb", "did you mean b?", "present are y, a, b");
    }

    @Test
    void cellThatIsNoNumber() throws IOException {
        assertRefused(estimate(broken(5, "2020-01-31,0.01,oops,0.02")), "broken.csv:6", "oops", "a", "2020-01-31");
    }

    @Test
    void unparsableDate() throws IOException {
        assertRefused(estimate(broken(5, "31.01.2020,0.01,0.01,0.02")), "broken.csv:6", "31.01.2020");
    }

    @Test
    void duplicateDate() throws IOException {
        assertRefused(estimate(broken(5, "2020-01-24,0.01,0.01,0.02")), "broken.csv:6", "2020-01-24");
    }

    @Test
    void descendingDate() throws IOException {
        assertRefused(estimate(broken(5, "2020-01-10,0.01,0.01,0.02")), "broken.csv:6", "2020-01-10");
    }

    @Test
    void raggedRow() throws IOException {
        assertRefused(estimate(broken(5, "2020-01-31,0.01,0.01")), "broken.csv:6", "3", "4");
    }

    @Test
    void factorMissingWhereTheTargetIsPresent() throws IOException {
        assertRefused(estimate(broken(5, "2020-01-31,0.01,,0.02")), "factor a on 2020-01-31 is missing", "target y is present");
    }

    @Test
    void fewerObservationsThanStates() throws IOException {
        assertRefused(estimate(file("short.csv", goodRows().subList(0, 2))), "number of observations is 1", "2 states");
    }

    @Test
    void allZeroFactor() throws IOException {
        assertRefused(estimate(withColumn("flat", "0"), "--factors", "a,flat"), "factor flat is zero on every date");
    }

    @Test
    void constantFactorBesideAnIntercept() throws IOException {
        assertRefused(estimate(withColumn("flat", "0.5"), "--factors", "a,flat", "--intercept"), "factor flat is constant (0.5)");
    }

    @Test
    void aConstantFactorWithoutAnInterceptIsTheAlpha() throws IOException {
        assertThat(betadrift.run(estimate(withColumn("flat", "1"), "--factors", "a,flat")).code()).isZero();
    }

    @Test
    void unknownStrategy() throws IOException {
        assertRefused(estimate(good(), "--state-noise", "factor-vool"),
                "no StateNoiseEstimator named factor-vool", "did you mean factor-vol?", "present are discount, factor-vol, fixed, fixed-matrix, rolling-beta-variance, rolling-residual-variance");
    }

    @Test
    void unknownOptionOfAStrategy() throws IOException {
        assertRefused(estimate(good(), "--state-noise", "factor-vol:scal=2"), "no option named scal of factor-vol", "did you mean scale?");
    }

    @Test
    void unknownTransition() throws IOException {
        assertRefused(estimate(good(), "--transition", "ar2:0.5"), "ar2", "random-walk, ar1, mean-reverting, local-linear-trend, fixed, fixed-matrix");
    }

    @Test
    void noSilentDefault() throws IOException {
        assertRefused(new String[] {"estimate", "--data", good().toString(), "--target", "y", "--factors", "a,b", "--initial", "ols",
            "--state-noise", "factor-vol"}, "--observation-noise is not given", "choose one of ewma, factor-vol-rolling, fixed, fixed-matrix, ols, ols-rolling, series");
    }

    @Test
    void optionTwice() throws IOException {
        assertRefused(append(estimate(good()), "--target", "a"), "betadrift: option --target is given twice: give it once");
    }

    @Test
    void misspeltOption() throws IOException {
        assertRefused(estimate(good(), "--intersept"), "unknown option --intersept", "did you mean --intercept?");
        assertRefused(estimate(good(), "--inital", "ols"), "unknown option --inital", "did you mean --initial?");
    }

    @Test
    void misspeltOptionThatMustBeGiven() throws IOException {
        assertRefused(new String[] {"estimate", "--data", good().toString(), "--tarket", "y"}, "unknown option --tarket", "did you mean --target?");
    }

    @Test
    void missingOptions() throws IOException {
        assertRefused(new String[] {"estimate", "--target", "y", "--factors", "a", "--initial", "ols", "--state-noise", "factor-vol",
            "--observation-noise", "ols"}, "--data is not given");
        assertRefused(new String[] {"estimate", "--data", good().toString()}, "--factors is not given");
    }

    @Test
    void aTargetOrAFactorTwice() throws IOException {
        assertRefused(estimate(good(), "--target", "y,y"), "target y is given twice");
        assertRefused(estimate(good(), "--factors", "a,a"), "name each factor once");
        assertRefused(estimate(good(), "--factors", "a,y"), "it is the target itself");
    }

    @Test
    void severalTargetsNeedStrategiesThatTakeThem() throws IOException {
        assertRefused(estimate(good(), "--target", "y,a", "--factors", "b", "--state-noise", "rolling-beta-variance"),
                "number of targets is 2", "StateNoiseEstimator rolling-beta-variance takes one");
    }

    @Test
    void riskFreeIsOneColumnOfItsOwn() throws IOException {
        assertRefused(estimate(good(), "--risk-free", "b,zzz"), "--risk-free is \"b,zzz\"");
        assertRefused(estimate(good(), "--risk-free", "y"), "one column of its own");
        assertRefused(estimate(good(), "--risk-free", "b:c"), "no factor named c");
    }

    /** A colon inside brackets belongs to the name. */
    @Test
    void riskFreeTakesABracketedName() throws IOException {
        List<String> rows = new ArrayList<>(goodRows());
        for (int i = 0; i < rows.size(); i++) {
            rows.set(i, rows.get(i) + (i == 0 ? ",r:f" : ",0.001"));
        }
        assertThat(json(estimate(file("colon.csv", rows), "--risk-free", "[r:f]:a")).at("/run/data").toString()).contains("r:f taken off y, a");
    }

    /** Compounded, a series of variances would be wrong without a sign of it. */
    @Test
    void aSeriesOfVariancesIsNotCompounded() throws IOException {
        Path data = withColumn("v", "0.5");
        assertRefused(estimate(data, "--observation-noise", "series:v", "--frequency", "monthly"), "would compound v as a return", "--level v");
        assertThat(json(estimate(data, "--observation-noise", "series:v", "--frequency", "monthly", "--level", "v"))
                .at("/series/observationNoise/3/0/0").doubleValue()).isEqualTo(0.5);
    }

    @Test
    void lostDigitsAreWarnedOf() throws IOException {
        String[] huge = estimate(good(), "--initial", "known:mean=0,0,variance=1e10,1e10", "--observation-noise", "fixed:1e-5",
                "--engine", "covariance");
        assertThat(json(huge).at("/warnings").toString()).contains("engine covariance handed over to ud, as its digits ran out on 2020-01-03");
        assertThat(json(estimate(good())).at("/warnings").size()).isZero();
    }

    @Test
    void givenModelsSayWhichOptionIsWrong() throws IOException {
        assertRefused(estimate(good(), "--initial", "known:mean=0,0,variance=1,-1"), "option variance of known is 1,-1", "the variance of b");
        assertRefused(estimate(good(), "--state-noise", "fixed:1e-4,-1e-4"), "option value of fixed", "the variance of b");
        assertRefused(estimate(good(), "--state-noise", "fixed:1e-4,0x1p3"), "\"0x1p3\" is no finite number");
        assertRefused(estimate(good(), "--state-noise", "fixed-matrix:1,2/2,1"), "option value of fixed-matrix is 1,2/2,1", "no negative eigenvalue");
        assertRefused(estimate(good(), "--observation-noise", "fixed:-1"), "option value of fixed is -1", "the variance of y");
    }

    @Test
    void startsAndTransitionsThatDontGoTogether() throws IOException {
        assertRefused(estimate(good(), "--initial", "stationary"),
                "initial state is stationary, but state a has a unit root and wanders without end: choose diffuse or known");
        assertRefused(estimate(good(), "--initial", "diffuse", "--convention", "no-constant"),
                "convention is no-constant, but the start is diffuse: use full or no-constant-diffuse");
        assertRefused(estimate(good(), "--initial", "diffuse", "--transition", "mean-reverting:0.9"),
                "the diffuse initial state of a, b has none to revert to", "write mean-reverting:PHI:MEAN");
        assertRefused(estimate(good(), "--initial", "known:mean=0,1,variance=1,inf"), "a diffuse state has no mean: write 0 there");
        assertRefused(estimate(good(), "--initial", "diffuse:1"), "diffuse takes no value");
        assertRefused(estimate(good(), "--transition", "mean-reverting:1.5:0"), "phi of a is 1.5, but it must lie in [-1.0, 1.0]");
        assertRefused(estimate(good(), "--transition", "mean-revert:0.5"), "did you mean mean-reverting?", "local-linear-trend");
    }

    @Test
    void anArgumentThatBeginsWithAnAtSignIsAnArgument() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "SECRET");
        Outcome outcome = betadrift.run("strategies", "@" + secret);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("@" + secret).doesNotContain("SECRET");
    }

    @Test
    void outMayNotBeTheData() throws IOException {
        Path data = good();
        assertRefused(estimate(data, "--out", data.toString()), "--out", "it is the data");
        assertThat(Files.readAllLines(data)).isEqualTo(goodRows());
    }

    /** A transition may blow a state up where no observation is there to notice. */
    @Test
    void overflowIsAFailure() throws IOException {
        List<String> rows = new ArrayList<>(goodRows());
        for (int i = 3; i < rows.size(); i++) {
            rows.set(i, rows.get(i).replaceFirst(",[^,]*", ","));
        }
        Outcome outcome = betadrift.run(estimate(file("late.csv", rows), "--transition", "fixed:1e10,1", "--observation-noise", "fixed:1e-4"));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("the variance of state a on").hasLineCount(1);
    }

    @Test
    void helpIsAnOptionToo() {
        assertThat(betadrift.run("estimate", "--help").out()).isEqualTo(betadrift.run("help", "estimate").out()).contains("--state-noise");
    }

    @Test
    void misspeltCommand() {
        assertRefused(new String[] {"estimat"}, "unknown command estimat", "did you mean estimate?");
    }

    @Test
    void noCommand() {
        assertRefused(new String[] {}, "no command given", "demo");
    }

    @Test
    void optionWithoutItsValue() throws IOException {
        assertRefused(append(estimate(good()), "--burn-in"), "--burn-in");
    }

    @Test
    void burnInThatLeavesNothing() throws IOException {
        assertRefused(estimate(good(), "--burn-in", "60"), "burn-in is 60", "60 periods");
    }

    @Test
    void infinity() throws IOException {
        assertRefused(estimate(broken(5, "2020-01-31,0.01,Infinity,0.02")), "broken.csv:6", "Infinity");
    }

    @Test
    void decimalCommas() throws IOException {
        assertRefused(estimate(file("comma.csv", List.of("Date;y;a;b", "2020-01-03;0,1;0,2;0,3", "2020-01-10;0,1;0,2;0,3"))), "comma.csv:2", "0,1");
    }

    @Test
    void datesThatLeaveNothing() throws IOException {
        assertRefused(estimate(good(), "--from", "2031-01-01"), "2031-01-01");
    }

    @Test
    void numericalFailureIsExitCodeOne() throws IOException {
        Outcome outcome = betadrift.run(estimate(good(), "--initial", "known:mean=0,0,variance=0,0", "--state-noise", "fixed:0,0",
                "--observation-noise", "fixed:0"));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("the innovation on 2020-01-03 is 0.02", "S = 0").hasLineCount(1);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void verboseAddsTheStackTrace() {
        assertThat(betadrift.run(estimate(folder.resolve("nowhere.csv"), "--verbose")).err()).contains("nowhere.csv", "InvalidInputException", "\tat ");
    }

    @Test
    void outInAFolderThatIsNotThere() throws IOException {
        assertRefused(estimate(good(), "--out", folder.resolve("no/result.json").toString()), "--out");
    }

    // ---- helpers

    /** One line on the error stream, nothing on the other, exit code 2, and --out writes nothing. */
    private void assertRefused(String[] arguments, String... words) {
        List<String> all = Arrays.asList(arguments);
        Path file = folder.resolve("never.txt");
        boolean canWrite = all.contains("estimate") && !all.contains("--out") && !all.get(all.size() - 1).equals("--burn-in");
        Outcome outcome = betadrift.run(canWrite ? append(arguments, "--out", file.toString()) : arguments);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains(words).endsWith("\n").hasLineCount(1).doesNotContain("Exception");
        assertThat(filesIn(folder)).noneMatch(name -> name.contains("never"));
    }

    private static String[] append(String[] first, String... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }

    /** A full command line on a file; what is given replaces the usual choice. */
    private static String[] estimate(Path data, String... options) {
        List<String> all = new ArrayList<>(List.of("estimate", "--data", data.toString()));
        List<String> given = List.of(options);
        String[][] usual = {{"--target", "y"}, {"--factors", "a,b"}, {"--initial", "ols"}, {"--state-noise", "factor-vol"},
            {"--observation-noise", "ols"}};
        for (String[] option : usual) {
            if (!given.contains(option[0])) {
                all.addAll(List.of(option));
            }
        }
        all.addAll(given);
        return all.toArray(String[]::new);
    }

    private JsonNode json(String[] arguments) throws IOException {
        Outcome outcome = betadrift.run(append(arguments, "--format", "json"));
        assertThat(outcome.err()).isEmpty();
        return new ObjectMapper().readTree(outcome.out());
    }

    private static List<String> goodRows() {
        List<String> rows = new ArrayList<>(List.of("Date,y,a,b"));
        Random random = new Random(11);
        for (int t = 0; t < 60; t++) {
            double a = 0.02 * random.nextGaussian();
            double b = 0.02 * random.nextGaussian();
            rows.add(String.format(Locale.ROOT, "%s,%.6f,%.6f,%.6f", LocalDate.of(2020, 1, 3).plusWeeks(t),
                    0.7 * a + 0.2 * b + 0.005 * random.nextGaussian(), a, b));
        }
        return rows;
    }

    private Path good() throws IOException {
        return file("good.csv", goodRows());
    }

    /** The good file with row {@code row} (1 = the first of data) replaced. */
    private Path broken(int row, String replacement) throws IOException {
        List<String> rows = goodRows();
        rows.set(row, replacement);
        return file("broken.csv", rows);
    }

    private Path withColumn(String name, String value) throws IOException {
        List<String> rows = goodRows();
        for (int i = 0; i < rows.size(); i++) {
            rows.set(i, rows.get(i) + "," + (i == 0 ? name : value));
        }
        return file("column.csv", rows);
    }

    private Path file(String name, List<String> rows) throws IOException {
        return Files.write(folder.resolve(name), rows);
    }

    private static List<String> filesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theShippedExampleIsAnOrdinaryFile() throws IOException {
        JsonNode json = json(new String[] {"estimate", "--data", EXAMPLE.resolve("returns.csv") + "," + EXAMPLE.resolve("yields.csv"),
            "--frequency", "monthly", "--delta", "Y10", "--target", "FUND", "--factors", "PREF,CONV,Y10", "--intercept", "--initial", "ols",
            "--state-noise", "factor-vol:scale=0.1", "--observation-noise", "ols"});
        assertThat(json.at("/run/states").toString()).isEqualTo("[\"alpha\",\"PREF\",\"CONV\",\"Y10\"]");
        assertThat(json.at("/run/to").asText()).isEqualTo("2025-04-30");
    }
}
