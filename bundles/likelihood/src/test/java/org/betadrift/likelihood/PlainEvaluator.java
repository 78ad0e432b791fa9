package org.betadrift.likelihood;

import java.util.Arrays;
import org.betadrift.filter.LikelihoodEvaluator;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;

/**
 * The likelihood of one target by the book, for tests of what maximises it: the filter in covariance form, exactly diffuse by P_infinity
 * (Durbin and Koopman 2012, 5.2), the score by the disturbance smoother (Koopman and Shephard 1992), the information by forward
 * sensitivities.
 */
public final class PlainEvaluator implements LikelihoodEvaluator {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    private final Sample sample;
    private final ModelTemplate template;
    private final int n;
    private final int k;
    private final double[][] h;
    private final double[] y;
    private final double[][] transition; // null = identity
    private final double[] constant;
    private final double[][] gains;
    private final double[] scaledInnovations;
    private final double[] precisions;
    private double squares;

    /** @throws InvalidInputException a stationary start at a unit root */
    public PlainEvaluator(Sample sample, ModelTemplate template) {
        if (sample.targets().size() != 1 || !template.transition().isConstant()) {
            throw InvalidInputException.of("sample or transition", template.transition(), "the plain evaluator takes one target and one T", "use another");
        }
        this.sample = sample;
        this.template = template;
        n = sample.periods();
        k = template.states().count();
        h = new double[n][k];
        y = new double[n];
        for (int t = 0; t < n; t++) {
            y[t] = sample.y(t, 0);
            for (int i = 0; i < k; i++) {
                h[t][i] = sample.h(t, 0, i);
            }
        }
        constant = template.transition().constant().toArray();
        if (template.transition().isIdentity()) {
            transition = null;
        } else {
            transition = new double[k][k];
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    transition[i][j] = template.transition().matrix(0).get(i, j);
                }
            }
        }
        gains = new double[n][k];
        scaledInnovations = new double[n];
        precisions = new double[n];
        if (template.initial().isStationary()) {
            template.complete(Noise.constant(Covariance.scalar(k, 1)), Noise.constant(Covariance.scalar(1, 1)));
        }
    }

    @Override
    public double value(double[] q, double[] r) {
        return pass(q, r, null);
    }

    @Override
    public double squares() {
        return squares;
    }

    @Override
    public boolean hasScore() {
        return !template.initial().isStationary();
    }

    @Override
    public boolean hasScoreAtBestScale() {
        return hasScore() && template.stateNoise().isEmpty() && template.observationNoise().isEmpty();
    }

    /** By two passes. */
    @Override
    public double valueAndScoreAtBestScale(double terms, double[] q, double[] r, double[] scoreQ, double[] scoreR) {
        double value = value(q, r);
        double its = squares;
        double c = its / terms;
        if (!(c > 0)) {
            return Double.NaN;
        }
        value = valueAndScore(Arrays.stream(q).map(x -> c * x).toArray(), new double[] {c * r[0]}, scoreQ, scoreR);
        squares = its;
        return value;
    }

    @Override
    public boolean hasInformation() {
        return hasScore();
    }

    private Noise stateNoise(double[] q) {
        return q == null ? template.stateNoise().orElseThrow() : Noise.constant(Covariance.ofPacked(k, q));
    }

    private Noise observationNoise(double[] r) {
        return r == null ? template.observationNoise().orElseThrow() : Noise.constant(Covariance.ofPacked(1, r));
    }

    /** What differentiates along directions while the pass goes on. */
    private final class Tangents {
        final double[][] directions;
        final double[][][] dp;
        final double[][] da;
        final double[] score;
        final double[] information;

        Tangents(double[][] directions, double[] score, double[] information) {
            this.directions = directions;
            this.score = score;
            this.information = information;
            dp = new double[directions.length][k][k];
            da = new double[directions.length][k];
            Arrays.fill(score, 0);
            Arrays.fill(information, 0);
        }

        double dq(int d, int i, int j) {
            return template.stateNoise().isPresent() ? 0 : directions[d][Covariance.index(i, j)];
        }

        double dr(int d) {
            return template.observationNoise().isPresent() ? 0 : directions[d][directions[d].length - 1];
        }
    }

    private double pass(double[] q, double[] r, Tangents tangents) {
        StateSpaceModel model;
        try {
            model = template.complete(stateNoise(q), observationNoise(r));
        } catch (InvalidInputException e) {
            squares = Double.NaN;
            return Double.NaN;
        }
        InitialState initial = model.initial();
        double[] a = initial.prior().mean().toArray();
        double[][] p = square(initial.prior().covariance());
        double[][] infinite = new double[k][k];
        int rank = 0;
        for (int i = 0; i < k; i++) {
            infinite[i][i] = initial.isDiffuse(i) ? 1 : 0;
            rank += initial.isDiffuse(i) ? 1 : 0;
        }
        double logs = 0;
        int observed = 0;
        squares = 0;
        for (int t = 0; t < n; t++) {
            predict(t, initial, a, p, infinite, square(model.stateNoise().at(t)), tangents);
            if (Double.isNaN(y[t])) {
                precisions[t] = Double.NaN;
                continue;
            }
            observed++;
            double noise = model.observationNoise().at(t).variance(0);
            double v = y[t] - dot(h[t], a);
            double[] m = times(p, h[t]);
            double f = dot(m, h[t]) + noise;
            double[] mInfinite = times(infinite, h[t]);
            double fInfinite = dot(mInfinite, h[t]);
            boolean diffuse = rank > 0 && fInfinite > 1e-9 * dot(h[t], h[t]);
            double[] g = new double[k];
            for (int i = 0; i < k; i++) {
                g[i] = diffuse ? mInfinite[i] / fInfinite : m[i] / f;
            }
            if (!diffuse && !(f > 0)) {
                squares = Double.NaN;
                return Double.NaN;
            }
            if (tangents != null) {
                differentiate(tangents, t, g, v, f, diffuse);
            }
            for (int i = 0; i < k; i++) {
                a[i] += g[i] * v;
                for (int j = 0; j < k; j++) {
                    p[i][j] += diffuse ? -m[i] * g[j] - g[i] * m[j] + g[i] * g[j] * f : -g[i] * m[j];
                    infinite[i][j] -= diffuse ? g[i] * mInfinite[j] : 0;
                }
            }
            logs += Math.log(diffuse ? fInfinite : f);
            squares += diffuse ? 0 : v * v / f;
            rank -= diffuse ? 1 : 0;
            gains[t] = g;
            scaledInnovations[t] = diffuse ? 0 : v / f;
            precisions[t] = diffuse ? 0 : 1 / f;
        }
        return -0.5 * (observed * LOG_2_PI + logs + squares);
    }

    /** Known components are propagated into the first date, diffuse ones begin there. */
    private void predict(int t, InitialState initial, double[] a, double[][] p, double[][] infinite, double[][] q, Tangents tangents) {
        boolean first = t == 0;
        if (transition != null && !first) {
            System.arraycopy(times(transition, a), 0, a, 0, k);
            copy(sandwich(p), p);
            copy(sandwich(infinite), infinite);
            for (int d = 0; tangents != null && d < tangents.da.length; d++) {
                tangents.da[d] = times(transition, tangents.da[d]);
                copy(sandwich(tangents.dp[d]), tangents.dp[d]);
            }
        } else if (transition != null && !initial.hasDiffuse()) {
            System.arraycopy(times(transition, a), 0, a, 0, k);
            copy(sandwich(p), p);
        }
        for (int i = 0; i < k; i++) {
            boolean known = !first || !initial.isDiffuse(i);
            a[i] += known ? constant[i] : 0;
            for (int j = 0; j < k; j++) {
                if (known && (!first || !initial.isDiffuse(j))) {
                    p[i][j] += q[i][j];
                    for (int d = 0; tangents != null && d < tangents.da.length; d++) {
                        tangents.dp[d][i][j] += tangents.dq(d, i, j);
                    }
                }
            }
        }
    }

    private void differentiate(Tangents z, int t, double[] g, double v, double f, boolean diffuse) {
        int count = z.da.length;
        double[] df = new double[count];
        double[] dv = new double[count];
        double[][] dm = new double[count][];
        for (int d = 0; d < count; d++) {
            dm[d] = times(z.dp[d], h[t]);
            df[d] = dot(dm[d], h[t]) + z.dr(d);
            dv[d] = -dot(h[t], z.da[d]);
        }
        for (int d = 0; d < count; d++) {
            if (!diffuse) {
                z.score[d] += -0.5 * (df[d] / f + 2 * v * dv[d] / f - v * v * df[d] / (f * f));
                for (int e = 0; e <= d; e++) {
                    z.information[Covariance.index(d, e)] += 0.5 * df[d] * df[e] / (f * f) + dv[d] * dv[e] / f;
                }
            }
            for (int i = 0; i < k; i++) {
                double dg = diffuse ? 0 : (dm[d][i] - g[i] * df[d]) / f;
                z.da[d][i] += dg * v + g[i] * dv[d];
                for (int j = 0; j < k; j++) {
                    z.dp[d][i][j] += diffuse ? -dm[d][i] * g[j] - g[i] * dm[d][j] + g[i] * g[j] * df[d]
                            : -g[i] * dm[d][j] - dm[d][i] * g[j] + g[i] * g[j] * df[d];
                }
            }
        }
    }

    @Override
    public double valueAndScore(double[] q, double[] r, double[] scoreQ, double[] scoreR) {
        double value = pass(q, r, null);
        if (Double.isNaN(value)) {
            return value;
        }
        double[] s = new double[k];
        double[][] big = new double[k][k];
        if (scoreQ != null) {
            Arrays.fill(scoreQ, 0);
        }
        double ofR = 0;
        InitialState initial = template.initial();
        for (int t = n - 1; t >= 0; t--) {
            if (!Double.isNaN(precisions[t])) {
                double[] g = gains[t];
                double[] w = times(big, g);
                double u = scaledInnovations[t] - dot(g, s);
                double d = precisions[t] + dot(g, w);
                ofR += 0.5 * (u * u - d);
                for (int i = 0; i < k; i++) {
                    s[i] += h[t][i] * u;
                    for (int j = 0; j < k; j++) {
                        big[i][j] += -h[t][i] * w[j] - w[i] * h[t][j] + d * h[t][i] * h[t][j];
                    }
                }
            }
            for (int i = 0; scoreQ != null && i < k; i++) {
                for (int j = 0; j <= i; j++) {
                    if (t > 0 || !initial.isDiffuse(i) && !initial.isDiffuse(j)) {
                        scoreQ[Covariance.index(i, j)] += 0.5 * (s[i] * s[j] - big[i][j]);
                    }
                }
            }
            if (transition != null && t > 0) {
                s = transposedTimes(s);
                big = transposedSandwich(big);
            }
        }
        if (scoreR != null) {
            scoreR[0] = ofR;
        }
        return value;
    }

    @Override
    public double information(double[] q, double[] r, double[][] directions, double[] score, double[] information) {
        return pass(q, r, new Tangents(directions, score, information));
    }

    private double[][] square(Covariance c) {
        double[][] full = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                full[i][j] = c.get(i, j);
            }
        }
        return full;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] times(double[][] a, double[] x) {
        double[] product = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            product[i] = dot(a[i], x);
        }
        return product;
    }

    private static void copy(double[][] from, double[][] to) {
        for (int i = 0; i < to.length; i++) {
            System.arraycopy(from[i], 0, to[i], 0, to.length);
        }
    }

    /** T A T'. */
    private double[][] sandwich(double[][] a) {
        double[][] product = new double[k][k];
        for (int i = 0; i < k; i++) {
            double[] row = times(a, transition[i]); // a is symmetric
            for (int j = 0; j < k; j++) {
                product[j][i] = dot(transition[j], row);
            }
        }
        return product;
    }

    private double[] transposedTimes(double[] x) {
        double[] product = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                product[j] += transition[i][j] * x[i];
            }
        }
        return product;
    }

    /** T' A T. */
    private double[][] transposedSandwich(double[][] a) {
        double[][] half = new double[k][k];
        for (int i = 0; i < k; i++) {
            half[i] = transposedTimes(a[i]);
        }
        double[][] product = new double[k][k];
        for (int j = 0; j < k; j++) {
            double[] column = new double[k];
            for (int i = 0; i < k; i++) {
                column[i] = half[i][j];
            }
            double[] moved = transposedTimes(column);
            for (int i = 0; i < k; i++) {
                product[i][j] = moved[i];
            }
        }
        return product;
    }

    @Override
    public String toString() {
        return "plain evaluator of " + sample.targets();
    }
}
