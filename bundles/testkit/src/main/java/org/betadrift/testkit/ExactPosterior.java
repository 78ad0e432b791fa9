package org.betadrift.testkit;

import java.math.BigDecimal;
import java.util.List;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;

/**
 * What a short series says of all its states and noises at once: their joint normal distribution, written down whole and
 * conditioned on every constraint and every y. No recursion through time whose mistakes it could share with a smoother.
 */
final class ExactPosterior {
    private final ExactModel of;
    private final int noises;
    private final ExactGaussian joint; // beta_0|0, the states date by date, the noises date by date

    ExactPosterior(StateSpaceModel model, Sample sample) {
        of = new ExactModel(model, sample);
        joint = of.start();
        int n = sample.periods();
        for (int t = 0; t < n; t++) {
            of.appendNext(joint, t);
        }
        noises = joint.size();
        for (int t = 0; t < n; t++) {
            joint.append(new double[of.m], Dense.of(of.r(t)));
        }
        for (int t = 0; t < n; t++) {
            for (StateConstraint constraint : model.constraints()) {
                double[] row = new double[joint.size()];
                System.arraycopy(of.weights(constraint, t), 0, row, state(t, 0), of.k);
                joint.observe(constraint.value(t), row, constraint.tolerance() * constraint.tolerance());
            }
            for (int i : of.seen(t)) {
                double[] row = new double[joint.size()];
                System.arraycopy(of.h(t, i), 0, row, state(t, 0), of.k);
                row[noise(t, i)] = 1;
                joint.observe(sample.y(t, i), row, 0);
            }
        }
    }

    private int state(int t, int k) {
        return (t + 1) * of.k + k;
    }

    private int noise(int t, int i) {
        return noises + t * of.m + i;
    }

    /** E(beta_t | y); NaN where its variance is infinite. */
    double mean(int t, int k) {
        return joint.mean(state(t, k));
    }

    /** Cov(beta_t,k, beta_s,l | y); NaN where a variance is infinite. */
    double covariance(int t, int k, int s, int l) {
        return joint.covariance(state(t, k), state(s, l));
    }

    /** u_t = R_t^-1 E(eps_t | y), of the cells that are there. */
    double[] u(int t) {
        List<Integer> seen = of.seen(t);
        if (seen.isEmpty()) {
            return new double[0];
        }
        BigDecimal[][] eps = ExactMatrix.fill(seen.size(), 1, (a, b) -> joint.exactMean(noise(t, seen.get(a))));
        BigDecimal[][] u = ExactMatrix.times(ExactMatrix.inverse(of.noise(t, seen)), eps);
        return Dense.fill(1, seen.size(), (a, b) -> limit(u[b][0]))[0];
    }

    /** D_t = R_t^-1 (R_t - Var(eps_t | y)) R_t^-1, of the cells that are there. */
    double[][] d(int t) {
        List<Integer> seen = of.seen(t);
        if (seen.isEmpty()) {
            return new double[0][];
        }
        BigDecimal[][] r = of.noise(t, seen);
        BigDecimal[][] left = ExactMatrix.fill(seen.size(), seen.size(),
                (a, b) -> joint.exactCovariance(noise(t, seen.get(a)), noise(t, seen.get(b))));
        BigDecimal[][] d = ExactMatrix.sandwich(ExactMatrix.inverse(r), ExactMatrix.minus(r, left));
        return Dense.fill(seen.size(), seen.size(), (a, b) -> limit(d[a][b]));
    }

    /** What falls with kappa is zero. */
    private static double limit(BigDecimal x) {
        double value = x.doubleValue();
        return Math.abs(value) < 1e-40 ? 0 : value;
    }

    /** E(eta_t+1 | y), eta_t+1 = beta_t+1 - T beta_t - c. */
    double[] stateNoise(int t) {
        BigDecimal[][] c = ExactMatrix.fill(of.k, 1, (i, j) -> new BigDecimal(of.model.transition().constant().get(i)));
        BigDecimal[][] eta = ExactMatrix.minus(ExactMatrix.minus(means(t + 1), ExactMatrix.times(transition(t + 1), means(t))), c);
        return Dense.fill(1, of.k, (a, b) -> eta[b][0].doubleValue())[0];
    }

    /** Q_t+1 - Var(eta_t+1 | y): how much the series has told of eta. */
    double[][] stateNoiseLearnt(int t) {
        BigDecimal[][] forth = ExactMatrix.times(transition(t + 1), covariances(t, t + 1));
        BigDecimal[][] left = ExactMatrix.minus(ExactMatrix.minus(ExactMatrix.plus(covariances(t + 1, t + 1),
                ExactMatrix.sandwich(transition(t + 1), covariances(t, t))), forth), ExactMatrix.transposed(forth));
        BigDecimal[][] learnt = ExactMatrix.minus(ExactMatrix.of(Dense.of(of.model.stateNoise().at(t + 1))), left);
        return Dense.fill(of.k, of.k, (a, b) -> learnt[a][b].doubleValue());
    }

    private BigDecimal[][] transition(int t) {
        return ExactMatrix.of(Dense.of(of.model.transition().matrix(t)));
    }

    private BigDecimal[][] means(int t) {
        return ExactMatrix.fill(of.k, 1, (i, j) -> joint.exactMean(state(t, i)));
    }

    private BigDecimal[][] covariances(int t, int s) {
        return ExactMatrix.fill(of.k, of.k, (i, j) -> joint.exactCovariance(state(t, i), state(s, j)));
    }
}
