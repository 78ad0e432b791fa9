package org.betadrift.filter.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;

/** Several targets on the same factors, random walks from a diffuse start; the same seed makes the same case. */
record TargetsCase(Sample sample, int targets, int factors, Random random) {
    static final int DATES = 40;

    /**
     * @param factors without alpha
     * @param intercept whether there is one
     */
    static TargetsCase of(int targets, int factors, boolean intercept, long seed) {
        Random random = new Random(seed * 100 + targets * 10 + factors);
        ReturnPanel.Builder panel = ReturnPanel.builder(IntStream.range(0, DATES).mapToObj(t -> LocalDate.of(2020, 1, 3).plusWeeks(t)).toList());
        List<String> names = IntStream.range(0, factors).mapToObj(f -> "x" + f).toList();
        names.forEach(name -> panel.column(name, random.doubles(DATES, -0.05, 0.05).toArray()));
        for (int i = 0; i < targets; i++) {
            panel.column("y" + i, random.doubles(DATES, -0.04, 0.04).toArray());
        }
        Sample.Builder sample = Sample.builder(panel.build()).intercept(intercept);
        IntStream.range(0, targets).forEach(i -> sample.target("y" + i, names));
        return new TargetsCase(sample.build(), targets, factors + (intercept ? 1 : 0), random);
    }

    ModelTemplate template() {
        int k = sample.states().count();
        return ModelTemplate.of(sample.states(), InitialState.diffuse(k), Transition.randomWalk(k));
    }

    /** R, packed and definite. */
    double[] r() {
        return definite(1e-4);
    }

    /** W, packed and definite. */
    double[] w() {
        return definite(1e-3);
    }

    private double[] definite(double size) {
        double[] packed = square(targets, size);
        for (int i = 0; i < targets; i++) {
            packed[Covariance.index(i, i)] += size;
        }
        return packed;
    }

    /** v v' of random vectors, packed. */
    double[] square(int rank, double size) {
        double[] packed = new double[Covariance.size(targets)];
        for (int l = 0; l < rank; l++) {
            double[] v = random.doubles(targets, -1, 1).toArray();
            for (int i = 0; i < targets; i++) {
                for (int j = 0; j <= i; j++) {
                    packed[Covariance.index(i, j)] += size * v[i] * v[j];
                }
            }
        }
        return packed;
    }

    /** Q = diag(c_f W), packed. @param scales c, F */
    double[] q(double[] w, double... scales) {
        double[] q = new double[Covariance.size(targets * factors)];
        for (int f = 0; f < factors; f++) {
            for (int i = 0; i < targets; i++) {
                for (int j = 0; j <= i; j++) {
                    q[Covariance.index(f * targets + i, f * targets + j)] = scales[f] * w[Covariance.index(i, j)];
                }
            }
        }
        return q;
    }

    /** No y at all on some dates, the first among them. */
    TargetsCase withoutSomeDates() {
        return with((t, i) -> t % 7 == 0);
    }

    /** Single cells of y missing. @param share of all */
    TargetsCase withoutSomeCells(double share) {
        return with((t, i) -> random.nextDouble() < share);
    }

    private interface Missing {
        boolean is(int t, int target);
    }

    private TargetsCase with(Missing missing) {
        List<double[]> columns = new ArrayList<>();
        for (int i = 0; i < targets; i++) {
            double[] y = new double[sample.periods()];
            for (int t = 0; t < y.length; t++) {
                y[t] = missing.is(t, i) ? Double.NaN : sample.y(t, i);
            }
            columns.add(y);
        }
        return new TargetsCase(sample.withTargets(columns.toArray(double[][]::new)), targets, factors, random);
    }

    static TargetsCase of(Sample sample, long seed) {
        int m = sample.targets().size();
        return new TargetsCase(sample, m, sample.states().count() / m, new Random(seed));
    }
}
