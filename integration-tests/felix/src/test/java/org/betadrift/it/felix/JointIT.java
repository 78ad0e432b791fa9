package org.betadrift.it.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.betadrift.it.felix.CommandLine.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both noises by maximum likelihood, or one given the other, from the command line in a whole framework. */
class JointIT {
    private static final double R = 2.5e-5;
    private static Felix felix;
    private static CommandLine betadrift;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void boot() throws Exception {
        felix = Felix.whole();
        betadrift = new CommandLine(felix);
        Files.write(folder.resolve("fund.csv"), rows());
    }

    @AfterAll
    static void stop() throws Exception {
        felix.close();
    }

    /** The exposure to a wanders, the one to b doesn't. */
    private static List<String> rows() {
        List<String> rows = new ArrayList<>(List.of("Date,y,a,b"));
        Random random = new Random(11);
        double beta = 0.7;
        for (int t = 0; t < 200; t++) {
            beta += 0.1 * random.nextGaussian();
            double a = 0.02 * random.nextGaussian();
            double b = 0.02 * random.nextGaussian();
            rows.add(String.format(Locale.ROOT, "%s,%.8f,%.8f,%.8f", LocalDate.of(2016, 1, 1).plusWeeks(t),
                    beta * a + 0.2 * b + Math.sqrt(R) * random.nextGaussian(), a, b));
        }
        return rows;
    }

    private static Outcome estimate(String... options) {
        List<String> all = new ArrayList<>(List.of("estimate", "--data", folder.resolve("fund.csv").toString(), "--target", "y", "--factors", "a,b",
                "--initial", "diffuse"));
        all.addAll(List.of(options));
        return betadrift.run(all.toArray(String[]::new));
    }

    private static JsonNode json(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--format", "json"));
        Outcome outcome = estimate(all.toArray(String[]::new));
        assertThat(outcome.err()).isEmpty();
        JsonNode json = new ObjectMapper().readTree(outcome.out());
        JsonSchema.assertValid(json);
        return json;
    }

    private static List<String> parts(JsonNode json) {
        return StreamSupport.stream(json.get("provenance").spliterator(), false).map(p -> p.get("role").asText() + " " + p.get("name").asText()).toList();
    }

    /** Searched with the engine for searches, reported with the best one: the two agree on the maximum. */
    @Test
    void bothNoises() throws IOException {
        JsonNode json = json("--joint", "mle", "--strict");
        JsonNode estimation = json.get("estimation");
        assertThat(estimation.get("strategy").asText()).isEqualTo("mle");
        assertThat(estimation.get("converged").asBoolean()).isTrue();
        assertThat(parts(json)).startsWith("InitialStateEstimator diffuse", "JointNoiseEstimator mle", "FilterEngine covariance", "FilterEngine ud");
        assertThat(json.at("/model/observationNoise/0/0").asDouble()).isBetween(0.5 * R, 2 * R);
        assertThat(json.at("/model/stateNoise/0/0").asDouble()).isBetween(0.003, 0.03);
        assertThat(json.at("/likelihood/value").asDouble())
                .isCloseTo(estimation.at("/modes/0/logLikelihood").asDouble(), org.assertj.core.data.Offset.offset(1e-6));
        assertThat(estimate("--joint", "mle").out()).contains("Estimation (mle)", "Standard error", "Gradient norm");
    }

    @Test
    void oneNoiseGivenTheOther() throws IOException {
        JsonNode q = json("--joint", "mle-q", "--observation-noise", "fixed:2.5e-5");
        assertThat(q.at("/model/observationNoise/0/0").asDouble()).isEqualTo(2.5e-5);
        assertThat(parts(q)).startsWith("InitialStateEstimator diffuse", "ObservationNoiseEstimator fixed", "JointNoiseEstimator mle-q");
        JsonNode r = json("--joint", "mle-r", "--state-noise", "fixed:0.01,0");
        assertThat(r.at("/model/stateNoise/0/0").asDouble()).isEqualTo(0.01);
        Outcome open = estimate("--joint", "mle-q");
        assertThat(open.code()).isEqualTo(2);
        assertThat(open.err()).contains("observation noise").hasLineCount(1);
    }

    @Test
    void pointInTime() throws IOException {
        JsonNode json = json("--joint", "mle", "--reestimate", "yearly:100", "--audit=2");
        assertThat(json.at("/audit/verdict").asText()).isEqualTo("holds");
        assertThat(json.at("/vintages")).hasSize(2).allSatisfy(vintage -> assertThat(vintage.at("/estimation/converged").asBoolean()).isTrue());
        assertThat(json.at("/model/stateNoiseVaries").asBoolean()).isTrue();
    }

    /** Under a constraint: what is left of Q, the price of every date, the tests, and the run without it; the document satisfies its schema. */
    @Test
    void constrainedBesideFree() throws IOException {
        JsonNode json = json("--joint", "mle:state=full", "--constraint", "a+b=0.9", "--smooth", "--compare-unconstrained");
        JsonSchema.assertValid(json);
        assertThat(json.at("/estimation/parameters").size()).isEqualTo(2);
        assertThat(json.at("/comparison/estimation/parameters").size()).isEqualTo(4);
        assertThat(json.at("/comparison/series/smoothedMean").size()).isEqualTo(200);
        assertThat(json.at("/restriction/tests").size()).isEqualTo(3);
        assertThat(json.at("/restriction/tests/2/degreesOfFreedom").intValue()).isEqualTo(3);
        double half = json.at("/restriction/tests/0/statistic").doubleValue() / 2;
        assertThat(json.at("/series/constraintReleaseGain/0/0").doubleValue()).isCloseTo(half, within(1e-6 * (1 + half)));
        assertThat(json.at("/series/constraintReleaseGain/1/0").isNull()).isTrue();
        JsonNode free = json("--joint", "mle:state=full");
        assertThat(json.at("/comparison/likelihood/value")).isEqualTo(free.at("/likelihood/value"));
        assertThat(json.at("/comparison/series/filteredMean")).isEqualTo(free.at("/series/filteredMean"));
        assertThat(free.has("restriction")).isFalse();
        assertThat(free.has("comparison")).isFalse();
    }
}
