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
 * diffuse start, every date has all targets or none, and Q = diag(c_f W) over the factors: the series of A y are independent, with noise 1
 * and state noise c_f lambda_i, see {@link Diagonalisation}, and
 * <pre>{@code
 * LL = sum over i of LL_i + (dates with y - diffuse dates) log |A|,
 * dLL/dR = A'(sum of u u' - diag(sum of D)) A / 2,   dLL/dQ of factors (f, g) = A'(sum of r_f r_g' - diag(sum of N_fg)) A / 2
 * }</pre>
 * with u, D, r, N of {@link ScorePass} of the series. The scores are of Q and R, not of Q under that form: entries that are zero have
 * theirs. One thread, no allocation after birth.
 */
final class DecoupledPass {
    private final int m;
    private final int factors;     // F
    private final int n;
    private final int seen;        // dates with y
    private final int diffuse;     // dates that have an infinite S
    private final double[] y;      // n x m; zeros where missing
    private final FlatModel series;
    private final FlatEvaluator.Pass pass;
    private final Diagonalisation diagonal;
    private final double[] work;   // m x m
    private final double[] mixed;  // A y, n x m
    private final double[] q;      // of a series, packed
    private final int[] places;    // by factor: its place among those whose scores are read, or -1
    private int read;              // number of those
    private double squares;
    private Tape[] tapes;          // made when a derivative is first asked for
    private SeriesScorePass back;
    private double[] us;           // n x m
    private double[] rs;           // n x F m, of those that are read
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
        diagonal = new Diagonalisation(m, factors);
        work = new double[m * m];
        mixed = new double[n * m];
        places = IntStream.range(0, factors).toArray();
        read = factors;
        q = new double[Covariance.size(factors)];
    }

    /** Whether it is exact for some Q and R. */
    static boolean applies(Sample sample, ModelTemplate template) {
        int m = sample.targets().size();
        return m > 1 && template.constraints().isEmpty() && template.transition().isIdentity()
                && !template.initial().isStationary()
                && IntStream.range(0, template.states().count()).allMatch(template.initial()::isDiffuse)
                && template.stateNoise().map(Noise::isConstant).orElse(true) && template.observationNoise().map(Noise::isConstant).orElse(true)
                && isShared(sample);
    }

    /** Whether all targets have the same factors, and every date has all of them or none. */
    static boolean isShared(Sample sample) {
        return sample.targets().stream().allMatch(target -> sample.factors(target).equals(sample.factors(sample.targets().get(0))))
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
        if (!diagonal.take(stateNoise, observationNoise)) {
            return Double.NaN;
        }
        if (keeps) {
            prepare();
        }
        mix();
        double value = 0;
        squares = 0;
        for (int i = 0; i < m; i++) {
            take(i);
            value += pass.logLikelihood(keeps ? tapes[i] : null);
            squares += pass.squares();
        }
        return value + (seen - diffuse) * diagonal.logDeterminant();
    }

    /** Sum of y~'S^-1 y~ of the last call. */
    double squares() {
        return squares;
    }

    /** All of A y at once, so that no sum waits for the one before. */
    private void mix() {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                work[j * m + i] = diagonal.a[i * m + j];
            }
        }
        Arrays.fill(mixed, 0);
        for (int t = 0; t < n; t++) {
            for (int j = 0; j < m; j++) {
                Square.add(y[t * m + j], work, j * m, mixed, t * m, m);
            }
        }
    }

    /** Makes {@link #series} the one of row i of A. */
    private void take(int i) {
        for (int t = 0; t < n; t++) {
            series.y[t] = mixed[t * m + i];
        }
        for (int f = 0; f < factors; f++) {
            q[Covariance.index(f, f)] = diagonal.stateNoise(f, i);
        }
        series.setStateNoise(q);
    }

    /** From now on only the scores of these states' noises are read, the others are zeros. */
    void readScoresOf(boolean[] states) {
        read = 0;
        for (int f = 0; f < factors; f++) {
            boolean any = false;
            for (int i = 0; i < m; i++) {
                any |= states[f * m + i];
            }
            places[f] = any ? read++ : -1;
        }
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
            sumOfD[i] = back.run(tapes[i], us, rs, m, i, places, read);
            System.arraycopy(back.sumOfN, 0, sumOfN, i * size, size);
        }
        if (scoreR != null) {
            square(us, m);
            unmix(0, 0, 0, 0, m, c, sumOfD, 0, 1, scoreR);
        }
        if (scoreQ != null) {
            square(rs, read * m);
            for (int f = 0; f < factors; f++) {
                for (int g = 0; g <= f; g++) {
                    unmix(f, g, places[f], places[g], read * m, c, sumOfN, Covariance.index(f, g), size, scoreQ);
                }
            }
        }
    }

    /** gram = the lower triangle of the sum over dates of x x'. */
    private void square(double[] x, int width) {
        Arrays.fill(gram, 0, width * width, 0);
        int t = 0;
        for (; t + 3 < n; t += 4) { // gram is read and written once for four dates
            int a0 = t * width;
            int a1 = a0 + width;
            int a2 = a1 + width;
            int a3 = a2 + width;
            for (int i = 0; i < width; i++) {
                double x0 = x[a0 + i];
                double x1 = x[a1 + i];
                double x2 = x[a2 + i];
                double x3 = x[a3 + i];
                int row = i * width;
                for (int j = 0; j <= i; j++) {
                    gram[row + j] += x0 * x[a0 + j] + x1 * x[a1 + j] + x2 * x[a2 + j] + x3 * x[a3 + j];
                }
            }
        }
        for (; t < n; t++) {
            for (int i = 0; i < width; i++) {
                Square.add(x[t * width + i], x, t * width, gram, i * width, i + 1);
            }
        }
    }

    /**
     * Block (f, g) of the score: A'(gram / c - diag(sums)) A / 2c.
     *
     * @param placeF of f in gram, or -1: the block isn't read
     * @param sums of series i at {@code at + i step}
     */
    private void unmix(int f, int g, int placeF, int placeG, int width, double c, double[] sums, int at, int step, double[] score) {
        Arrays.fill(work, 0);
        for (int i = 0; i < m && placeF >= 0 && placeG >= 0; i++) {
            for (int j = 0; j < m; j++) {
                int row = placeF * m + i;
                int column = placeG * m + j;
                double entry = gram[Math.max(row, column) * width + Math.min(row, column)] / c - (i == j ? sums[at + i * step] : 0);
                Square.add(0.5 * entry / c, diagonal.a, j * m, work, i * m, m);
            }
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < (f == g ? i + 1 : m); j++) {
                double dot = 0;
                for (int l = 0; l < m; l++) {
                    dot += diagonal.a[l * m + i] * work[l * m + j];
                }
                score[Covariance.index(f * m + i, g * m + j)] = dot;
            }
        }
    }
}
