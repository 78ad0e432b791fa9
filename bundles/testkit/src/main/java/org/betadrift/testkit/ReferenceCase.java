package org.betadrift.testkit;

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
import java.util.Map;
import java.util.Objects;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;

/**
 * A model, its sample and what a 500-bit filter makes of them. The data are simulated, the numbers our own; they are
 * right to the last printed digit.
 *
 * @param name for messages
 * @param model Q, R and a known initial state, as given
 * @param sample of simulated data
 * @param logLikelihood the sum, all constants counted
 * @param expected columns by name, NaN where a number doesn't exist: a_pred_K, P_pred_I_J (lower triangle), a_filt_K,
 *     P_filt_I_J, v, S, gain_K, v_std, loglik
 */
public record ReferenceCase(String name, StateSpaceModel model, Sample sample, double logLikelihood, Map<String, double[]> expected) {

    /** Seed 002's configuration on data A: OLS start, P0 = 100 I, Q from factor volatilities, R from OLS residuals. */
    public static ReferenceCase aSeed() {
        return of("A_seed", twoFactors(), new double[] {-0.0651142720604352, -0.24036874466457092}, new double[] {100, 0, 100},
                Matrix.identity(2), new double[] {0.00025446864772170027, 0, 0.00039344308902130367}, 9.077791075696449e-05,
                1815.4626968536506);
    }

    /** Two factors, a full prior covariance. */
    public static ReferenceCase aProper() {
        return of("A_proper", twoFactors(), new double[] {0.5, 0.2}, new double[] {0.25, -0.05, 0.16}, Matrix.identity(2),
                new double[] {0.0004, 0, 0.0001}, 2.7e-05, 1945.431010190795);
    }

    /** {@link #aProper} with T != I: decaying exposures, one feeding the other. */
    public static ReferenceCase aAr() {
        return of("A_ar", twoFactors(), new double[] {0.5, 0.2}, new double[] {0.25, -0.05, 0.16}, Matrix.of(2, 2, 0.98, 0, 0.01, 0.95),
                new double[] {0.0004, 0, 0.0001}, 2.7e-05, 1853.313396908106);
    }

    /** {@link #aProper} with a full Q. */
    public static ReferenceCase aCorrelatedQ() {
        return of("A_corrQ", twoFactors(), new double[] {0.5, 0.2}, new double[] {0.25, -0.05, 0.16}, Matrix.identity(2),
                new double[] {0.0004, -0.00012, 0.0001}, 2.7e-05, 1937.77679565472);
    }

    /** A static alpha, three factors, 30 missing y. */
    public static ReferenceCase bProper() {
        Sample sample = Sample.builder(panel("B")).target("y", List.of("x1", "x2", "x3")).intercept(true).build();
        return of("B_proper", sample, new double[] {0, 1, 0, 0}, new double[] {1e-06, 0, 0.25, 0, 0, 0.25, 0, 0, 0, 0.25},
                Matrix.identity(4), new double[] {0, 0, 0.00015, 0, 0, 4e-05, 0, 0, 0, 0.0003}, 3.6e-05, 2020.8983090868537);
    }

    /** The simulated data set A (y, x1, x2; 516 weeks) or B (y, x1, x2, x3; 600 weeks, 30 of them without y). */
    public static ReturnPanel panel(String name) {
        Csv csv = Csv.read(name + ".csv");
        ReturnPanel.Builder panel = ReturnPanel.builder(csv.firstColumn.stream().map(LocalDate::parse).toList());
        csv.columns.forEach(panel::column);
        return panel.build();
    }

    private static Sample twoFactors() {
        return Sample.builder(panel("A")).target("y", List.of("x1", "x2")).build();
    }

    private static ReferenceCase of(String name, Sample sample, double[] mean, double[] p0, Matrix t, double[] q, double r, double logLikelihood) {
        int k = mean.length;
        StateSpaceModel model = StateSpaceModel.of(sample.states(), InitialState.known(Vector.of(mean), Covariance.ofPacked(k, p0)),
                Transition.fixed(t), Noise.constant(Covariance.ofPacked(k, q)), Noise.constant(Covariance.diagonal(r)));
        return new ReferenceCase(name, model, sample, logLikelihood, Csv.read(name + ".csv").columns);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Our own reference files: no quotes, an empty cell is missing, a first column of dates where there is one. */
    private record Csv(List<String> firstColumn, Map<String, double[]> columns) {
        static Csv read(String file) {
            try (InputStream in = Objects.requireNonNull(ReferenceCase.class.getResourceAsStream("reference/" + file), file);
                    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                String[] header = lines.readLine().split(",");
                List<String[]> rows = new ArrayList<>();
                lines.lines().forEach(line -> rows.add(line.split(",", -1)));
                boolean dated = header[0].equals("date");
                Map<String, double[]> columns = new LinkedHashMap<>();
                for (int c = dated ? 1 : 0; c < header.length; c++) {
                    int column = c;
                    columns.put(header[c], rows.stream().mapToDouble(row -> row[column].isEmpty() ? Double.NaN : Double.parseDouble(row[column])).toArray());
                }
                return new Csv(dated ? rows.stream().map(row -> row[0]).toList() : Arrays.asList(), columns);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
