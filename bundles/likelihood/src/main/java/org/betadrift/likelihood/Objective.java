package org.betadrift.likelihood;

import java.util.Arrays;
import org.betadrift.estimation.ConvergenceRecord.Score;
import org.betadrift.model.Covariance;

/**
 * The log-likelihood in coordinates free of units: u_i = theta_i / (unit_i scale^degree_i), so that of a variance of states
 * u = s = q mean(h^2) / R. One variance, the numeraire (R unless R runs to zero), is the scale itself: its coordinate is log scale, or
 * frozen when the scale is concentrated out, which leaves (Harvey 1989, 3.4)
 * <pre>LL(scale) = LL(1) - N/2 log scale - squares/2 (1/scale - 1), largest at scale = squares / N.</pre>
 * Without a numeraire (a half is given, or bounds don't scale) the scale is one.
 */
final class Objective {
    private static final double LARGEST = 1e8;
    private static final int NONE = -1;

    private final Likelihood likelihood;
    private final int n;
    private final double[] unit;
    private final int numeraire;
    private final boolean concentrated;
    private final double terms; // N
    private final double[] theta;
    private final double[] slope;
    private double[] valuedAt;
    private double valued;
    private double scale = 1;

    private Objective(Likelihood likelihood, double[] unit, int numeraire, double terms) {
        this.likelihood = likelihood;
        this.unit = unit;
        this.numeraire = numeraire;
        this.terms = terms;
        this.concentrated = terms > 0;
        n = unit.length;
        theta = new double[n];
        slope = new double[n];
    }

    /** With R as the numeraire where there is one. */
    static Objective of(Likelihood likelihood) {
        double[] unit = units(likelihood);
        int last = NONE;
        boolean scales = true;
        for (int i = 0; i < likelihood.noises(); i++) {
            scales &= !Double.isNaN(likelihood.degree(i)) && likelihood.degree(i) > 0;
            last = likelihood.isVariance(i) ? i : last;
        }
        boolean bothHalvesFree = likelihood.template().stateNoise().isEmpty() && likelihood.template().observationNoise().isEmpty();
        if (!scales || last == NONE || !bothHalvesFree) {
            return new Objective(likelihood, unit, NONE, 0);
        }
        return new Objective(likelihood, unit, last, likelihood.isScaleFree() ? terms(likelihood, unit) : 0);
    }

    /** The same problem measured in another variance. */
    Objective withNumeraire(int other) {
        return new Objective(likelihood, unit, other, terms);
    }

    private static double[] units(Likelihood likelihood) {
        Units units = Units.of(likelihood.sample(), likelihood.template());
        double[] unit = new double[likelihood.names().size()];
        double[] q = new double[Covariance.size(units.states().length)];
        double[] r = new double[Covariance.size(units.targets().length)];
        boolean givenQ = likelihood.template().stateNoise().isPresent();
        boolean givenR = likelihood.template().observationNoise().isPresent();
        for (int i = 0; i < likelihood.noises(); i++) {
            double[] one = new double[likelihood.noises()];
            one[i] = 1;
            likelihood.noise().map(one, givenQ ? null : q, givenR ? null : r);
            double moves = 0;
            int moved = 0;
            for (int k = 0; k < units.states().length; k++) {
                double by = q[Covariance.index(k, k)] / units.states()[k];
                moves += by;
                moved += by > 0 ? 1 : 0;
            }
            for (int k = 0; k < units.targets().length; k++) {
                double by = r[Covariance.index(k, k)] / units.targets()[k];
                moves += by;
                moved += by > 0 ? 1 : 0;
            }
            double degree = Double.isNaN(likelihood.degree(i)) ? 1 : likelihood.degree(i);
            unit[i] = moved == 0 ? Arrays.stream(units.states()).average().orElseThrow() : Math.pow(moved / moves, degree);
        }
        Arrays.fill(unit, likelihood.noises(), unit.length, 1);
        return unit;
    }

    /** N of the law of scale, by the likelihood at (Q, R) and 4 (Q, R); 0 when the engine doesn't know its squares or the law doesn't hold. */
    private static double terms(Likelihood likelihood, double[] unit) {
        double[] theta = new double[unit.length];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = likelihood.isVariance(i) ? unit[i] : 0;
        }
        System.arraycopy(likelihood.startOfPhi(), 0, theta, likelihood.noises(), likelihood.startOfPhi().length);
        double one = likelihood.value(theta);
        double squares = likelihood.squares();
        for (int i = 0; i < theta.length; i++) {
            theta[i] *= Math.pow(4, likelihood.degree(i));
        }
        double four = likelihood.value(theta);
        double n = 2 * (one - four + 0.375 * squares) / Math.log(4);
        boolean holds = Math.abs(n - Math.rint(n)) < 1e-6 * Math.abs(n) && n >= 1;
        return holds ? Math.rint(n) : 0;
    }

    Likelihood likelihood() {
        return likelihood;
    }

    int size() {
        return n;
    }

    /** -1 for none. */
    int numeraire() {
        return numeraire;
    }

    /** Whether coordinate i doesn't matter. */
    boolean isFrozen(int i) {
        return concentrated && i == numeraire;
    }

    /** Whether coordinate i is a variance, to be searched by its logarithm and at zero. */
    boolean isVariance(int i) {
        return i != numeraire && likelihood.isVariance(i);
    }

    double lower(int i) {
        return i == numeraire ? -200 : likelihood.lower(i) / unit[i];
    }

    double upper(int i) {
        return i == numeraire ? 200 : Math.min(likelihood.upper(i) / unit[i], isVariance(i) ? LARGEST : Double.POSITIVE_INFINITY);
    }

    /** Whether derivatives come from the engine. */
    boolean hasScore() {
        return likelihood.score() == Score.ANALYTIC;
    }

    /** Whether a value with its derivatives costs one pass forward, and so little more than the value. */
    boolean hasScoreInOnePass() {
        return hasScore() && (!concentrated || likelihood.hasGradientAtBestScale());
    }

    /** -Infinity where u is no model. */
    double value(double[] u) {
        valuedAt = u.clone();
        scale = concentrated || numeraire == NONE ? 1 : Math.exp(u[numeraire]);
        toTheta(u, scale);
        valued = likelihood.value(theta);
        if (concentrated) {
            double squares = likelihood.squares();
            scale = squares / terms;
            valued += -0.5 * terms * Math.log(scale) - 0.5 * squares * (1 / scale - 1);
        }
        valued = Double.isNaN(valued) ? Double.NEGATIVE_INFINITY : valued;
        return valued;
    }

    /** Value, and its derivatives into {@code g}; in the concentrated case those at the best scale. */
    double valueAndGradient(double[] u, double[] g) {
        double value;
        if (concentrated && likelihood.hasGradientAtBestScale()) {
            toTheta(u, 1);
            value = likelihood.valueAndGradientAtBestScale(terms, theta, slope);
            scale = likelihood.squares() / terms;
        } else {
            if (!concentrated) {
                scale = numeraire == NONE ? 1 : Math.exp(u[numeraire]);
            } else if (!Arrays.equals(u, valuedAt)) {
                value(u);
            }
            toTheta(u, scale);
            value = likelihood.valueAndGradient(theta, slope);
        }
        valuedAt = u.clone();
        valued = Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
        double alongScale = 0;
        for (int i = 0; i < n; i++) {
            double degree = numeraire == NONE ? 0 : likelihood.degree(i);
            g[i] = slope[i] * unit[i] * power(scale, degree);
            alongScale += degree * theta[i] * slope[i];
        }
        if (numeraire != NONE) {
            g[numeraire] = concentrated ? 0 : alongScale;
        }
        return valued;
    }

    private void toTheta(double[] u, double by) {
        for (int i = 0; i < n; i++) {
            double degree = numeraire == NONE ? 0 : likelihood.degree(i);
            theta[i] = (i == numeraire ? 1 : u[i]) * unit[i] * power(by, degree);
        }
    }

    private static double power(double base, double degree) {
        return degree == 1 ? base : Math.pow(base, degree);
    }

    /** The parameters in the data's units, at the best scale where it is concentrated out. */
    double[] theta(double[] u) {
        if (concentrated && !Arrays.equals(u, valuedAt)) {
            value(u);
        } else if (!concentrated) {
            scale = numeraire == NONE ? 1 : Math.exp(u[numeraire]);
        }
        toTheta(u, scale);
        return theta.clone();
    }

    /** Back from the data's units. */
    double[] coordinates(double[] its) {
        double by = numeraire == NONE ? 1 : Math.max(its[numeraire] / unit[numeraire], Double.MIN_NORMAL);
        double[] u = new double[n];
        for (int i = 0; i < n; i++) {
            double degree = numeraire == NONE ? 0 : likelihood.degree(i);
            u[i] = i == numeraire ? Math.log(by) : its[i] / (unit[i] * Math.pow(by, degree));
        }
        return u;
    }

    /** unit_i of the data: what a parameter is measured in. */
    double unit(int i) {
        return unit[i];
    }

    /**
     * Coordinates of Q = s R / mean(h^2), the scale as good as a few looks make it.
     *
     * @param s 0 = no state moves
     */
    double[] level(double s) {
        Units units = Units.of(likelihood.sample(), likelihood.template());
        double[] q = Arrays.stream(units.states()).map(x -> x * s).toArray();
        double[] its = new double[n];
        double[] noises = new double[likelihood.noises()];
        likelihood.noise().near(likelihood.template().stateNoise().isPresent() ? null : q,
                likelihood.template().observationNoise().isPresent() ? null : units.targets(), noises);
        System.arraycopy(noises, 0, its, 0, noises.length);
        System.arraycopy(likelihood.startOfPhi(), 0, its, noises.length, n - noises.length);
        return withGoodScale(coordinates(its));
    }

    /** squares / observations is where the scale would be best without a prior: close enough to start from. */
    private double[] withGoodScale(double[] u) {
        int observations = likelihood.sample().observations();
        for (int look = 0; look < 3 && numeraire != NONE && !concentrated; look++) {
            value(u);
            double by = likelihood.squares() / observations;
            if (!(by > 0) || Double.isInfinite(by)) {
                break;
            }
            u[numeraire] += Math.log(by);
        }
        return u;
    }

    boolean hasInformation() {
        return likelihood.hasInformation();
    }

    /**
     * Value, derivatives and expected information (n x n); zero for frozen coordinates and for phi. In the concentrated case what the
     * scale takes is taken off: I_ss - I_sc I_sc' / I_cc.
     */
    double information(double[] u, double[] g, double[][] info) {
        double value;
        if (concentrated) {
            value = Arrays.equals(u, valuedAt) ? valued : value(u);
            if (value == Double.NEGATIVE_INFINITY) {
                return value;
            }
        } else {
            scale = numeraire == NONE ? 1 : Math.exp(u[numeraire]);
        }
        toTheta(u, scale);
        double[][] directions = new double[n][n];
        for (int i = 0; i < likelihood.noises(); i++) {
            double degree = numeraire == NONE ? 0 : likelihood.degree(i);
            if (i == numeraire) {
                for (int j = 0; j < likelihood.noises(); j++) {
                    directions[i][j] = likelihood.degree(j) * theta[j];
                }
            } else {
                directions[i][i] = unit[i] * Math.pow(scale, degree);
            }
        }
        double[] packed = new double[Covariance.size(n)];
        value = likelihood.information(theta, directions, g, packed);
        int c = concentrated ? numeraire : NONE;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double taken = c == NONE ? 0 : packed[Covariance.index(i, c)] * packed[Covariance.index(j, c)] / packed[Covariance.index(c, c)];
                info[i][j] = i == c || j == c ? 0 : packed[Covariance.index(i, j)] - taken;
            }
        }
        if (c != NONE) {
            g[c] = 0;
        }
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
    }
}
