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
import java.util.zip.GZIPInputStream;
import org.betadrift.filter.LikelihoodConvention;
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
 * A model, its sample and what a 500-bit filter and smoother make of them. The data are simulated, the numbers our own; they
 * are right to the last printed digit.
 *
 * @param name for messages
 * @param model Q, R and the initial state, as given
 * @param sample of simulated data
 * @param logLikelihood the sum, all constants counted; {@link #logLikelihood(LikelihoodConvention)} has the others
 * @param diffuseObservations cells of y that enter through an infinite variance
 * @param diffuseDates the first dates on which the predicted state has an infinite variance
 * @param expected columns by name, NaN where a number doesn't exist: a_pred_K, P_pred_I_J (lower triangle), the same with
 *     filt and smooth, v, S, gain_K, v_std, loglik; with several targets v_I, S_I_J, gain_K_I, v_std_I
 */
public record ReferenceCase(String name, StateSpaceModel model, Sample sample, double logLikelihood, int diffuseObservations,
        int diffuseDates, Map<String, double[]> expected) {
    private static final double[] C_NOISE = {0.003844, 0.0001488, 0.002304, 0.0005115, -0.000132, 0.003025, -0.0003596, 0.0005568, 0.0007975, 0.003364};
    private static final double[] C_DRIFT = {0.0036, 0.00105, 0.001225, 0.0009, 0.0007, 0.0025, -0.00084, 0.000245, 0.0007, 0.0049};
    private static final double[] D_DRIFT = {0.00015, 0, 0.0001, 0, 0, 0.0002};

    /** Those with one target and a known initial state. */
    public static List<ReferenceCase> known() {
        return List.of(aSeed(), aProper(), aAr(), aCorrelatedQ(), bProper(), dFree(), dReduced());
    }

    /** Those with one target and an exactly diffuse start. */
    public static List<ReferenceCase> diffuse() {
        return List.of(aDiffuse(), bDiffuse(), dFreeDiffuse());
    }

    /** Seed 002's configuration on data A: OLS start, P0 = 100 I, Q from factor volatilities, R from OLS residuals. */
    public static ReferenceCase aSeed() {
        return a("A_seed", known(new double[] {-0.0651142720604352, -0.24036874466457092}, 100, 0, 100), Matrix.identity(2),
                new double[] {0.00025446864772170027, 0, 0.00039344308902130367}, 9.077791075696449e-05, 1815.4626968536506);
    }

    /** Two factors, a full prior covariance. */
    public static ReferenceCase aProper() {
        return a("A_proper", aPrior(), Matrix.identity(2), new double[] {0.0004, 0, 0.0001}, 2.7e-05, 1945.431010190795);
    }

    /** {@link #aProper}, exactly diffuse. */
    public static ReferenceCase aDiffuse() {
        return a("A_diffuse", InitialState.diffuse(2), Matrix.identity(2), new double[] {0.0004, 0, 0.0001}, 2.7e-05, 1943.961410561463)
                .withDiffuse(2, 2);
    }

    /** {@link #aProper} with T != I: decaying exposures, one feeding the other. */
    public static ReferenceCase aAr() {
        return a("A_ar", aPrior(), Matrix.of(2, 2, 0.98, 0, 0.01, 0.95), new double[] {0.0004, 0, 0.0001}, 2.7e-05, 1853.313396908106);
    }

    /** {@link #aProper} with a full Q. */
    public static ReferenceCase aCorrelatedQ() {
        return a("A_corrQ", aPrior(), Matrix.identity(2), new double[] {0.0004, -0.00012, 0.0001}, 2.7e-05, 1937.77679565472);
    }

    /** A static alpha, three factors, 30 missing y. */
    public static ReferenceCase bProper() {
        return b("B_proper", known(new double[] {0, 1, 0, 0}, 1e-06, 0, 0.25, 0, 0, 0.25, 0, 0, 0, 0.25), 2020.8983090868537);
    }

    /** {@link #bProper}, exactly diffuse; y is missing among the first rows. */
    public static ReferenceCase bDiffuse() {
        return b("B_diffuse", InitialState.diffuse(4), 2012.7670684833365).withDiffuse(4, 6);
    }

    /** Four targets on one factor: static alphas, wandering betas, R and the betas' Q full. */
    public static ReferenceCase cProper() {
        double[] p0 = new double[Covariance.size(8)];
        for (int k = 0; k < 8; k++) {
            p0[Covariance.index(k, k)] = k < 4 ? 0.0001 : 0.25;
        }
        return c("C_proper", known(new double[] {0, 0, 0, 0, 1, 1, 1, 1}, p0), 718.7438714394469);
    }

    /** {@link #cProper}, exactly diffuse. */
    public static ReferenceCase cDiffuse() {
        return c("C_diffuse", InitialState.diffuse(8), 699.3200310251651).withDiffuse(8, 2);
    }

    /** Three factors whose exposures sum to one in truth; the model doesn't know. */
    public static ReferenceCase dFree() {
        return d("D_free_proper", dPrior(), D_DRIFT, 2165.614102812347);
    }

    /** {@link #dFree}, exactly diffuse. */
    public static ReferenceCase dFreeDiffuse() {
        return d("D_free_diffuse", InitialState.diffuse(3), D_DRIFT, 2164.4202924210977).withDiffuse(3, 3);
    }

    /** The sum is one by way of a singular prior and a singular Q. */
    public static ReferenceCase dReduced() {
        double third = -0.08333333333333333;
        double diagonal = 0.16666666666666669;
        return d("D_reduced_proper", known(new double[] {0.4, 0.4, 0.2}, diagonal, third, diagonal, third, third, diagonal),
                new double[] {9.999999999999999e-05, -3.333333333333333e-05, 7.777777777777778e-05, -6.666666666666666e-05,
                    -4.4444444444444447e-05, 0.00011111111111111112}, 2176.299566244233);
    }

    /**
     * {@link #dFree} with a second row on every date after y: 1 = 1'beta, variance 0. Sample and model are those of y alone, the
     * expected numbers those of both rows (index 1 = the second), the log-likelihood is their joint density.
     */
    public static ReferenceCase dPseudo() {
        return d("D_pseudo_proper", dPrior(), D_DRIFT, 3698.3703259859435);
    }

    /** {@link #dPseudo}, exactly diffuse. */
    public static ReferenceCase dPseudoDiffuse() {
        return d("D_pseudo_diffuse", InitialState.diffuse(3), D_DRIFT, 3697.149476303169).withDiffuse(3, 2);
    }

    /**
     * A simulated data set: A (y, x1, x2; 516 weeks), B (y, x1, x2, x3; 600 weeks, 30 of them without y), C (y1 .. y4, x; 120
     * months) or D (y, x1, x2, x3; 520 weeks).
     */
    public static ReturnPanel panel(String name) {
        Csv csv = Csv.read(name + ".csv");
        ReturnPanel.Builder panel = ReturnPanel.builder(csv.firstColumn.stream().map(LocalDate::parse).toList());
        csv.columns.forEach(panel::column);
        return panel.build();
    }

    private static ReferenceCase a(String name, InitialState initial, Matrix t, double[] q, double r, double logLikelihood) {
        return of(name, Sample.builder(panel("A")).target("y", List.of("x1", "x2")).build(), initial, t, q, Covariance.diagonal(r), logLikelihood);
    }

    private static InitialState aPrior() {
        return known(new double[] {0.5, 0.2}, 0.25, -0.05, 0.16);
    }

    private static ReferenceCase b(String name, InitialState initial, double logLikelihood) {
        Sample sample = Sample.builder(panel("B")).target("y", List.of("x1", "x2", "x3")).intercept(true).build();
        return of(name, sample, initial, Matrix.identity(4), new double[] {0, 0, 0.00015, 0, 0, 4e-05, 0, 0, 0, 0.0003},
                Covariance.diagonal(3.6e-05), logLikelihood);
    }

    private static ReferenceCase c(String name, InitialState initial, double logLikelihood) {
        Sample.Builder sample = Sample.builder(panel("C")).intercept(true);
        List.of("y1", "y2", "y3", "y4").forEach(target -> sample.target(target, List.of("x")));
        double[] q = new double[Covariance.size(8)];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                q[Covariance.index(4 + i, 4 + j)] = C_DRIFT[Covariance.index(i, j)];
            }
        }
        return of(name, sample.build(), initial, Matrix.identity(8), q, Covariance.ofPacked(4, C_NOISE), logLikelihood);
    }

    private static ReferenceCase d(String name, InitialState initial, double[] q, double logLikelihood) {
        Sample sample = Sample.builder(panel("D")).target("y", List.of("x1", "x2", "x3")).build();
        return of(name, sample, initial, Matrix.identity(3), q, Covariance.diagonal(1.2e-05), logLikelihood);
    }

    private static InitialState dPrior() {
        return known(new double[] {0.4, 0.4, 0.2}, 0.25, 0, 0.25, 0, 0, 0.25);
    }

    private static InitialState known(double[] mean, double... packed) {
        return InitialState.known(Vector.of(mean), Covariance.ofPacked(mean.length, packed));
    }

    private static ReferenceCase of(String name, Sample sample, InitialState initial, Matrix t, double[] q, Covariance r, double logLikelihood) {
        StateSpaceModel model = StateSpaceModel.of(sample.states(), initial, Transition.fixed(t),
                Noise.constant(Covariance.ofPacked(t.rows(), q)), Noise.constant(r));
        return new ReferenceCase(name, model, sample, logLikelihood, 0, 0, Csv.read(name + ".csv.gz").columns);
    }

    private ReferenceCase withDiffuse(int observations, int dates) {
        return new ReferenceCase(name, model, sample, logLikelihood, observations, dates, expected);
    }

    /** The sum in this convention. */
    public double logLikelihood(LikelihoodConvention convention) {
        return LikelihoodConvention.FULL.convert(logLikelihood, convention, sample.observations(), diffuseObservations);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Our own reference files: no quotes, an empty cell is missing, a first column of dates where there is one, gzip by its ending. */
    private record Csv(List<String> firstColumn, Map<String, double[]> columns) {
        static Csv read(String file) {
            try (InputStream raw = Objects.requireNonNull(ReferenceCase.class.getResourceAsStream("reference/" + file), file);
                    InputStream in = file.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
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
