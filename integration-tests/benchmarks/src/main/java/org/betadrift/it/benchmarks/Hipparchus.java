package org.betadrift.it.benchmarks;

import java.util.function.DoubleSupplier;
import org.hipparchus.filtering.kalman.Measurement;
import org.hipparchus.filtering.kalman.ProcessEstimate;
import org.hipparchus.filtering.kalman.linear.LinearEvolution;
import org.hipparchus.filtering.kalman.linear.LinearKalmanFilter;
import org.hipparchus.filtering.kalman.linear.LinearProcess;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposer;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/** Hipparchus' linear Kalman filter, one measurement a date. */
final class Hipparchus {
    /** y_t. */
    private record Seen(int t, RealVector y, RealMatrix r) implements Measurement {
        @Override
        public double getTime() {
            return t;
        }

        @Override
        public RealVector getValue() {
            return y;
        }

        @Override
        public RealMatrix getCovariance() {
            return r;
        }
    }

    private Hipparchus() {
    }

    static DoubleSupplier likelihood(Case one) {
        return () -> logLikelihood(one);
    }

    private static double logLikelihood(Case one) {
        int k = one.states;
        RealMatrix transition = MatrixUtils.createRealIdentityMatrix(k);
        RealMatrix noControl = MatrixUtils.createRealMatrix(k, 1);
        RealVector control = new ArrayRealVector(1);
        RealMatrix q = MatrixUtils.createRealDiagonalMatrix(one.q());
        RealMatrix r = MatrixUtils.createRealDiagonalMatrix(new double[] {Case.R});
        LinearProcess<Seen> process = seen -> new LinearEvolution(transition, noControl, control, q, MatrixUtils.createRowRealMatrix(one.h[seen.t]));
        LinearKalmanFilter<Seen> filter = new LinearKalmanFilter<>(new CholeskyDecomposer(1e-15, 1e-300), process,
                new ProcessEstimate(-1, new ArrayRealVector(k), MatrixUtils.createRealIdentityMatrix(k)));
        double sum = 0;
        for (int t = 0; t < one.dates; t++) {
            RealVector h = new ArrayRealVector(one.h[t], false);
            ProcessEstimate filtered = filter.estimationStep(new Seen(t, new ArrayRealVector(new double[] {one.y[t]}), r));
            double v = one.y[t] - h.dotProduct(filter.getPredicted().getState());
            double s = filtered.getInnovationCovariance().getEntry(0, 0);
            sum -= 0.5 * (Math.log(2 * Math.PI * s) + v * v / s);
        }
        return sum;
    }
}
