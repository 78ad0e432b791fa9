package org.betadrift.estimator.cholesky.internal;

import org.betadrift.filter.LikelihoodEvaluator;

/** The log-likelihood over a family's coordinates, by one evaluator. Counts what is worked out. One thread. */
final class Surface implements Lbfgs.Function {
    /** Of a difference in coordinates of about 1. */
    private static final double STEP = 1e-5;

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

    static Surface of(LikelihoodEvaluator evaluator, Family family) {
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
        count[0]++;
        family.map(theta, q, r);
        return defined(evaluator.value(q, r));
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
        count[0]++;
        family.map(theta, q, r);
        return defined(evaluator.valueAndScore(q, r, scoreQ, scoreR));
    }

    private static double defined(double value) {
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
    }

    /** dLL/dQ, packed; until the next call. */
    double[] scoreQ(double[] theta) {
        score(theta);
        return scoreQ;
    }
}
