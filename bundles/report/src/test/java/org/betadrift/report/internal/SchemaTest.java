package org.betadrift.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.betadrift.run.ExposureRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every document satisfies the schema, and the schema is strict enough to refuse what isn't one. */
class SchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    @Test
    void theSchemaIsOne() throws IOException {
        assertThat(FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012)).validate(schemaText())).isEmpty();
    }

    @Test
    void everyObjectIsClosed() throws IOException {
        assertClosed("", schemaText());
    }

    private static void assertClosed(String where, JsonNode node) {
        if (node.path("type").asText().equals("object") && !where.endsWith("Numbers")) {
            assertThat(node.has("additionalProperties")).as(where).isTrue();
        }
        node.properties().forEach(child -> assertClosed(where + "/" + child.getKey(), child.getValue()));
        if (node.isArray()) {
            node.forEach(child -> assertClosed(where + "/[]", child));
        }
    }

    @Test
    void everyRunIsValid() throws IOException {
        for (Map.Entry<String, ExposureRun> run : Fixtures.all().entrySet()) {
            assertThat(schema().validate(document(run.getValue()))).as(run.getKey()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aBrokenDocumentIsRefused(String what, ExposureRun run, Consumer<ObjectNode> harm) throws IOException {
        ObjectNode document = document(run);
        harm.accept(document);
        assertThat(schema().validate(document)).isNotEmpty();
    }

    static Stream<Arguments> aBrokenDocumentIsRefused() {
        ExposureRun plain = Fixtures.plain();
        ExposureRun varying = Fixtures.varying();
        ExposureRun several = Fixtures.several();
        ExposureRun assets = Fixtures.assets();
        ExposureRun smoothed = Fixtures.smoothed();
        ExposureRun means = Fixtures.means();
        ExposureRun last = Fixtures.last();
        ExposureRun maximised = Fixtures.maximised();
        ExposureRun pointInTime = Fixtures.pointInTime();
        ExposureRun broken = Fixtures.broken();
        ExposureRun limited = Fixtures.limited();
        ExposureRun modeOnly = Fixtures.modeOnly();
        return Stream.of(
                harm("a key too many", plain, d -> d.put("extra", 1)),
                harm("a key too many in the series", plain, d -> at(d, "/series").put("extra", 1)),
                harm("a number of the fit too many", plain, d -> at(d, "/fit").put("extra", 1)),
                harm("a number of a factor too many", plain, d -> at(d, "/factors/0").put("extra", 1)),
                harm("a number of the fit too few", plain, d -> at(d, "/fit").remove("totalSse")),
                harm("a number as text", plain, d -> at(d, "/likelihood").put("value", "NaN")),
                harm("a matrix that is a vector", plain, d -> at(d, "/model").set("transition", MAPPER.createArrayNode().add(1).add(2))),
                harm("a status nobody knows", plain, d -> at(d, "/diagnostics/0").put("status", "good")),
                harm("a convention nobody knows", plain, d -> at(d, "/likelihood").put("convention", "half")),
                harm("no date", plain, d -> at(d, "/run").put("from", "3 January 2020")),
                harm("an option that is no text", plain, d -> at(d, "/provenance/0/configuration").put("variance", 100)),
                harm("a negative count", plain, d -> at(d, "/run").put("missing", -1)),
                harm("the target of the only target", plain, d -> at(d, "/fit").put("target", "FPE")),
                harm("a list for one target", plain, d -> d.set("fit", MAPPER.createArrayNode().add(at(document(several), "/fit/0")))),
                harm("one fit for several targets", several, d -> d.set("fit", at(d, "/fit/0"))),
                harm("no target with several", several, d -> at(d, "/factors/0").remove("target")),
                harm("a constant noise in the series", plain, d -> at(d, "/series").set("observationNoise", MAPPER.createArrayNode())),
                harm("a constant noise left out", plain, d -> at(d, "/model").putNull("stateNoise")),
                harm("a varying noise left out", varying, d -> at(d, "/series").remove("observationNoise")),
                harm("a varying noise in the model", several, d -> at(d, "/model").putArray("stateNoise").addArray().add(1)),
                harm("a discount that came to nothing", Fixtures.discounted(), d -> at(d, "/series").remove("stateNoise")),
                harm("half a backward pass", smoothed, d -> at(d, "/series").remove("smoothedCovariance")),
                harm("a leverage without its smoothed states", smoothed, d -> at(d, "/series").remove("smoothedMean")),
                harm("elapsed days left out", smoothed, d -> at(d, "/series").remove("elapsed")),
                harm("elapsed days nobody counts", smoothed, d -> at(d, "/model").putNull("elapsed")),
                harm("a varying transition left out", means, d -> at(d, "/series").remove("transition")),
                harm("a varying transition in the model", means, d -> at(d, "/model").putArray("transition").addArray().add(1)),
                harm("a constant transition left out", plain, d -> at(d, "/model").putNull("transition")),
                harm("means that weren't written", means, d -> at(d, "/series").remove("filteredMean")),
                harm("gains that weren't written", plain, d -> at(d, "/series").remove("gain")),
                harm("a last date left out", last, d -> d.remove("last")),
                harm("a last date too many", plain, d -> d.putObject("last")),
                harm("a maximisation without its verdict", maximised, d -> at(d, "/estimation").remove("verdict")),
                harm("a maximisation with a key too many", maximised, d -> at(d, "/estimation").put("extra", 1)),
                harm("a score nobody knows", maximised, d -> at(d, "/estimation").put("score", "guessed")),
                harm("a standard error as text", maximised, d -> at(d, "/estimation/standardErrors").put("R", "small")),
                harm("a mode without its starts", maximised, d -> at(d, "/estimation/modes/0").remove("starts")),
                harm("a maximisation without its notes", maximised, d -> at(d, "/estimation").remove("notes")),
                harm("a maximisation without its method", maximised, d -> at(d, "/estimation").remove("method")),
                harm("correlations left out", plain, d -> at(d, "/model").remove("observationCorrelations")),
                harm("a block without its rank", assets, d -> at(d, "/model/stateNoiseBlocks/1").remove("rank")),
                harm("a block of nobody", assets, d -> at(d, "/model/stateNoiseBlocks/1").putArray("targets")),
                harm("a block with a key too many", assets, d -> at(d, "/model/stateNoiseBlocks/1").put("extra", 1)),
                harm("vintages left out", pointInTime, d -> d.remove("vintages")),
                harm("vintages of a run that has none", plain, d -> d.set("vintages", document(pointInTime).get("vintages"))),
                harm("a vintage without its date", pointInTime, d -> at(d, "/vintages/0").remove("asOf")),
                harm("an audit nobody understands", pointInTime, d -> at(d, "/audit").put("verdict", "fine")),
                harm("a change without its cut", broken, d -> at(d, "/audit/changes/0").remove("cut")),
                harm("a comparison without its path", Fixtures.compared(), d -> at(d, "/comparison").remove("series")),
                harm("a test without its p-value", Fixtures.compared(), d -> at(d, "/restriction/tests/0").remove("pValue")),
                harm("a price without its gain", Fixtures.compared(), d -> at(d, "/series").remove("constraintReleaseGain")),
                harm("a comparison with a key too many", Fixtures.compared(), d -> at(d, "/comparison").put("extra", 1)),
                harm("what is seen of Q left out", plain, d -> at(d, "/model").remove("stateNoiseGivenConstraints")),
                harm("a path without its series", limited, d -> at(d, "/series").remove("pathMode")),
                harm("a path without its prices", modeOnly, d -> at(d, "/series").remove("shadowPrice")),
                harm("draws without bands", limited, d -> at(d, "/series").remove("pathUpper")),
                harm("draws without a level", limited, d -> at(d, "/path").putNull("level")),
                harm("bands without draws", modeOnly, d -> at(d, "/series").set("pathLower", at(document(limited), "/series").get("pathMode"))),
                harm("a path left out", limited, d -> d.remove("path")),
                harm("the series of a path left out", plain, d -> at(d, "/series").set("pathMode", MAPPER.createArrayNode())),
                harm("a path with a key too many", limited, d -> at(d, "/path").put("extra", 1)),
                harm("a path without its residual", limited, d -> at(d, "/path").remove("kktResidual")),
                harm("a diffuse flag that is a number", varying, d -> at(d, "/model/initial").putArray("diffuse").add(0).add(1)));
    }

    @Test
    void everyBlockIsRequired() throws IOException {
        for (JsonNode key : schemaText().get("required")) {
            ObjectNode document = document(Fixtures.plain());
            document.remove(key.textValue());
            assertThat(schema().validate(document)).as("without %s", key).isNotEmpty();
        }
    }

    private static Arguments harm(String what, ExposureRun run, Consumer<ObjectNode> harm) {
        return Arguments.of(what, run, harm);
    }

    private static ObjectNode at(ObjectNode document, String pointer) {
        return (ObjectNode) document.at(pointer);
    }

    private static ObjectNode document(ExposureRun run) {
        try {
            return (ObjectNode) MAPPER.readTree(Fixtures.render(new JsonRenderer("1.0.0"), run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonSchema schema() throws IOException {
        return FACTORY.getSchema(schemaText());
    }

    private static JsonNode schemaText() throws IOException {
        try (InputStream in = JsonRenderer.class.getResourceAsStream("/META-INF/schema/estimate.schema.json")) {
            return MAPPER.readTree(in);
        }
    }
}
