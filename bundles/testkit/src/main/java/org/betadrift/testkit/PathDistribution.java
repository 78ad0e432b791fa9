package org.betadrift.testkit;

import java.util.ArrayList;
import java.util.List;
import org.betadrift.model.Covariance;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * All states of a small case as one Gaussian vector, with full matrices and no recursion through the data: to agree with. A diffuse
 * start is a regression on its components (generalised least squares; de Jong 1991). O((n K)^3). Immutable. Indices: s, t = date,
 * i, j = target, k, l = state.
 */
public final class PathDistribution {
    private final StateSpaceModel model;
    private final Sample sample;
    private final int states;
    private final double[] mean;   // n K
    private double[][] covariance; // n K x n K

    private PathDistribution(StateSpaceModel model, Sample sample) {
        this.model = model;
        this.sample = sample;
        states = model.states().count();
        int n = sample.periods();
        mean = new double[n * states];
        covariance = new double[n * states][n * states];
    }

    /** Given nothing: the start is known. */
    public static PathDistribution prior(StateSpaceModel model, Sample sample) {
        PathDistribution path = new PathDistribution(model, sample);
        path.spread();
        return path;
    }

    /** Given every y there is; R isn't zero. NaN where a diffuse component stays unknown. */
    public static PathDistribution posterior(StateSpaceModel model, Sample sample) {
        PathDistribution path = new PathDistribution(model, sample);
        path.spread();
        path.condition();
        return path;
    }

    /** E(beta_t,k). */
    public double mean(int t, int k) {
        return mean[t * states + k];
    }

    /** Cov(beta_s,k, beta_t,l). */
    public double covariance(int s, int k, int t, int l) {
        return covariance[s * states + k][t * states + l];
    }

    /** E(y_t,i) on a date without any y. */
    public double targetMean(int t, int i) {
        double sum = 0;
        for (int k = 0; k < states; k++) {
            sum += sample.h(t, i, k) * mean(t, k);
        }
        return sum;
    }

    /** Cov(y_s,i, y_t,j) on dates without any y, or given nothing. */
    public double targetCovariance(int s, int i, int t, int j) {
        double sum = s == t ? model.observationNoise().at(t).get(i, j) : 0;
        for (int k = 0; k < states; k++) {
            sum += sample.h(s, i, k) * mixedCovariance(s, k, t, j);
        }
        return sum;
    }

    /** Cov(beta_s,k, y_t,j). */
    public double mixedCovariance(int s, int k, int t, int j) {
        double sum = 0;
        for (int l = 0; l < states; l++) {
            sum += covariance(s, k, t, l) * sample.h(t, j, l);
        }
        return sum;
    }

    /** beta_t = c + T_t beta_t-1 + eta_t, all dates at once. */
    private void spread() {
        double[] now = model.initial().prior().mean().toArray();
        double[][] v = Dense.of(model.initial().prior().covariance());
        for (int t = 0; t < sample.periods(); t++) {
            double[][] transition = Dense.of(model.transition().matrix(t));
            now = Dense.times(transition, now);
            v = Dense.plus(Dense.sandwich(transition, v), Dense.of(model.stateNoise().at(t)));
            for (int k = 0; k < states; k++) {
                now[k] += model.transition().constant().get(k);
                mean[t * states + k] = now[k];
                for (int l = 0; l < states; l++) {
                    covariance[t * states + k][t * states + l] = v[k][l];
                }
            }
            for (int row = 0; row < t * states; row++) { // Cov(beta_s, beta_t) = Cov(beta_s, beta_t-1) T'
                for (int k = 0; k < states; k++) {
                    double sum = 0;
                    for (int l = 0; l < states; l++) {
                        sum += covariance[row][(t - 1) * states + l] * transition[k][l];
                    }
                    covariance[row][t * states + k] = sum;
                    covariance[t * states + k][row] = sum;
                }
            }
        }
    }

    /** What a unit of each diffuse component adds to the path. */
    private double[][] loads() {
        List<double[]> columns = new ArrayList<>();
        for (int k = 0; k < states; k++) {
            if (model.initial().isDiffuse(k)) {
                double[] column = new double[mean.length];
                double[] now = new double[states];
                now[k] = 1;
                for (int t = 0; t < sample.periods(); t++) {
                    now = t == 0 ? now : Dense.times(Dense.of(model.transition().matrix(t)), now);
                    System.arraycopy(now, 0, column, t * states, states);
                }
                columns.add(column);
            }
        }
        return Dense.fill(mean.length, columns.size(), (row, column) -> columns.get(column)[row]);
    }

    private void condition() {
        List<int[]> cells = new ArrayList<>();
        for (int t = 0; t < sample.periods(); t++) {
            for (int i = 0; i < sample.targets().size(); i++) {
                if (!Double.isNaN(sample.y(t, i))) {
                    cells.add(new int[] {t, i});
                }
            }
        }
        if (cells.isEmpty()) {
            return;
        }
        double[][] h = Dense.fill(cells.size(), mean.length, (c, at) -> at / states == cells.get(c)[0]
                ? sample.h(cells.get(c)[0], cells.get(c)[1], at % states) : 0);
        double[][] r = Dense.fill(cells.size(), cells.size(), (a, b) -> cells.get(a)[0] == cells.get(b)[0]
                ? noise(cells.get(a)[0]).get(cells.get(a)[1], cells.get(b)[1]) : 0);
        double[] fitted = Dense.times(h, mean);
        double[] z = new double[cells.size()];
        for (int c = 0; c < z.length; c++) {
            z[c] = sample.y(cells.get(c)[0], cells.get(c)[1]) - fitted[c];
        }
        // with L L' = H V H' + R: g = L^-1 H V, x = L^-1 H A, e = L^-1 z
        double[][] hv = Dense.times(h, covariance);
        double[][] l = Dense.cholesky(Dense.plus(Dense.times(hv, Dense.transposed(h)), r));
        double[][] g = solved(l, hv);
        double[] e = Dense.forward(l, z);
        double[][] gt = Dense.transposed(g);
        double[] shift = Dense.times(gt, e);
        double[][] less = Dense.times(gt, g);
        double[][] after = Dense.fill(mean.length, mean.length, (a, b) -> covariance[a][b] - less[a][b]);
        double[][] a = loads();
        if (a.length > 0 && a[0].length > 0) {
            // d = (x'x)^-1 x'e, Var d = (x'x)^-1; what it moves: A - g'x
            double[][] x = solved(l, Dense.times(h, a));
            double[][] root = Dense.cholesky(Dense.times(Dense.transposed(x), x));
            double[][] seen = Dense.times(gt, x);
            double[][] moves = Dense.fill(a.length, a[0].length, (row, c) -> a[row][c] - seen[row][c]);
            double[] d = Dense.backward(root, Dense.forward(root, Dense.times(Dense.transposed(x), e)));
            double[] more = Dense.times(moves, d);
            double[][] half = Dense.transposed(solved(root, Dense.transposed(moves)));
            after = Dense.plus(after, Dense.times(half, Dense.transposed(half)));
            for (int i = 0; i < shift.length; i++) {
                shift[i] += more[i];
            }
        }
        covariance = after;
        for (int i = 0; i < mean.length; i++) {
            mean[i] += shift[i];
        }
    }

    private Covariance noise(int t) {
        return model.observationNoise().at(t);
    }

    /** L^-1 M. */
    private static double[][] solved(double[][] l, double[][] m) {
        double[][] columns = Dense.transposed(m);
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Dense.forward(l, columns[c]);
        }
        return Dense.transposed(columns);
    }
}
