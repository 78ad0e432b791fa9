package org.betadrift.it.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.betadrift.data.Frequency;
import org.betadrift.data.PanelReader;
import org.betadrift.data.PanelRequest;
import org.betadrift.estimation.CausalFrom;
import org.betadrift.filter.Retain;
import org.betadrift.model.ReturnPanel;
import org.betadrift.report.RenderOptions;
import org.betadrift.report.ReportRenderer;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Recipe;
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.StrategyNotFoundException;
import org.betadrift.testkit.ReferenceCase;
import org.betadrift.testkit.SharedFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** What a host sees: services, by their api types. */
class ServicesIT {
    private static final Path EXAMPLE = Path.of(System.getProperty("betadrift.distribution")).resolve("example");
    private static Felix felix;
    private static ExposureService exposures;

    @BeforeAll
    static void boot() throws Exception {
        felix = Felix.sharingApi();
        exposures = felix.service(ExposureService.class, "");
    }

    @AfterAll
    static void stop() throws Exception {
        felix.close();
    }

    @Test
    void everyStrategyIsThere() {
        assertThat(exposures.strategies()).extracting(s -> s.role() + " " + s.name()).containsExactlyInAnyOrder(
                "Diagnostic factor-dynamics", "Diagnostic fit-summary", "Diagnostic restriction", "FilterEngine covariance", "FilterEngine ud", "Forecaster standard",
                "InitialStateEstimator diffuse", "InitialStateEstimator known", "InitialStateEstimator ols",
                "InitialStateEstimator ols-covariance", "InitialStateEstimator ols-window", "InitialStateEstimator stationary",
                "JointNoiseEstimator cholesky", "JointNoiseEstimator mle", "JointNoiseEstimator mle-q", "JointNoiseEstimator mle-q-then-r", "JointNoiseEstimator mle-r",
                "ObservationNoiseEstimator ewma", "ObservationNoiseEstimator factor-vol-rolling", "ObservationNoiseEstimator fixed", "ObservationNoiseEstimator fixed-matrix",
                "ObservationNoiseEstimator ols", "ObservationNoiseEstimator ols-rolling", "ObservationNoiseEstimator series",
                "PanelReader csv", "PathEstimator path", "ReportRenderer json", "ReportRenderer text", "Simulator standard", "Smoother fixed-interval",
                "StateNoiseEstimator discount", "StateNoiseEstimator factor-vol", "StateNoiseEstimator fixed", "StateNoiseEstimator fixed-matrix",
                "StateNoiseEstimator rolling-beta-variance", "StateNoiseEstimator rolling-residual-variance");
        assertThat(exposures.strategies()).allSatisfy(s -> {
            assertThat(s.bundle()).startsWith("org.betadrift.");
            assertThat(s.version()).startsWith("1.0.0");
            assertThat(s.description()).as(s.name()).isNotEmpty();
        });
    }

    @Test
    void runsTheExampleAndSaysWhoMadeWhat() throws Exception {
        ExposureRun run = exposures.run(recipe("FUND", "PREF", "CONV"), example());
        assertThat(run.sample().periods()).isGreaterThan(500);
        assertThat(run.provenance()).extracting(p -> p.strategy().role() + " " + p.strategy().name() + " " + p.strategy().bundle())
                .containsExactly("InitialStateEstimator ols org.betadrift.estimator.ols",
                        "ObservationNoiseEstimator ols org.betadrift.estimator.ols",
                        "StateNoiseEstimator factor-vol org.betadrift.estimator.factorvol",
                        "FilterEngine ud org.betadrift.filter",
                        "Diagnostic fit-summary org.betadrift.diagnostics", "Diagnostic factor-dynamics org.betadrift.diagnostics");
        assertThat(run.provenance().get(0).configuration()).containsEntry("variance", "100");
        assertThat(run.provenance().get(2).configuration()).containsEntry("scale", "1");
        assertThat(run.causalFrom()).isEqualTo(CausalFrom.never());
        assertThat(run.warnings()).isEmpty();
    }

    /** Whatever the pass keeps, the sums and the last date are the same, and it can be smoothed and written. */
    @Test
    void aRunKeepsWhatItIsToldTo() throws Exception {
        ReturnPanel panel = example();
        ExposureRun all = exposures.run(kept(Retain.ALL), panel);
        for (Retain retain : List.of(Retain.MEANS, Retain.FINAL)) {
            ExposureRun run = exposures.run(kept(retain), panel);
            assertThat(run.filter().logLikelihood()).isEqualTo(all.filter().logLikelihood());
            assertThat(run.filter().filtered().last()).isEqualTo(all.filter().filtered().last());
            assertThat(run.smoothed().orElseThrow().smoothed().of("PREF")).isEqualTo(all.smoothed().orElseThrow().smoothed().of("PREF"));
            assertThat(run.diagnostics()).isEmpty();
            assertThat(run.warnings()).containsExactly("diagnostic fit-summary is left out: it needs more than the pass kept (" + retain + ")",
                    "diagnostic factor-dynamics is left out: it needs more than the pass kept (" + retain + ")");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            felix.service(ReportRenderer.class, "(betadrift.name=json)").render(run, new RenderOptions("kept"), out);
            JsonSchema.assertValid(new ObjectMapper().readTree(out.toByteArray()));
        }
    }

    private static Recipe kept(Retain retain) {
        return Recipe.builder().target("FUND", "PREF", "CONV").initial("diffuse").stateNoise("factor-vol").observationNoise("ols").engine("ud")
                .smooth(true).retain(retain).build();
    }

    @Test
    void aGivenModelRunsAndIsCausal() {
        ReferenceCase b = ReferenceCase.bProper();
        Recipe recipe = Recipe.builder().target("y", "x1", "x2", "x3").intercept(true)
                .initial("known:mean=0,1,0,0,variance=1e-6,0.25,0.25,0.25").stateNoise("fixed:0,0.00015,4e-05,0.0003")
                .observationNoise("fixed:3.6e-05").build();
        ExposureRun run = exposures.run(recipe, ReferenceCase.panel("B"));
        assertThat(run.filter().logLikelihood()).isCloseTo(b.logLikelihood(), org.assertj.core.data.Offset.offset(1e-9));
        assertThat(run.causalFrom()).isEqualTo(CausalFrom.always());
        assertThat(run.model().states().texts()).containsExactly("alpha", "x1", "x2", "x3");
    }

    @Test
    void aCorrelatedGivenModelRunsToo() {
        Recipe recipe = Recipe.builder().target("y", "x1", "x2").transition("random-walk")
                .initial("known:mean=0.5,0.2,covariance=0.25,-0.05/-0.05,0.16").stateNoise("fixed-matrix:0.0004,-0.00012/-0.00012,0.0001")
                .observationNoise("fixed:2.7e-05").engine("covariance").build();
        assertThat(exposures.run(recipe, ReferenceCase.panel("A")).filter().logLikelihood())
                .isCloseTo(ReferenceCase.aCorrelatedQ().logLikelihood(), org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void goldenCase() throws Exception {
        GoldenCase.assertNumbers(json(exposures.run(recipe("FPE", "PFF", "ICVT"), read(
                List.of(SharedFolder.file("data/bond_etf_daily_returns.csv"), SharedFolder.file("data/dgs10_daily.csv")), "DGS10"))));
    }

    /** The heart of the plug-in: a strategy leaves, the service stays and says what is left; it comes back, all is well. */
    @Test
    void stoppingABundleTakesItsStrategyAndStartingItHeals() throws Exception {
        ReturnPanel panel = example();
        ExposureRun before = exposures.run(recipe("FUND", "PREF", "CONV"), panel);
        Bundle bundle = felix.bundle("org.betadrift.estimator.factorvol");
        bundle.stop();
        try {
            assertThat(exposures.strategies()).extracting(StrategyInfo::name).doesNotContain("factor-vol");
            assertThatThrownBy(() -> exposures.run(recipe("FUND", "PREF", "CONV"), panel))
                    .isInstanceOfSatisfying(StrategyNotFoundException.class, e -> {
                        assertThat(e.role()).isEqualTo("StateNoiseEstimator");
                        assertThat(e.present()).containsExactly("discount", "fixed", "fixed-matrix");
                    })
                    .hasMessage("no StateNoiseEstimator named factor-vol: present are discount, fixed, fixed-matrix");
        } finally {
            bundle.start();
        }
        ExposureRun after = exposures.run(recipe("FUND", "PREF", "CONV"), panel);
        assertThat(after.filter().logLikelihood()).isEqualTo(before.filter().logLikelihood());
        assertThat(after.provenance().get(2).strategy().serviceId()).isGreaterThan(before.provenance().get(2).strategy().serviceId());
    }

    /** Missing values included: data B lacks 30 returns. */
    @Test
    void jsonReadsBackToTheSameDoubles() throws Exception {
        Recipe recipe = Recipe.builder().target("y", "x1", "x2", "x3").intercept(true).initial("ols-covariance").stateNoise("factor-vol")
                .observationNoise("ols").burnIn(10).build();
        ExposureRun run = exposures.run(recipe, ReferenceCase.panel("B"));
        JsonNode json = json(run);
        JsonSchema.assertValid(json);
        assertThat(json.at("/likelihood/value").doubleValue()).isEqualTo(run.filter().logLikelihood());
        int k = run.model().states().count();
        int missing = 0;
        for (int t = 0; t < run.sample().periods(); t++) {
            JsonNode innovation = json.at("/series/innovation/" + t + "/0");
            if (innovation.isNull()) {
                missing++;
                assertThat(run.filter().innovation(t, 0)).isNaN();
            } else {
                assertThat(innovation.doubleValue()).isEqualTo(run.filter().innovation(t, 0));
            }
            for (int i = 0; i < k; i++) {
                assertThat(json.at("/series/filteredMean/" + t + "/" + i).doubleValue()).isEqualTo(run.filter().filtered().mean(t, i));
                for (int j = 0; j < k; j++) {
                    assertThat(json.at("/series/filteredCovariance/" + t + "/" + i + "/" + j).doubleValue())
                            .isEqualTo(run.filter().filtered().covariance(t, i, j));
                }
            }
        }
        assertThat(missing).isEqualTo(30).isEqualTo(json.at("/run/missing").intValue());
        double sum = 0;
        for (int t = 10; t < run.sample().periods(); t++) {
            sum += json.at("/series/logLikelihood/" + t).doubleValue();
        }
        assertThat(sum).isEqualTo(json.at("/likelihood/value").doubleValue());
    }

    private static Recipe recipe(String target, String... factors) {
        return Recipe.builder().target(target, factors).initial("ols").stateNoise("factor-vol").observationNoise("ols").build();
    }

    private static ReturnPanel example() throws Exception {
        return read(List.of(EXAMPLE.resolve("returns.csv"), EXAMPLE.resolve("yields.csv")), "Y10");
    }

    private static ReturnPanel read(List<Path> files, String delta) throws Exception {
        return felix.service(PanelReader.class, "(betadrift.name=csv)")
                .read(PanelRequest.of(files).withFrequency(Frequency.WEEKLY).withDeltas(Set.of(delta)));
    }

    private static JsonNode json(ExposureRun run) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        felix.service(ReportRenderer.class, "(betadrift.name=json)").render(run, new RenderOptions("test"), out);
        return parse(out.toByteArray());
    }

    private static JsonNode parse(byte[] json) throws IOException {
        return new ObjectMapper().readTree(json);
    }
}
