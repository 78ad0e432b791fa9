package org.betadrift.filter.internal;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.ModelTemplate;
import org.betadrift.model.Noise;
import org.betadrift.model.ReturnPanel;
import org.betadrift.model.Sample;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;

/**
 * The log-likelihood of m targets on the same F factors as that of m single series, which is exact where all are random walks from a
 * diffuse start, every date has all targets or none, and Q = diag(c_f W) over the factors: with R = L L' and
 * L^-1 W L^-T = U diag(lambda) U', the series of A y, A = U'L^-1, are independent, with noise 1 and state noise c_f lambda_i, and
 * <pre>{@code
 * LL = sum over i of LL_i + (dates with y - diffuse dates) log |A|,
 * dLL/dR = A'(sum of u u' - diag(sum of D)) A / 2,   dLL/dQ of factors (f, g) = A'(sum of r_f r_g' - diag(sum of N_fg)) A / 2
 * }</pre>
 * with u, D, r, N of {@link ScorePass} of the series. The scores are of Q and R, not of Q under that form: entries that are zero have
 * theirs. One thread, no allocation after birth.
 */
final class DecoupledPass {
    /** What is left of a variance of R given the other targets, beside the whole: below it the mixing loses too many digits. */
    private static final double SINGULAR = 1e-9;
    /** To what part of their variances one block of Q must be a multiple of another. */
    private static final double ROUNDING = 1e-15;

    private final int m;
    private final int factors;     // F
    private final int n;
    private final int seen;        // dates with y
    private final int diffuse;     // dates that have an infinite S
    private final double[] y;      // n x m; zeros where missing
    private final FlatModel series;
    private final FlatEvaluator.Pass pass;
    private final double[] lower;  // L, then L^-1, m x m
    private final double[] a;      // A, m x m
    private final double[] block;  // W, m x m
    private final double[] work;   // m x m
    private final double[] scales; // c, F
    private final SymmetricEigen eigen;
    private final double[] q;      // of a series, packed
    private double logDeterminant; // of A
    private double squares;
    private Tape[] tapes;          // made when a derivative is first asked for
    private SeriesScorePass back;
    private double[] us;           // n x m
    private double[] rs;           // n x F m
    private double[] sumOfN;       // m x packed F
    private double[] sumOfD;       // m
    private double[] gram;         // F m x F m

    /** @param pass of one series */
    DecoupledPass(Sample sample, Function<FlatModel, FlatEvaluator.Pass> pass) {
        m = sample.targets().size();
        factors = sample.states().count() / m;
        n = sample.periods();
        series = new FlatModel(one(sample), model(one(sample)));
        this.pass = pass.apply(series);
        y = new double[n * m];
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < m; i++) {
                y[t * m + i] = series.isObserved(t) ? sample.y(t, i) : 0;
            }
        }
        seen = series.observedFrom[0];
        diffuse = diffuseDates();
        lower = new double[m * m];
        a = new double[m * m];
        block = new double[m * m];
        work = new double[m * m];
        scales = new double[factors];
        eigen = new SymmetricEigen(m);
        q = new double[Covariance.size(factors)];
    }

    /** Whether it is exact for some Q and R. */
    static boolean applies(Sample sample, ModelTemplate template) {
        int m = sample.targets().size();
        return m > 1 && template.constraints().isEmpty() && template.transition().isIdentity()
                && !template.initial().isStationary()
                && IntStream.range(0, template.states().count()).allMatch(template.initial()::isDiffuse)
                && template.stateNoise().map(Noise::isConstant).orElse(true) && template.observationNoise().map(Noise::isConstant).orElse(true)
                && sample.targets().stream().allMatch(target -> sample.factors(target).equals(sample.factors(sample.targets().get(0))))
                && IntStream.range(0, sample.periods()).allMatch(t -> isAllOrNothing(sample, t));
    }

    private static boolean isAllOrNothing(Sample sample, int t) {
        boolean first = Double.isNaN(sample.y(t, 0));
        return IntStream.range(1, sample.targets().size()).allMatch(i -> Double.isNaN(sample.y(t, i)) == first);
    }

    /** The first target alone. */
    private static Sample one(Sample sample) {
        String target = sample.targets().get(0);
        List<String> its = sample.factors(target);
        ReturnPanel.Builder panel = ReturnPanel.builder(sample.dates()).column(target, sample.column(target));
        its.forEach(factor -> panel.column(factor, sample.column(factor)));
        return Sample.builder(panel.build()).target(target, its).intercept(sample.hasIntercept()).build();
    }

    private static StateSpaceModel model(Sample one) {
        int k = one.states().count();
        return StateSpaceModel.of(one.states(), InitialState.diffuse(k), Transition.randomWalk(k), Noise.constant(Covariance.scalar(k, 0)),
                Noise.constant(Covariance.scalar(1, 1)));
    }

    /** They depend on the factors alone. */
    private int diffuseDates() {
        UdState state = new UdState(series);
        state.begin();
        int count = 0;
        for (int t = 0; t < n; t++) {
            state.predict(t);
            count += series.isObserved(t) && state.see(0, series.h, t * factors, 1) == Kernel.Outcome.DIFFUSE ? 1 : 0;
        }
        return count;
    }

    int targets() {
        return m;
    }

    /** F. */
    int states() {
        return factors;
    }

    /**
     * The log-likelihood at a Q and an R.
     *
     * @param stateNoise packed, a covariance
     * @param observationNoise packed, a covariance
     * @param keeps whether {@link #score} will be asked for
     * @return NaN when they don't decouple, or the digits don't do
     */
    double logLikelihood(double[] stateNoise, double[] observationNoise, boolean keeps) {
        if (!takeBlock(stateNoise) || !takeMixing(observationNoise)) {
            return Double.NaN;
        }
        if (keeps) {
            prepare();
        }
        double value = 0;
        squares = 0;
        for (int i = 0; i < m; i++) {
            take(i);
            value += pass.logLikelihood(keeps ? tapes[i] : null);
            squares += pass.squares();
        }
        return value + (seen - diffuse) * logDeterminant;
    }

    /** Sum of y~'S^-1 y~ of the last call. */
    double squares() {
        return squares;
    }

    /** The one block of which all are multiples, and the factors. @return false when there is none */
    private boolean takeBlock(double[] packed) {
        double largest = 0;
        int which = 0;
        for (int f = 0; f < factors; f++) {
            double trace = 0;
            for (int i = 0; i < m; i++) {
                trace += packed[Covariance.index(f * m + i, f * m + i)];
            }
            scales[f] = trace;
            if (trace > largest) {
                largest = trace;
                which = f;
            }
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                block[i * m + j] = packed[Covariance.index(which * m + i, which * m + j)];
            }
        }
        for (int f = 0; f < factors; f++) {
            scales[f] = f == which ? 1 : largest > 0 ? scales[f] / largest : 0;
            if (!isMultiple(packed, f)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the row of blocks of factor f is c_f W, and zeros. */
    private boolean isMultiple(double[] packed, int f) {
        for (int i = 0; i < m; i++) {
            int row = Covariance.index(f * m + i, 0);
            for (int j = 0; j < f * m; j++) {
                if (packed[row + j] != 0) {
                    return false;
                }
            }
            for (int j = 0; j <= i; j++) {
                double unit = scales[f] * Math.sqrt(block[i * m + i]) * Math.sqrt(block[j * m + j]);
                if (!(Math.abs(packed[row + f * m + j] - scales[f] * block[i * m + j]) <= ROUNDING * unit)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A and its determinant. @return false when R is too close to singular */
    private boolean takeMixing(double[] packed) {
        double product = 0;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double whole = packed[Covariance.index(i, j)];
                double sum = whole;
                for (int l = 0; l < j; l++) {
                    sum -= lower[i * m + l] * lower[j * m + l];
                }
                if (i == j && !(sum > SINGULAR * whole)) {
                    return false;
                }
                lower[i * m + j] = i == j ? Math.sqrt(sum) : sum / lower[j * m + j];
            }
            product -= Math.log(lower[i * m + i]);
        }
        logDeterminant = product;
        invert();
        // block = L^-1 W L^-T
        multiply(lower, block, work);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double dot = 0;
                for (int l = 0; l <= j; l++) {
                    dot += work[i * m + l] * lower[j * m + l];
                }
                block[i * m + j] = dot;
                block[j * m + i] = dot;
            }
        }
        if (!eigen.decompose(block)) {
            return false;
        }
        multiply(eigen.vectors, lower, a);
        return true;
    }

    /** L becomes L^-1. */
    private void invert() {
        for (int j = 0; j < m; j++) {
            lower[j * m + j] = 1 / lower[j * m + j];
            for (int i = j + 1; i < m; i++) {
                double sum = 0;
                for (int l = j; l < i; l++) {
                    sum -= lower[i * m + l] * lower[l * m + j];
                }
                lower[i * m + j] = sum / lower[i * m + i];
            }
            for (int i = 0; i < j; i++) {
                lower[i * m + j] = 0;
            }
        }
    }

    private void multiply(double[] left, double[] right, double[] product) {
        Arrays.fill(product, 0);
        for (int i = 0; i < m; i++) {
            for (int l = 0; l < m; l++) {
                Square.add(left[i * m + l], right, l * m, product, i * m, m);
            }
        }
    }

    /** Makes {@link #series} the one of row i of A. */
    private void take(int i) {
        for (int t = 0; t < n; t++) {
            double dot = 0;
            for (int j = 0; j < m; j++) {
                dot += a[i * m + j] * y[t * m + j];
            }
            series.y[t] = dot;
        }
        double lambda = Math.max(0, eigen.value(i)); // of a singular W it may be a negative rounding
        for (int f = 0; f < factors; f++) {
            q[Covariance.index(f, f)] = scales[f] * lambda;
        }
        series.setStateNoise(q);
    }

    private void prepare() {
        if (tapes == null) {
            tapes = new Tape[m];
            Arrays.setAll(tapes, i -> new Tape(series));
            back = new SeriesScorePass(series);
            us = new double[n * m];
            rs = new double[n * m * factors];
            sumOfN = new double[m * q.length];
            sumOfD = new double[m];
            gram = new double[m * factors * m * factors];
        }
    }

    /**
     * Of the last {@link #logLikelihood} that kept, or at c times its Q and R.
     *
     * @param c 1, or any scale: u and r are divided by it, and so are D and N
     * @param scoreQ written, packed; null when nobody asks
     * @param scoreR likewise
     */
    void score(double c, double[] scoreQ, double[] scoreR) {
        int size = q.length;
        for (int i = 0; i < m; i++) {
            sumOfD[i] = back.run(tapes[i], us, rs, m, i);
            System.arraycopy(back.sumOfN, 0, sumOfN, i * size, size);
        }
        if (scoreR != null) {
            square(us, m);
            unmix(0, 0, m, c, sumOfD, 0, 1, scoreR);
        }
        if (scoreQ != null) {
            square(rs, factors * m);
            for (int f = 0; f < factors; f++) {
                for (int g = 0; g <= f; g++) {
                    unmix(f, g, factors * m, c, sumOfN, Covariance.index(f, g), size, scoreQ);
                }
            }
        }
    }

    /** gram = the lower triangle of the sum over dates of x x'. */
    private void square(double[] x, int width) {
        Arrays.fill(gram, 0, width * width, 0);
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < width; i++) {
                Square.add(x[t * width + i], x, t * width, gram, i * width, i + 1);
            }
        }
    }

    /** Block (f, g) of the score: A'(gram / c - diag(sums)) A / 2c. @param sums of series i at {@code at + i step} */
    private void unmix(int f, int g, int width, double c, double[] sums, int at, int step, double[] score) {
        Arrays.fill(work, 0);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                int row = f * m + i;
                int column = g * m + j;
                double entry = gram[Math.max(row, column) * width + Math.min(row, column)] / c - (i == j ? sums[at + i * step] : 0);
                Square.add(0.5 * entry / c, a, j * m, work, i * m, m);
            }
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < (f == g ? i + 1 : m); j++) {
                double dot = 0;
                for (int l = 0; l < m; l++) {
                    dot += a[l * m + i] * work[l * m + j];
                }
                score[Covariance.index(f * m + i, g * m + j)] = dot;
            }
        }
    }
}
