package org.betadrift.testkit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.Smoother;
import org.betadrift.filter.SmootherOptions;
import org.betadrift.filter.SmootherResult;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;

/**
 * The smoother as the textbook writes it (Durbin and Koopman 2012, 4.4 to 4.7) in the digits of {@link ExactGaussian}, where
 * b + P r and P - P N P lose nothing, a diffuse start or not. Very slow; needs a positive definite S.
 */
public final class ExactSmoother implements Smoother {
    @Override
    public SmootherResult smooth(FilterResult filter, SmootherOptions options, Monitor monitor) {
        if (!filter.model().constraints().isEmpty()) {
            throw InvalidInputException.of("constraints", filter.model().constraints(), "the textbook's smoother takes none", "use another smoother");
        }
        Pass pass = new Pass(filter, options);
        int n = filter.sample().periods();
        for (int t = 0; t < n; t++) {
            monitor.progress(0.5 * t / n, "smoothing exactly");
            pass.forward(t);
        }
        for (int t = n - 1; t >= 0; t--) {
            pass.backward(t);
        }
        return pass.result();
    }

    /** What the way forward leaves of a date; matrices of no rows where y is missing. */
    private record Step(List<Integer> seen, BigDecimal[][] a, BigDecimal[][] p, BigDecimal[][] h, BigDecimal[][] v, BigDecimal[][] precision,
            BigDecimal[][] gain) { }

    private static final class Pass {
        private final FilterResult filter;
        private final ExactModel of;
        private final int n;
        private final int k;
        private final int m;
        private final ExactGaussian state;
        private final List<Step> steps = new ArrayList<>();
        private final double[] means;
        private final double[] covariances;
        private final double[] u;
        private final double[] d;
        private final double[] rs;
        private final double[] ns;
        private final double[] lagOne;
        private BigDecimal[][] r;
        private BigDecimal[][] bigN;

        Pass(FilterResult filter, SmootherOptions options) {
            this.filter = filter;
            of = new ExactModel(filter.model(), filter.sample());
            n = filter.sample().periods();
            k = of.k;
            m = of.m;
            state = of.start();
            means = new double[n * k];
            covariances = new double[n * Covariance.size(k)];
            u = new double[n * m];
            d = new double[n * m * m];
            Arrays.fill(u, Double.NaN);
            Arrays.fill(d, Double.NaN);
            rs = new double[n * k];
            ns = new double[n * Covariance.size(k)];
            lagOne = options.lagOneCovariances() ? new double[Math.max(0, n - 1) * k * k] : null;
            r = ExactMatrix.zero(k, 1);
            bigN = ExactMatrix.zero(k, k);
        }

        void forward(int t) {
            of.appendNext(state, t);
            state.keep(k, 2 * k);
            BigDecimal[][] a = ExactMatrix.fill(k, 1, (i, j) -> state.exactMean(i));
            BigDecimal[][] p = ExactMatrix.fill(k, k, state::exactCovariance);
            List<Integer> seen = of.seen(t);
            if (seen.isEmpty()) {
                steps.add(new Step(seen, a, p, null, null, null, null));
                return;
            }
            BigDecimal[][] h = of.rows(t, seen);
            BigDecimal[][] y = ExactMatrix.fill(seen.size(), 1, (i, j) -> new BigDecimal(of.sample.y(t, seen.get(i))));
            BigDecimal[][] v = ExactMatrix.minus(y, ExactMatrix.times(h, a));
            BigDecimal[][] precision = ExactMatrix.inverse(ExactMatrix.plus(ExactMatrix.sandwich(h, p), of.noise(t, seen)));
            BigDecimal[][] gain = ExactMatrix.times(ExactMatrix.times(p, ExactMatrix.transposed(h)), precision);
            steps.add(new Step(seen, a, p, h, v, precision, gain));
            state.append(new double[m], Dense.of(of.r(t)));
            seen.forEach(i -> state.observe(of.sample.y(t, i), of.rowWithNoise(t, i), 0));
            state.keep(0, k);
        }

        void backward(int t) {
            Step step = steps.get(t);
            keep(t, r, bigN, rs, ns);
            BigDecimal[][] next = bigN;                     // N_t
            BigDecimal[][] transition = ExactMatrix.of(Dense.of(of.model.transition().matrix(Math.min(t + 1, n - 1))));
            r = ExactMatrix.times(ExactMatrix.transposed(transition), r);
            bigN = ExactMatrix.sandwich(ExactMatrix.transposed(transition), bigN);
            BigDecimal[][] left = identity();               // L = I - K H
            if (!step.seen.isEmpty()) {
                left = ExactMatrix.minus(left, ExactMatrix.times(step.gain, step.h));
                BigDecimal[][] gain = ExactMatrix.transposed(step.gain);
                BigDecimal[][] h = ExactMatrix.transposed(step.h);
                // u = S^-1 y~ - K'T'r, D = S^-1 + K'T'N T K
                BigDecimal[][] error = ExactMatrix.minus(ExactMatrix.times(step.precision, step.v), ExactMatrix.times(gain, r));
                keepErrors(t, step.seen, error, ExactMatrix.plus(step.precision, ExactMatrix.sandwich(gain, bigN)));
                // r = T'r + H'u, N = H'S^-1 H + L'T'N T L
                r = ExactMatrix.plus(r, ExactMatrix.times(h, error));
                bigN = ExactMatrix.plus(ExactMatrix.sandwich(h, step.precision), ExactMatrix.sandwich(ExactMatrix.transposed(left), bigN));
            }
            keep(t, ExactMatrix.plus(step.a, ExactMatrix.times(step.p, r)),
                    ExactMatrix.minus(step.p, ExactMatrix.sandwich(step.p, bigN)), means, covariances);
            eraseInfinite(t);
            if (lagOne != null && t < n - 1) {
                // P_t L'T' (I - N_t P_t+1)
                BigDecimal[][] rest = ExactMatrix.minus(identity(), ExactMatrix.times(next, steps.get(t + 1).p));
                BigDecimal[][] cross = ExactMatrix.times(ExactMatrix.times(ExactMatrix.times(step.p, ExactMatrix.transposed(left)),
                        ExactMatrix.transposed(transition)), rest);
                for (int i = 0; i < k * k; i++) {
                    lagOne[t * k * k + i] = isInfinite(t, i / k) || isInfinite(t + 1, i % k) ? Double.NaN : limit(cross[i / k][i % k]);
                }
            }
        }

        /** A state nobody has told of, not even a later date, has no mean and no covariances. */
        private void eraseInfinite(int t) {
            for (int i = 0; i < k; i++) {
                if (isInfinite(t, i)) {
                    means[t * k + i] = Double.NaN;
                    for (int j = 0; j < k; j++) {
                        covariances[t * Covariance.size(k) + Covariance.index(i, j)] = Double.NaN;
                    }
                }
            }
        }

        private boolean isInfinite(int t, int i) {
            return Double.isNaN(covariances[t * Covariance.size(k) + Covariance.index(i, i)]);
        }

        /** What falls with kappa is zero, what rises with it doesn't exist. */
        private static double limit(BigDecimal x) {
            double value = x.doubleValue();
            return Math.abs(value) < 1e-40 ? 0 : Math.abs(value) > 1e30 ? Double.NaN : value;
        }

        private BigDecimal[][] identity() {
            return ExactMatrix.fill(k, k, (i, j) -> i == j ? BigDecimal.ONE : BigDecimal.ZERO);
        }

        private void keep(int t, BigDecimal[][] vector, BigDecimal[][] matrix, double[] vectors, double[] matrices) {
            for (int i = 0; i < k; i++) {
                vectors[t * k + i] = limit(vector[i][0]);
                for (int j = 0; j <= i; j++) {
                    matrices[t * Covariance.size(k) + Covariance.index(i, j)] = limit(matrix[i][j]);
                }
            }
        }

        private void keepErrors(int t, List<Integer> seen, BigDecimal[][] error, BigDecimal[][] variance) {
            for (int a = 0; a < seen.size(); a++) {
                u[t * m + seen.get(a)] = limit(error[a][0]);
                for (int b = 0; b < seen.size(); b++) {
                    d[(t * m + seen.get(a)) * m + seen.get(b)] = limit(variance[a][b]);
                }
            }
        }

        SmootherResult result() {
            return SmootherResult.builder(filter)
                    .smoothed(StatePath.ofUnsafe(StatePath.Knows.SMOOTHED, of.model.states(), of.sample.dates(), means, covariances))
                    .u(u).d(d).r(rs).n(ns).lagOneCovariances(lagOne).build();
        }
    }
}
