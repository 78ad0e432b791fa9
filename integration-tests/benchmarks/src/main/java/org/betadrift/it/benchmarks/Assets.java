package org.betadrift.it.benchmarks;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.testkit.ReferenceCase;

/** Several assets with one factor: static alphas, walking betas, V and W full. Both are simulated. */
public enum Assets {
    /** The reference case: 4 assets, 120 months. */
    C(716.5213795406418 - 4 * Math.log(2 * Math.PI), ReferenceCase.panel("C"), 4),
    /** 10 assets, 500 months. */
    TEN(Double.NaN, simulated(10, 500), 10);

    /** Best known log-likelihood, convention {@code full}; NaN where only ours has one. */
    final double optimum;
    final Sample sample;
    final int assets;

    Assets(double optimum, ReturnPanel panel, int assets) {
        this.optimum = optimum;
        this.assets = assets;
        Sample.Builder builder = Sample.builder(panel).intercept(true);
        for (int i = 1; i <= assets; i++) {
            builder.target("y" + i, List.of("x"));
        }
        sample = builder.build();
    }

    private static ReturnPanel simulated(int assets, int dates) {
        Random random = new Random(5);
        double[] beta = IntStream.range(0, assets).mapToDouble(i -> 1 + 0.3 * random.nextGaussian()).toArray();
        double[] size = IntStream.range(0, assets).mapToDouble(i -> 0.03 + 0.04 * random.nextDouble()).toArray();
        double[] loading = IntStream.range(0, assets).mapToDouble(i -> 0.3 * random.nextGaussian()).toArray();
        double[] x = new double[dates];
        double[][] y = new double[assets][dates];
        List<LocalDate> months = new ArrayList<>();
        for (int t = 0; t < dates; t++) {
            months.add(LocalDate.of(1970, 1, 31).plusMonths(t));
            x[t] = 0.005 + 0.045 * random.nextGaussian();
            double common = random.nextGaussian();
            double drift = random.nextGaussian();
            for (int i = 0; i < assets; i++) {
                beta[i] += t == 0 ? 0 : 0.08 * (0.6 * drift + 0.8 * random.nextGaussian());
                y[i][t] = 0.002 + beta[i] * x[t] + size[i] * (loading[i] * common + 0.9 * random.nextGaussian());
            }
        }
        ReturnPanel.Builder panel = ReturnPanel.builder(months).column("x", x);
        for (int i = 0; i < assets; i++) {
            panel.column("y" + (i + 1), y[i]);
        }
        return panel.build();
    }
}
