package org.betadrift.it.benchmarks;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;
import org.betadrift.testkit.ReferenceCase;

/** One sample and one model of it, the same for every contestant: a random walk, Q = q I, R; nothing is missing. */
public enum Case {
    /** The testkit's simulated fund: 2 factors, 516 weeks. */
    A(ReferenceCase.panel("A"), 2),
    /** 5 factors, 2000 dates, simulated here. */
    T5(simulated(5, 2000), 5),
    /** 10 factors, 2500 dates, simulated here. */
    T10(simulated(10, 2500), 10);

    /** Of every state. */
    static final double Q = 1e-4;
    /** Of y. */
    static final double R = 2e-5;

    final Sample sample;
    final int states;
    final int dates;
    /** y. */
    final double[] y;
    /** Row t is H_t. */
    final double[][] h;

    Case(ReturnPanel panel, int factors) {
        String[] names = IntStream.rangeClosed(1, factors).mapToObj(i -> "x" + i).toArray(String[]::new);
        sample = Sample.builder(panel).target("y", List.of(names)).build();
        states = factors;
        dates = sample.periods();
        y = panel.column("y");
        h = new double[dates][factors];
        for (int t = 0; t < dates; t++) {
            for (int i = 0; i < factors; i++) {
                h[t][i] = sample.h(t, 0, i);
            }
        }
    }

    /** Correlated factors of 1 to 3 per cent a date, exposures that wander by 0.01, a residual of half a per cent. */
    private static ReturnPanel simulated(int factors, int dates) {
        Random random = new Random(20_26 + factors);
        double[][] x = new double[factors][dates];
        double[] y = new double[dates];
        double[] beta = random.doubles(factors, 0, 1).toArray();
        for (int t = 0; t < dates; t++) {
            double common = random.nextGaussian();
            y[t] = 0.005 * random.nextGaussian();
            for (int i = 0; i < factors; i++) {
                x[i][t] = (0.01 + 0.02 * i / factors) * (0.7 * common + 0.7 * random.nextGaussian());
                beta[i] += 0.01 * random.nextGaussian();
                y[t] += beta[i] * x[i][t];
            }
        }
        ReturnPanel.Builder panel = ReturnPanel.builder(IntStream.range(0, dates).mapToObj(t -> LocalDate.of(1980, 1, 4).plusWeeks(t)).toList());
        panel.column("y", y);
        for (int i = 0; i < factors; i++) {
            panel.column("x" + (i + 1), x[i]);
        }
        return panel.build();
    }

    /** Start at N(0, I), or diffuse. */
    ModelTemplate template(boolean diffuse) {
        InitialState known = InitialState.known(Vector.filled(states, 0), Covariance.scalar(states, 1));
        return ModelTemplate.of(sample.states(), diffuse ? InitialState.diffuse(states) : known, Transition.randomWalk(states));
    }

    Noise stateNoise() {
        return Noise.constant(Covariance.scalar(states, Q));
    }

    Noise observationNoise() {
        return Noise.constant(Covariance.scalar(1, R));
    }

    /** Diagonal of Q. */
    double[] q() {
        double[] q = new double[states];
        Arrays.fill(q, Q);
        return q;
    }
}
