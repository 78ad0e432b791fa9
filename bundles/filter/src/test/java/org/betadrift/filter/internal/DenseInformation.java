package org.betadrift.filter.internal;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.betadrift.model.Covariance;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Sample;
import org.betadrift.model.Transition;

/**
 * Score and Gauss-Newton information of a known start from the joint covariance V of all y, which is linear in (P_0, Q, R). With
 * V = L D L', L unit lower triangular, y~ = L^-1 (y - E y) and F = L^-1 dV L^-T: dS = diag(F), dy~ = -X y~ with X = the strictly
 * lower part of F, times D^-1 from the right. (So the mean of the information over y is 1/2 tr(V^-1 dV_i V^-1 dV_j).)
 */
final class DenseInformation {
    private final ModelTemplate template;
    private final Sample sample;
    private final int[] dates; // with a y
    private final double[][] lower;
    private final double[] s;
    private final double[] v;

    DenseInformation(ModelTemplate template, Sample sample, double[] q, double r) {
        this.template = template;
        this.sample = sample;
        dates = IntStream.range(0, sample.periods()).filter(t -> !Double.isNaN(sample.y(t, 0))).toArray();
        int n = dates.length;
        double[][] joint = joint(template.initial().prior().covariance().toMatrix().toArray(), square(q), r);
        lower = new double[n][n];
        s = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = joint[i][j];
                for (int l = 0; l < j; l++) {
                    sum -= lower[i][l] * s[l] * lower[j][l];
                }
                if (i == j) {
                    s[i] = sum;
                    lower[i][i] = 1;
                } else {
                    lower[i][j] = sum / s[j];
                }
            }
        }
        v = means();
        for (int i = 0; i < n; i++) {
            v[i] = sample.y(dates[i], 0) - v[i];
            for (int j = 0; j < i; j++) {
                v[i] -= lower[i][j] * v[j];
            }
        }
    }

    /** Of the directions, [packed dQ | dR] each. */
    double[] score(double[][] directions) {
        double[] score = new double[directions.length];
        for (int l = 0; l < score.length; l++) {
            double[][] f = f(directions[l]);
            double[] dv = dv(f);
            for (int t = 0; t < v.length; t++) {
                score[l] -= 0.5 * (f[t][t] / s[t] + 2 * dv[t] * v[t] / s[t] - f[t][t] * v[t] * v[t] / s[t] / s[t]);
            }
        }
        return score;
    }

    /** Packed. */
    double[] information(double[][] directions) {
        double[] information = new double[Covariance.size(directions.length)];
        for (int i = 0; i < directions.length; i++) {
            for (int j = 0; j <= i; j++) {
                double[][] fi = f(directions[i]);
                double[][] fj = f(directions[j]);
                double[] vi = dv(fi);
                double[] vj = dv(fj);
                for (int t = 0; t < v.length; t++) {
                    information[Covariance.index(i, j)] += 0.5 * fi[t][t] * fj[t][t] / s[t] / s[t] + vi[t] * vj[t] / s[t];
                }
            }
        }
        return information;
    }

    private double[] dv(double[][] f) {
        double[] dv = new double[v.length];
        for (int t = 0; t < v.length; t++) {
            for (int j = 0; j < t; j++) {
                dv[t] -= f[t][j] / s[j] * v[j];
            }
        }
        return dv;
    }

    /** L^-1 dV L^-T. */
    private double[][] f(double[] direction) {
        int k = sample.states().count();
        double[] dq = Arrays.copyOf(direction, Covariance.size(k));
        double[][] dV = joint(new double[k * k], square(dq), direction[dq.length]);
        return transposed(solved(transposed(solved(dV))));
    }

    private double[][] solved(double[][] a) {
        double[][] x = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            x[i] = a[i].clone();
            for (int j = 0; j < i; j++) {
                for (int l = 0; l < a.length; l++) {
                    x[i][l] -= lower[i][j] * x[j][l];
                }
            }
        }
        return x;
    }

    private static double[][] transposed(double[][] a) {
        double[][] t = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                t[i][j] = a[j][i];
            }
        }
        return t;
    }

    private double[] square(double[] packed) {
        int k = sample.states().count();
        double[] square = new double[k * k];
        for (int at = 0; at < square.length; at++) {
            square[at] = packed[Covariance.index(at / k, at % k)];
        }
        return square;
    }

    /** V of a start (0, p) before the first date. */
    private double[][] joint(double[] p, double[] q, double r) {
        int k = sample.states().count();
        double[][] joint = new double[dates.length][dates.length];
        double[] c = p; // Cov(beta_t)
        for (int t = 0, i = 0; t < sample.periods(); t++) {
            double[] a = template.transition().matrix(t).toArray();
            c = times(a, transposed(times(a, c, k), k), k); // (T (T C)')' = T C T'
            for (int at = 0; at < c.length; at++) {
                c[at] += q[at];
            }
            if (i < dates.length && dates[i] == t) {
                double[] cross = c; // Cov(beta_u, beta_t) for u = t, t + 1, ...
                for (int u = t, j = i; u < sample.periods(); u++) {
                    if (u > t) {
                        cross = times(template.transition().matrix(u).toArray(), cross, k);
                    }
                    if (dates[j] == u) {
                        joint[i][j] = form(u, cross, t) + (u == t ? r : 0);
                        joint[j][i] = joint[i][j];
                        if (++j == dates.length) {
                            break;
                        }
                    }
                }
                i++;
            }
        }
        return joint;
    }

    private double form(int u, double[] c, int t) {
        int k = sample.states().count();
        double sum = 0;
        for (int at = 0; at < c.length; at++) {
            sum += sample.h(u, 0, at / k) * c[at] * sample.h(t, 0, at % k);
        }
        return sum;
    }

    private double[] means() {
        Transition transition = template.transition();
        int k = sample.states().count();
        double[] beta = template.initial().prior().mean().toArray();
        double[] means = new double[dates.length];
        for (int t = 0, i = 0; t < sample.periods() && i < dates.length; t++) {
            double[] next = transition.constant().toArray();
            for (int at = 0; at < k * k; at++) {
                next[at / k] += transition.matrix(t).get(at / k, at % k) * beta[at % k];
            }
            beta = next;
            if (dates[i] == t) {
                for (int state = 0; state < k; state++) {
                    means[i] += sample.h(t, 0, state) * beta[state];
                }
                i++;
            }
        }
        return means;
    }

    private static double[] times(double[] a, double[] b, int k) {
        double[] product = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int l = 0; l < k; l++) {
                for (int j = 0; j < k; j++) {
                    product[i * k + j] += a[i * k + l] * b[l * k + j];
                }
            }
        }
        return product;
    }

    private static double[] transposed(double[] a, int k) {
        double[] t = new double[k * k];
        for (int at = 0; at < t.length; at++) {
            t[at] = a[at % k * k + at / k];
        }
        return t;
    }
}
