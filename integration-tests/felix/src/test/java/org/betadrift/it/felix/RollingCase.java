package org.betadrift.it.felix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.betadrift.testkit.SharedFolder;

/** Seed 002's third table, R_t from rolling least squares: the command line and the numbers it printed. */
final class RollingCase {
    private RollingCase() { }

    /** Skips the test where the data aren't there. */
    static String[] arguments() {
        return List.of("estimate", "--data", SharedFolder.file("data/bond_etf_daily_returns.csv").toString(), "--from", "2016-01-01", "--to",
                "2023-01-01", "--frequency", "weekly", "--target", "FPE", "--factors", "PFF,ICVT", "--initial", "known:mean=0,0,variance=100,100",
                "--state-noise", "fixed:1e-4,1e-4", "--observation-noise", "ols-rolling:window=12,floor=1e-6,start=backfill", "--burn-in", "8",
                "--format", "json").toArray(String[]::new);
    }

    /** Every number that is known of it, to all printed digits; the look-ahead of its first dates is said. */
    static void assertNumbers(JsonNode json) {
        assertThat(json.at("/run/periods").asInt()).isEqualTo(365);
        assertThat(json.at("/likelihood/observations").asInt()).isEqualTo(357);
        assertThat(json.at("/series/date/8").asText()).isEqualTo("2016-03-04");
        assertThat(json.at("/run/to").asText()).isEqualTo("2022-12-30");
        assertThat(List.of("cumulativeLogLikelihood", "totalSse", "meanGainNorm", "meanDriftNorm")).extracting(key -> printed(json.at("/fit/" + key)))
                .containsExactly("1256.1453", "0.0141", "5.0406", "0.0156");
        List<String> keys = List.of("averageBeta", "betaStd", "finalBeta", "minBeta", "maxBeta");
        assertThat(keys).extracting(key -> printed(json.at("/factors/0/" + key))).containsExactly("0.5277", "0.1590", "0.4767", "0.2619", "0.8688");
        assertThat(keys).extracting(key -> printed(json.at("/factors/1/" + key))).containsExactly("0.0556", "0.0748", "0.0397", "-0.0791", "0.3410");
        assertThat(json.at("/provenance/1/name").asText()).isEqualTo("ols-rolling");
        assertThat(json.at("/provenance/1/causalFrom").asText()).isEqualTo(json.at("/series/date/11").asText());
        assertThat(json.at("/warnings").toString()).contains("ols-rolling: R from 2016-01-08 to", "looks ahead, to the first 12 observations");
    }

    private static String printed(JsonNode number) {
        assertThat(number.isNumber()).isTrue();
        return String.format(Locale.ROOT, "%.4f", number.asDouble());
    }
}
