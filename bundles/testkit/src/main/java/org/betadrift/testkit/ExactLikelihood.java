package org.betadrift.testkit;

import java.util.Arrays;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;

/**
 * The log-likelihood of y given the equality constraints of a model, by {@link ExactGaussian}: on every date the state is conditioned on
 * the constraints first, and only y counts. Right to the last bits of a double, and very slow.
 */
public final class ExactLikelihood {
    private ExactLikelihood() { }

    /**
     * In the convention FULL.
     *
     * @throws ArithmeticException a constraint without tolerance contradicts what is known
     */
    public static double of(StateSpaceModel model, Sample sample) {
        ExactModel exact = new ExactModel(model, sample);
        ExactGaussian state = exact.start();
        double sum = 0;
        for (int t = 0; t < sample.periods(); t++) {
            exact.appendNext(state, t);
            state.keep(exact.k, 2 * exact.k);
            for (StateConstraint constraint : model.constraints()) {
                condition(state, constraint, t, exact.k);
            }
            // the noises of date t beside beta_t: a full R needs no more
            state.append(new double[exact.m], Dense.of(exact.r(t)));
            for (int i : exact.seen(t)) {
                sum += state.observe(sample.y(t, i), exact.rowWithNoise(t, i), 0).logDensity();
            }
            state.keep(0, exact.k);
        }
        return sum;
    }

    private static void condition(ExactGaussian state, StateConstraint constraint, int t, int k) {
        double[] weights = new double[k];
        Arrays.setAll(weights, i -> constraint.weight(t, i));
        ExactGaussian.Row row = state.observe(constraint.value(t), weights, constraint.tolerance() * constraint.tolerance());
        if (row.redundant() && Math.abs(row.innovation().doubleValue()) > 1e-12 * (1 + Math.abs(constraint.value(t)))) {
            throw new ArithmeticException(constraint + " at t=" + t + " contradicts what is known by " + row.innovation().doubleValue());
        }
    }
}
