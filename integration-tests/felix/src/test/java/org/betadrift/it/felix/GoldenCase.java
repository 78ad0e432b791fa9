package org.betadrift.it.felix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.betadrift.testkit.SharedFolder;

/** Seed 002's first run on its real data: the command line and the numbers it printed. */
final class GoldenCase {
    private GoldenCase() { }

    /** Skips the test where the data aren't there. */
    static String[] arguments(String... more) {
        Path returns = SharedFolder.file("data/bond_etf_daily_returns.csv");
        Path yields = SharedFolder.file("data/dgs10_daily.csv");
        List<String> all = new java.util.ArrayList<>(List.of("estimate", "--data", returns + "," + yields, "--frequency", "weekly",
                "--delta", "DGS10", "--target", "FPE", "--factors", "PFF,ICVT", "--initial", "ols", "--state-noise", "factor-vol",
                "--observation-noise", "ols"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Every number of both tables, to all printed digits. */
    static void assertNumbers(JsonNode json) {
        assertThat(json.at("/run/observations").asInt()).isEqualTo(516);
        assertThat(json.at("/run/from").asText()).isEqualTo("2015-06-05");
        assertThat(json.at("/run/to").asText()).isEqualTo("2025-04-18");
        assertThat(printed(json.at("/likelihood/value"))).isEqualTo("1933.0803");
        assertThat(List.of("finalRmse", "meanRmse", "totalSse", "cumulativeLogLikelihood", "meanGainNorm", "meanDriftNorm"))
                .extracting(key -> printed(json.at("/fit/" + key)))
                .containsExactly("0.0069", "0.0061", "0.0193", "1933.0803", "5.4003", "0.0160");
        List<String> keys = List.of("averageBeta", "betaStd", "finalBeta", "betaZScore", "minBeta", "maxBeta", "driftVolatility", "meanGain",
                "averageContribution", "finalContribution");
        assertThat(json.at("/factors/0/factor").asText()).isEqualTo("PFF");
        assertThat(keys).extracting(key -> printed(json.at("/factors/0/" + key)))
                .containsExactly("0.5812", "0.1337", "0.4844", "-0.7238", "0.3440", "0.9947", "0.0296", "-0.5250", "0.0005", "0.0033");
        assertThat(json.at("/factors/1/factor").asText()).isEqualTo("ICVT");
        assertThat(keys).extracting(key -> printed(json.at("/factors/1/" + key)))
                .containsExactly("0.0425", "0.0714", "-0.0023", "-0.6276", "-0.2953", "0.3426", "0.0235", "0.1346", "0.0001", "-0.0000");
    }

    private static String printed(JsonNode number) {
        assertThat(number.isNumber()).isTrue();
        return String.format(Locale.ROOT, "%.4f", number.asDouble());
    }
}
