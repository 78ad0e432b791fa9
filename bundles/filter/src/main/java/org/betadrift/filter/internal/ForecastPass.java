package org.betadrift.filter.internal;

import java.util.List;
import org.betadrift.filter.Forecast;
import org.betadrift.filter.NumericalException;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.StateSpaceModel;

/**
 * Predicts and never updates: beta = c + T beta, P = T P T' + Q from date to date, y = H beta, S = H P H' + R on each. Anderson and
 * Moore (1979), ch. 3 and 5.4. Nothing is subtracted, so the covariance form loses nothing. Constraints go on: what is foretold of a
 * date is given those up to it, which the exact kernel takes. One use, one thread.
 */
final class ForecastPass {
    private final StateSpaceModel model; // constant T, Q, R; a known start
    private final List<String> targets;
    private final FutureFactors factors;
    private final int k;
    private final int m;
    private final double[] stateMeans;
    private final double[] stateCovariances;
    private final double[] means;
    private final double[] covariances;
    private final double[] r;  // packed
    private final double[] ph; // P h_i, K

    ForecastPass(StateSpaceModel model, List<String> targets, FutureFactors factors) {
        this.model = model;
        this.targets = targets;
        this.factors = factors;
        k = model.states().count();
        m = targets.size();
        int h = factors.dates().size();
        stateMeans = new double[h * k];
        stateCovariances = new double[h * Covariance.size(k)];
        means = new double[h * m];
        covariances = new double[h * m * m];
        r = new double[Covariance.size(m)];
        ph = new double[k];
    }

    /** @throws NumericalException the numbers overflow, or a constraint can't be kept */
    Forecast run(List<String> warnings) {
        ConstraintRows constraints = new ConstraintRows(model, factors.dates());
        Kernel kernel = constraints.count() == 0 ? new CovarianceKernel(model) : new UdKernel(model);
        model.observationNoise().copyPacked(0, r);
        for (int t = 0; t < factors.dates().size(); t++) {
            kernel.predict(t);
            constrain(kernel, constraints, t);
            kernel.copyMean(stateMeans, t * k);
            kernel.copyCovariance(stateCovariances, t * Covariance.size(k));
            requireFinite(t);
            targets(t);
        }
        StatePath states = StatePath.ofUnsafe(StatePath.Knows.PREDICTED, model.states(), factors.dates(), stateMeans, stateCovariances);
        return Forecast.ofUnsafe(states, targets, means, covariances, warnings);
    }

    private void constrain(Kernel kernel, ConstraintRows constraints, int t) {
        for (int i = 0; i < constraints.count(); i++) {
            if (constraints.says(t, i) && constraints.apply(kernel, t, i) == Kernel.Outcome.IMPOSSIBLE) {
                throw new NumericalException(factors.dates().get(t), "the gap of constraint " + constraints.row(i), kernel.innovation(),
                        "the model leaves no room to close it, give the constraint a tolerance");
            }
        }
        kernel.settle(constraints, t);
    }

    private void targets(int t) {
        int p = t * Covariance.size(k);
        for (int i = 0; i < m; i++) {
            double mean = 0;
            for (int a = 0; a < k; a++) {
                mean += factors.h(t, i, a) * stateMeans[t * k + a];
                double sum = 0;
                for (int b = 0; b < k; b++) {
                    sum += stateCovariances[p + Covariance.index(a, b)] * factors.h(t, i, b);
                }
                ph[a] = sum;
            }
            means[t * m + i] = mean;
            for (int j = 0; j <= i; j++) {
                double s = 0;
                for (int a = 0; a < k; a++) {
                    s += factors.h(t, j, a) * ph[a];
                }
                // rounding may leave h'P h a little below zero where P is singular
                double both = (i == j ? Math.max(0, s) : s) + r[Covariance.index(i, j)];
                covariances[(t * m + i) * m + j] = both;
                covariances[(t * m + j) * m + i] = both;
            }
            if (!Double.isFinite(mean) || !Double.isFinite(covariances[(t * m + i) * m + i])) {
                throw overflow(t, "the forecast variance of " + targets.get(i), covariances[(t * m + i) * m + i]);
            }
        }
    }

    private void requireFinite(int t) {
        for (int i = 0; i < k; i++) {
            int at = t * Covariance.size(k) + Covariance.index(i, i);
            if (!Double.isFinite(stateMeans[t * k + i]) || !Double.isFinite(stateCovariances[at])) {
                throw overflow(t, "the variance of state " + model.states().names().get(i), stateCovariances[at]);
            }
            stateCovariances[at] = Math.max(0, stateCovariances[at]);
        }
    }

    private NumericalException overflow(int t, String what, double value) {
        return new NumericalException(factors.dates().get(t), what, value, "the numbers overflow, choose a smaller transition or scale the data");
    }
}
