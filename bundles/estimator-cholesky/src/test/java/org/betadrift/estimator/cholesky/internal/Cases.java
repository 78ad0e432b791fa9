package org.betadrift.estimator.cholesky.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.Estimate;
import org.betadrift.estimation.EstimationContext;
import org.betadrift.estimation.JointNoise;
import org.betadrift.estimation.Options;
import org.betadrift.filter.internal.CovarianceEngine;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.testkit.ReferenceCase;
import org.betadrift.testkit.SharedFolder;

/** Samples, and the strategy called as a runtime does. */
final class Cases {
    static final String[] OPTIONS = {"state=full", "alpha=static", "observation=full", "rank=1", "full", "diagonal", "zero", "low-rank", "shared", "uncorrelated",
        "starts=2", "seed=0", "start"};

    private Cases() { }

    static Estimate<JointNoise> run(EstimationContext context, String... requested) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : requested) {
            options.put(option.split("=", 2)[0], option.split("=", 2)[1]);
        }
        return new CholeskyJointNoise().estimate(context.withOptions(Options.merge("cholesky", OPTIONS, Map.of(), options)));
    }

    static Estimate<JointNoise> run(Sample sample, String... requested) {
        return run(diffuse(sample), requested);
    }

    static ConvergenceRecord record(Estimate<JointNoise> estimate) {
        return estimate.convergence().orElseThrow();
    }

    static double logLikelihood(Estimate<JointNoise> estimate) {
        return record(estimate).modes().get(0).logLikelihood();
    }

    static EstimationContext diffuse(Sample sample) {
        return context(sample, InitialState.diffuse(sample.states().count()));
    }

    static EstimationContext context(Sample sample, InitialState initial) {
        return EstimationContext.of(sample, Transition.randomWalk(sample.states().count()), new CovarianceEngine()).withInitialState(initial);
    }

    static Family family(Sample sample, String... requested) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : requested) {
            options.put(option.split("=", 2)[0], option.split("=", 2)[1]);
        }
        return new Asked(diffuse(sample).withOptions(Options.merge("cholesky", OPTIONS, Map.of(), options))).family();
    }

    /** The likelihood of a family, exactly diffuse. */
    static Surface surface(Sample sample, Family family) {
        EstimationContext context = diffuse(sample);
        return Surface.of(context.evaluator(ModelTemplate.of(sample.states(), context.initialState(), context.transition())), family);
    }

    /** Four simulated assets on one factor, 120 months. */
    static Sample c() {
        return ReferenceCase.cDiffuse().sample();
    }

    /** Seed 003's assets and period (Berndt 1991), in excess of the riskless rate; {@code by} = 100 for percent. */
    static Sample capm(String file, double by) {
        List<String[]> rows = lines(file).stream().map(line -> line.split(",")).toList();
        List<String> header = List.of(rows.get(0));
        int n = rows.size() - 1;
        ReturnPanel.Builder panel = ReturnPanel.builder(months(n));
        for (String name : List.of("MOBIL", "IBM", "WEYER", "CITCRP", "MARKET")) {
            panel.column(name, rows.stream().skip(1).mapToDouble(row -> by * (Double.parseDouble(row[header.indexOf(name)])
                    - Double.parseDouble(row[header.indexOf("RKFREE")]))).toArray());
        }
        return sample(panel.build(), List.of("MOBIL", "IBM", "WEYER", "CITCRP"), List.of("MARKET"));
    }

    static Sample sample(ReturnPanel panel, List<String> targets, List<String> factors) {
        Sample.Builder sample = Sample.builder(panel).intercept(true);
        targets.forEach(target -> sample.target(target, factors));
        return sample.build();
    }

    static List<LocalDate> months(int n) {
        return IntStream.range(0, n).mapToObj(t -> LocalDate.of(1963, 7, 31).plusMonths(t)).toList();
    }

    /** Lines of a file of the shared folder, the header first. Skips the test where the folder isn't. */
    static List<String> lines(String file) {
        try {
            return Files.readAllLines(SharedFolder.file(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * m assets on some factors, the exposures to which drift with a W of some rank; alpha constant.
     *
     * @param rank 0 = constant exposures
     * @param missing part of the cells of y
     */
    static Sample simulated(int m, int n, int factors, int rank, double missing, long seed) {
        Random random = new Random(seed);
        ReturnPanel.Builder panel = ReturnPanel.builder(months(n));
        double[][] x = new double[factors][n];
        List<String> names = new ArrayList<>();
        for (int f = 0; f < factors; f++) {
            for (int t = 0; t < n; t++) {
                x[f][t] = 0.005 + 0.04 * random.nextGaussian();
            }
            names.add("x" + (f + 1));
            panel.column("x" + (f + 1), x[f]);
        }
        double[] deviation = random.doubles(m, 0.03, 0.07).toArray();
        double[] common = random.doubles(m, -0.5, 0.5).toArray();
        double[][][] loads = new double[factors][m][rank];
        double[][] beta = new double[factors][m];
        for (int f = 0; f < factors; f++) {
            for (int i = 0; i < m; i++) {
                beta[f][i] = 1 + 0.3 * random.nextGaussian();
                for (int r = 0; r < rank; r++) {
                    loads[f][i][r] = 0.08 * random.nextGaussian() / Math.sqrt(rank);
                }
            }
        }
        double[][] y = new double[m][n];
        for (int t = 0; t < n; t++) {
            double shock = random.nextGaussian();
            for (int f = 0; f < factors; f++) {
                for (int r = 0; r < rank; r++) {
                    double step = random.nextGaussian();
                    for (int i = 0; i < m; i++) {
                        beta[f][i] += loads[f][i][r] * step;
                    }
                }
            }
            for (int i = 0; i < m; i++) {
                y[i][t] = 0.002 + deviation[i] * (common[i] * shock + 0.9 * random.nextGaussian());
                for (int f = 0; f < factors; f++) {
                    y[i][t] += beta[f][i] * x[f][t];
                }
                y[i][t] = random.nextDouble() < missing ? Double.NaN : y[i][t];
            }
        }
        List<String> targets = new ArrayList<>();
        for (int i = 0; i < m; i++) {
            targets.add("y" + (i + 1));
            panel.column("y" + (i + 1), y[i]);
        }
        return sample(panel.build(), targets, names);
    }

    static double largest(Covariance c) {
        return IntStream.range(0, c.dimension()).mapToDouble(c::variance).max().orElseThrow();
    }
}
