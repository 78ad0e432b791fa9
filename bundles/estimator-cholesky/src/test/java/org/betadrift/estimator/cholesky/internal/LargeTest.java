package org.betadrift.estimator.cholesky.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.JointNoise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Many parameters; only in the build {@code -Pfull}. */
@EnabledIfSystemProperty(named = "betadrift.large", matches = "true")
class LargeTest {
    private static final String FROM = "1963-01";

    /** Ten industries on three factors from 1963 on: V and three free W, 220 parameters, by the general path. */
    @Test
    void industriesOnThreeFactors() {
        Estimate<JointNoise> estimate = Cases.run(industries(), "starts=1");
        requireMaximum("industries", industries(), estimate);
    }

    /** Thirty simulated assets on one factor, 930 parameters, decoupled. */
    @Test
    void thirtyAssets() {
        Sample sample = Cases.simulated(30, 500, 1, 30, 0, 5);
        Estimate<JointNoise> estimate = Cases.run(sample, "starts=1");
        assertThat(Cases.record(estimate).method()).startsWith("decoupled");
        requireMaximum("thirty", sample, estimate);
    }

    /** The relative slope below 1e-5, the log-likelihood above the fit without drift and above where it started. */
    private static void requireMaximum(String what, Sample sample, Estimate<JointNoise> estimate) {
        ConvergenceRecord record = Cases.record(estimate);
        double best = Cases.logLikelihood(estimate);
        assertThat(record.converged()).as(record.verdict()).isTrue();
        assertThat(record.gradientNorm()).as(what).isLessThan(1e-5 * Math.abs(best));
        Family family = Cases.family(sample);
        Surface surface = Cases.surface(sample, family);
        assertThat(best).isGreaterThan(surface.value(family.level(1)));
        assertThat(best).isGreaterThan(Cases.logLikelihood(Cases.run(sample, "state=zero")));
    }

    static Sample industries() {
        Map<String, double[]> industry = dated("data/ff_10_industry_vw_monthly.csv");
        Map<String, double[]> factor = dated("data/ff_3_factors_monthly.csv");
        List<String> months = industry.keySet().stream().filter(month -> month.compareTo(FROM) >= 0 && factor.containsKey(month)).toList();
        ReturnPanel.Builder panel = ReturnPanel.builder(Cases.months(months.size()));
        List<String> names = List.of("NoDur", "Durbl", "Manuf", "Enrgy", "HiTec", "Telcm", "Shops", "Hlth", "Utils", "Other");
        List<String> factors = List.of("Mkt-RF", "SMB", "HML");
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            panel.column(names.get(i), months.stream().mapToDouble(month -> industry.get(month)[column] - factor.get(month)[3]).toArray());
        }
        for (int f = 0; f < factors.size(); f++) {
            int column = f;
            panel.column(factors.get(f), months.stream().mapToDouble(month -> factor.get(month)[column]).toArray());
        }
        return Cases.sample(panel.build(), names, factors);
    }

    /** Rows by their first column. */
    private static Map<String, double[]> dated(String file) {
        Map<String, double[]> rows = new LinkedHashMap<>();
        for (String line : Cases.lines(file)) {
            String[] cells = line.split(",");
            rows.put(cells[0], Arrays.stream(cells).skip(1).mapToDouble(cell -> cell.matches("[-+.0-9eE]+") ? Double.parseDouble(cell) : Double.NaN).toArray());
        }
        return rows;
    }
}
