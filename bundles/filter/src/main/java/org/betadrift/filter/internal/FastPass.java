package org.betadrift.filter.internal;

import org.betadrift.filter.LikelihoodConvention;
import org.betadrift.filter.internal.FlatStates.TransitionKind;
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
    private final ScoreKernel straightScore;     // likewise
    private final FlatKernel loops;
    private final double[] diagonal; // of Q
    private final double[] beta;     // after a diffuse start
    private final double[] p;        // its covariance
    private final double[] straightSquares;
    private double squares;

    FastPass(FlatModel model) {
        this(model, StraightLine.of(model.states), StraightScore.of(model.states));
    }

    /** @param straightLine of this K, or null. @param straightScore likewise */
    FastPass(FlatModel model, LikelihoodKernel straightLine, ScoreKernel straightScore) {
        this.model = model;
        straightSquares = new double[1];
        this.straightLine = model.transitionKind == TransitionKind.IDENTITY ? straightLine : null;
        this.straightScore = this.straightLine == null ? null : straightScore;
        exact = new UdPass(model);
        loops = new FlatKernel(model);
        diagonal = new double[model.states];
        beta = new double[model.states];
        p = new double[model.p.length];
    }

    @Override
    public double logLikelihood(Tape tape) {
        if (tape != null) {
            tape.begin();
        }
        double fast;
        if (model.isDiffuse) {
            int from = exact.start(beta, p, tape);
            fast = exact.startLogLikelihood() + fast(from, beta, p, tape);
            squares += exact.squares();
        } else {
            fast = fast(0, model.beta, model.p, tape);
        }
        if (Double.isFinite(fast)) {
            return fast;
        }
        double slow = exact.logLikelihood(tape);
        squares = exact.squares();
        return slow;
    }

    @Override
    public double squares() {
        return squares;
    }

    @Override
    public ScoreKernel scoreKernel() {
        return straightScore;
    }

    private double fast(int from, double[] startBeta, double[] startP, Tape tape) {
        double deviance;
        if (isStraight()) {
            deviance = straight(from, startBeta, startP, tape);
        } else {
            deviance = loops.deviance(from, startBeta, startP, tape);
            squares = loops.squares();
        }
        // log L = -1/2 (N log 2 pi + sum of y~^2 / S + log S)
        return CONSTANT * model.observedFrom[from] - 0.5 * deviance;
    }

    private boolean isStraight() {
        return straightLine != null && model.qIsDiagonal && model.qStep == 0 && model.rStep == 0 && model.r[0] > 0;
    }

    private double straight(int from, double[] startBeta, double[] startP, Tape tape) {
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = model.q[Covariance.index(i, i)];
        }
        double r = model.r[0];
        double deviance = tape == null
                ? straightLine.deviance(from, model.dates, model.y, model.h, startBeta, startP, diagonal, r, straightSquares)
                : straightScore.keep(from, model.dates, model.y, model.h, startBeta, startP, diagonal, r, straightSquares, tape.rows);
        squares = straightSquares[0];
        int missing = model.dates - from - model.observedFrom[from];
        if (missing == 0) {
            return deviance;
        }
        for (int t = from; t < model.dates && tape != null; t++) {
            if (!model.isObserved(t)) {
                tape.nothing(t);
            }
        }
        return deviance - missing * Math.log(r);
    }
}
