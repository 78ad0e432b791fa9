package org.betadrift.likelihood;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ReferenceCase;
import org.betadrift.testkit.SharedFolder;

/** The simulated data sets, and problems over them. */
final class Cases {
    private static final Table E = Table.read("E.csv.gz");

    private Cases() { }

    static Sample a() {
        return Sample.builder(ReferenceCase.panel("A")).target("y", List.of("x1", "x2")).build();
    }

    static Sample b() {
        return Sample.builder(ReferenceCase.panel("B")).target("y", List.of("x1", "x2", "x3")).intercept(true).build();
    }

    /** A fund of the panel of 200; four factors. */
    static Sample e(String fund) {
        ReturnPanel.Builder panel = ReturnPanel.builder(E.first().stream().map(LocalDate::parse).toList());
        for (String column : List.of(fund, "x1", "x2", "x3", "x4")) {
            panel.column(column, E.columns().get(column));
        }
        return Sample.builder(panel.build()).target(fund, List.of("x1", "x2", "x3", "x4")).build();
    }

    /** The best known optimum of every fund: {log-likelihood, q1, q2, q3, q4, R}. */
    static Map<String, double[]> optima() {
        Table table = Table.read("E_mle.csv");
        Map<String, double[]> optima = new LinkedHashMap<>();
        for (int i = 0; i < table.first().size(); i++) {
            double[] row = new double[6];
            int c = 0;
            for (double[] column : table.columns().values()) {
                row[c++] = column[i];
            }
            optima.put(table.first().get(i), row);
        }
        return optima;
    }

    static Map<String, double[]> columns(String resource) {
        return Table.read(resource).columns();
    }

    static InitialState known(double[] mean, double... packed) {
        return InitialState.known(Vector.of(mean), Covariance.ofPacked(mean.length, packed));
    }

    static ModelTemplate randomWalk(Sample sample, InitialState initial) {
        return ModelTemplate.of(sample.states(), initial, Transition.randomWalk(sample.states().count()));
    }

    static ModelTemplate diffuse(Sample sample) {
        return randomWalk(sample, InitialState.diffuse(sample.states().count()));
    }

    /** Q diagonal and R, alpha static. */
    static Parameterisation diagonal(Sample sample) {
        return Parameterisations.both(Parameterisations.diagonal(sample.states(), sample.hasIntercept() ? Set.of("alpha") : Set.of()),
                Parameterisations.observationNoise(sample.targets()));
    }

    static Likelihood likelihood(Sample sample, ModelTemplate template, Parameterisation family) {
        return Likelihood.of(sample, template, open -> new PlainEvaluator(sample, open), family);
    }

    /** Exactly diffuse, Q diagonal and R free. */
    static Likelihood likelihood(Sample sample) {
        return likelihood(sample, diffuse(sample), diagonal(sample));
    }

    static Maximum maximise(Likelihood likelihood) {
        return Maximisers.bfgs().maximise(likelihood, Search.defaults(), Monitor.NONE);
    }

    /** Columns of a file of the shared folder; its dates are made up, a month apart. Skips the test where the folder isn't. */
    static ReturnPanel.Builder shared(String file, int rows, BiConsumer<ReturnPanel.Builder, Map<String, double[]>> columns) {
        Table table;
        try (BufferedReader lines = Files.newBufferedReader(SharedFolder.file("data/" + file))) {
            table = Table.read(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int n = Math.min(rows, table.first().size());
        ReturnPanel.Builder panel = ReturnPanel.builder(IntStream.range(0, n).mapToObj(t -> LocalDate.of(1950, 1, 31).plusMonths(t)).toList());
        Map<String, double[]> cut = new LinkedHashMap<>();
        table.columns().forEach((name, values) -> cut.put(name, Arrays.copyOf(values, n)));
        columns.accept(panel, cut);
        return panel;
    }

    private record Table(List<String> first, Map<String, double[]> columns) {
        static Table read(String name) {
            try (InputStream raw = Cases.class.getResourceAsStream(name);
                    InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                return read(lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static Table read(BufferedReader lines) throws IOException {
            String[] header = lines.readLine().split(",");
            List<String[]> rows = new ArrayList<>();
            lines.lines().forEach(line -> rows.add(line.split(",", -1)));
            Map<String, double[]> columns = new LinkedHashMap<>();
            for (int c = 1; c < header.length; c++) {
                int column = c;
                columns.put(header[c], rows.stream().mapToDouble(row -> row[column].isEmpty() ? Double.NaN : Double.parseDouble(row[column])).toArray());
            }
            return new Table(rows.stream().map(row -> row[0]).toList(), columns);
        }
    }
}
