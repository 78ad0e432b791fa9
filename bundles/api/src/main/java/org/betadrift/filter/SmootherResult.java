package org.betadrift.filter;

import java.util.Objects;
import org.betadrift.model.Covariance;
import org.betadrift.model.InvalidInputException;

/**
 * The backward pass: smoothed states, smoothing errors, and leave-one-out residuals from the same pass. Immutable. Indices:
 * t = date, i, j = target, k, l = state. Finite on diffuse dates too; NaN where y is missing, and for a state that no y ever tells of
 * (a T that forgets it under a diffuse start).
 *
 * <p>Sources: Durbin and Koopman (2012), 4.4 and 4.5 (r_t, N_t, u_t, D_t), 5.3 (their diffuse limits); de Jong (1988) for
 * the leave-one-out residual.
 */
public final class SmootherResult {
    private final FilterResult filter;
    private final StatePath smoothed;
    private final double[] u;        // n x m
    private final double[] d;        // n x m x m
    private final double[] r;        // n x K
    private final double[] bigN;     // n packed triangles
    private final double[] lagOne;   // n-1 x K x K, or null
    private final double[] multipliers;  // n x constraints, or null
    private final double[] informations; // n x constraints, or null

    private SmootherResult(Builder b) {
        filter = b.filter;
        smoothed = Objects.requireNonNull(b.smoothed, "smoothed states");
        int n = filter.sample().periods();
        int m = filter.sample().targets().size();
        int k = filter.model().states().count();
        u = requireLength("u", b.u, n * m);
        d = requireLength("D", b.d, n * m * m);
        r = requireLength("r", b.r, n * k);
        bigN = requireLength("N", b.bigN, n * Covariance.size(k));
        lagOne = b.lagOne == null ? null : requireLength("lag-one covariances", b.lagOne, (n - 1) * k * k);
        int rows = filter.model().constraints().size();
        multipliers = b.multipliers == null ? null : requireLength("multipliers of the constraints", b.multipliers, n * rows);
        informations = b.multipliers == null ? null : requireLength("informations of the constraints", b.informations, n * rows);
    }

    private static double[] requireLength(String what, double[] array, int length) {
        if (array == null || array.length != length) {
            throw InvalidInputException.of("length of " + what, array == null ? "nothing" : array.length, "it must be " + length,
                    "a smoother fills every date");
        }
        return array;
    }

    /** For smoothers. */
    public static Builder builder(FilterResult filter) {
        return new Builder(filter);
    }

    /** The forward pass that was smoothed. */
    public FilterResult filter() {
        return filter;
    }

    /** beta_t|n, P_t|n. */
    public StatePath smoothed() {
        return smoothed;
    }

    /** u_t: R_t u_t is the smoothed observation noise, u_t = S_t^-1 y~_t - K_t' T' r_t. NaN where y is missing. */
    public double u(int t, int i) {
        return u[t * m() + i];
    }

    /** D_t = Var(u_t). NaN where y is missing. */
    public double d(int t, int i, int j) {
        return d[(t * m() + i) * m() + j];
    }

    /** r_t: Q_t+1 r_t is the smoothed state noise into date t + 1; 0 on the last date. */
    public double r(int t, int k) {
        return r[t * k() + k];
    }

    /** N_t = Var(r_t); 0 on the last date. */
    public double n(int t, int k, int l) {
        return bigN[t * Covariance.size(k()) + Covariance.index(k, l)];
    }

    /** y_t,i - E(y_t,i | every other cell of y) = u_t,i / D_t,ii. NaN where y is missing or nothing else determines it. */
    public double leaveOneOutResidual(int t, int i) {
        return d(t, i, i) > 0 ? u(t, i) / d(t, i, i) : Double.NaN;
    }

    /** Var(y_t,i | every other cell of y) = 1 / D_t,ii; infinite when nothing else determines it. */
    public double leaveOneOutVariance(int t, int i) {
        return 1 / d(t, i, i);
    }

    /** 1 - R_t,ii D_t,ii in [0, 1] for a diagonal R: the weight of y_t,i in its own fit. NaN where y is missing. */
    public double leverage(int t, int i) {
        return 1 - filter.model().observationNoise().at(t).variance(i) * d(t, i, i);
    }

    /** Whether lag-one covariances were asked for. */
    public boolean hasLagOneCovariances() {
        return lagOne != null;
    }

    /** Cov(beta_t,k, beta_t+1,l | y), t = 0..n-2. @throws IllegalStateException they weren't asked for */
    public double lagOneCovariance(int t, int k, int l) {
        if (lagOne == null) {
            throw new IllegalStateException("lag-one covariances weren't asked for: smooth with SmootherOptions.withLagOneCovariances()");
        }
        return lagOne[(t * k() + k) * k() + l];
    }

    /** Whether the smoother priced the model's constraints; false where there are none. */
    public boolean hasConstraintMultipliers() {
        return multipliers != null;
    }

    /**
     * The multiplier of constraint i on date t: dLL/dc_t,i, the derivative of log p(y | the constraints of all dates) with respect to its right
     * side on that date alone. Where exact constraints are the same on every date and exposures walk at random this LL is the filter's; else the
     * filter's counts each y given the constraints up to its own date only. NaN where the row said nothing new: other rows imply it, or those of earlier dates do because no noise moves its sum. Then
     * the last row before it that said something stands for both: its right side moves all that follow from it.
     *
     * @throws IllegalStateException see {@link #hasConstraintMultipliers}
     */
    public double constraintMultiplier(int t, int i) {
        return priced(multipliers)[t * filter.model().constraints().size() + i];
    }

    /**
     * What log p(y | constraints) would gain if the right side of constraint i on date t alone were free: multiplier^2 / (2 information), half a
     * chi-squared with one degree of freedom where the constraint holds. It is quadratic in the right side, so that this is exact. NaN where the
     * multiplier is, and where y doesn't tell.
     *
     * @throws IllegalStateException see {@link #hasConstraintMultipliers}
     */
    public double constraintReleaseGain(int t, int i) {
        int at = t * filter.model().constraints().size() + i;
        return priced(informations)[at] > 0 ? 0.5 * multipliers[at] * multipliers[at] / informations[at] : Double.NaN;
    }

    /** By how much y would move the right side of constraint i on date t alone: multiplier / information. NaN as {@link #constraintReleaseGain}. */
    public double constraintShift(int t, int i) {
        int at = t * filter.model().constraints().size() + i;
        return priced(informations)[at] > 0 ? multipliers[at] / informations[at] : Double.NaN;
    }

    private double[] priced(double[] array) {
        if (array == null) {
            throw new IllegalStateException("no constraint was priced: the model has none, or the smoother doesn't do it");
        }
        return array;
    }

    private int m() {
        return filter.sample().targets().size();
    }

    private int k() {
        return filter.model().states().count();
    }

    /** For smoothers: every array is given away, not copied. Not thread-safe. */
    public static final class Builder {
        private final FilterResult filter;
        private StatePath smoothed;
        private double[] u;
        private double[] d;
        private double[] r;
        private double[] bigN;
        private double[] lagOne;
        private double[] multipliers;
        private double[] informations;

        private Builder(FilterResult filter) {
            this.filter = Objects.requireNonNull(filter, "filter");
        }

        /** beta_t|n, P_t|n. */
        public Builder smoothed(StatePath path) {
            smoothed = path;
            return this;
        }

        /** n x m. */
        public Builder u(double[] values) {
            u = values;
            return this;
        }

        /** n x m x m. */
        public Builder d(double[] values) {
            d = values;
            return this;
        }

        /** n x K. */
        public Builder r(double[] values) {
            r = values;
            return this;
        }

        /** n packed K x K triangles. */
        public Builder n(double[] values) {
            bigN = values;
            return this;
        }

        /** (n - 1) x K x K; none unless given. */
        public Builder lagOneCovariances(double[] values) {
            lagOne = values;
            return this;
        }

        /** First and minus second derivatives of log p(y | constraints) by each right side, n x constraints; none unless given. */
        public Builder constraints(double[] itsMultipliers, double[] itsInformations) {
            multipliers = itsMultipliers;
            informations = itsInformations;
            return this;
        }

        /** @throws InvalidInputException a part is missing or has a wrong length */
        public SmootherResult build() {
            return new SmootherResult(this);
        }
    }
}
