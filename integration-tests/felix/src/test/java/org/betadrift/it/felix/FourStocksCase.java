package org.betadrift.it.felix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.betadrift.testkit.SharedFolder;

/** Petris, Petrone and Campagnoli (2009), 3.3.3: four stocks on the market, V and W as printed, on the command line; seed 003's model. */
final class FourStocksCase {
    private static final String V = "41.06,0.01571,-0.9504,-2.328/0.01571,24.23,5.783,3.376/-0.9504,5.783,39.2,8.145/-2.328,3.376,8.145,39.29";
    private static final String W = "8.153e-07,-3.172e-05,-4.267e-05,-6.649e-05/-3.172e-05,0.001377,0.001852,0.002884"
            + "/-4.267e-05,0.001852,0.002498,0.003884/-6.649e-05,0.002884,0.003884,0.006057";

    private FourStocksCase() { }

    /** Skips the test where the data aren't there. */
    static String[] arguments(String format) {
        return arguments("--initial", "known:mean=0,variance=1e7", "--state-noise", "fixed-matrix:factor=MARKET,value=" + W,
                "--observation-noise", "fixed-matrix:" + V, "--smooth", "--format", format);
    }

    /** The same data and constant exposures by least squares. */
    static String[] leastSquares() {
        return arguments("--initial", "ols", "--state-noise", "fixed:0,0,0,0,0,0,0,0", "--observation-noise", "ols", "--format", "json");
    }

    private static String[] arguments(String... model) {
        return Stream.concat(Stream.of("estimate", "--data", SharedFolder.file("data/capm_petris_monthly.csv").toString(), "--scale", "100",
                "--risk-free", "RKFREE:MARKET", "--target", "MOBIL,IBM,WEYER,CITCRP", "--factors", "MARKET", "--intercept"),
                Arrays.stream(model)).toArray(String[]::new);
    }

    /** Another program's regressions; R has n = 120 in the denominator where that has n - 2. */
    static void assertLeastSquares(JsonNode json) {
        assertThat(IntStream.range(0, 8).mapToObj(k -> printed(json.at("/model/initial/mean/" + k).doubleValue())))
                .containsExactly("0.4241", "-0.0490", "-0.3076", "0.0249", "0.7147", "0.4568", "0.8207", "0.6670");
        assertThat(IntStream.range(0, 4).mapToObj(i -> printed(json.at("/model/observationNoise/" + i + "/" + i).doubleValue() * 120 / 118)))
                .containsExactly("41.0552", "25.5557", "41.5894", "45.0465");
        assertThat(json.at("/model/observationCorrelations/3/2").doubleValue()).isBetween(0.1, 0.4);
    }

    /** The log-likelihood and the smoothed states to all digits that are known of them. */
    static void assertNumbers(JsonNode json) {
        assertThat(json.at("/likelihood/value").doubleValue()).isCloseTo(-1607.608320, Offset.offset(5e-7));
        assertThat(json.at("/run/states").toString()).isEqualTo("[\"alpha:MOBIL\",\"alpha:IBM\",\"alpha:WEYER\",\"alpha:CITCRP\","
                + "\"MARKET:MOBIL\",\"MARKET:IBM\",\"MARKET:WEYER\",\"MARKET:CITCRP\"]");
        assertThat(smoothed(json, 0, 4)).containsExactly("0.7152", "0.4359", "0.7924", "0.6234");
        assertThat(json.at("/series/date/59").textValue()).isEqualTo("1982-12-31");
        assertThat(smoothed(json, 59, 4)).containsExactly("0.7128", "0.5369", "0.9285", "0.8356");
        assertThat(smoothed(json, 119, 4)).containsExactly("0.7098", "0.6695", "1.1074", "1.1122");
        assertThat(smoothed(json, 119, 0)).containsExactly("0.4237", "-0.0314", "-0.2838", "0.0616");
        assertThat(IntStream.range(4, 8).mapToObj(k -> printed(Math.sqrt(json.at("/series/smoothedCovariance/119/" + k + "/" + k).doubleValue()))))
                .containsExactly("0.0857", "0.1073", "0.1416", "0.1958");
        assertThat(json.at("/model/stateNoiseBlocks/0/rank").intValue()).isZero();
        assertThat(json.at("/model/stateNoiseBlocks/1/rank").intValue()).isEqualTo(4);
        assertThat(json.at("/model/stateNoiseBlocks/1/correlations/2/1").doubleValue()).isGreaterThan(0.998);
        assertThat(json.at("/fit")).hasSize(4).extracting(fit -> fit.get("target").textValue()).containsExactly("MOBIL", "IBM", "WEYER", "CITCRP");
        assertThat(json.at("/factors")).hasSize(8);
        assertThat(json.at("/factors/3/target").textValue() + json.at("/factors/3/factor").textValue()).isEqualTo("IBMMARKET");
    }

    private static List<String> smoothed(JsonNode json, int t, int first) {
        return IntStream.range(first, first + 4).mapToObj(k -> printed(json.at("/series/smoothedMean/" + t + "/" + k).doubleValue())).toList();
    }

    private static String printed(double number) {
        return String.format(Locale.ROOT, "%.4f", number);
    }
}
