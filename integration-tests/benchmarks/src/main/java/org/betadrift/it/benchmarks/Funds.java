package org.betadrift.it.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.testkit.ReferenceCase;

/** Whose Q and R are estimated, with the best known log-likelihood of each. All are simulated. */
public enum Funds {
    /** One: 2 factors, 516 weeks. */
    A,
    /** Every fifth of the panel: 4 factors, 520 weeks, some of them missing. */
    E40,
    /** The whole panel. */
    E200;

    private static final double BEST_OF_A = 1946.351470815654;

    final List<Sample> samples = new ArrayList<>();
    /** By sample: exactly diffuse start, diagonal Q. */
    final List<Double> optima = new ArrayList<>();

    Funds() {
        if (name().equals("A")) {
            samples.add(sample(ReferenceCase.panel("A"), "y", 2));
            optima.add(BEST_OF_A);
        } else {
            panel(name().equals("E40") ? 5 : 1);
        }
    }

    private void panel(int every) {
        Map<String, String[]> columns = columns("E.csv.gz");
        String[] best = columns("E_mle.csv").get("loglik_full");
        for (int i = 0; i < best.length; i += every) {
            String fund = String.format(Locale.ROOT, "f%03d", i + 1);
            ReturnPanel.Builder panel = ReturnPanel.builder(Arrays.stream(columns.get("date")).map(LocalDate::parse).toList());
            for (String column : List.of(fund, "x1", "x2", "x3", "x4")) {
                panel.column(column, Arrays.stream(columns.get(column)).mapToDouble(x -> x.isEmpty() ? Double.NaN : Double.parseDouble(x)).toArray());
            }
            samples.add(sample(panel.build(), fund, 4));
            optima.add(Double.parseDouble(best[i]));
        }
    }

    private static Sample sample(ReturnPanel panel, String target, int factors) {
        return Sample.builder(panel).target(target, IntStream.rangeClosed(1, factors).mapToObj(i -> "x" + i).toList()).build();
    }

    /** Of a table that the tests of maximum likelihood use. */
    private static Map<String, String[]> columns(String resource) {
        try (InputStream raw = Funds.class.getResourceAsStream("/org/betadrift/likelihood/" + resource);
                InputStream in = resource.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String[] header = lines.readLine().split(",");
            List<String[]> rows = lines.lines().map(line -> line.split(",", -1)).toList();
            Map<String, String[]> columns = new LinkedHashMap<>();
            for (int c = 0; c < header.length; c++) {
                int column = c;
                columns.put(header[c], rows.stream().map(row -> row[column]).toArray(String[]::new));
            }
            return columns;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
