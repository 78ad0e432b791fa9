package org.betadrift.filter.internal;

import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.internal.FlatModel.TransitionKind;
import org.betadrift.model.Covariance;

/**
 * The log-likelihood by the fastest kernel that applies: straight line for a random walk with a diagonal Q and constant
 * noises, else {@link FlatKernel}. Dates with infinite variances are {@link UdPass}'s, and so is the whole sample when the fast
 * kernel saw trouble: what the filter of engine {@code covariance} does. One thread.
 */
final class FastPass implements FlatEvaluator.Pass {
    private static final double CONSTANT = LikelihoodConvention.FULL.constant(1, 0);

    private final FlatModel model;
    private final UdPass exact;
    private final LikelihoodKernel straightLine; // null when there is none for K or T
    private final FlatKernel loops;
    private final double[] diagonal; // of Q
    private final double[] beta;     // after a diffuse start
    private final double[] p;        // its covariance

    FastPass(FlatModel model) {
        this(model, model.states <= StraightLine.MOST_STATES ? StraightLine.of(model.states) : null);
    }

    /** @param straightLine of this K, or null */
    FastPass(FlatModel model, LikelihoodKernel straightLine) {
        this.model = model;
        this.straightLine = model.transitionKind == TransitionKind.IDENTITY ? straightLine : null;
        exact = new UdPass(model);
        loops = new FlatKernel(model);
        diagonal = new double[model.states];
        beta = new double[model.states];
        p = new double[model.p.length];
    }

    @Override
    public double logLikelihood() {
        double fast;
        if (model.isDiffuse) {
            int from = exact.start(beta, p);
            fast = exact.startLogLikelihood() + fast(from, beta, p);
        } else {
            fast = fast(0, model.beta, model.p);
        }
        return Double.isFinite(fast) ? fast : exact.logLikelihood();
    }

    private double fast(int from, double[] startBeta, double[] startP) {
        double deviance = isStraight() ? straight(from, startBeta, startP) : loops.deviance(from, startBeta, startP);
        // log L = -1/2 (N log 2 pi + sum of y~^2 / S + log S)
        return CONSTANT * model.observedFrom[from] - 0.5 * deviance;
    }

    private boolean isStraight() {
        return straightLine != null && model.qIsDiagonal && model.qStep == 0 && model.rStep == 0 && model.r[0] > 0;
    }

    private double straight(int from, double[] startBeta, double[] startP) {
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = model.q[Covariance.index(i, i)];
        }
        double deviance = straightLine.deviance(from, model.dates, model.y, model.h, startBeta, startP, diagonal, model.r[0]);
        int missing = model.dates - from - model.observedFrom[from];
        return missing == 0 ? deviance : deviance - missing * Math.log(model.r[0]);
    }
}
