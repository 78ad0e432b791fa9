package org.betadrift.filter.internal.path;

import java.util.Arrays;
import org.betadrift.model.Covariance;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;

/**
 * A model and its data as least squares: beta_t = T beta_t-1 + c + L_t u_t with free inputs u_t, cost 1/2 |u_t|^2 each, L_t L_t' = Q_t
 * (so a singular Q has fewer inputs, and nothing is inverted), and rows a'beta_t = z of unit noise. On date 0 the inputs make
 * beta_0 = b + L_0 u_0, first those of the known part, then one of no cost a diffuse state. Immutable.
 */
final class PathNumbers {
    final StateSpaceModel model;
    final Sample sample;
    final int n;
    final int k;
    final int diffuse;             // free inputs of date 0, the last ones
    final double[] start;          // b, K
    final double[] constant;       // c, K
    private final double[][] roots;       // K x r_t
    private final double[][] transitions; // K x K; one null for T = I
    private final double[][] rows;        // (K + 1) numbers a row: a, z
    private final double[][] exact;       // rows of y without noise: a, z
    private final int[][] exactTargets;
    private final int[] inputs;           // where those of a date begin, n + 1

    PathNumbers(StateSpaceModel model, Sample sample) {
        this.model = model;
        this.sample = sample;
        n = sample.periods();
        k = model.states().count();
        constant = model.transition().constant().toArray();
        transitions = transitions();
        roots = new double[n][];
        start = new double[k];
        diffuse = n == 0 ? 0 : roots();
        rows = new double[n][];
        exact = new double[n][];
        exactTargets = new int[n][];
        for (int t = 0; t < n; t++) {
            observe(t);
        }
        inputs = new int[n + 1];
        for (int t = 0; t < n; t++) {
            inputs[t + 1] = inputs[t] + roots[t].length / k;
        }
    }

    private double[][] transitions() {
        if (model.transition().isConstant()) {
            Matrix t = model.transition().matrix(0);
            return new double[][] {t.equals(Matrix.identity(k)) ? null : t.toArray()};
        }
        double[][] all = new double[n][];
        for (int t = 0; t < n; t++) {
            all[t] = model.transition().matrix(t).toArray();
        }
        return all;
    }

    private int roots() {
        Noise q = model.stateNoise();
        double[] packed = new double[Covariance.size(k)];
        for (int t = 1; t < n; t++) {
            q.copyPacked(t, packed);
            roots[t] = t > 1 && q.isConstant() ? roots[1] : Roots.of(packed, k);
        }
        // the known part of beta_0: N(T b + c, T P T' + Q_0)
        q.copyPacked(0, packed);
        double[] t0 = model.transition().matrix(0).toArray();
        Covariance p = model.initial().prior().covariance();
        int free = 0;
        for (int i = 0; i < k; i++) {
            start[i] = constant[i];
            for (int a = 0; a < k; a++) {
                start[i] += t0[i * k + a] * model.initial().prior().mean().get(a);
            }
            free += model.initial().isDiffuse(i) ? 1 : 0;
            for (int j = 0; j <= i; j++) {
                for (int a = 0; a < k; a++) {
                    for (int b = 0; b < k; b++) {
                        packed[Covariance.index(i, j)] += t0[i * k + a] * p.get(a, b) * t0[j * k + b];
                    }
                }
            }
        }
        double[] known = Roots.of(packed, k);
        int r = known.length / k;
        double[] first = new double[k * (r + free)];
        for (int i = 0, column = r; i < k; i++) {
            if (model.initial().isDiffuse(i)) {
                first[i * (r + free) + column++] = 1; // an infinite variance takes up whatever else moves it
                start[i] = 0;
            } else {
                System.arraycopy(known, i * r, first, i * (r + free), r);
            }
        }
        roots[0] = first;
        return free;
    }

    /** The cells there are, made independent by the Cholesky factor of their R, and equalities with a tolerance. */
    private void observe(int t) {
        int m = sample.targets().size();
        double[] r = new double[Covariance.size(m)];
        model.observationNoise().copyPacked(t, r);
        int[] targets = new int[m];
        int count = 0;
        for (int i = 0; i < m; i++) {
            if (!Double.isNaN(sample.y(t, i))) {
                targets[count++] = i;
            }
        }
        int soft = 0;
        for (StateConstraint c : model.constraints()) {
            soft += c.tolerance() > 0 ? 1 : 0;
        }
        int width = k + 1;
        double[] all = new double[count * width];
        double[] l = new double[count * count];
        double[] d = new double[count];
        int sure = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < k; j++) {
                all[i * width + j] = sample.h(t, targets[i], j);
            }
            all[i * width + k] = sample.y(t, targets[i]);
            double whole = r[Covariance.index(targets[i], targets[i])];
            d[i] = whole;
            for (int j = 0; j < i; j++) {
                double sum = r[Covariance.index(targets[i], targets[j])];
                for (int b = 0; b < j; b++) {
                    sum -= l[i * count + b] * d[b] * l[j * count + b];
                }
                double entry = d[j] > 0 ? sum / d[j] : 0;
                l[i * count + j] = entry;
                d[i] -= entry * entry * d[j];
                for (int c = 0; c < width; c++) {
                    all[i * width + c] -= entry * all[j * width + c];
                }
            }
            d[i] = d[i] <= whole * 1e-15 ? 0 : d[i];
            sure += d[i] == 0 ? 1 : 0;
        }
        rows[t] = new double[(count - sure + soft) * width];
        exact[t] = new double[sure * width];
        exactTargets[t] = new int[sure];
        int to = 0;
        int toExact = 0;
        for (int i = 0; i < count; i++) {
            if (d[i] == 0) {
                System.arraycopy(all, i * width, exact[t], toExact * width, width);
                exactTargets[t][toExact++] = targets[i];
            } else {
                double weight = 1 / Math.sqrt(d[i]);
                for (int c = 0; c < width; c++) {
                    rows[t][to++] = weight * all[i * width + c];
                }
            }
        }
        for (StateConstraint c : model.constraints()) {
            if (c.tolerance() > 0) {
                for (int j = 0; j < k; j++) {
                    rows[t][to++] = c.weight(t, j) / c.tolerance();
                }
                rows[t][to++] = c.value(t) / c.tolerance();
            }
        }
    }

    /** L_t, K x {@link #inputs(int)}. */
    double[] root(int t) {
        return roots[t];
    }

    /** T_t, K x K; null for the identity. */
    double[] transition(int t) {
        return transitions[transitions.length == 1 ? 0 : t];
    }

    /** Numbers a'beta_t = z of unit noise. */
    double[] rows(int t) {
        return rows[t];
    }

    /** Those without noise. */
    double[] exact(int t) {
        return exact[t];
    }

    int exactTarget(int t, int row) {
        return exactTargets[t][row];
    }

    /** Inputs of a date. */
    int inputs(int t) {
        return inputs[t + 1] - inputs[t];
    }

    /** Where the inputs of a date begin among all; {@code n} for their number. */
    int firstInput(int t) {
        return inputs[t];
    }

    /** Inputs of a date that cost. */
    int costly(int t) {
        return inputs(t) - (t == 0 ? diffuse : 0);
    }

    /** beta_t without its inputs: T beta_t-1 + c, or b. */
    void predict(int t, double[] beta, double[] to) {
        if (t == 0) {
            System.arraycopy(start, 0, to, 0, k);
            return;
        }
        double[] transition = transition(t);
        for (int i = 0, before = (t - 1) * k; i < k; i++) {
            double sum = constant[i];
            if (transition == null) {
                sum += beta[before + i];
            } else {
                for (int j = 0; j < k; j++) {
                    sum += transition[i * k + j] * beta[before + j];
                }
            }
            to[i] = sum;
        }
    }

    /** 1/2 sum |u_t|^2 + 1/2 sum (a'beta_t - z)^2 of the first dates: minus the log posterior density, but for a constant. */
    double cost(double[] beta, double[] u, int dates) {
        double sum = 0;
        for (int t = 0; t < dates; t++) {
            for (int i = 0; i < costly(t); i++) {
                double x = u[inputs[t] + i];
                sum += x * x;
            }
            for (int at = 0; at < rows[t].length; at += k + 1) {
                double e = -rows[t][at + k];
                for (int j = 0; j < k; j++) {
                    e += rows[t][at + j] * beta[t * k + j];
                }
                sum += e * e;
            }
        }
        return sum / 2;
    }

    @Override
    public String toString() {
        return n + " dates, " + k + " states, inputs " + Arrays.toString(inputs);
    }
}
