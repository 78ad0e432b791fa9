package org.betadrift.estimator.cholesky.internal;

import org.betadrift.filter.LikelihoodEvaluator;

/** The log-likelihood over a family's coordinates, by one evaluator. Counts what is worked out. One thread. */
final class Surface implements Lbfgs.Function {
    /** Of a difference in coordinates of about 1. */
    private static final double STEP = 1e-5;

    /** A variance of V given the assets before, beside what least squares leaves: below it the slopes have no digits left. */
    private static final double SINGULAR = 1e-12;

    private final LikelihoodEvaluator evaluator;
    private final Family family;
    private final double[] q;
    private final double[] r;
    private final double[] scoreQ;
    private final double[] scoreR;
    private final int[] count; // shared by all surfaces of one evaluator

    private Surface(LikelihoodEvaluator evaluator, Family family, int[] count) {
        this.evaluator = evaluator;
        this.family = family;
        this.count = count;
        q = new double[family.sizeOfQ()];
        r = new double[family.sizeOfR()];
        scoreQ = q.clone();
        scoreR = r.clone();
    }

    /** Of a family, or one within it ({@link #with}). */
    static Surface of(LikelihoodEvaluator evaluator, Family family) {
        evaluator.readScoresOf(family.moving());
        return new Surface(evaluator, family, new int[1]);
    }

    /** Another family, the same evaluator and count. */
    Surface with(Family other) {
        return new Surface(evaluator, other, count);
    }

    Family family() {
        return family;
    }

    int evaluations() {
        return count[0];
    }

    boolean hasScore() {
        return evaluator.hasScore();
    }

    String method() {
        return evaluator.method();
    }

    /** -Infinity where there is no model. */
    double value(double[] theta) {
        return map(theta) ? defined(evaluator.value(q, r)) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double valueAndGradient(double[] theta, double[] slope) {
        if (evaluator.hasScore()) {
            double value = score(theta);
            if (value > Double.NEGATIVE_INFINITY) {
                family.pullBack(theta, scoreQ, scoreR, slope);
            }
            return value;
        }
        double value = value(theta);
        double[] x = theta.clone();
        for (int i = 0; i < x.length && value > Double.NEGATIVE_INFINITY; i++) {
            double step = STEP * Math.max(1, Math.abs(theta[i]));
            x[i] = theta[i] + step;
            double up = value(x);
            x[i] = theta[i] - step;
            slope[i] = (up - value(x)) / (2 * step);
            x[i] = theta[i];
        }
        return value;
    }

    private double score(double[] theta) {
        return map(theta) ? defined(evaluator.valueAndScore(q, r, scoreQ, scoreR)) : Double.NEGATIVE_INFINITY;
    }

    /** @return whether theta is a model */
    private boolean map(double[] theta) {
        if (!(family.observation().least(theta, 0) > SINGULAR)) {
            return false;
        }
        count[0]++;
        family.map(theta, q, r);
        return true;
    }

    private static double defined(double value) {
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
    }

    /** The scores of both, packed. */
    Scores scores(double[] theta) {
        score(theta);
        return new Scores(scoreQ.clone(), scoreR.clone());
    }

    /** dLL/dQ and dLL/dR, symmetric. */
    record Scores(double[] q, double[] r) { }
}
