package org.betadrift.testkit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * A joint normal distribution in {@value #DECIMALS} decimal digits: components are appended as linear functions of those that
 * are there, and the whole is conditioned on rows. Enough to write down any filter or smoother without thinking of rounding.
 * A diffuse component has the variance {@link #KAPPA}, so far from all else that the limit is reached in every digit of a
 * double; whatever exceeds {@link #INFINITE} is reported as infinite. Mutable, one thread.
 */
public final class ExactGaussian {
    static final int DECIMALS = 170;
    static final MathContext DIGITS = new MathContext(DECIMALS);
    /** The variance of a diffuse component. */
    static final BigDecimal KAPPA = new BigDecimal("1e60");
    private static final double LOG_KAPPA = 60 * Math.log(10);
    private static final BigDecimal INFINITE = new BigDecimal("1e30");
    private static final BigDecimal ZERO_VARIANCE = new BigDecimal("1e-100");

    private BigDecimal[] mean = {};
    private BigDecimal[][] covariance = {};

    /**
     * What a row said.
     *
     * @param variance S
     * @param redundant S = 0: nothing was learnt
     * @param infinite S is infinite
     * @param logDensity log N(y~; 0, S) with its constant; without log kappa where S is infinite; 0 for a redundant row
     */
    public record Row(BigDecimal innovation, BigDecimal variance, boolean redundant, boolean infinite, double logDensity) { }

    ExactGaussian() { }

    ExactGaussian(ExactGaussian other) {
        mean = other.mean.clone();
        covariance = Arrays.stream(other.covariance).map(BigDecimal[]::clone).toArray(BigDecimal[][]::new);
    }

    /** Number of components. */
    public int size() {
        return mean.length;
    }

    /**
     * x_new = constant + map x_old + N(0, noise).
     *
     * @param map rows as many as new components, null = 0
     * @param from the component its first column belongs to
     */
    void append(double[] constant, double[][] map, int from, double[][] noise) {
        int old = size();
        int all = old + constant.length;
        BigDecimal[][] linear = map == null ? new BigDecimal[constant.length][0]
                : Arrays.stream(map).map(ExactGaussian::exact).toArray(BigDecimal[][]::new);
        int mapped = linear.length == 0 ? 0 : linear[0].length;
        BigDecimal[][] c = new BigDecimal[all][all];
        for (int i = 0; i < old; i++) {
            System.arraycopy(covariance[i], 0, c[i], 0, old);
        }
        mean = Arrays.copyOf(mean, all);
        for (int i = 0; i < constant.length; i++) {
            BigDecimal m = new BigDecimal(constant[i]);
            for (int l = 0; l < mapped; l++) {
                m = plus(m, linear[i][l], mean[from + l]);
            }
            mean[old + i] = m;
            for (int j = 0; j < old; j++) {
                BigDecimal cross = BigDecimal.ZERO;
                for (int l = 0; l < mapped; l++) {
                    cross = plus(cross, linear[i][l], c[from + l][j]);
                }
                c[old + i][j] = cross;
                c[j][old + i] = cross;
            }
            for (int j = 0; j <= i; j++) {
                BigDecimal cross = new BigDecimal(noise[i][j]);
                for (int l = 0; l < mapped; l++) {
                    cross = plus(cross, linear[j][l], c[old + i][from + l]);
                }
                c[old + i][old + j] = cross;
                c[old + j][old + i] = cross;
            }
        }
        covariance = c;
    }

    private static BigDecimal plus(BigDecimal sum, BigDecimal factor, BigDecimal value) {
        return factor.signum() == 0 || value.signum() == 0 ? sum
                : sum.add(factor.equals(BigDecimal.ONE) ? value : value.multiply(factor, DIGITS), DIGITS);
    }

    private static BigDecimal[] exact(double[] values) {
        return Arrays.stream(values).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
    }

    /** New components beside those that are there, independent of them. */
    void append(double[] mean, double[][] covariance) {
        append(mean, null, 0, covariance);
    }

    /** Component i is diffuse from here on. */
    void makeDiffuse(int i) {
        covariance[i][i] = covariance[i][i].add(KAPPA);
    }

    /** Forgets all components but those from (included) to (excluded). */
    void keep(int from, int to) {
        mean = Arrays.copyOfRange(mean, from, to);
        BigDecimal[][] c = new BigDecimal[to - from][];
        for (int i = from; i < to; i++) {
            c[i - from] = Arrays.copyOfRange(covariance[i], from, to);
        }
        covariance = c;
    }

    /** What y = h'x + N(0, r) would say: nothing is changed. @param h may be shorter than x */
    Row look(double y, double[] h, double r) {
        BigDecimal[] row = exact(h);
        return look(y, row, times(row), r);
    }

    private Row look(double y, BigDecimal[] h, BigDecimal[] ph, double r) {
        BigDecimal v = new BigDecimal(y);
        BigDecimal s = new BigDecimal(r);
        for (int i = 0; i < h.length; i++) {
            v = plus(v, h[i].negate(), mean[i]);
            s = plus(s, h[i], ph[i]);
        }
        if (s.abs().compareTo(ZERO_VARIANCE) < 0) {
            return new Row(v, BigDecimal.ZERO, true, false, 0);
        }
        boolean infinite = s.compareTo(INFINITE) > 0;
        double logS = log(s) - (infinite ? LOG_KAPPA : 0);
        double square = v.multiply(v, DIGITS).divide(s, DIGITS).doubleValue();
        return new Row(v, s, false, infinite, -0.5 * (Math.log(2 * Math.PI) + logS + square));
    }

    /** The logarithm of a number that may be beyond a double. */
    private static double log(BigDecimal s) {
        int shift = s.precision() - s.scale();
        return Math.log(s.scaleByPowerOfTen(-shift).doubleValue()) + shift * Math.log(10);
    }

    /** Conditions on y = h'x + N(0, r). @param h may be shorter than x */
    public Row observe(double y, double[] h, double r) {
        BigDecimal[] exact = exact(h);
        BigDecimal[] ph = times(exact);
        Row row = look(y, exact, ph, r);
        if (row.redundant) {
            return row;
        }
        for (int i = 0; i < size(); i++) {
            if (ph[i].signum() == 0) {
                continue;
            }
            BigDecimal gain = ph[i].divide(row.variance, DIGITS);
            mean[i] = mean[i].add(gain.multiply(row.innovation, DIGITS), DIGITS);
            for (int j = 0; j <= i; j++) {
                if (ph[j].signum() != 0) {
                    covariance[i][j] = covariance[i][j].subtract(gain.multiply(ph[j], DIGITS), DIGITS);
                    covariance[j][i] = covariance[i][j];
                }
            }
        }
        return row;
    }

    private BigDecimal[] times(BigDecimal[] h) {
        BigDecimal[] ph = new BigDecimal[size()];
        for (int i = 0; i < size(); i++) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int j = 0; j < h.length; j++) {
                sum = plus(sum, h[j], covariance[i][j]);
            }
            ph[i] = sum;
        }
        return ph;
    }

    /** Whether component i has an infinite variance. */
    public boolean isInfinite(int i) {
        return covariance[i][i].compareTo(INFINITE) > 0;
    }

    /** NaN where its variance is infinite. */
    public double mean(int i) {
        return isInfinite(i) ? Double.NaN : mean[i].doubleValue();
    }

    /** NaN where a variance is infinite. */
    public double covariance(int i, int j) {
        return isInfinite(i) || isInfinite(j) ? Double.NaN : covariance[i][j].doubleValue();
    }

    BigDecimal exactMean(int i) {
        return mean[i];
    }

    BigDecimal exactCovariance(int i, int j) {
        return covariance[i][j];
    }
}
