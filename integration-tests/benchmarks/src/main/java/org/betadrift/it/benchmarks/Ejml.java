package org.betadrift.it.benchmarks;

import java.util.function.DoubleSupplier;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** What a careful programmer writes with EJML: the textbook's formulas, every matrix made once. */
final class Ejml {
    private final Case one;
    private final DMatrixRMaj transition;
    private final DMatrixRMaj q;
    private final DMatrixRMaj beta;
    private final DMatrixRMaj p;
    private final DMatrixRMaj moved;
    private final DMatrixRMaj product;
    private final DMatrixRMaj h;
    private final DMatrixRMaj ph;
    private final DMatrixRMaj gain;

    private Ejml(Case one) {
        this.one = one;
        int k = one.states;
        transition = CommonOps_DDRM.identity(k);
        q = CommonOps_DDRM.diag(one.q());
        beta = new DMatrixRMaj(k, 1);
        p = new DMatrixRMaj(k, k);
        moved = new DMatrixRMaj(k, 1);
        product = new DMatrixRMaj(k, k);
        h = new DMatrixRMaj(1, k);
        ph = new DMatrixRMaj(k, 1);
        gain = new DMatrixRMaj(k, 1);
    }

    static DoubleSupplier likelihood(Case one) {
        return new Ejml(one)::logLikelihood;
    }

    private double logLikelihood() {
        beta.zero();
        CommonOps_DDRM.setIdentity(p);
        double sum = 0;
        for (int t = 0; t < one.dates; t++) {
            // beta = T beta, P = T P T' + Q
            CommonOps_DDRM.mult(transition, beta, moved);
            beta.setTo(moved);
            CommonOps_DDRM.mult(transition, p, product);
            CommonOps_DDRM.multTransB(product, transition, p);
            CommonOps_DDRM.addEquals(p, q);
            // v = y - h beta, S = h P h' + R, K = P h' / S
            System.arraycopy(one.h[t], 0, h.data, 0, one.states);
            double v = one.y[t] - CommonOps_DDRM.dot(h, beta);
            CommonOps_DDRM.multTransB(p, h, ph);
            double s = CommonOps_DDRM.dot(h, ph) + Case.R;
            CommonOps_DDRM.scale(1 / s, ph, gain);
            sum -= 0.5 * (Math.log(2 * Math.PI * s) + v * v / s);
            // beta += K v, P -= K (P h')'
            CommonOps_DDRM.addEquals(beta, v, gain);
            CommonOps_DDRM.multTransB(gain, ph, product);
            CommonOps_DDRM.subtractEquals(p, product);
        }
        return sum;
    }
}
