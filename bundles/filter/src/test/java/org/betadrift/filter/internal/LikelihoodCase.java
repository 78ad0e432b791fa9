package org.betadrift.filter.internal;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Covariance;
import org.betadrift.model.GaussianState;
import org.betadrift.model.InitialState;
import org.betadrift.model.Matrix;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;

/** A random sample with a known start and everything a likelihood may be asked of it; the same seed makes the same case. */
record LikelihoodCase(Sample sample, InitialState initial, Random random) {
    static final int DATES = 60;

    /** K states, {@link #DATES} dates, a tenth of y missing and H with it. */
    static LikelihoodCase of(int k, long seed) {
        Random random = new Random(1000 * seed + k);
        double[] y = random.doubles(DATES, -0.04, 0.04).toArray();
        ReturnPanel.Builder panel = ReturnPanel.builder(IntStream.range(0, DATES).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList());
        double[][] x = IntStream.range(0, k).mapToObj(i -> random.doubles(DATES, -0.05, 0.05).toArray()).toArray(double[][]::new);
        for (int t = 0; t < DATES; t++) {
            if (random.nextInt(10) == 0) {
                y[t] = Double.NaN;
                x[random.nextInt(k)][t] = Double.NaN;
            }
        }
        panel.column("y", y);
        String[] names = IntStream.range(0, k).mapToObj(i -> "x" + i).toArray(String[]::new);
        for (int i = 0; i < k; i++) {
            panel.column(names[i], x[i]);
        }
        Sample sample = Sample.builder(panel.build()).target("y", List.of(names)).build();
        InitialState initial = InitialState.known(Vector.of(random.doubles(k, -1, 1).toArray()), Covariance.ofPacked(k, triangle(k, 1, random)));
        return new LikelihoodCase(sample, initial, random);
    }

    int k() {
        return sample.states().count();
    }

    ModelTemplate template(Transition transition) {
        return ModelTemplate.of(sample.states(), initial, transition);
    }

    ModelTemplate randomWalk() {
        return template(Transition.randomWalk(k()));
    }

    /** A dense T with eigenvalues inside the unit circle. */
    Matrix denseTransition() {
        double[] t = random.doubles(k() * k(), -0.5 / k(), 0.5 / k()).toArray();
        for (int i = 0; i < k(); i++) {
            t[i * k() + i] += 0.5;
        }
        return Matrix.of(k(), k(), t);
    }

    /** Packed. */
    double[] diagonalQ() {
        double[] q = new double[Covariance.size(k())];
        for (int i = 0; i < k(); i++) {
            q[Covariance.index(i, i)] = random.nextInt(4) == 0 ? 0 : random.nextDouble(1e-5, 1e-2);
        }
        return q;
    }

    /** Packed, no variance zero. */
    double[] definiteDiagonalQ() {
        double[] q = new double[Covariance.size(k())];
        for (int i = 0; i < k(); i++) {
            q[Covariance.index(i, i)] = random.nextDouble(1e-4, 1e-2);
        }
        return q;
    }

    /** Packed, far from singular. */
    double[] definiteQ() {
        double[] q = fullQ();
        for (int i = 0; i < k(); i++) {
            q[Covariance.index(i, i)] += 5e-3;
        }
        return q;
    }

    /** Every other component diffuse, the others known but dependent. */
    InitialState mixed() {
        boolean[] diffuse = new boolean[k()];
        double[] mean = new double[k()];
        double[] p = triangle(k(), 1, random);
        for (int i = 0; i < k(); i++) {
            diffuse[i] = i % 2 == 0;
            mean[i] = diffuse[i] ? 0 : random.nextDouble(-1, 1);
            for (int j = 0; j < k(); j++) {
                p[Covariance.index(i, j)] *= diffuse[i] ? 0 : 1;
            }
        }
        return InitialState.mixed(new GaussianState(Vector.of(mean), Covariance.ofPacked(k(), p)), diffuse);
    }

    /** Packed. */
    double[] fullQ() {
        return triangle(k(), 1e-2, random);
    }

    double r() {
        return random.nextDouble(1e-5, 1e-3);
    }

    /** What filtering gives. */
    double filtered(FilterEngine engine, ModelTemplate template, Noise q, Noise r) {
        return engine.filter(template.complete(q, r), sample, FilterOptions.defaults(), Monitor.NONE).logLikelihood();
    }

    Noise q(double[] packed) {
        return Noise.constant(Covariance.ofPacked(k(), packed));
    }

    static Noise r(double variance) {
        return Noise.constant(Covariance.diagonal(variance));
    }

    /** A A' / K, packed. */
    private static double[] triangle(int k, double size, Random random) {
        double[] a = random.doubles(k * k, -1, 1).toArray();
        double[] packed = new double[Covariance.size(k)];
        for (int i = 0, at = 0; i < k; i++) {
            for (int j = 0; j <= i; j++, at++) {
                for (int l = 0; l < k; l++) {
                    packed[at] += size * a[i * k + l] * a[j * k + l] / k;
                }
            }
        }
        return packed;
    }
}
