package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.Monitor;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * Smoothing errors u and D of the constraint rows alone, no y seen: derivatives of log p(constraints) with respect to right sides, d/dc = -u,
 * -d2/dc2 = D. Taken off those of the pass with y they leave the derivatives of log p(y | constraints). One thread.
 */
final class ConstraintErrors {
    private final int q;
    private final double[] u;
    private final double[] d;

    private ConstraintErrors(int dates, int q) {
        this.q = q;
        u = new double[dates * q];
        d = new double[dates * q];
        Arrays.fill(u, Double.NaN);
        Arrays.fill(d, Double.NaN);
    }

    static ConstraintErrors of(StateSpaceModel model, Sample sample, Monitor monitor) {
        int n = sample.periods();
        int k = model.states().count();
        ConstraintRows rows = new ConstraintRows(model, sample.dates());
        int q = rows.count();
        double[] e = new double[n * q];
        double[] precision = new double[n * q];
        double[] gains = new double[n * q * k];
        UdKernel kernel = new UdKernel(model);
        for (int t = 0; t < n; t++) {
            if (t % 1024 == 0) {
                monitor.progress(Double.NaN, "the price of the constraints");
            }
            kernel.predict(t);
            for (int i = 0; i < q; i++) {
                int at = t * q + i;
                Kernel.Outcome outcome = rows.says(t, i) ? rows.apply(kernel, t, i) : Kernel.Outcome.REDUNDANT;
                if (outcome == Kernel.Outcome.IMPOSSIBLE) {
                    throw UdEngine.impossible(rows.row(i), sample, t, kernel);
                }
                e[at] = kernel.innovation();
                precision[at] = UdHistory.precision(outcome, kernel);
                if (outcome != Kernel.Outcome.REDUNDANT) {
                    kernel.copyGain(gains, at * k);
                }
            }
            kernel.settle(rows, t);
        }
        ConstraintErrors errors = new ConstraintErrors(n, q);
        RowErrors back = new RowErrors(k);
        for (int t = n - 1; t >= 0; t--) {
            if (!model.transition().isIdentity() && t < n - 1) {
                back.back(model.transition().matrix(t + 1));
            }
            for (int i = q - 1; i >= 0; i--) {
                int at = t * q + i;
                if (back.back(precision[at], e[at], gains, at * k, rows.weights(t, i), 0)) {
                    errors.keep(t, i, back);
                }
            }
        }
        return errors;
    }

    /** Nothing kept yet. */
    static ConstraintErrors empty(int dates, int q) {
        return new ConstraintErrors(dates, q);
    }

    /** Of the row gone through last. */
    void keep(int t, int i, RowErrors back) {
        u[t * q + i] = back.u();
        d[t * q + i] = back.d();
    }

    /** dLL(y | constraints)/dc, n x q: this pass has seen y, the other hasn't. NaN where a row was redundant. */
    double[] multipliers(ConstraintErrors withoutY) {
        double[] multipliers = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            multipliers[i] = withoutY.u[i] - u[i];
        }
        return multipliers;
    }

    /** -d2LL/dc2, n x q; zero where rounding is all there is of it. */
    double[] informations(ConstraintErrors withoutY) {
        double[] informations = new double[d.length];
        for (int i = 0; i < d.length; i++) {
            double left = d[i] - withoutY.d[i];
            informations[i] = left < 1e-10 * d[i] ? 0 : left;
        }
        return informations;
    }
}
