package org.betadrift.testkit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;

/** A model's parts as plain arrays of one date, for what computes exactly. */
final class ExactModel {
    final StateSpaceModel model;
    final Sample sample;
    final int k;
    final int m;

    /** @param sample null when rows come from elsewhere */
    ExactModel(StateSpaceModel model, Sample sample) {
        this.model = model;
        this.sample = sample;
        k = model.states().count();
        m = model.observationNoise().dimension();
    }

    /** beta_0|0, zero where it is diffuse. */
    ExactGaussian start() {
        ExactGaussian start = new ExactGaussian();
        start.append(model.initial().prior().mean().toArray(), Dense.of(model.initial().prior().covariance()));
        return start;
    }

    /** Appends beta_t to a distribution that ends with beta_t-1: T, c, Q, and on the first date the diffuse components. */
    void appendNext(ExactGaussian x, int t) {
        int from = x.size();
        x.append(model.transition().constant().toArray(), Dense.of(model.transition().matrix(t)), from - k, Dense.of(model.stateNoise().at(t)));
        InitialState initial = model.initial();
        for (int i = 0; i < k && t == 0; i++) {
            if (initial.isDiffuse(i)) {
                x.makeDiffuse(from + i);
            }
        }
    }

    /** a_t of a constraint. */
    double[] weights(StateConstraint row, int t) {
        double[] weights = new double[k];
        for (int j = 0; j < k; j++) {
            weights[j] = row.weight(t, j);
        }
        return weights;
    }

    /** Targets with a y at t. */
    List<Integer> seen(int t) {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < m; i++) {
            if (!Double.isNaN(sample.y(t, i))) {
                seen.add(i);
            }
        }
        return seen;
    }

    /** Row i of H_t. */
    double[] h(int t, int i) {
        double[] h = new double[k];
        for (int j = 0; j < k; j++) {
            h[j] = sample.h(t, i, j);
        }
        return h;
    }

    /** Row i of H_t and the place of its noise among those of date t, which follow the states. */
    double[] rowWithNoise(int t, int i) {
        double[] h = Arrays.copyOf(h(t, i), k + m);
        h[k + i] = 1;
        return h;
    }

    /** H_t, these rows only. */
    BigDecimal[][] rows(int t, List<Integer> targets) {
        return ExactMatrix.fill(targets.size(), k, (a, j) -> new BigDecimal(sample.h(t, targets.get(a), j)));
    }

    /** R_t, these rows only. */
    BigDecimal[][] noise(int t, List<Integer> targets) {
        Covariance r = r(t);
        return ExactMatrix.fill(targets.size(), targets.size(), (a, b) -> new BigDecimal(r.get(targets.get(a), targets.get(b))));
    }

    /** R_t. */
    Covariance r(int t) {
        return model.observationNoise().at(t);
    }
}
