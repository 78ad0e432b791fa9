package org.betadrift.filter.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.filter.PathResult;
import org.betadrift.filter.PosteriorPaths;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateConstraint.Relation;
import org.betadrift.model.Vector;

/** Samples and constraints that the tests of the path share. */
final class PathFixtures {
    private PathFixtures() { }

    static List<LocalDate> weeks(int n) {
        return IntStream.range(0, n).mapToObj(t -> LocalDate.of(2015, 6, 5).plusWeeks(t)).toList();
    }

    /** Factors x0.. of N(0, 0.02^2) and y = x'beta + noise; y missing where {@code beta} is null. */
    static Sample sample(int n, int k, double[] beta, double deviation, long seed) {
        NormalStream gaussian = new NormalStream(seed, 0);
        double[][] x = new double[k][n];
        double[] y = new double[n];
        for (int t = 0; t < n; t++) {
            double sum = deviation * gaussian.getAsDouble();
            for (int i = 0; i < k; i++) {
                x[i][t] = 0.02 * gaussian.getAsDouble();
                sum += beta == null ? 0 : x[i][t] * beta[t * k + i];
            }
            y[t] = beta == null ? Double.NaN : sum;
        }
        ReturnPanel.Builder panel = ReturnPanel.builder(weeks(n)).column("y", y);
        List<String> names = IntStream.range(0, k).mapToObj(i -> "x" + i).toList();
        for (int i = 0; i < k; i++) {
            panel.column(names.get(i), x[i]);
        }
        return Sample.builder(panel.build()).target("y", names).build();
    }

    /** Weights that wander within 0..1 and sum to one, some of them at 0 for long. */
    static double[] weights(int n, int k, long seed) {
        NormalStream gaussian = new NormalStream(seed, 1);
        double[] all = new double[n * k];
        double[] w = new double[k];
        Arrays.fill(w, 1.0 / k);
        for (int t = 0; t < n; t++) {
            double sum = 0;
            for (int i = 0; i < k; i++) {
                w[i] = Math.max(0, w[i] + (i < 2 ? 0.004 : -0.004) + 0.02 * gaussian.getAsDouble());
                sum += w[i];
            }
            for (int i = 0; i < k; i++) {
                w[i] /= sum;
                all[t * k + i] = w[i];
            }
        }
        return all;
    }

    /** edhec_monthly.csv: Funds of Funds on the other strategies. */
    static Sample edhec(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            List<String> head = List.of(lines.get(0).split(","));
            List<LocalDate> dates = new ArrayList<>();
            double[][] columns = new double[head.size()][lines.size() - 1];
            for (int t = 0; t + 1 < lines.size(); t++) {
                String[] cells = lines.get(t + 1).split(",");
                dates.add(LocalDate.parse(cells[0]));
                for (int j = 1; j < cells.length; j++) {
                    columns[j][t] = Double.parseDouble(cells[j]);
                }
            }
            ReturnPanel.Builder panel = ReturnPanel.builder(dates);
            for (int j = 1; j < head.size(); j++) {
                panel.column(head.get(j), columns[j]);
            }
            List<String> factors = head.subList(1, head.size()).stream().filter(name -> !name.equals("Funds of Funds")).toList();
            return Sample.builder(panel.build()).target("Funds of Funds", factors).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static StateConstraint on(int k, int state, Relation relation, double value) {
        double[] w = new double[k];
        w[state] = 1;
        return StateConstraint.of("beta" + state + " " + relation + " " + value, relation, Vector.of(w), value, 0);
    }

    /** Sum = 1 and none below 0. */
    static List<StateConstraint> longOnly(int k) {
        List<StateConstraint> all = new ArrayList<>();
        all.add(StateConstraint.of("sum = 1", Relation.EQUAL, Vector.filled(k, 1), 1, 0));
        for (int i = 0; i < k; i++) {
            all.add(on(k, i, Relation.AT_LEAST, 0));
        }
        return all;
    }

    /** The largest violation of {@link #longOnly} by the mode. */
    static double violation(PathResult result) {
        double worst = 0;
        int k = result.model().states().count();
        for (int t = 0; t < result.sample().periods(); t++) {
            double sum = 0;
            for (int i = 0; i < k; i++) {
                sum += result.mode().mean(t, i);
                worst = Math.max(worst, -result.mode().mean(t, i));
            }
            worst = Math.max(worst, Math.abs(sum - 1));
        }
        return worst;
    }

    /** One drawn path, n x K. */
    static double[] path(PosteriorPaths paths, int draw) {
        int k = paths.states().count();
        return IntStream.range(0, paths.dates().size() * k).mapToDouble(at -> paths.beta(draw, at / k, at % k)).toArray();
    }
}
