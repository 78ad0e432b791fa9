package org.betadrift.filter.internal;

import java.util.Arrays;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.Matrix;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * From the last date to the first: smoothed states by {@link BackwardSteps}, which begin where the step into a date ended, before its
 * constraints; and the smoothing errors beside them by {@link RowErrors}, the constraints being rows before those of y. One use, one thread.
 */
final class BackwardPass {
    private static final int DATES_BETWEEN_CALLS = 1024;

    private final FilterResult filter;
    private final StateSpaceModel model;
    private final Sample sample;
    private final UdHistory history;
    private final Rows rows;
    private final RowTriangle triangle;
    private final int n;
    private final int m;
    private final int k;
    private final int size;
    private final double[] means;
    private final double[] covariances;
    private final double[] u;
    private final double[] d;
    private final double[] r;
    private final double[] bigN;
    private final double[] lagOne;
    private final RowErrors errors;
    private final ConstraintErrors ofConstraints;
    private final double[] ng;        // K x m
    private final double[] rowD;      // m x m
    private final double[] rowU;      // m

    BackwardPass(FilterResult filter, SmootherOptions options, UdHistory history) {
        this.filter = filter;
        this.history = history;
        model = filter.model();
        sample = filter.sample();
        n = sample.periods();
        m = sample.targets().size();
        k = model.states().count();
        size = Covariance.size(k);
        rows = new Rows(sample, model.observationNoise());
        triangle = new RowTriangle(m, k);
        means = new double[n * k];
        covariances = new double[n * size];
        u = new double[n * m];
        d = new double[n * m * m];
        Arrays.fill(u, Double.NaN);
        Arrays.fill(d, Double.NaN);
        r = new double[n * k];
        bigN = new double[n * size];
        lagOne = options.lagOneCovariances() ? new double[Math.max(0, n - 1) * k * k] : null;
        errors = new RowErrors(k);
        ofConstraints = ConstraintErrors.empty(n, model.constraints().size());
        ng = new double[k];
        rowD = new double[m * m];
        rowU = new double[m];
    }

    SmootherResult run(Monitor monitor) {
        smoothStates(monitor);
        smoothErrors();
        SmootherResult.Builder result = SmootherResult.builder(filter);
        if (!model.constraints().isEmpty()) {
            ConstraintErrors withoutY = ConstraintErrors.of(model, sample, monitor);
            result.constraints(ofConstraints.multipliers(withoutY), ofConstraints.informations(withoutY));
        }
        return result
                .smoothed(StatePath.ofUnsafe(StatePath.Knows.SMOOTHED, model.states(), sample.dates(), means, covariances))
                .u(u).d(d).r(r).n(bigN).lagOneCovariances(lagOne).build();
    }

    private void smoothStates(Monitor monitor) {
        double[] delta = new double[k];   // E(beta_t | y) - beta_t|t
        double[] v = new double[k * k];   // Var(beta_t | y)
        double[] packed = history.lastCovariance();
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                v[i * k + j] = packed[Covariance.index(i, j)];
            }
        }
        for (int t = n - 1; t >= 0; t--) {
            if (t % DATES_BETWEEN_CALLS == 0) {
                monitor.progress(1 - 0.5 * t / n, "smoothing");
            }
            for (int i = 0; i < k; i++) {
                means[t * k + i] = history.filtered(t, i) + delta[i];
            }
            history.constraints().settle(t, means, t * k);
            for (int i = 0, to = t * size; i < k; i++) {
                double mean = means[t * k + i];
                means[t * k + i] = Double.isNaN(v[i * k + i]) ? Double.NaN : mean;
                delta[i] = mean - history.predicted(t, i);
                for (int j = 0; j <= i; j++, to++) {
                    covariances[to] = v[i * k + j];
                }
            }
            if (t > 0) {
                if (lagOne != null) {
                    keepLagOne(t, v);
                }
                history.steps().mean(t, delta);
                history.steps().covariance(t, v);
            }
        }
    }

    /** Cov(beta_t-1, beta_t | y) = J Var(beta_t | y), column by column. */
    private void keepLagOne(int t, double[] v) {
        double[] column = new double[k];
        for (int l = 0; l < k; l++) {
            for (int i = 0; i < k; i++) {
                column[i] = v[i * k + l];
            }
            history.steps().mean(t, column);
            for (int i = 0; i < k; i++) {
                lagOne[((t - 1) * k + i) * k + l] = column[i];
            }
        }
    }

    private void smoothErrors() {
        for (int t = n - 1; t >= 0; t--) {
            for (int i = 0, to = t * size; i < k; i++) {
                r[t * k + i] = errors.r[i];
                for (int j = 0; j <= i; j++, to++) {
                    bigN[to] = errors.n[i * k + j];
                }
            }
            if (!model.transition().isIdentity() && t < n - 1) {
                errors.back(model.transition().matrix(t + 1));
            }
            int count = rows.read(t);
            if (m > 1 && count > 0) {
                keepErrors(t, count);
            }
            for (int row = count - 1; row >= 0; row--) {
                if (errors.back(history.precision(t, row), history.innovation(t, row), history.gains(), history.gainAt(t, row),
                        rows.h(), row * k) && m == 1) {
                    u[t] = errors.u();
                    d[t] = errors.d();
                }
            }
            ConstraintRows constraints = history.constraints();
            for (int i = constraints.count() - 1; i >= 0; i--) {
                if (errors.back(history.constraintPrecision(t, i), history.constraintInnovation(t, i), history.constraintGains(),
                        history.constraintGainAt(t, i), constraints.weights(t, i), 0)) {
                    ofConstraints.keep(t, i, errors);
                }
            }
        }
    }

    /** Of several targets: u = L'^-1 (F^-1 e - G'r), D = L'^-1 (F^-1 + G'N G) L^-1, L as in {@link RowTriangle}. */
    private void keepErrors(int t, int count) {
        double[] g = history.gains();
        triangle.set(rows, g, history.gainAt(t, 0));
        for (int a = 0; a < count; a++) {
            int at = history.gainAt(t, a);
            double precision = history.precision(t, a);
            double own = Double.isNaN(precision) ? 0 : precision;
            rowU[a] = own * history.innovation(t, a);
            for (int i = 0; i < k; i++) {
                rowU[a] -= g[at + i] * errors.r[i];
                double sum = 0;
                for (int j = 0; j < k; j++) {
                    sum += errors.n[i * k + j] * g[at + j];
                }
                ng[i] = sum;
            }
            for (int b = 0; b < count; b++) {
                double sum = a == b ? own : 0;
                for (int i = 0; i < k; i++) {
                    sum += g[history.gainAt(t, b) + i] * ng[i];
                }
                rowD[b * m + a] = sum;
            }
        }
        triangle.solve(rowU, 0, 1, count);
        for (int a = 0; a < count; a++) {
            triangle.solve(rowD, a * m, 1, count);
        }
        for (int a = 0; a < count; a++) {
            triangle.solve(rowD, a, m, count);
        }
        for (int a = 0; a < count; a++) {
            u[t * m + rows.target(a)] = rowU[a];
            for (int b = 0; b < count; b++) {
                d[(t * m + rows.target(a)) * m + rows.target(b)] = rowD[a * m + b];
            }
        }
    }
}
