package org.betadrift.it.benchmarks;

import java.util.function.DoubleSupplier;
import org.apache.commons.math3.filter.DefaultMeasurementModel;
import org.apache.commons.math3.filter.DefaultProcessModel;
import org.apache.commons.math3.filter.KalmanFilter;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/** commons-math3: a filter holds its H for good, so each date needs a new one, which starts where the last one stopped. */
final class CommonsMath {
    private CommonsMath() {
    }

    static DoubleSupplier likelihood(Case one) {
        return () -> logLikelihood(one);
    }

    private static double logLikelihood(Case one) {
        RealMatrix transition = MatrixUtils.createRealIdentityMatrix(one.states);
        RealMatrix q = MatrixUtils.createRealDiagonalMatrix(one.q());
        RealMatrix r = MatrixUtils.createRealDiagonalMatrix(new double[] {Case.R});
        RealVector beta = new ArrayRealVector(one.states);
        RealMatrix p = MatrixUtils.createRealIdentityMatrix(one.states);
        double sum = 0;
        for (int t = 0; t < one.dates; t++) {
            RealMatrix h = MatrixUtils.createRowRealMatrix(one.h[t]);
            KalmanFilter filter = new KalmanFilter(new DefaultProcessModel(transition, null, q, beta, p), new DefaultMeasurementModel(h, r));
            filter.predict();
            double v = one.y[t] - h.operate(filter.getStateEstimation())[0];
            double s = h.multiply(filter.getErrorCovarianceMatrix()).multiply(h.transpose()).getEntry(0, 0) + Case.R;
            sum -= 0.5 * (Math.log(2 * Math.PI * s) + v * v / s);
            filter.correct(new double[] {one.y[t]});
            beta = filter.getStateEstimationVector();
            p = filter.getErrorCovarianceMatrix();
        }
        return sum;
    }
}
