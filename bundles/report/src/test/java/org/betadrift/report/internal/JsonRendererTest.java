package org.betadrift.report.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Noise;
import org.betadrift.filter.PathResult;
import org.betadrift.report.RenderOptions;
import org.betadrift.run.ExposureRun;
import org.junit.jupiter.api.Test;

class JsonRendererTest {
    private final JsonRenderer renderer = new JsonRenderer("1.2.3");

    @Test
    void everyNumberReadsBackToTheSameDouble() throws IOException {
        for (Map.Entry<String, ExposureRun> entry : Fixtures.all().entrySet()) {
            ExposureRun run = entry.getValue();
            if (run.filter().options().retain() != Retain.ALL || !run.model().transition().isConstant()) {
                continue; // those have tests of their own
            }
            FilterResult filter = run.filter();
            JsonNode json = json(run);
            JsonNode series = json.get("series");
            int k = run.model().states().count();
            int m = run.sample().targets().size();

            assertNumber(entry.getKey(), json.at("/likelihood/value"), filter.logLikelihood());
            assertPath(entry.getKey(), series, "predicted", filter.predicted());
            assertPath(entry.getKey(), series, "filtered", filter.filtered());
            for (String list : List.of("date", "observed", "innovation", "innovationCovariance", "standardizedInnovation", "gain",
                    "logLikelihood")) {
                assertThat(series.get(list)).as(list).hasSize(run.sample().periods());
            }
            for (int t = 0; t < run.sample().periods(); t++) {
                String where = entry.getKey() + " t=" + t;
                assertNumber(where, series.get("logLikelihood").get(t), filter.logLikelihood(t));
                for (int i = 0; i < m; i++) {
                    assertNumber(where, series.get("observed").get(t).get(i), run.sample().y(t, i));
                    assertNumber(where, series.get("innovation").get(t).get(i), filter.innovation(t, i));
                    assertNumber(where, series.get("standardizedInnovation").get(t).get(i), filter.standardizedInnovation(t, i));
                    for (int j = 0; j < m; j++) {
                        assertNumber(where, series.get("innovationCovariance").get(t).get(i).get(j), filter.innovationCovariance(t, i, j));
                    }
                    for (int s = 0; s < k; s++) {
                        assertNumber(where, series.get("gain").get(t).get(s).get(i), filter.gain(t, s, i));
                    }
                }
            }
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    assertNumber(entry.getKey(), json.at("/model/transition").get(i).get(j), run.model().transition().matrix(0).get(i, j));
                }
            }
            assertNoise(entry.getKey(), json, "stateNoise", run.model().stateNoise());
            assertNoise(entry.getKey(), json, "observationNoise", run.model().observationNoise());
        }
    }

    /** The keys of the contract, and what a program needs to judge a maximisation. */
    @Test
    void aMaximisationTellsWhatItDid() throws IOException {
        assertThat(json(Fixtures.plain()).get("estimation").isNull()).isTrue();
        JsonNode e = json(Fixtures.maximised()).get("estimation");
        assertThat(e.get("strategy").asText()).isEqualTo("mle");
        assertThat(e.get("converged").asBoolean()).isTrue();
        assertThat(e.get("starts").asInt()).isEqualTo(3);
        assertThat(e.get("startsAgreeing").asInt()).isEqualTo(2);
        assertThat(e.get("evaluations").asInt()).isEqualTo(41);
        assertThat(e.get("atZero")).extracting(JsonNode::asText).containsExactly("Q[Convertibles (ICVT)]");
        assertThat(e.at("/standardErrors/R").asDouble()).isEqualTo(1.5e-6);
        assertThat(json(Fixtures.unconverged()).at("/estimation/standardErrors/phi").isNull()).isTrue();
        assertThat(e.at("/modes/0/logLikelihood").asDouble()).isEqualTo(9.125);
        assertThat(e.at("/modes/1/starts/0").asText()).isEqualTo("flat");
        JsonNode flat = json(Fixtures.unconverged()).get("estimation");
        assertThat(flat.get("converged").asBoolean()).isFalse();
        assertThat(flat.get("condition").isNull()).isTrue();
        assertThat(flat.get("gradientNorm").isNull()).isTrue();
        assertThat(flat.get("suggestion").asText()).isEmpty();
    }

    @Test
    void aPointInTimeRunHoldsItsVintages() throws IOException {
        assertThat(json(Fixtures.plain()).at("/run/pointInTime").isNull()).isTrue();
        JsonNode json = json(Fixtures.pointInTime());
        assertThat(json.at("/run/pointInTime/every").asText()).isEqualTo("P3M");
        assertThat(json.at("/run/pointInTime/vintages").asInt()).isEqualTo(2);
        assertThat(json.at("/vintages/0/asOf").asText()).isEqualTo("2020-01-03");
        assertThat(json.at("/vintages/0/to").asText()).isEqualTo("2020-01-17");
        assertThat(json.at("/vintages/0/model/observationNoiseVaries").asBoolean()).isTrue();
        assertThat(json.at("/vintages/0/estimation/converged").asBoolean()).isFalse();
        assertThat(json.at("/estimation/verdict").asText()).isEqualTo("One maximum.");
    }

    @Test
    void anAuditIsThereWhereItWasAskedFor() throws IOException {
        assertThat(json(Fixtures.plain()).has("audit")).isFalse();
        JsonNode holds = json(Fixtures.pointInTime()).get("audit");
        assertThat(holds.get("verdict").asText()).isEqualTo("holds");
        assertThat(holds.get("causalFrom").asText()).isEqualTo("2020-01-10");
        JsonNode broken = json(Fixtures.broken()).get("audit");
        assertThat(broken.get("verdict").asText()).isEqualTo("broken");
        assertThat(broken.at("/failures/0/reason").asText()).isEqualTo("too few");
        assertThat(broken.at("/changes/0/whole").asDouble()).isEqualTo(0.3);
        assertThat(broken.at("/changes/0/truncated").isNull()).isTrue();
        JsonNode unclaimed = json(Fixtures.unclaimed()).get("audit");
        assertThat(unclaimed.get("verdict").asText()).isEqualTo("no-claim");
        assertThat(unclaimed.get("causalFrom").isNull()).isTrue();
        assertThat(unclaimed.get("lookAhead")).extracting(JsonNode::asText)
                .containsExactly("InitialStateEstimator", "ObservationNoiseEstimator", "StateNoiseEstimator");
        assertThat(unclaimed.get("changes")).hasSize(3);
    }

    private static void assertPath(String where, JsonNode series, String knows, StatePath path) {
        for (int t = 0; t < path.dates().size(); t++) {
            for (int i = 0; i < path.states().count(); i++) {
                assertNumber(where, series.get(knows + "Mean").get(t).get(i), path.mean(t, i));
                for (int j = 0; j < path.states().count(); j++) {
                    assertNumber(where, series.get(knows + "Covariance").get(t).get(i).get(j), path.covariance(t, i, j));
                }
            }
        }
    }

    /** In the model when constant, in the series when not, never in both. */
    private static void assertNoise(String where, JsonNode json, String key, Noise noise) {
        assertThat(json.at("/model/" + key + "Varies").booleanValue()).isEqualTo(!noise.isConstant());
        assertThat(json.get("model").get(key).isNull()).isEqualTo(!noise.isConstant());
        assertThat(json.get("series").has(key)).isEqualTo(!noise.isConstant());
        JsonNode list = json.get("series").get(key);
        if (noise.discount().isPresent()) {
            return;
        }
        for (int t = 0; t < Math.max(1, noise.periods()); t++) {
            JsonNode matrix = noise.isConstant() ? json.get("model").get(key) : list.get(t);
            for (int i = 0; i < noise.dimension(); i++) {
                for (int j = 0; j < noise.dimension(); j++) {
                    assertNumber(where + " " + key, matrix.get(i).get(j), noise.at(t).get(i, j));
                }
            }
        }
    }

    private static void assertNumber(String where, JsonNode node, double expected) {
        if (Double.isFinite(expected)) {
            assertThat(node.isNumber()).as("%s: %s should be %s", where, node, expected).isTrue();
            assertThat(Double.doubleToRawLongBits(node.doubleValue())).as("%s: %s", where, expected)
                    .isEqualTo(Double.doubleToRawLongBits(expected));
        } else {
            assertThat(node.isNull()).as("%s: %s should be null for %s", where, node, expected).isTrue();
        }
    }

    @Test
    void theRunIsDescribed() throws IOException {
        assertThat(json(Fixtures.plain()).get("run")).isEqualTo(parse("""
                {"targets":["Preferred Income (FPE)"],"states":["Preferred Stock (PFF)","Convertibles (ICVT)"],
                 "factors":["Preferred Stock (PFF)","Convertibles (ICVT)"],"from":"2020-01-03","to":"2020-01-31",
                 "periods":5,"observations":4,"missing":1,"burnIn":1,"data":["file fund.csv","weekly"],"pointInTime":null,"retain":"all"}"""));
        assertThat(json(Fixtures.several()).get("run")).isEqualTo(parse("""
                {"targets":["A","B"],"states":["F:A","F:B","G:B"],"factors":["F","G"],"from":"2020-01-03","to":"2020-01-24",
                 "periods":4,"observations":7,"missing":1,"burnIn":0,"data":[],"pointInTime":null,"retain":"all"}"""));
    }

    @Test
    void theLikelihoodIsDescribed() throws IOException {
        assertThat(json(Fixtures.plain()).get("likelihood")).isEqualTo(parse("""
                {"value":9.125,"convention":"full","observations":4,"diffuseObservations":0,"diffuseDates":[]}"""));
        assertThat(json(Fixtures.varying()).get("likelihood")).isEqualTo(parse("""
                {"value":-4.125,"convention":"no-constant-diffuse","observations":3,"diffuseObservations":1,"diffuseDates":[]}"""));
        assertThat(json(Fixtures.plain()).get("estimation").isNull()).isTrue();
    }

    @Test
    void aMissingObservationIsNullInEverySeries() throws IOException {
        JsonNode series = json(Fixtures.plain()).get("series");
        assertThat(series.at("/observed/2")).isEqualTo(parse("[null]"));
        assertThat(series.at("/innovation/2")).isEqualTo(parse("[null]"));
        assertThat(series.at("/innovationCovariance/2")).isEqualTo(parse("[[null]]"));
        assertThat(series.at("/standardizedInnovation/2")).isEqualTo(parse("[null]"));
        assertThat(series.at("/gain/2")).isEqualTo(parse("[[null],[null]]"));
        assertThat(series.at("/gain/3")).isEqualTo(parse("[[5.0],[6.0]]"));
    }

    @Test
    void aDiffuseStateHasNoPrior() throws IOException {
        JsonNode json = json(Fixtures.varying());
        assertThat(json.at("/model/initial")).isEqualTo(parse("""
                {"mean":[0.125,null],"covariance":[[0.5,null],[null,null]],"diffuse":[false,true]}"""));
        assertThat(json.at("/series/predictedMean/0")).isEqualTo(parse("[0.125,null]"));
        assertThat(json.at("/series/predictedCovariance/0")).isEqualTo(parse("[[0.5,null],[null,null]]"));
        assertThat(json.at("/series/predictedCovariance/1")).isEqualTo(parse("[[0.4,0.1],[0.1,3.0]]"));
    }

    @Test
    void whatADiffuseStartLeavesInfiniteIsNull() throws IOException {
        JsonNode json = json(Fixtures.smoothed());
        assertThat(json.at("/likelihood")).isEqualTo(parse("""
                {"value":-6.0,"convention":"full","observations":3,"diffuseObservations":2,"diffuseDates":["2020-01-03","2020-01-10"]}"""));
        assertThat(json.at("/model/initial")).isEqualTo(parse("""
                {"mean":[null,null],"covariance":[[null,null],[null,null]],"diffuse":[true,true]}"""));
        assertThat(json.at("/series/filteredMean")).isEqualTo(parse("[[null,null],[0.5,1.0],[0.5,1.0],[0.75,1.5]]"));
        assertThat(json.at("/series/filteredCovariance/0")).isEqualTo(parse("[[null,null],[null,null]]"));
        assertThat(json.at("/series/innovation")).isEqualTo(parse("[[null],[null],[null],[3.0]]"));
        assertThat(json.at("/series/gain/1")).isEqualTo(parse("[[null],[null]]"));
    }

    @Test
    void theBackwardPassIsThereWhenAskedFor() throws IOException {
        JsonNode series = json(Fixtures.smoothed()).get("series");
        assertThat(series.get("smoothedMean")).isEqualTo(parse("[[0.7,1.1],[0.72,1.2],[0.74,1.4],[0.75,1.5]]"));
        assertThat(series.at("/smoothedCovariance/3/1/0").doubleValue()).isEqualTo(11 / 7.0);
        assertThat(series.get("leaveOneOutResidual")).isEqualTo(parse("[[null],[2.0],[null],[1.5]]")); // u / D, where D is there
        assertThat(series.get("leaveOneOutVariance")).isEqualTo(parse("[[null],[1.0],[null],[0.5]]"));
        assertThat(series.get("leverage")).isEqualTo(parse("[[1.0],[0.75],[null],[0.5]]")); // 1 - R D
        assertThat(names(series)).containsExactly("date", "observed", "predictedMean", "predictedCovariance", "filteredMean",
                "filteredCovariance", "smoothedMean", "smoothedCovariance", "innovation", "innovationCovariance", "standardizedInnovation", "gain",
                "logLikelihood", "leaveOneOutResidual", "leaveOneOutVariance", "leverage", "stateNoise", "elapsed");
        assertThat(names(json(Fixtures.plain()).get("series"))).noneMatch(name -> name.startsWith("smoothed") || name.startsWith("lea"));
    }

    @Test
    void elapsedDaysAndConstantsAreShown() throws IOException {
        JsonNode json = json(Fixtures.smoothed());
        assertThat(json.at("/model/elapsed")).isEqualTo(parse("{\"medianDays\":7.0}"));
        assertThat(json.at("/series/elapsed")).isEqualTo(parse("[1.0,1.0,1.0,2.0]"));
        assertThat(json.at("/series/stateNoise/3/1/1").doubleValue()).isEqualTo(2e-3);
        assertThat(json.at("/model/transitionConstant/1").doubleValue()).isEqualTo((1 - 0.9) * 1.25);
        assertThat(json.at("/model/transitionVaries").booleanValue()).isFalse();
        JsonNode plain = json(Fixtures.plain());
        assertThat(plain.at("/model/elapsed").isNull()).isTrue();
        assertThat(plain.at("/model/transitionConstant").isNull()).isTrue();
    }

    @Test
    void aTransitionThatVariesIsInTheSeries() throws IOException {
        JsonNode json = json(Fixtures.means());
        assertThat(json.at("/model/transition").isNull()).isTrue();
        assertThat(json.at("/model/transitionVaries").booleanValue()).isTrue();
        assertThat(json.at("/model/transitionConstant")).isEqualTo(parse("[0.0,0.5]"));
        assertThat(json.at("/series/transition")).isEqualTo(parse("[[[1.0,0.0],[0.0,1.0]],[[1.0,1.0],[0.0,1.0]],[[1.0,2.0],[0.0,1.0]]]"));
    }

    @Test
    void whatWasNotKeptIsLeftOut() throws IOException {
        JsonNode means = json(Fixtures.means());
        assertThat(means.at("/run/retain").textValue()).isEqualTo("means");
        assertThat(names(means.get("series"))).containsExactly("date", "observed", "predictedMean", "filteredMean", "innovation",
                "innovationCovariance", "standardizedInnovation", "logLikelihood", "transition");
        JsonNode last = json(Fixtures.last());
        assertThat(last.at("/run/retain").textValue()).isEqualTo("final");
        assertThat(last.at("/likelihood/value").doubleValue()).isEqualTo(12.5);
        assertThat(names(last.get("series"))).containsExactly("date", "observed");
        assertThat(last.get("last")).isEqualTo(parse("""
                {"date":"2020-01-31","predictedMean":[1.0,2.0],"predictedCovariance":[[4.0,0.5],[0.5,9.0]],
                 "filteredMean":[3.0,4.0],"filteredCovariance":[[1.0,0.25],[0.25,4.0]]}"""));
    }

    /** Q of a date is (1 - delta) P_t|t-1. */
    @Test
    void aDiscountIsSaidAndWhatItCameToIsInTheSeries() throws IOException {
        JsonNode json = json(Fixtures.discounted());
        assertThat(json.at("/model/stateNoiseDiscount").doubleValue()).isEqualTo(0.98);
        assertThat(json.at("/series/stateNoise/2/1/0").doubleValue()).isEqualTo((1 - 0.98) * json.at("/series/predictedCovariance/2/1/0").doubleValue());
        assertThat(json(Fixtures.plain()).at("/model/stateNoiseDiscount").isNull()).isTrue();
    }

    @Test
    void namesAreEscaped() throws IOException {
        JsonNode run = json(Fixtures.varying()).get("run");
        assertThat(run.at("/states/0").textValue()).isEqualTo("alpha");
        assertThat(run.at("/states/1").textValue()).isEqualTo(Fixtures.NASTY);
        assertThat(run.at("/factors/0").textValue()).isEqualTo(Fixtures.NASTY);
        assertThat(run.at("/targets/0").textValue()).isEqualTo("y \"1\"");
    }

    @Test
    void tablesBecomeFitAndFactors() throws IOException {
        JsonNode json = json(Fixtures.plain());
        assertThat(json.get("fit")).isEqualTo(parse("""
                {"finalRmse":0.0016,"meanRmse":0.00256,"totalSse":1.97e-5,"cumulativeLogLikelihood":9.125,
                 "meanGainNorm":7.5,"meanDriftNorm":0.25}"""));
        assertThat(json.get("factors")).isEqualTo(parse("""
                [{"factor":"Preferred Stock (PFF)","averageBeta":0.575,"betaStd":0.0957,"finalBeta":0.6,"betaZScore":0.2612,
                  "minBeta":0.5,"maxBeta":0.7,"driftVolatility":0.1528,"meanGain":5.0,
                  "averageContribution":-0.0005,"finalContribution":-0.00042},
                 {"factor":"Convertibles (ICVT)","averageBeta":-0.0625,"betaStd":0.125,"finalBeta":-1e-7,"betaZScore":null,
                  "minBeta":-0.25,"maxBeta":0.0,"driftVolatility":0.2,"meanGain":6.0,
                  "averageContribution":0.0008,"finalContribution":6.7e-10}]"""));
    }

    @Test
    void severalTargetsAreNamed() throws IOException {
        JsonNode json = json(Fixtures.several());
        assertThat(json.get("fit")).hasSize(2);
        assertThat(json.at("/fit/1/target").textValue()).isEqualTo("B");
        assertThat(json.at("/fit/1/finalRmse").doubleValue()).isEqualTo(1.5);
        assertThat(json.get("factors")).extracting(f -> f.get("target").textValue() + "/" + f.get("factor").textValue())
                .containsExactly("A/F", "B/F", "B/G");
    }

    @Test
    void noisesAreCorrelationsToo() throws IOException {
        JsonNode model = json(Fixtures.assets()).get("model");
        assertThat(model.get("observationStandardDeviations")).isEqualTo(parse("[0.2,0.3,0.1]"));
        assertThat(model.at("/observationCorrelations/0/0").doubleValue()).isEqualTo(1);
        assertThat(model.at("/observationCorrelations/1/0").doubleValue()).isCloseTo(0.05, Offset.offset(1e-15));
        assertThat(model.at("/observationCorrelations/0/2").doubleValue()).isCloseTo(-0.3, Offset.offset(1e-15));
        assertThat(model.at("/stateNoiseBlocks/0")).isEqualTo(parse("""
                {"factor":"alpha","targets":["OIL","IBM","WEYER"],"standardDeviations":[0.0,0.0,0.0],
                 "correlations":[[null,null,null],[null,null,null],[null,null,null]],"rank":0}"""));
        assertThat(model.at("/stateNoiseBlocks/1/rank").intValue()).isEqualTo(1);
        assertThat(model.at("/stateNoiseBlocks/1/correlations/2/1").doubleValue()).isCloseTo(-1, Offset.offset(1e-15));
        assertThat(model.at("/stateNoiseBlocks/1/standardDeviations/2").doubleValue()).isCloseTo(0.03, Offset.offset(1e-15));
        assertThat(json(Fixtures.plain()).at("/model/stateNoiseBlocks/1/targets")).isEqualTo(parse("[\"Preferred Income (FPE)\"]"));
        assertThat(json(Fixtures.varying()).at("/model/observationCorrelations").isNull()).isTrue();
        assertThat(json(Fixtures.several()).at("/model/stateNoiseBlocks").isNull()).isTrue();
    }

    @Test
    void aMaximisationSaysHowAndWhatElse() throws IOException {
        JsonNode e = json(Fixtures.assets()).get("estimation");
        assertThat(e.get("method").textValue()).isEqualTo("dense: 3 targets of 6 states");
        assertThat(e.get("notes")).hasSize(2);
        assertThat(e.get("parameters")).hasSize(30);
        assertThat(json(Fixtures.maximised()).at("/estimation/method").textValue()).isEmpty();
    }

    @Test
    void withoutDiagnosticsThereIsNoFit() throws IOException {
        JsonNode json = json(Fixtures.varying());
        assertThat(json.get("fit").isNull()).isTrue();
        assertThat(json.get("factors")).isEqualTo(parse("[]"));
        assertThat(json.get("diagnostics")).isEqualTo(parse("[]"));
    }

    @Test
    void diagnosticsAndWarningsAreListed() throws IOException {
        JsonNode json = json(Fixtures.plain());
        assertThat(json.at("/diagnostics/0")).isEqualTo(parse("""
                {"name":"fit-summary","status":"ok","statistic":null,"pValue":null,"meaning":"a summary"}"""));
        assertThat(json.at("/diagnostics/2")).isEqualTo(parse("""
                {"name":"ljung-box","status":"caution","statistic":23.4,"pValue":0.0094,
                 "meaning":"the innovations are correlated; the standard errors are too small"}"""));
        assertThat(json(Fixtures.several()).at("/diagnostics/2/status").textValue()).isEqualTo("fail");
        assertThat(json(Fixtures.several()).get("warnings")).isEqualTo(parse("[\"first\",\"second\"]"));
    }

    @Test
    void provenanceSaysFromWhenItIsCausal() throws IOException {
        assertThat(json(Fixtures.plain()).at("/provenance/0")).isEqualTo(parse("""
                {"role":"InitialStateEstimator","name":"ols","bundle":"org.betadrift.estimator.ols","version":"1.0.0",
                 "serviceId":31,"ranking":0,"configuration":{"variance":"100"},"causalFrom":null}"""));
        assertThat(json(Fixtures.varying()).get("provenance")).extracting(p -> p.get("causalFrom").textValue())
                .containsExactly("2020-01-03", "2020-01-10", "2020-01-03", null);
    }

    @Test
    void oneKeyALine() {
        String text = Fixtures.render(renderer, Fixtures.plain());
        assertThat(text).endsWith("}\n").doesNotContain("\r");
        assertThat(text.lines()).startsWith("{", "  \"betadrift\":\"1.2.3\",").contains(
                "  \"estimation\":null,",
                "  \"series\":{",
                "    \"date\":[\"2020-01-03\",\"2020-01-10\",\"2020-01-17\",\"2020-01-24\",\"2020-01-31\"],",
                "    \"innovation\":[[4.0E-4],[-0.0011],[null],[0.004],[-0.0016]],",
                "    \"logLikelihood\":[3.5,3.25,0.0,3.0,2.875]",
                "  },",
                "    {\"name\":\"fit-summary\",\"status\":\"ok\",\"statistic\":null,\"pValue\":null,\"meaning\":\"a summary\"},",
                "  \"warnings\":[",
                "    \"1 observation is missing: the state was predicted only\"",
                "  ]");
        assertThat(Fixtures.render(renderer, Fixtures.varying())).contains("\n  \"factors\":[],\n", "\n  \"warnings\":[]\n}\n");
    }

    @Test
    void keysComeInTheContractsOrder() throws IOException {
        JsonNode json = json(Fixtures.plain());
        assertThat(names(json)).containsExactly("betadrift", "run", "model", "likelihood", "estimation", "fit", "factors", "series",
                "diagnostics", "provenance", "warnings");
        assertThat(names(json.get("series"))).containsExactly("date", "observed", "predictedMean", "predictedCovariance", "filteredMean",
                "filteredCovariance", "innovation", "innovationCovariance", "standardizedInnovation", "gain", "logLikelihood");
        assertThat(json.at("/model/constraints")).isEqualTo(parse("[]"));
        assertThat(json(Fixtures.constrained()).at("/model/constraints"))
                .isEqualTo(parse("[{\"expression\":\"sum=1~0.05\",\"tolerance\":0.05},{\"expression\":\"avg(F; w1,w2)=1\",\"tolerance\":0.0}]"));
    }

    @Test
    void aComparisonHasBothPathsAndItsTest() throws IOException {
        JsonNode json = json(Fixtures.compared());
        ExposureRun run = Fixtures.compared();
        ExposureRun free = run.unconstrained().orElseThrow();
        assertThat(json.at("/comparison/likelihood/value").doubleValue()).isEqualTo(free.filter().logLikelihood());
        assertThat(json.at("/comparison/series/filteredMean/3/1").doubleValue()).isEqualTo(free.filter().filtered().mean(3, 1));
        assertThat(json.at("/comparison/series/predictedCovariance/2/1/0").doubleValue()).isEqualTo(free.filter().predicted().covariance(2, 1, 0));
        assertThat(json.at("/comparison/series/smoothedMean").size()).isEqualTo(8);
        double sum = 0;
        for (int t = 0; t < 8; t++) {
            sum += (free.smoothed().orElseThrow().smoothed().mean(t, 0) + free.smoothed().orElseThrow().smoothed().mean(t, 1)) / 8;
        }
        assertThat(json.at("/comparison/constraints/0/mean").doubleValue()).isCloseTo(sum, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(json.at("/restriction/tests/0/pValue").doubleValue()).isEqualTo(0.114);
        assertThat(json.at("/restriction/tests/1/degreesOfFreedom").isNull()).isTrue();
        assertThat(json.at("/restriction/levels/0/shift").doubleValue()).isEqualTo(0.125);
        assertThat(json.at("/series/constraintReleaseGain/5/0").doubleValue()).isEqualTo(2.25);
        assertThat(json.at("/series/constraintMultiplier/3/0").isNull()).isTrue();
        // diag(0.03, 0.01) given that the sum stays: 0.03 * 0.01 / 0.04 = 0.0075
        assertThat(json.at("/model/stateNoiseGivenConstraints/0/0").doubleValue()).isCloseTo(0.0075, org.assertj.core.data.Offset.offset(1e-15));
        assertThat(json.at("/model/stateNoiseGivenConstraints/0/1").doubleValue()).isCloseTo(-0.0075, org.assertj.core.data.Offset.offset(1e-15));
        assertThat(json(Fixtures.plain()).has("comparison")).isFalse();
    }

    @Test
    void thePathUnderEveryConstraint() throws IOException {
        ExposureRun run = Fixtures.limited();
        JsonNode json = json(run);
        assertThat(json.at("/model/constraints")).extracting(c -> c.get("expression").textValue())
                .containsExactly("sum=1~0.05", "avg(F; w1,w2)=1", "long-only", "gross<=1.5", "G:A<=0.9");
        assertThat(json.get("path")).isEqualTo(parse("{\"strategy\":\"path\",\"constraints\":[\"sum=1~0.05 of A\",\"sum=1~0.05 of B\",\"avg(F; w1,w2)=1\","
                + "\"long-only of F:A\",\"long-only of F:B\",\"long-only of G:A\",\"long-only of G:B\",\"gross<=1.5 of A\",\"gross<=1.5 of B\",\"G:A<=0.9\"],"
                + "\"kktResidual\":2.5e-10,\"violation\":0.0,\"iterations\":1,\"draws\":3,\"seed\":42,\"effectiveDraws\":2.5,\"level\":0.9,\"logDensityGivenUp\":3.25}"));
        PathResult path = run.path().orElseThrow();
        for (int t = 0; t < 4; t++) {
            for (int k = 0; k < 4; k++) {
                String at = "/" + t + "/" + k;
                assertThat(json.at("/series/pathMode" + at).doubleValue()).isEqualTo(path.mode().mean(t, k));
                assertThat(json.at("/series/pathLower" + at).doubleValue()).isEqualTo(path.band(t, k, 0.9).lower());
                assertThat(json.at("/series/pathUpper" + at).doubleValue()).isEqualTo(path.band(t, k, 0.9).upper());
                assertThat(json.at("/series/pathMean" + at).doubleValue()).isEqualTo(path.posteriorMean(t, k));
            }
            assertThat(json.at("/series/shadowPrice/" + t + "/0").isNull()).as("of a tolerance").isTrue();
            assertThat(json.at("/series/shadowPrice/" + t + "/7").doubleValue()).isEqualTo(t);
        }
        assertThat(json.at("/series/pathCausal/0/1").isNull()).isTrue();
        assertThat(json.at("/series/pathCausal/1/1").doubleValue()).isEqualTo(path.mode().mean(1, 1));
        JsonNode mode = json(Fixtures.modeOnly());
        assertThat(names(mode.get("series"))).contains("pathMode", "shadowPrice").doesNotContain("pathCausal", "pathLower", "pathUpper", "pathMean");
        assertThat(mode.at("/path/level").isNull()).isTrue();
        assertThat(mode.at("/path/effectiveDraws").isNull()).isTrue();
    }

    @Test
    void theSameRunGivesTheSameBytes() {
        assertThat(Fixtures.render(renderer, Fixtures.several())).isEqualTo(Fixtures.render(renderer, Fixtures.several()));
    }

    @Test
    void flushesAndLeavesTheStreamOpen() throws IOException {
        Watched out = new Watched();
        renderer.render(Fixtures.plain(), new RenderOptions(""), out);
        assertThat(out.flushed).isTrue();
        assertThat(out.closed).isFalse();
    }

    @Test
    void aFailureHalfWayIsNoWholeDocument() {
        Watched out = new Watched();
        out.room = 9000; // more than one buffer of the generator
        assertThatThrownBy(() -> renderer.render(Fixtures.wild(1), new RenderOptions(""), out)).hasMessage("disk full");
        assertThat(out.toString(StandardCharsets.UTF_8).strip()).doesNotEndWith("}");
    }

    private static final class Watched extends ByteArrayOutputStream {
        private boolean flushed;
        private boolean closed;
        private int room = Integer.MAX_VALUE;

        @Override
        public void write(byte[] b, int off, int len) {
            if (len > room) {
                throw new IllegalStateException("disk full");
            }
            room -= len;
            super.write(b, off, len);
        }

        @Override
        public void flush() {
            flushed = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private JsonNode json(ExposureRun run) throws IOException {
        return parse(Fixtures.render(renderer, run));
    }

    private static JsonNode parse(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static List<String> names(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false).toList();
    }
}
